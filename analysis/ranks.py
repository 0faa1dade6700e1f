"""Percentile ranks: where a place stands among its kind, and how high that is, in groups."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

GROUP_LIMITS = (50.0, 75.0, 90.0, 97.0)
"""Percentile ranks between the groups in which ranks are compared: from the lower half of the
places to the highest 3%. Fixed, whatever the colours of a map, so that recolouring a map changes no
finding."""


def percentile_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share (0-100) of places that stand below each, ties shared, shape (n,).

    (mean rank - 0.5)/n x 100; NaN stays NaN and does not count. OECD/JRC Handbook on Constructing
    Composite Indicators (2008), step 5.

    >>> percentile_ranks(np.array([5.0, 7.0, 7.0, 9.0, np.nan])).tolist()
    [12.5, 50.0, 50.0, 87.5, nan]
    """
    result = np.full(values.shape, np.nan)
    known = np.isfinite(values)
    if known.any():
        result[known] = (rankdata(values[known]) - 0.5) / known.sum() * 100
    return result


def rank_groups(percentiles: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the group of each percentile rank (0-100), 0 (lowest) to 4, -1 for NaN, shape (n,).

    >>> rank_groups(np.array([12.0, 90.0, 99.5, np.nan])).tolist()
    [0, 3, 4, -1]
    """
    groups = np.searchsorted(GROUP_LIMITS, percentiles, side="right")
    return np.where(np.isfinite(percentiles), groups, -1).astype(np.int64)


def value_groups(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the group of each value among its kind, 0 (lowest) to 4, -1 for NaN, shape (n,).

    Groups begin at the values that lie at GROUP_LIMITS, interpolated as in definition 7 of Hyndman
    and Fan (1996); equal limits fall together, and places with one value are in one group.

    >>> value_groups(np.array([1.0, 2.0, 3.0, 4.0, np.nan])).tolist()
    [0, 0, 1, 4, -1]
    """
    known = np.isfinite(values)
    if not known.any():
        return np.full(values.shape, -1, dtype=np.int64)
    limits = np.unique(np.percentile(values[known], GROUP_LIMITS))
    return np.where(known, np.searchsorted(limits, values, side="right"), -1).astype(np.int64)
