"""The best window of every simulation, a batch of simulations side by side.

Counts grow by one neighbour at a time; only those that can beat the best window so far are worked
out, which is exact and spares nearly all of the logarithms. Where it is asked for, simulating ends
as soon as enough of them are as odd as what was observed.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.scan_likelihood import Counts, Floats, Needed, log_likelihood_ratio
from analysis.scan_study import Run, Study, total_over
from analysis.scan_windows import Circles

FIRST, BATCH = 40, 240
"""Simulations side by side, in the first batch and in others: few enough for a cache to hold."""
DRAWN = 4_000_000
"""As many counts are drawn at a time, eight bytes each."""
REFRESH = 4
"""Counts needed are looked up anew after this many ratios per simulation were worked out."""


class Enough(NamedTuple):
    """End with the simulation that is the ``times``-th to reach ``ratio``."""

    times: int
    ratio: float


class Draws(NamedTuple):
    """How many simulations, from which seed, and when fewer are enough."""

    simulations: int
    seed: int
    enough: Enough | None


class _Expected(NamedTuple):
    """What the circles of a chunk expect in one run, and the class of each: (centres, circles)."""

    inside: Floats
    classes: NDArray[np.uint16]


def simulated_best(
    windows: tuple[Sequence[Circles], Sequence[Run]],
    given: Study,
    need: Needed,
    draws: Draws,
) -> Floats:
    """Return the highest log likelihood ratio of each simulation, shape (simulations,).

    Each spreads the total of ``given`` over its cells by what they expect, a multinomial draw, or
    exchanges the histories of places that are ``alike``, and looks through every circle and run of
    ``windows`` (Dwass 1957; Kulldorff 1997, section 5). With ``draws.enough`` there may be fewer:
    the same ones, up to it.

    >>> from analysis.scan_likelihood import needed
    >>> from analysis.scan_study import study
    >>> from analysis.scan_windows import circles
    >>> points = np.column_stack([np.arange(4.0), np.zeros(4)])
    >>> given = study(points, np.array([[9.0], [1], [1], [1]]), np.ones((4, 1)), None)
    >>> windows = list(circles(given.points, given.population, share=0.5)), [Run(0, 0)]
    >>> need = needed(3.0, 6.0, given.total, "high")
    >>> best = simulated_best(windows, given, need, Draws(simulations=99, seed=0, enough=None))
    >>> best.shape, bool((best >= 0).all())
    ((99,), True)
    """
    chunks, runs = windows
    rng = np.random.default_rng(draws.seed)
    every = [
        [_expected(chunk, total_over(given.expected, run), need) for chunk in chunks]
        for run in runs
    ]
    best = np.empty(0)
    for size in _batches(draws.simulations):
        part = np.zeros(size)
        drawn = _draw(rng, given, size, need)
        for run, known in zip(runs, every, strict=True):
            _raise_best(part, chunks, known, total_over(drawn, run), need)
        best = np.append(best, part)
        if draws.enough is not None:
            reached = np.flatnonzero(best >= draws.enough.ratio)[: draws.enough.times]
            if len(reached) == draws.enough.times:
                return best[: reached[-1] + 1]
    return best


def _batches(simulations: int) -> Iterator[int]:
    """Yield how many simulations to do side by side, until there are so many."""
    size, left = FIRST, simulations
    while left > 0:
        yield min(size, left)
        size, left = BATCH, left - size


def _expected(chunk: Circles, expected: Floats, need: Needed) -> _Expected:
    """Return what each circle of a chunk expects, as every simulation asks for it."""
    inside = expected[chunk.nearest].cumsum(axis=1)
    return _Expected(inside, need.classes(inside, chunk.allowed).astype(np.uint16))


def _draw(rng: np.random.Generator, given: Study, simulations: int, need: Needed) -> Counts:
    """Return simulated counts, shape (places, periods, simulations)."""
    narrow = need.table.dtype
    if given.alike is not None:
        return _exchange(rng, given.cases.astype(narrow), given.alike, simulations)
    expected = given.expected
    chance = expected.ravel() / expected.sum()
    drawn = np.empty((expected.size, simulations), dtype=narrow)
    at_once = max(1, DRAWN // expected.size)
    for start in range(0, simulations, at_once):
        some = drawn[:, start : start + at_once]
        some[:] = rng.multinomial(need.total, chance, size=some.shape[1]).T
    return drawn.reshape(*expected.shape, simulations)


def _exchange(
    rng: np.random.Generator, cases: Counts, alike: NDArray[np.int64], simulations: int
) -> Counts:
    """Return the histories of ``cases`` (places, periods) among places alike, as ``_draw``."""
    order = np.argsort(alike, kind="stable")
    other = np.empty((len(order), simulations), dtype=np.int32)
    for number in range(simulations):
        keys = alike[order] + rng.random(len(order))
        other[order, number] = order[np.argsort(keys)]
    return np.asarray(np.moveaxis(cases[other], 2, 1))


def _raise_best(
    best: Floats,
    chunks: Sequence[Circles],
    known: Sequence[_Expected],
    cases: Counts,
    need: Needed,
) -> None:
    """Raise ``best`` (simulations,) in place to the highest ratio over all circles of one run."""
    meets = np.greater_equal if need.rates == "high" else np.less
    cases = np.ascontiguousarray(cases)  # np.take would copy all of it, time and again
    beat, stale = need.to_beat(best), 0
    for chunk, (inside, classes) in zip(chunks, known, strict=True):
        shape = (len(chunk.centres), len(best))
        counted, added, asked = (np.zeros(shape, dtype=cases.dtype) for _ in range(3))
        met = np.empty(shape, dtype=bool)
        for k in range(chunk.nearest.shape[1]):
            counted += np.take(cases, chunk.nearest[:, k], axis=0, out=added, mode="clip")
            np.take(beat, classes[:, k], axis=0, out=asked, mode="clip")
            if not meets(counted, asked, out=met).any():
                continue
            centre, simulation = np.divmod(np.flatnonzero(met), len(best))
            ratio = log_likelihood_ratio(
                counted[centre, simulation].astype(np.float64),
                inside[centre, k],
                need.total,
                need.rates,
            )
            np.maximum.at(best, simulation, ratio)
            stale += len(ratio)
            if stale > REFRESH * len(best):
                beat, stale = need.to_beat(best), 0
