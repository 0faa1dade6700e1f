"""How far a place's rank depends on choices that could as well have been made otherwise.

A place that only stands out under the choices that happened to be made does not stand out.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats.qmc import LatinHypercube

from analysis.choices import (
    EVERYTHING,
    INPUTS,
    NOTHING,
    Figures,
    Prepared,
    Varied,
    prepared,
    scores,
)
from analysis.ranks import percentile_ranks, rank_groups

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STABLE, MOVING, UNSURE = 0, 1, 2
"""Stability classes; see `stability`."""

SAME_STABLE, SPAN_STABLE = 0.8, 20.0
SAME_UNSURE, SPAN_UNSURE = 0.5, 40.0
"""Share of runs in the own class and width of the rank interval, in percentile points."""

SORTED_AT_ONCE = 8_000_000
"""Standings sorted at a time (64 MB)."""


class RankIntervals(NamedTuple):
    """What the runs say of each place: arrays of shape (places,), NaN or -1 without a score.

    ``rank`` is that of the published score, 1 for the highest; ``low``, ``median`` and ``high``
    are the 5%, 50% and 95% points of its rank over the runs. ``own_class`` numbers the class of
    the published score, ``same_class`` is the share of the runs in which the place was in it, and
    ``stability`` says what to make of it.
    """

    rank: Floats
    low: Floats
    median: Floats
    high: Floats
    own_class: Ints
    same_class: Floats
    stability: Ints


def rank_intervals(
    figures: Figures, runs: int = 1000, seed: int = 0, varied: Varied = EVERYTHING
) -> RankIntervals:
    """Return how each place's rank holds over ``runs`` scores, each under other choices.

    A run draws all choices of `analysis.choices.scores` at once, from a Latin hypercube, so that
    each is made equally often; equal scores share their mean rank. A run without a score for a
    place does not count for it. Classes lie between the percentile ranks of
    `analysis.ranks.GROUP_LIMITS`. ValueError for impossible figures or without runs. Sources:
    OECD/JRC (2008), step 7 (uncertainty analysis); Saisana, Saltelli and Tarantola (2005); McKay,
    Beckman and Conover (1979) for the sampling.

    A place that is highest in everything keeps rank 1, whatever is chosen.

    >>> mean = np.array([[9.0, 9.0], [1.0, 2.0], [2.0, 1.0], [3.0, 3.0]])
    >>> figures = Figures(mean, mean, mean, np.ones(2), np.zeros(2, int))
    >>> found = rank_intervals(figures, runs=50)
    >>> found.rank.tolist(), found.low[0].item(), found.high[0].item()
    ([1.0, 3.5, 3.5, 2.0], 1.0, 1.0)
    """
    if runs < 1:
        raise ValueError(f"runs must be 1 or more, not {runs}")
    ready = prepared(figures)
    own = _standing(ready, np.zeros(len(INPUTS)), NOTHING, seed)
    own_class = rank_groups(own)
    points = LatinHypercube(len(INPUTS), rng=np.random.default_rng(seed)).random(runs)
    standings = np.empty((runs, len(own)))
    same, scored = np.zeros((2, len(own)))
    for run, point in enumerate(points):
        standings[run] = _standing(ready, point, varied, seed)
        same += rank_groups(standings[run]) == own_class
        scored += np.isfinite(standings[run])
    scored[own_class < 0] = 0
    share = np.divide(same, scored, out=np.full(len(own), np.nan), where=scored > 0)
    low, median, high = _quantiles(standings, (0.05, 0.5, 0.95))
    places = np.isfinite(own).sum()
    rank, best, middle, worst = (
        places + 0.5 - part / 100 * places for part in (own, high, median, low)
    )
    steady = stability(share, high - low)
    return RankIntervals(rank, best, middle, worst, own_class, share, steady)


def stability(same_class: Floats, span: Floats) -> Ints:
    """Return whether each place's standing holds, shape (places,).

    STABLE: at least 80% of the runs in the own class and a 90% rank interval narrower than 20
    percentile points. UNSURE: less than half of the runs, or wider than 40 points. MOVING:
    anything between. -1 for NaN. ``same_class`` is a share, ``span`` in percentile points. The
    limits are this project's own: a fifth of all places is narrower than the quarter that the
    second class holds, and a class that most runs deny is not the place's.

    Places that are in their class in 95%, 60% and 30% of the runs: STABLE, MOVING and UNSURE.

    >>> stability(np.array([0.95, 0.6, 0.3]), np.array([10.0, 30.0, 15.0])).tolist()
    [0, 1, 2]
    """
    stable = (same_class >= SAME_STABLE) & (span < SPAN_STABLE)
    unsure = (same_class < SAME_UNSURE) | (span > SPAN_UNSURE)
    found = np.where(stable, STABLE, np.where(unsure, UNSURE, MOVING))
    return np.where(np.isfinite(same_class) & np.isfinite(span), found, -1)


def rank_shift(
    figures: Figures, seed: int = 0, varied: Varied = EVERYTHING
) -> Callable[[Floats], Floats]:
    """Return the function of choices that `analysis.sensitivity` takes apart.

    Points (n, 5) in the unit cube, as `analysis.choices.INPUTS`, give the mean over places of
    |percentile rank - published percentile rank|, shape (n,), in percentile points. ValueError for
    impossible figures. Source: Saisana, Saltelli and Tarantola (2005), the average shift in rank.

    With the choices as published no rank shifts.

    >>> mean = np.array([[9.0, 9.0], [1.0, 2.0], [2.0, 1.0], [3.0, 3.0]])
    >>> figures = Figures(mean, mean, mean, np.ones(2), np.zeros(2, int))
    >>> rank_shift(figures, varied=NOTHING)(np.zeros((1, 5))).tolist()
    [0.0]
    """
    ready = prepared(figures)
    own = _standing(ready, np.zeros(len(INPUTS)), NOTHING, seed)

    def shift(points: Floats) -> Floats:
        moved = (np.abs(_standing(ready, point, varied, seed) - own) for point in points)
        return np.array([one[np.isfinite(one)].mean() for one in moved])

    return shift


def standing_of(
    figures: Figures, place: int, seed: int = 0, varied: Varied = EVERYTHING
) -> Callable[[Floats], Floats]:
    """Return the function of choices that gives one place's percentile rank (0-100), shape (n,).

    As `rank_shift`, for the place in row ``place``.

    >>> mean = np.array([[9.0, 9.0], [1.0, 2.0], [2.0, 1.0], [3.0, 3.0]])
    >>> figures = Figures(mean, mean, mean, np.ones(2), np.zeros(2, int))
    >>> standing_of(figures, place=0)(np.full((2, 5), 0.3)).tolist()
    [87.5, 87.5]
    """
    ready = prepared(figures)

    def standing(points: Floats) -> Floats:
        return np.array([_standing(ready, point, varied, seed)[place] for point in points])

    return standing


def _standing(ready: Prepared, point: Floats, varied: Varied, seed: int) -> Floats:
    return percentile_ranks(scores(ready, point, varied, seed))


def _quantiles(standings: Floats, at: tuple[float, ...]) -> Floats:
    """Return quantiles over the runs that scored a place, shape (len(at), places)."""
    runs, places = standings.shape
    found = np.full((len(at), places), np.nan)
    each = max(1, SORTED_AT_ONCE // runs)
    for start in range(0, places, each):
        ordered = np.sort(standings[:, start : start + each].T, axis=1)
        last = np.isfinite(ordered).sum(axis=1) - 1
        row = np.flatnonzero(last >= 0)
        for line, share in enumerate(at):
            position = share * last[row]
            below = position.astype(int)
            above = np.minimum(below + 1, last[row])
            lower, upper = ordered[row, below], ordered[row, above]
            found[line, start + row] = lower + (position - below) * (upper - lower)
    return found
