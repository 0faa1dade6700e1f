"""The verdicts on all places of a level over all 12-month windows, as a map draws them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from access.facts import Period
from access.map_figures import NONE, Bytes
from access.verdicts import Change, Heard, Sureness, Where

SURENESS: tuple[Sureness, ...] = get_args(Sureness)
CHANGES: tuple[Change, ...] = get_args(Change)

NO_WINDOW = -1
"""Instead of the window a year before, where the release has none."""


@dataclass(frozen=True, eq=False)
class MapVerdicts:
    """What ``gateway.verdicts`` says of each place of a level in each of ``periods``, oldest first.

    ``sure``, ``independent`` and ``change`` have shape (windows, n): an index in SURENESS, the
    number of independent partners, and an index in CHANGES or NONE. ``earlier`` is for each window
    the index of the one a year before, or NO_WINDOW. Places are those of ``MapShapes``, in the same
    order.
    """

    focus: str | None
    level: str
    periods: tuple[str, ...]
    earlier: tuple[int, ...]
    sure: Bytes
    independent: Bytes
    change: Bytes


def map_verdicts_of(
    heard: Heard,
    level: str,
    windows: Sequence[Period],
    before: Mapping[int, Period | None],
    codes: Sequence[str],
) -> MapVerdicts:
    """Return the verdicts on ``codes`` (n,); ``before`` is the window a year before, by id.

    Most places have nothing to judge by: they all get the one verdict on such a place.
    """
    nobody = heard.conclude("", windows[0].id, None)
    shape = len(windows), len(codes)
    sure = np.full(shape, SURENESS.index(nobody.sure), np.uint8)
    independent, change = np.zeros(shape, np.uint8), np.full(shape, NONE, np.uint8)
    column = {code: number for number, code in enumerate(codes)}
    row = {window.id: number for number, window in enumerate(windows)}
    earlier = {own: window.id for own, window in before.items() if window}
    for window, area in _somewhere(heard, earlier):
        found = heard.conclude(area, window, earlier.get(window))
        at = row[window], column[area]
        sure[at] = SURENESS.index(found.sure)
        independent[at] = found.independent
        change[at] = CHANGES.index(found.change) if found.change else NONE
    return MapVerdicts(
        focus=heard.focus,
        level=level,
        periods=tuple(window.code for window in windows),
        earlier=tuple(row.get(earlier.get(w.id, NO_WINDOW), NO_WINDOW) for w in windows),
        sure=sure,
        independent=independent,
        change=change,
    )


def _somewhere(heard: Heard, earlier: Mapping[int, int]) -> Iterator[Where]:
    """Return where there is anything to judge by, then or a year before."""
    there = {*heard.judging, *heard.standing, *heard.beside}
    yield from there
    for window, before in earlier.items():
        for then, area in heard.standing:
            if then == before and (window, area) not in there:
                yield window, area
