"""How many places of a map show what: enough for its sentence, without a row of each place."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from access.findings import STABLE
from access.map_figures import NONE, NOWHERE, ROW, MapFigures, Sheet


class MapCounts(NamedTuple):
    """Numbers of places in one window."""

    places: int
    """That have a row in a table, also one without a figure."""
    known: int
    """With a figure, their own or that of a larger area."""
    own: int
    """With a figure of their own."""
    marked: int
    """That stand out."""
    highest: int
    """Of ``own`` those in the highest class."""
    stable: int | None
    """Of ``own`` those whose rank as a score holds; None where that is not known."""


def counts_in(figures: MapFigures, period: str) -> MapCounts:
    """Return the counts of a map in one of its windows."""
    window, none = figures.periods.index(period), len(figures.values)
    own_sheet = figures.sheets[0]

    def shows(sheet: Sheet) -> NDArray[np.bool_]:
        return _of_places(sheet, sheet.value[window] != none)

    own = shows(own_sheet)
    known = np.any([shows(sheet) for sheet in figures.sheets], axis=0)
    marked = _of_places(own_sheet, own_sheet.since[window] != NONE)
    highest = own & _of_places(own_sheet, own_sheet.class_[window] == len(figures.limits))
    last = window == len(figures.periods) - 1
    held = np.isin(figures.held, (NONE, STABLE)) if len(figures.held) else None
    stable = int((own & _of_places(own_sheet, held)).sum()) if last and held is not None else None
    return MapCounts(
        int((known | _of_places(own_sheet, own_sheet.marks[window] & ROW > 0)).sum()),
        int(known.sum()),
        int(own.sum()),
        int(marked.sum()),
        int(highest.sum()),
        stable,
    )


def _of_places(sheet: Sheet, columns: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return what is true of the columns of a sheet for each place; False where it has none."""
    found = np.zeros(len(sheet.of), bool)
    there = sheet.of != NOWHERE
    found[there] = columns[sheet.of[there]]
    return found
