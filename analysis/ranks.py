"""Percentile ranks: where a place stands among its kind."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata


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
