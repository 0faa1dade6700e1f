"""Missing figures filled in from like places, for methods that need every figure.

The published score does not impute: it shares weights out over what a place has. This is for
checking that choice, and for indices of others.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def group_means(values: Floats, groups: NDArray[np.generic]) -> Floats:
    """Return ``values`` (places, indicators) with gaps filled by the mean of the place's group.

    ``groups`` (places,) names each place's group; a figure that is missing or infinite is a gap. A
    gap whose group has no figure stays NaN. ValueError when the shapes do not fit. Units are those
    of the indicator. Source: OECD/JRC (2008), Handbook on Constructing Composite Indicators,
    step 3 (mean imputation, here within groups).

    >>> figures = np.array([[10.0], [30.0], [np.nan], [5.0]])
    >>> group_means(figures, np.array(["city", "city", "city", "village"])).tolist()
    [[10.0], [30.0], [20.0], [5.0]]
    """
    if values.ndim != 2 or groups.shape != values.shape[:1]:
        raise ValueError(f"groups {groups.shape} do not fit values {values.shape}")
    names, member = np.unique(groups, return_inverse=True)
    known = np.isfinite(values)
    total, count = np.zeros((2, len(names), values.shape[1]))
    np.add.at(total, member, np.where(known, values, 0.0))
    np.add.at(count, member, known)
    mean = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return np.where(known, values, mean[member])
