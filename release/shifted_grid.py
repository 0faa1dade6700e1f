"""The figures of hexagons on a grid that lies half a cell elsewhere, counted and protected anew.

For comparison only. No figure of a shifted hexagon is published, so that nobody can take the
difference between two grids.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo import hexagons
from geo.coordinates import to_lonlat, to_rd
from indicators import Indicator
from indicators.contract import SCORED
from release.analysing import analyse
from release.counting import count_indicator
from release.gazetteer import HEXAGON_LEVELS
from release.guarding import guard, protected
from release.looked import shared_denominators
from release.noise import side_noise
from release.periods import Period
from release.strata import count_strata
from store.release import LEVEL_NUMBERS

Points = tuple[NDArray[np.float64], NDArray[np.float64]]

SHIFTED = {level: r for level, r in HEXAGON_LEVELS.items() if r < hexagons.FINEST}
"""Levels that can be shifted: a place is known by its res-9 cell, so those cells stay whole."""

MOVED = "moved_place"
"""The table with the shifted hexagons of each place."""

MIDDLE = ([155_000.0], [463_000.0])
"""The origin of RD New (metres), about the middle of the country."""


@cache
def half_a_cell(resolution: int) -> float:
    """Return half the width of hexagons (metres), in the middle of the country.

    One of width w covers sqrt(3)/2 w^2.
    """
    middle = hexagons.index_points(*to_lonlat(*MIDDLE), resolution)
    (km2,) = hexagons.areas_km2(middle)
    return float(np.sqrt(km2 * 2 / np.sqrt(3)) / 2 * 1_000)


def shifted_cells(points: Points, resolution: int) -> NDArray[np.int64]:
    """Return the cell of ``resolution`` that holds each point once moved, shape (n,).

    ``points`` are x and y (metres, RD New). They move half a cell's width to the north-east and
    get a hexagon as any point does: that of res 9, and its parent. So the old cells lie half a
    width away from the nearest new ones, whichever way the grid is turned; as far east and as far
    north they would lie nearer.
    """
    step = half_a_cell(resolution) / np.sqrt(2)
    moved = to_lonlat(points[0] + step, points[1] + step)
    return hexagons.parents(hexagons.index_points(*moved), resolution)


def shift(con: duckdb.DuckDBPyConnection) -> dict[str, NDArray[np.int64]]:
    """Create MOVED; return the cells of each level of SHIFTED: the one at i has number i + 1."""
    places = con.execute("SELECT place, cell FROM place ORDER BY place").df()
    cells, line = np.unique(places["cell"].to_numpy(), return_inverse=True)
    known = cells > 0
    points = to_rd(*hexagons.centres(cells[known]))
    numbers, found = {}, {}
    for level, resolution in SHIFTED.items():
        moved = shifted_cells(points, resolution)
        found[level], number = np.unique(moved, return_inverse=True)
        own = np.zeros(len(cells), dtype=np.int64)
        own[known] = number + 1
        numbers[level] = own[line]
    con.register("shifted", pd.DataFrame({"place": places["place"], **numbers}))
    con.execute(f"CREATE OR REPLACE TABLE {MOVED} AS SELECT * FROM shifted")
    con.unregister("shifted")
    return found


def shifted_figures(
    con: duckdb.DuckDBPyConnection,
    catalogue: Mapping[str, Indicator],
    periods: list[Period],
    k: int,
    complete: Mapping[str, Mapping[int, float]],
) -> pd.DataFrame:
    """Return the scored indicators' figures of the last 12-month window on the shifted grid.

    These are as ``analyse`` returns them, with ``indicator_id`` (the place in ``catalogue``, from
    1) and ``cell``. ``complete`` is what ``analyse`` takes, by indicator code.
    """
    kinds = {period.id: period.kind for period in periods}
    last = max(number for number, kind in kinds.items() if kind == "year")
    cells, frames = shift(con), []
    shared = shared_denominators(catalogue.values())
    for number, (code, indicator) in enumerate(catalogue.items(), start=1):
        if indicator.focus_area not in SCORED or "H" not in indicator.levels:
            continue
        finest = min(indicator.finest_hexagon, max(SHIFTED.values()))
        only = replace(indicator, levels="H", finest_hexagon=finest)
        exact = count_indicator(con, only, {}, None, places=MOVED, shared=shared).exact
        noise = side_noise(only, k)
        shown = protected(exact, only, kinds, noise)
        guarded = guard(shown, count_strata(con, only, places=MOVED), only, kinds, noise)
        window = guarded[guarded["period_id"] == last]
        figures, _ = analyse(window, only, periods, noise.numerator, complete.get(code, {}))
        frames.append(figures.assign(indicator_id=number))
    if not frames:
        return pd.DataFrame(columns=["indicator_id", "level", "period_id", "cell", "percentile"])
    every = pd.concat(frames, ignore_index=True).assign(cell=0)
    for level, own in cells.items():
        rows = every["level"] == LEVEL_NUMBERS[level]
        every.loc[rows, "cell"] = own[every.loc[rows, "area_id"].to_numpy() - 1]
    return every
