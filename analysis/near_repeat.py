"""Whether an event makes another one soon and nearby more likely: the near-repeat test of Knox.

Pairs of events that lie close in space and in time are compared with what dates in any other
order would give, so that neither busy places nor busy weeks count as repeats.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

PAIRS = 60_000
"""Pairs compared at a time, so that they stay in a cache."""


class NearRepeats(NamedTuple):
    """Pairs of events by distance band (rows) and time band (columns), four arrays.

    ``pairs`` were counted and ``expected`` without any link between place and date; ``ratio`` is
    the one over the other (the Knox ratio, NaN where nothing is expected) and ``p`` how often
    dates in another order give at least as many pairs.
    """

    pairs: Floats
    expected: Floats
    ratio: Floats
    p: Floats


class Blur(NamedTuple):
    """Standard deviation of what is added to numbers of pairs, and the secret it is drawn from."""

    spread: float
    secret: int


def near_repeats(
    points: Floats,
    days: Floats,
    metres: Sequence[float],
    within: Sequence[float],
    simulations: int = 999,
    seed: int = 0,
    blur: Blur | None = None,
) -> NearRepeats:
    """Return the pairs of events in each distance band and time band against chance.

    ``points`` (events, 2) in metres and ``days`` (events,), whole numbers; ``metres`` and
    ``within`` (days) are rising upper limits that belong to their band, and the first band starts
    at zero and includes it: metres (0, 100, 200) are the same spot, up to 100 and up to 200 m.
    Expected are pairs in the distance band x pairs in the time band / all pairs, the exact mean
    over all orders of the dates; p = (1 + orders with at least as many pairs)/(simulations + 1)
    over ``simulations`` random orders, for each pair of bands by itself. With ``blur`` the pairs
    get a normal deviation, and so do those of each order: p is as valid, and no pair can be
    counted back. An event with NaN does not count. ValueError for days that are not whole, limits
    that do not rise or lie below zero, less than two events and less than one simulation.
    Sources: Knox (1964), The detection of space-time interactions, Applied Statistics 13; Johnson
    et al. (2007), Space-time patterns of risk, Journal of Quantitative Criminology 23; bands as
    in Ratcliffe (2009), Near Repeat Calculator.

    Two pairs of burglaries 50 metres and a day apart, and two that stand alone.

    >>> points = np.array([[0, 0], [50, 0], [5e3, 0], [5e3, 50], [2e4, 0], [3e4, 0]])
    >>> days = np.array([1.0, 2, 40, 41, 80, 120])
    >>> found = near_repeats(points, days, metres=[100], within=[7], simulations=99)
    >>> found.pairs.tolist(), found.expected.round(2).tolist(), found.p.tolist()
    ([[2.0]], [[0.27]], [[0.05]])
    """
    points, day = _events(points, days)
    near, soon = _rising(metres, "metres"), np.floor(_rising(within, "within")).astype(np.int64)
    if simulations < 1:
        raise ValueError("simulations must be at least 1")
    bands = _pairs_by_distance(points, near)
    pairs = _count(bands, day, soon).astype(np.float64)
    all_pairs = len(day) * (len(day) - 1) / 2
    in_space = np.array([band.shape[1] for band in bands], dtype=np.float64)
    expected = np.outer(in_space, _pairs_in_time(day, soon)) / all_pairs
    rng = np.random.default_rng(seed)
    as_many = np.zeros(pairs.shape, dtype=np.int64)
    spread = 0.0 if blur is None else blur.spread
    if blur is not None:
        deviation = np.random.default_rng(blur.secret).standard_normal(pairs.shape)
        pairs = np.maximum(pairs + spread * deviation, 0.0)
    for _ in range(simulations):
        other = _count(bands, rng.permutation(day), soon)
        as_many += other + spread * rng.standard_normal(pairs.shape) >= pairs
    ratio = np.divide(pairs, expected, out=np.full(expected.shape, np.nan), where=expected > 0)
    return NearRepeats(pairs, expected, ratio, (1 + as_many) / (simulations + 1))


def _events(points: Floats, days: Floats) -> tuple[Floats, NDArray[np.int32]]:
    """Return the points and days, from 0, of events that have both."""
    points, days = np.asarray(points, dtype=np.float64), np.asarray(days, dtype=np.float64)
    if days.ndim != 1 or points.shape != (len(days), 2):
        raise ValueError(f"points {points.shape} and days {days.shape} do not match")
    known = np.isfinite(points).all(axis=1) & np.isfinite(days)
    points, days = points[known], days[known]
    if len(days) < 2:
        raise ValueError("at least two events are needed")
    if (days != np.floor(days)).any():
        raise ValueError("days must be whole numbers")
    return points, (days - days.min()).astype(np.int32)


def _rising(limits: Sequence[float], name: str) -> Floats:
    values = np.asarray(limits, dtype=np.float64)
    if not (values.ndim == 1 and values.size and values[0] >= 0 and (np.diff(values) > 0).all()):
        raise ValueError(f"{name} must be rising limits from 0 up, not {limits}")
    return values


def _pairs_by_distance(points: Floats, near: Floats) -> list[NDArray[np.intp]]:
    """Return the pairs of events in each distance band, shape (2, pairs) each."""
    found = cKDTree(points).query_pairs(near[-1], output_type="ndarray")
    distance = np.hypot(*(points[found[:, 0]] - points[found[:, 1]]).T)
    band = np.searchsorted(near, distance, side="left")
    return [np.ascontiguousarray(found[band == number].T) for number in range(len(near))]


def _pairs_in_time(day: NDArray[np.int32], soon: Whole) -> Whole:
    """Return how many of all pairs of events fall in each time band, shape (bands,)."""
    rising = np.sort(day).astype(np.int64)
    first = np.arange(len(rising))
    upto = [(np.searchsorted(rising, rising + d, side="right") - first - 1).sum() for d in soon]
    return np.diff(np.array(upto), prepend=0)


def _count(bands: list[NDArray[np.intp]], day: NDArray[np.int32], soon: Whole) -> Whole:
    """Return the pairs in each distance band and time band, shape (distances, times)."""
    upto = np.zeros((len(bands), len(soon)), dtype=np.int64)
    for row, band in zip(upto, bands, strict=True):
        for start in range(0, band.shape[1], PAIRS):
            one, other = band[:, start : start + PAIRS]
            apart = np.abs(day[one] - day[other])
            row += [np.count_nonzero(apart <= limit) for limit in soon]
    return np.diff(upto, axis=1, prepend=0)
