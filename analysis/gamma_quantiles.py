"""Quantiles of gamma distributions, looked up: thousands of intervals cost a moment."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import gammaincinv

Floats = NDArray[np.float64]

LEAST, MOST, KNOTS = 0.2, 1e8, 4_000
"""Shapes between which quantiles are looked up; others are worked out."""


@cache
def _spline(probability: float) -> CubicSpline:
    shapes = np.geomspace(LEAST, MOST, KNOTS)
    return CubicSpline(np.log(shapes), np.log(gammaincinv(shapes, probability)))


def gamma_quantile(shape: Floats, probability: float) -> Floats:
    """Return the quantile of a gamma distribution with scale 1 for each ``shape`` (n,).

    Between LEAST and MOST by a cubic spline of its logarithm over that of the shape, within 1e-8
    of the inverse of the regularised incomplete gamma function (DLMF 8.2); beyond them by that
    itself. NaN stays NaN. ValueError unless ``probability`` lies within 0 and 1.

    With shape 1 it is the exponential distribution, of which the median is ln 2.

    >>> gamma_quantile(np.array([1.0]), 0.5).round(6).tolist()
    [0.693147]
    """
    if not 0 < probability < 1:
        raise ValueError(f"a probability lies within 0 and 1, not {probability}")
    inside = (shape >= LEAST) & (shape <= MOST)
    found = np.full(shape.shape, np.nan)
    found[inside] = np.exp(_spline(probability)(np.log(shape[inside])))
    found[~inside] = gammaincinv(shape[~inside], probability)
    return found
