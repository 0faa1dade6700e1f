"""Prices far from what is usual for the same goods, by a band that the odd ones do not widen.

Taking quartiles as the band flags half of all trade by construction, and the first and last
percentile always two in a hundred. The median and the distances to it flag as many as there are.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CUT_OFF = 3.5
"""Robust deviations; beyond it a value is to be looked into (Iglewicz and Hoaglin 1993)."""

NORMAL = 1.4826
"""What the median distance is multiplied by to estimate a standard deviation of normal values."""

REACH = 1.5
"""Interquartile ranges beyond a quartile (Tukey 1977)."""

LEAST = 50
"""With fewer comparables there is no band: at 50 a robust deviation is off by a sixth (standard
error, normal values), so that a cut-off of 3.5 lies between 2.9 and 4.1."""


class Band(NamedTuple):
    """What is usual: prices from ``low`` to ``high`` around ``middle``, in euro per kg.

    All are NaN with too few ``comparables``, or where more than half have one price.
    """

    low: float
    middle: float
    high: float
    comparables: int

    @property
    def known(self) -> bool:
        """Whether there is enough to compare with."""
        return not np.isnan(self.middle)


def log_band(prices: Floats, cut_off: float = CUT_OFF, least: int = LEAST) -> Band:
    """Return the band on the logarithm of ``prices`` (declarations,), in euro per kg.

    exp(m -+ cut_off NORMAL MAD), with m the median of the logarithms and MAD the median distance to
    it: prices are skewed, and a wrong unit is a factor. Prices that are not above 0 do not count;
    one over a weight that was rounded to 0 is infinite, and dearer than any.
    Sources: Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers; Leys et al. (2013),
    Journal of Experimental Social Psychology 49(4).

    >>> band = log_band(np.array([10.0, 11, 12, 13, 14, 1_200]), least=5)
    >>> [round(value, 1) for value in band[:3]]
    [6.7, 12.5, 23.4]
    >>> log_band(np.array([10.0, 11, 12])).known
    False
    """
    logs = np.log(_priced(prices))
    if len(logs) < max(least, 1):
        return _unknown(len(logs))
    middle = float(np.median(logs))
    spread = NORMAL * float(np.median(np.abs(logs - middle))) if middle < np.inf else np.inf
    if spread in (0, np.inf):
        return _unknown(len(logs))
    low, usual, high = np.exp([middle - cut_off * spread, middle, middle + cut_off * spread])
    return Band(float(low), float(usual), float(high), len(logs))


def tukey_band(prices: Floats, reach: float = REACH, least: int = LEAST) -> Band:
    """Return the band of ``prices`` (declarations,) by quartiles, in euro per kg: a second look.

    From Q1 - reach IQR to Q3 + reach IQR, on the prices as they are; with ``reach`` 0 the quartiles
    themselves. Prices that are not above 0 do not count. Source: Tukey (1977), Exploratory Data
    Analysis.

    >>> tukey_band(np.array([10.0, 11, 12, 13, 14, 1_200]), least=5)[:3]
    (7.5, 12.5, 17.5)
    """
    known = _priced(prices)
    if len(known) < max(least, 1):
        return _unknown(len(known))
    first, middle, third = (float(q) for q in np.quantile(known, [0.25, 0.5, 0.75]))
    beyond = reach * (third - first)
    return Band(first - beyond, middle, third + beyond, len(known))


def side_of(prices: Floats, band: Band) -> Ints:
    """Return -1 for ``prices`` below the band, 1 above it and 0 else, in their shape.

    0 too where there is no price or no band: too few comparables are no signal.

    >>> side_of(np.array([5.0, 12.0, 1_200.0]), Band(6.5, 12.5, 23.9, 100)).tolist()
    [-1, 0, 1]
    """
    sides: Ints = (prices > band.high).astype(np.int64) - ((prices > 0) & (prices < band.low))
    return sides


def sides_by_group(prices: Floats, groups: Ints, cut_off: float = CUT_OFF) -> Floats:
    """Return `side_of` each of ``prices`` (declarations,) in the `log_band` of its own group.

    ``groups`` (declarations,) numbers goods x direction x year. NaN where there is no price, or
    where the group has too few comparables. ValueError unless both have one shape.

    >>> prices = np.append(np.linspace(9, 11, 50), [1_000.0, 3.0])
    >>> sides_by_group(prices, np.append(np.zeros(51, dtype=int), 1))[-2:].tolist()
    [1.0, nan]
    """
    if prices.shape != groups.shape:
        raise ValueError(f"prices {prices.shape} and groups {groups.shape} do not match")
    sides = np.full(len(prices), np.nan)
    order = np.argsort(groups, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1):
        band = log_band(prices[rows], cut_off)
        if band.known:
            sides[rows] = np.where(prices[rows] > 0, side_of(prices[rows], band), np.nan)
    return sides


def _priced(prices: Floats) -> Floats:
    return prices[prices > 0]


def _unknown(comparables: int) -> Band:
    return Band(np.nan, np.nan, np.nan, comparables)
