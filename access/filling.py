"""Gives a place in which too little was counted the figure of the larger area around it.

A hexagon or buurt that is too thin to stand alone is no white spot: the larger hexagon, and else
the gemeente, speaks for it, and every row says whose figure it is.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from access.facts import Area
from access.figures import Figure, Score
from geo import hexagons
from map_classes import classify

Row = TypeVar("Row", Figure, Score)

AROUND = {
    "wijk": ("gemeente",),
    "buurt": ("wijk", "gemeente"),
    "hex7": ("gemeente",),
    "hex8": ("hex7", "gemeente"),
    "hex9": ("hex8", "hex7", "gemeente"),
}
"""The larger areas that speak for a place of a level, the smallest first."""


def fill(
    own: Sequence[Row],
    areas: Sequence[Area],
    level: str,
    read: Callable[[str], Sequence[Row]],
    limits: Sequence[float],
) -> list[Row]:
    """Return a row per area, by code: ``own`` where it has one, else that of a larger area.

    ``read`` returns the rows of a larger level. ``limits`` are the upper limits of this level's
    classes: a lent figure gets its class on this map. An area that no larger one speaks for either
    keeps its own row without a figure, if it has one.
    """
    filled = {row.area: row for row in own if row.measure is not None}
    waiting = [area for area in areas if area.code not in filled]
    for larger in AROUND.get(level, ()):
        if not waiting:
            break
        lenders = {row.area: row for row in read(larger) if row.measure is not None}
        measures = np.array([lender.measure for lender in lenders.values()], dtype=float)
        classes = dict(zip(lenders, classify(measures, limits).tolist(), strict=True))
        codes = around(waiting, larger)
        for area, code in zip(waiting, codes, strict=True):
            if code in lenders:
                filled[area.code] = lenders[code].lent_to(area, classes[code])
        waiting = [area for area in waiting if area.code not in filled]
    empty = {row.area: row for row in own if row.area not in filled}
    return [row for _, row in sorted((filled | empty).items())]


def around(areas: Sequence[Area], level: str) -> list[str]:
    """Return the code of the larger area around each; CBS codes of wijken begin their buurten's."""
    if level == "gemeente":
        return [area.gemeente for area in areas]
    if level == "wijk":
        return [f"WK{area.code[2:8]}" for area in areas]
    cells = [hexagons.from_text(area.code) or 0 for area in areas]
    return hexagons.to_text(hexagons.parents(cells, int(level[-1])))
