"""What is usual among places, and how unlikely each count is there.

A few places that stand out far must not decide what is usual, or they would hide themselves: so
what is high counts as high, and not by how much.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.behind import NEVER
from analysis.residuals import (
    FARTHEST,
    LEAST_JUDGED,
    SHAPES,
    _less_and_same,
    _shown_variance,
)

Floats = NDArray[np.float64]

HIGH = 1.0
"""Counts this many standard deviations above what is expected are high: one in six by chance."""

FACTORS = np.linspace(0.6, 1.1, 11)
"""The usual rate over the mean of all, which places that stand out pull up."""

ROUNDS = 2

FITTED = 600
"""So many places are enough to say what is usual."""


class Usual(NamedTuple):
    """Negative binomial counts with ``factor`` times the mean rate of all places; the smaller the
    ``shape``, the more places differ by themselves (`analysis.residuals`)."""

    factor: float
    shape: float


def usual(
    shown: Floats, exposure: Floats, table: Floats, width: Floats | float = 1.0
) -> Usual | None:
    """Return what is usual of ``shown`` counts per ``exposure``; None where nothing was counted.

    Arrays are (places,); ``table`` and ``width`` as in ``residuals``. The factor and shape of
    largest likelihood, in turn, of places that expect LEAST_JUDGED or more, where a count of HIGH
    standard deviations or more counts as "so many or more": a likelihood censored at a limit that
    does not hang on the count (Tobin 1958, Estimation of relationships for limited dependent
    variables).

    A hundred places have about what they expect. Three that have nearly four times as much leave
    the shape as it is; by likelihood alone it would go from 16 to 8.

    >>> shown, unprotected = np.array([20.0, 25.0, 30.0, 45.0] * 25), np.array([[0.0, 1.0, 0.0]])
    >>> for counts in (shown, np.append(shown, [110.0] * 3)):
    ...     found = usual(counts, np.full(len(counts), 30.0), unprotected)
    ...     round(found.factor * counts.mean()), round(found.shape)
    (30, 16)
    (31, 16)
    """
    known = exposure > 0
    if not known.any() or shown[known].sum() <= 0:
        return None
    counts, expected = _in_units(shown, exposure, width)
    judged = np.flatnonzero(expected >= LEAST_JUDGED)
    if not len(judged):
        return None
    judged = judged[:: max(1, -(-len(judged) // FITTED))]
    counts, expected = counts[judged], expected[judged]
    factor, shape = 1.0, _best(SHAPES, lambda s: _less_and_same(counts, expected, table, s)[1])
    for _ in range(ROUNDS):
        spread = np.sqrt(_shown_variance(factor * expected, table, shape))
        fitted = _Censored(counts, expected, np.ceil(factor * expected + HIGH * spread), table)
        factor = _best(FACTORS, partial(fitted.chances, shape=shape))
        shape = _best(SHAPES, partial(fitted.chances, factor))
    return Usual(factor, shape)


def unlikely(
    shown: Floats, exposure: Floats, table: Floats, of: Usual, width: Floats | float = 1.0
) -> Floats:
    """Return the chance of a published count of so many or more where all is usual, (places,).

    Mid-p: what is as high counts for half (Lancaster 1961). NaN where less than LEAST_JUDGED is
    expected: a published count is then nearly always 0 or k.

    >>> shown, unprotected = np.array([30.0, 30, 60, 1]), np.array([[0.0, 1.0, 0.0]])
    >>> of = Usual(0.75, 64.0)
    >>> unlikely(shown, np.array([30.0, 30, 30, 1]), unprotected, of).round(4).tolist()
    [0.4758, 0.4758, 0.0001, nan]
    """
    counts, expected = _in_units(shown, exposure, width)
    expected = of.factor * expected
    judged = np.flatnonzero(expected >= LEAST_JUDGED)
    less, same = _less_and_same(counts[judged], expected[judged], table, of.shape)
    chance = np.full(shown.shape, np.nan)
    chance[judged] = (1 - less - same / 2).clip(FARTHEST, 1)
    return chance


class _Censored(NamedTuple):
    counts: Floats
    expected: Floats
    limit: Floats
    table: Floats

    def chances(self, factor: float, shape: float) -> Floats:
        """Return the chance of each count, or of its limit or more where it reaches that."""
        mean, high = factor * self.expected, self.counts >= self.limit
        chance = np.empty(len(mean))
        chance[~high] = _less_and_same(self.counts[~high], mean[~high], self.table, shape)[1]
        chance[high] = 1 - _less_and_same(self.limit[high], mean[high], self.table, shape)[0]
        return chance


def _best(values: Floats, chances: Callable[[float], Floats]) -> float:
    """Return which of ``values`` makes what was seen the most likely."""
    fits = [np.log(np.maximum(chances(float(value)), NEVER)).sum() for value in values]
    return float(values[int(np.argmax(fits))])


def _in_units(shown: Floats, exposure: Floats, width: Floats | float) -> tuple[Floats, Floats]:
    """Return counts and what the mean rate of all expects, in units; 0 without an exposure."""
    known = exposure > 0
    below = np.where(known, exposure, 0.0)
    mean = shown[known].sum() / max(below.sum(), NEVER)
    return np.round(shown / width), mean * below / width
