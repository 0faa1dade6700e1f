"""The windows that stand out most: the best of each centre, and none that share a place."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.scan_likelihood import Floats, Rates, log_likelihood_ratio
from analysis.scan_study import Run, Study, total_over
from analysis.scan_windows import CENTRES, Circles

SAME = 1e-9
"""Log likelihood ratios this close are equal: a tie with a simulation counts against a cluster."""


class Window(NamedTuple):
    """A circle of ``members``, positions in the study, in a run of periods, and its ratio."""

    members: NDArray[np.int32]
    run: Run
    ratio: float


class _Best(NamedTuple):
    """The best window of each centre: its ratio, number of neighbours and run, each (places,)."""

    ratio: Floats
    neighbours: NDArray[np.int64]
    run: NDArray[np.int64]


def most_likely(
    given: Study, windows: tuple[Sequence[Circles], Sequence[Run]], rates: Rates, most: int
) -> list[Window]:
    """Return up to ``most`` windows by falling log likelihood ratio that share no place.

    Only the best window of each centre can be chosen, whatever its periods; of equal windows the
    centre that was given first is named. SaTScan User Guide, "no geographical overlap".

    >>> from analysis.scan_study import study
    >>> from analysis.scan_windows import circles
    >>> points = np.column_stack([np.arange(4.0), np.zeros(4)])
    >>> given = study(points, np.array([[9.0], [1], [1], [1]]), np.ones((4, 1)), None)
    >>> windows = list(circles(given.points, given.population, share=0.5)), [Run(0, 0)]
    >>> (window,) = most_likely(given, windows, "high", 1)
    >>> given.places[window.members].tolist(), round(window.ratio, 2)
    ([0], 6.59)
    """
    chunks, runs = windows
    best = _best_by_centre(given, chunks, runs, rates)
    taken = np.zeros(len(given.places), dtype=bool)
    found: list[Window] = []
    for centre in np.lexsort([given.places, -np.round(best.ratio / SAME)]):
        if best.ratio[centre] <= 0 or len(found) == most:
            break
        nearest = chunks[centre // CENTRES].nearest[centre % CENTRES]
        members = nearest[: best.neighbours[centre]]
        if not taken[members].any():
            taken[members] = True
            found.append(Window(members, runs[best.run[centre]], float(best.ratio[centre])))
    return found


def _best_by_centre(
    given: Study, chunks: Sequence[Circles], runs: Sequence[Run], rates: Rates
) -> _Best:
    """Return the best window of each centre; of equals the first run, the smallest circle."""
    best = _Best(np.zeros(len(given.places)), *np.zeros((2, len(given.places)), dtype=np.int64))
    for number, run in enumerate(runs):
        cases, expected = total_over(given.cases, run), total_over(given.expected, run)
        for chunk in chunks:
            if not chunk.nearest.size:
                continue
            counted = cases[chunk.nearest].cumsum(axis=1)
            inside = expected[chunk.nearest].cumsum(axis=1)
            ratio = log_likelihood_ratio(counted, inside, given.total, rates) * chunk.allowed
            top = ratio.argmax(axis=1)
            highest = ratio[np.arange(len(top)), top]
            better = highest > best.ratio[chunk.centres]
            centres = chunk.centres[better]
            best.ratio[centres] = highest[better]
            best.neighbours[centres] = top[better] + 1
            best.run[centres] = number
    return best
