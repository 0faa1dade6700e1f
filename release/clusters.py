"""Groups of places that together stand out: Kulldorff's scan of gemeenten and of one finer level.

The finer level is the first of buurten, wijken and hexagons of resolution 7 that are there and
whose places expect enough; to scan every level would find the same groups five times. It looks for
groups smaller than those among gemeenten, and asks for fewer simulations.

Places differ by themselves, year after year, and a simulation that draws every case apart takes
each lasting difference for a group. Simulations exchange whole histories of places that expect
about the same instead: what they keep is what places are, what they break is where they lie.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.scan import Search, exchange_scan

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEVEL = 0.05
"""Chance that one search finds any group where there is none."""

COARSE = "gemeente"
FINER = ("buurt", "wijk", "hex7")
"""Levels to look at beside COARSE, the first choice first."""

HELD = 0.5
"""Places that a scan can look at hold at least this part of the exposure of all gemeenten; else
most of the country would be out of sight at that level."""

EXCEEDED = 10
"""With so many simulations as odd as the oddest group, chance explains it: no need for others."""

SEARCHES = {
    COARSE: Search(share=0.05, simulations=999, clusters=20, seed=2026, exceeded=EXCEEDED),
    **dict.fromkeys(
        FINER, Search(share=0.01, simulations=199, clusters=10, seed=2026, exceeded=EXCEEDED)
    ),
}
LEAST_CASES = 10
LEAST_RATIO = 1.5
"""A group that is hardly higher than elsewhere is no news, however sure large counts make it."""

ALIKE = 1.2
"""Places whose expected counts lie within this factor are exchanged: few gemeenten are as large."""

YEARLY = 4
"""Windows end with every quarter: so many windows on, two of them share nothing."""

BACK = {"flow": 3, "stock": 1}
"""Windows apart, the last included, in which a group may have begun; firms are there every year.
What is counted otherwise is not looked through."""


class Scannable(NamedTuple):
    """What a scan takes: ``points`` (places, 2), effective counts by place and window.

    ``cases`` and ``expected`` (places, windows) are those of ``analysis.residuals``, NaN where too
    little is expected; ``exposure`` (places,) is that of the last window.
    """

    points: Floats
    cases: Floats
    expected: Floats
    exposure: Floats


def scanned_levels(given: Mapping[str, Scannable]) -> list[str]:
    """Return which levels to look through: COARSE and the first of FINER that holds enough."""
    if COARSE not in given:
        return []
    whole = np.nansum(given[COARSE].exposure)
    finer = [
        level for level in FINER if level in given and _looked_at(given[level]) >= HELD * whole
    ]
    return [COARSE, *finer[:1]]


def _looked_at(level: Scannable) -> float:
    """Return the exposure of places of which enough is expected in the last window."""
    return float(np.nansum(level.exposure[np.isfinite(level.expected[:, -1])]))


def clusters(level: Scannable, windows: Ints, back: int, search: Search) -> pd.DataFrame:
    """Return the groups of the last window, begun in one of the last ``back`` windows apart.

    One row for each place in a group: ``place``, its position, and ``cluster_size``,
    ``cluster_ratio``, ``cluster_p`` and ``cluster_since`` as in ``store.release.Pattern``.
    ``windows`` (windows,) are the ids of periods.
    """
    apart = np.arange(len(windows) - 1, -1, -YEARLY)[:back][::-1]
    cases, expected = level.cases[:, apart], level.expected[:, apart]
    counted, awaited = np.nansum(cases, axis=0), np.nansum(expected, axis=0)
    columns = ["place", "cluster_size", "cluster_ratio", "cluster_p", "cluster_since"]
    rows: list[tuple[float, ...]] = []
    if counted.sum() >= LEAST_CASES and ((counted > 0) & (awaited > 0)).all():
        expected = expected * (counted / awaited)
        alike = _alike(expected)
        found = exchange_scan(level.points, cases, expected, alike, search, len(apart))
        for one in found.clusters:
            if one.p > LEVEL or one.relative_risk < LEAST_RATIO:
                continue
            since = windows[apart[one.first]]
            size, ratio = len(one.members), one.relative_risk
            rows += [(place, size, ratio, one.p, since) for place in one.members]
    return pd.DataFrame(rows, columns=columns)


def _alike(expected: Floats) -> Ints:
    """Return the group of each place, (places,), by what it expects over all windows.

    A place that expects too little in one of the windows is a group by itself, so stays in place.
    """
    whole = expected.sum(axis=1)
    known = np.isfinite(whole)
    alike = np.arange(len(expected))
    classes = np.floor(np.log(whole[known]) / np.log(ALIKE)).astype(np.int64)
    alike[known] = len(expected) + classes - classes.min(initial=0)
    return alike
