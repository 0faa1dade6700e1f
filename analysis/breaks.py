"""Class limits for maps: the same for every period, so that maps can be compared."""

import numpy as np
from numpy.typing import NDArray

from map_classes import as_written

PERCENTILES = (50.0, 75.0, 90.0, 97.0)
"""Half of the places share the quietest class and 3% get the strongest."""


def class_breaks(values: NDArray[np.float64], *, whole: bool = False) -> list[float]:
    """Return the rising limits between classes, from ``values`` (places,) of one kind.

    They are the PERCENTILES of the values, in the unit of these, interpolated as in definition 7 of
    Hyndman and Fan (1996), Sample quantiles in statistical packages, and rounded to three
    significant digits and then as readers see them (``whole``: to whole numbers, for counts).
    Limits that are written alike fall together, and one that the lowest value reaches begins no
    class, for nobody is below it: so there may be fewer. Which percentiles is this
    project's own choice. NaN does not count; nothing counted gives no limits.

    >>> class_breaks(np.arange(101.0))
    [50.0, 75.0, 90.0, 97.0]
    >>> class_breaks(np.array([0.0] * 6 + [1, 2, 3, 4]))
    [1.8, 3.1, 3.7]
    """
    known = values[np.isfinite(values)]
    if not known.size:
        return []
    limits = [float(f"{limit:.3g}") for limit in np.percentile(known, PERCENTILES)]
    lowest, *rising = (np.rint if whole else as_written)([known.min(), *limits])
    return [float(limit) for limit in np.unique(rising) if limit > lowest]
