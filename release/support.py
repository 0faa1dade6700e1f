"""Which hexagons can be published at all, and in which windows: open data say so, never records.

A row that is there only where something was counted says so by being there, and by being absent
that nothing was. So the places are those where people live or have an address, and each that is
published has a row in every 12-month window. What lies elsewhere counts in all larger areas.
"""

from collections.abc import Mapping

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from release.exact import Shown
from release.gazetteer import HEXAGON_LEVELS
from release.periods import PeriodKind
from store.release import LEVEL_NUMBERS

Support = Mapping[int, NDArray[np.int64]]
"""The hexagons (ids) that can be published, by the number of their level."""

HEXAGONS = {LEVEL_NUMBERS[level]: level for level in HEXAGON_LEVELS}

OPEN_FIGURES = "('addresses', 'dwellings', 'inhabitants')"

INHABITED = (
    "SELECT place FROM area_figure"
    f" WHERE level = 'hex9' AND figure IN {OPEN_FIGURES} AND value > 0"
    " UNION SELECT p.place FROM area_figure f JOIN spread_from s ON s.row = f.row"
    " JOIN part p ON p.level = f.level AND p.area = s.area"
    f" WHERE f.figure IN {OPEN_FIGURES} AND f.value > 0"
)
"""The places where open figures say that there is somebody, delivered or spread over cells."""

SUPPORT = (
    f"WITH known AS ({INHABITED}), here AS (SELECT * FROM known JOIN place USING (place))"
    " SELECT * FROM here UNION ALL SELECT p.* FROM land JOIN place p USING (place)"
    " WHERE p.gemeente NOT IN (SELECT gemeente FROM here)"
)
"""Those places, and all land of a gemeente of which no open figure says where people are."""


def supported(con: duckdb.DuckDBPyConnection) -> Support:
    """Return the hexagons that can be published; ``con`` holds the tables of ``prepare``."""
    con.execute(f"CREATE TEMP TABLE support AS {SUPPORT}")
    found = {}
    for number, level in HEXAGONS.items():
        query = f"SELECT DISTINCT {level} FROM support WHERE {level} > 0 ORDER BY 1"
        rows = con.execute(query).fetchnumpy()[level]
        found[number] = np.asarray(rows, dtype=np.int64)
    con.execute("DROP TABLE support")
    return found


def within(shown: Shown, support: Support) -> Shown:
    """Return what `protect` shows but for hexagons outside ``support``, and rows of nothing.

    A hexagon in which nothing is shown is as one in which nothing was counted.
    """
    kept = np.ones(len(shown), dtype=bool)
    level, area = shown["level"].to_numpy(), shown["area_id"].to_numpy()
    for number in HEXAGONS:
        here = level == number
        kept[here] = np.isin(area[here], support[number])
    some = (shown[["numerator_units", "denominator_units"]] > 0).any(axis=1)
    kept &= some.to_numpy() | ~np.isin(level, list(HEXAGONS))
    return Shown(shown[kept].reset_index(drop=True))


def windows_of(shown: pd.DataFrame, kinds: Mapping[int, PeriodKind]) -> NDArray[np.int64]:
    """Return the ids of the 12-month windows of figures; ``kinds`` by id of the period."""
    every = np.unique(shown["period_id"].to_numpy(dtype=np.int64))
    return np.array([number for number in every.tolist() if kinds[number] == "year"], np.int64)


def completed(published: pd.DataFrame, windows: NDArray[np.int64]) -> pd.DataFrame:
    """Return figures with a row for every hexagon among them in every window: 0 where none was."""
    keys = ["area_id", "period_id"]
    parts = []
    for level, rows in published.groupby("level"):
        if int(str(level)) in HEXAGONS:
            every = pd.MultiIndex.from_product([np.unique(rows["area_id"]), windows], names=keys)
            whole = rows.set_index(keys).reindex(every, fill_value=0).reset_index()
            parts.append(whole.assign(level=level)[list(published)])
        else:
            parts.append(rows)
    return pd.concat(parts or [published], ignore_index=True)
