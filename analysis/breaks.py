"""Class limits for maps: the same for every period, so that maps can be compared."""

import numpy as np
from numpy.typing import NDArray

PERCENTILES = (50.0, 75.0, 90.0, 97.0)
"""Half of the places share the quietest class and 3% get the strongest."""


def class_breaks(values: NDArray[np.float64]) -> list[float]:
    """Return at most four rising upper limits of classes, from ``values`` (places,) of one kind.

    They are the PERCENTILES of the values, in the unit of these, interpolated as in definition 7 of
    Hyndman and Fan (1996), Sample quantiles in statistical packages, and rounded to three
    significant digits, so that a legend can be read; equal limits fall together. Which percentiles
    is this project's own choice. NaN does not count; nothing counted gives no limits.

    >>> class_breaks(np.arange(101.0))
    [50.0, 75.0, 90.0, 97.0]
    """
    known = values[np.isfinite(values)]
    if not known.size:
        return []
    limits = [float(f"{limit:.3g}") for limit in np.percentile(known, PERCENTILES)]
    return sorted(set(limits))


def classify(values: NDArray[np.float64], breaks: list[float]) -> NDArray[np.int64]:
    """Return the class of each value, 0 (lowest) to len(breaks), or -1 for NaN, shape (n,).

    A class is the number of ``breaks``, rising and in the unit of ``values`` (n,), that a value has
    reached: one on a limit is in the class above.

    >>> classify(np.array([10.0, 75.0, 99.0, np.nan]), [50.0, 75.0, 90.0, 97.0]).tolist()
    [0, 2, 4, -1]
    """
    classes = np.searchsorted(np.asarray(breaks), values, side="right")
    return np.where(np.isfinite(values), classes, -1).astype(np.int64)
