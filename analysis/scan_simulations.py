"""The best window of every simulation, all simulations side by side.

Counts grow by one neighbour at a time; only those that can beat the best window so far are worked
out, which is exact and spares nearly all of the logarithms.
"""

from collections.abc import Sequence

import numpy as np

from analysis.scan_likelihood import Counts, Floats, Needed, log_likelihood_ratio
from analysis.scan_study import Run, total_over
from analysis.scan_windows import Circles

CELLS = 60_000_000
"""Most counts of simulations in memory at a time."""
DRAWN = 4_000_000
"""As many are drawn at a time, eight bytes each."""
REFRESH = 4
"""Counts needed are looked up anew after this many ratios per simulation were worked out."""


def simulated_best(
    windows: tuple[Sequence[Circles], Sequence[Run]],
    expected: Floats,
    need: Needed,
    simulations: int,
    seed: int,
) -> Floats:
    """Return the highest log likelihood ratio of each simulation, shape (simulations,).

    Each spreads the total of ``expected`` (places, periods) over its cells by their share, a
    multinomial draw, and looks through every circle and run of ``windows`` (Dwass 1957;
    Kulldorff 1997, section 5).
    """
    rng = np.random.default_rng(seed)
    at_once = max(1, min(simulations, CELLS // expected.size))
    best = np.zeros(simulations)
    for start in range(0, simulations, at_once):
        part = best[start : start + at_once]
        drawn = _draw(rng, expected, len(part), need)
        for run in windows[1]:
            _raise_best(part, windows[0], total_over(drawn, run), total_over(expected, run), need)
    return best


def _draw(rng: np.random.Generator, expected: Floats, simulations: int, need: Needed) -> Counts:
    """Return simulated counts, shape (places, periods, simulations)."""
    chance = expected.ravel() / expected.sum()
    drawn = np.empty((expected.size, simulations), dtype=need.table.dtype)
    at_once = max(1, DRAWN // expected.size)
    for start in range(0, simulations, at_once):
        some = drawn[:, start : start + at_once]
        some[:] = rng.multinomial(need.total, chance, size=some.shape[1]).T
    return drawn.reshape(*expected.shape, simulations)


def _raise_best(
    best: Floats, chunks: Sequence[Circles], cases: Counts, expected: Floats, need: Needed
) -> None:
    """Raise ``best`` (simulations,) in place to the highest ratio over all circles of one run."""
    meets = np.greater_equal if need.rates == "high" else np.less
    cases = np.ascontiguousarray(cases)  # np.take would copy all of it, time and again
    beat, stale = need.to_beat(best), 0
    for chunk in chunks:
        inside = expected[chunk.nearest].cumsum(axis=1)
        classes = need.classes(inside, chunk.allowed)
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
