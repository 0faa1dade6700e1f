"""The tables of places: the spot of every record, land cell and figure, and the areas around it."""

from collections.abc import Iterator

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd

from geo import hexagons
from geo.coordinates import DEGREES
from records import KINDS
from release.gazetteer import HEXAGON_LEVELS, cells_above, first_ids, number_hexagons
from release.placing import COLUMNS, Placer

PIECE = 500_000
"""Records that are placed at once."""


def _located() -> list[str]:
    return [kind.name for kind in KINDS.values() if kind.located]


def find_spots(con: duckdb.DuckDBPyConnection, placer: Placer) -> None:
    """Create ``found``: owner, row and COLUMNS of located records, land cells and area figures.

    ``owner`` is the kind of record, or ``land`` or ``small_area``; ``row`` its number there.
    """
    con.execute(
        "CREATE TABLE found (owner VARCHAR, row BIGINT, cell BIGINT, buurt INTEGER, wijk INTEGER,"
        " gemeente INTEGER)"
    )
    for owner, part in _placed(con, placer):
        con.register("part", part)
        con.execute(f"INSERT INTO found SELECT ?, row, {', '.join(COLUMNS)} FROM part", [owner])
        con.unregister("part")


def _placed(con: duckdb.DuckDBPyConnection, placer: Placer) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give owners with their rows and COLUMNS, in pieces."""
    for kind in _located():
        records = con.cursor().sql(f"SELECT row, lon, lat, cell FROM raw_{kind}")
        for batch in records.to_arrow_reader(PIECE):
            row, lon, lat, cell = (batch[name].to_numpy() for name in ("row", "lon", "lat", "cell"))
            yield kind, placer.place(lon, lat, cell).assign(row=row)
    figures = con.execute("SELECT row, level, area FROM raw_area_figure ORDER BY row").df()
    by_cell = figures[figures["level"] == "hex9"]
    cells = np.array([hexagons.from_text(code) or 0 for code in by_cell["area"]], dtype=np.int64)
    everywhere = np.union1d(placer.land(), cells)
    land = placer.place_cells(everywhere).assign(row=everywhere)
    yield "land", land
    own = land.iloc[np.searchsorted(everywhere, cells)]
    yield "area_figure", own.assign(row=by_cell["row"].to_numpy())
    yield "area_figure", _area_spots(figures, placer)
    yield "small_area", _small_areas(land, placer)


def _small_areas(land: pd.DataFrame, placer: Placer) -> pd.DataFrame:
    """Place the areas that hold no centre of a cell by a point of their own."""
    parts = []
    for level, layer in placer.layers.items():
        small = np.setdiff1d(np.arange(len(layer)), land[level].unique())
        points = gpd.GeoSeries(layer.geometry.iloc[small]).representative_point().to_crs(DEGREES)
        lon, lat = (np.asarray(of, dtype=np.float64) for of in (points.x, points.y))
        cells = hexagons.index_points(lon, lat)
        parts.append(placer.place(lon, lat, cells).assign(row=small))
    return pd.concat(parts, ignore_index=True)


def _area_spots(figures: pd.DataFrame, placer: Placer) -> pd.DataFrame:
    """Place figures that are about an official area; they reach no level below their own."""
    parts = []
    for level in ("gemeente", "wijk", "buurt"):
        chosen = figures[figures["level"] == level]
        rows = placer.rows_of(level, chosen["area"])
        spots = pd.DataFrame(dict.fromkeys(COLUMNS, -1), index=chosen.index)
        spots[level] = rows
        if level in placer.parents:
            spots["gemeente"] = np.append(placer.parents[level], -1)[rows]
        parts.append(spots.assign(row=chosen["row"]))
    return pd.concat(parts, ignore_index=True)


def place_tables(con: duckdb.DuckDBPyConnection, official: pd.DataFrame) -> pd.DataFrame:
    """Create ``place`` and ``spot`` from ``found``, which goes.

    ``place``: the distinct places, with the number of their area at every level, 0 where they have
    none. ``spot``: owner, row and place. Returns the numbered hexagons.
    """
    columns = ", ".join(COLUMNS)
    owners = ", ".join(f"'{kind}'" for kind in _located())
    places = con.execute(
        f"SELECT {columns}, bool_or(owner NOT IN ({owners})) AS is_open FROM found"
        f" GROUP BY ALL ORDER BY {columns}"
    ).df()
    first = first_ids(official)
    riec_ids = official[official["level"] == "riec"].set_index("code")["id"]
    riec_of = riec_ids.loc[official.loc[official["level"] == "gemeente", "riec"]].to_numpy()
    gemeente = places["gemeente"].to_numpy()
    numbers = {
        "nederland": np.full(len(places), first["nederland"]),
        "riec": np.where(gemeente >= 0, riec_of[gemeente], 0),
    }
    for level in ("gemeente", "wijk", "buurt"):
        row = places[level].to_numpy()
        numbers[level] = np.where(row >= 0, row + first.get(level, 0), 0)
    cell = places["cell"].to_numpy()
    cells = np.unique(cell[cell > 0])
    above = cells_above(cells)
    open_cells = places.loc[places["is_open"], "cell"]
    hexes = number_hexagons(above, len(official) + 1, np.isin(cells, open_cells))
    at = np.searchsorted(cells, cell) % len(cells)
    for name in HEXAGON_LEVELS:
        own = hexes[hexes["level"] == name]
        number = own["id"].to_numpy()[np.searchsorted(own["cell"].to_numpy(), above[name])]
        numbers[name] = np.where(cell > 0, number[at], 0)
    places["place"] = np.arange(len(places))
    con.register("places", places)
    con.register("numbers", pd.DataFrame({"place": places["place"], "cell": cell, **numbers}))
    con.execute("CREATE TABLE place AS SELECT * FROM numbers ORDER BY place")
    con.execute(
        f"CREATE TABLE spot AS SELECT owner, row, place FROM found JOIN places USING ({columns})"
    )
    con.execute("DROP TABLE found")
    con.unregister("numbers")
    con.unregister("places")
    return hexes
