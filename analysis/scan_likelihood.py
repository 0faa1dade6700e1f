"""The log likelihood ratio of a window, and the count with which a window reaches a ratio.

A simulation asks only for its best window. Looking up the count that a window needs to beat the
best so far spares nearly all logarithms.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

Floats = NDArray[np.float64]
Counts = NDArray[np.unsignedinteger]
Rates = Literal["high", "low"]

LEVELS = np.arange(0.0, 40.0, 0.2)
"""A best window above the last level is looked for with the last: slower, never wrong."""
STEP, MOST_STEPS = 0.05, 4000
"""Limits of classes of expected counts lie this far apart in the square root, a tenth of the
standard deviation of a Poisson count, and further where that would take too many classes."""
ALL = 1 - 1e-9
"""A window that expects this share of all cases leaves no outside to compare with."""


def log_likelihood_ratio(cases: Floats, expected: Floats, total: float, rates: Rates) -> Floats:
    """Return the log likelihood ratio of windows, the shape of ``cases`` and ``expected``.

    c ln(c/e) + (C - c) ln((C - c)/(C - e)) for c cases against e expected in the window, out of
    C = ``total`` cases and as many expected in all; 0 where c > e (``rates`` "high") or c < e
    ("low") does not hold, and where nothing is expected inside or outside.
    Kulldorff (1997), A spatial scan statistic, section 4, the Poisson model.

    Twenty cases where ten are expected, of a hundred: 20 ln 2 + 80 ln(80/90).

    >>> log_likelihood_ratio(np.array([20.0]), np.array([10.0]), 100, "high").round(4).tolist()
    [4.4403]
    >>> log_likelihood_ratio(np.array([20.0]), np.array([10.0]), 100, "low").tolist()
    [0.0]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = xlogy(cases, cases / expected)
        outside = xlogy(total - cases, (total - cases) / (total - expected))
    odd = cases > expected if rates == "high" else cases < expected
    odd &= (expected > 0) & (expected <= total * ALL)
    return np.where(odd, np.maximum(inside + outside, 0.0), 0.0)


class Needed(NamedTuple):
    """Counts that windows need: ``table`` (classes + 1, levels) by class of expected count.

    The ratio rises with c/e on either side of 1, so "high" asks for at least the count of the
    table and "low" for fewer; the last class is never met. ``limits`` (classes - 1,) rise.
    """

    limits: Floats
    table: Counts
    total: int
    rates: Rates

    def classes(self, expected: Floats, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return each window's class, the shape of ``expected``; the last where not allowed."""
        found = np.searchsorted(self.limits, expected, side="right")
        return np.where(allowed & (expected > 0), found, len(self.table) - 1)

    def to_beat(self, best: Floats) -> Counts:
        """Return the counts needed to beat ``best`` (simulations,), (classes + 1, simulations)."""
        level = np.minimum(best / LEVELS[1], len(LEVELS) - 1).astype(np.int64)
        return np.asarray(np.take(self.table, level, axis=1))


def needed(
    least: float, most: float, total: int, rates: Rates, largest: int | None = None
) -> Needed:
    """Return the cases windows need for each of LEVELS, by class of expected cases.

    Expected counts lie between ``least`` > 0 and ``most``; ``total`` is C. Within a class the
    bound is that of its most favourable expected count, so that no window is missed. Our own way
    to spare logarithms; the ratio is that of `log_likelihood_ratio`. Counts are as narrow as the
    ``largest`` that can occur in a window, by default ``total``.

    A window that expects 10 of 100 cases reaches a ratio of 4 with 20 cases, not with 19.

    >>> need = needed(1.0, 10.0, 100, "high")
    >>> (window,) = need.classes(np.array([10.0]), np.array([True]))
    >>> need.to_beat(np.array([4.0]))[window].tolist()
    [20]
    """
    least, step = min(least, 1.0), max(STEP, np.sqrt(most) / MOST_STEPS)
    roots = np.arange(1.0, np.sqrt(most) + step, step)
    limits = np.append(np.geomspace(least, 1.0, 64, endpoint=False)[1:], roots**2)
    edges = np.minimum(np.concatenate([[least], limits, [total]]), total * ALL)
    favourable = (edges[:-1] if rates == "high" else edges[1:])[:, None]
    low = np.zeros((len(favourable), len(LEVELS)), dtype=np.int64)
    high = low + np.ceil(favourable).astype(np.int64)
    if rates == "high":
        low, high = low + np.floor(favourable).astype(np.int64) + 1, low + total + 1
    table = _first_count(low, high, favourable, total, rates)
    never = total + 1 if rates == "high" else 0
    table = np.pad(table, ((0, 1), (0, 0)), constant_values=never)
    narrow = np.min_scalar_type(1 + (total if largest is None else min(total, largest)))
    table = np.minimum(table, np.iinfo(narrow).max)
    return Needed(limits, table.astype(narrow), total, rates)


def _first_count(
    low: NDArray[np.int64], high: NDArray[np.int64], expected: Floats, total: int, rates: Rates
) -> NDArray[np.int64]:
    """Return by bisection the first count in [low, high) that reaches its level, or leaves it."""
    while (low < high).any():
        middle = (low + high) // 2
        ratio = log_likelihood_ratio(middle.astype(np.float64), expected, total, rates)
        beyond = (ratio >= LEVELS) == (rates == "high")
        undecided = low < high
        high = np.where(undecided & beyond, middle, high)
        low = np.where(undecided & ~beyond, middle + 1, low)
    return low
