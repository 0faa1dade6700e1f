"""The tables of places: the spot of every record, land cell and figure, and the areas around it."""

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd

from geo import hexagons
from geo.coordinates import DEGREES
from records import KINDS
from release.gazetteer import HEXAGON_LEVELS, cells_above, first_ids, number_hexagons
from release.placing import COLUMNS, Placer


def _located() -> list[str]:
    return [kind.name for kind in KINDS.values() if kind.located]


def spots(con: duckdb.DuckDBPyConnection, placer: Placer) -> pd.DataFrame:
    """Return the place of every located record, of every land cell and of every area figure."""
    parts = []
    for kind in _located():
        points = con.execute(f"SELECT row, lon, lat, cell FROM raw_{kind} ORDER BY row").df()
        lon, lat, cell = (points[name].to_numpy() for name in ("lon", "lat", "cell"))
        parts.append(placer.place(lon, lat, cell).assign(owner=kind, row=points["row"]))
    figures = con.execute("SELECT row, level, area FROM raw_area_figure ORDER BY row").df()
    by_cell = figures[figures["level"] == "hex9"]
    cells = np.array([hexagons.from_text(code) or 0 for code in by_cell["area"]], dtype=np.int64)
    everywhere = np.union1d(placer.land(), cells)
    land = placer.place_cells(everywhere).assign(owner="land", row=everywhere)
    parts.append(land)
    placed = land.iloc[np.searchsorted(everywhere, cells)]
    parts.append(placed.assign(owner="area_figure", row=by_cell["row"].to_numpy()))
    parts += [_area_spots(figures, placer), _small_areas(land, placer)]
    return pd.concat(parts, ignore_index=True)


def _small_areas(land: pd.DataFrame, placer: Placer) -> pd.DataFrame:
    """Place the areas that hold no centre of a cell by a point of their own."""
    parts = []
    for level, layer in placer.layers.items():
        small = np.setdiff1d(np.arange(len(layer)), land[level].unique())
        points = gpd.GeoSeries(layer.geometry.iloc[small]).representative_point().to_crs(DEGREES)
        lon, lat = (np.asarray(of, dtype=np.float64) for of in (points.x, points.y))
        cells = hexagons.index_points(lon, lat)
        parts.append(placer.place(lon, lat, cells).assign(owner="small_area", row=small))
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
        parts.append(spots.assign(owner="area_figure", row=chosen["row"]))
    return pd.concat(parts, ignore_index=True)


def place_tables(
    con: duckdb.DuckDBPyConnection, found: pd.DataFrame, official: pd.DataFrame
) -> pd.DataFrame:
    """Create ``place``: the distinct places, with the number of their area at every level.

    A place has 0 where it has no area. Returns the numbered hexagons.
    """
    first = first_ids(official)
    places = found[COLUMNS].drop_duplicates().sort_values(COLUMNS, ignore_index=True)
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
    open_cells = found.loc[~found["owner"].isin(_located()), "cell"]
    hexes = number_hexagons(above, len(official) + 1, np.isin(cells, open_cells))
    at = np.searchsorted(cells, cell) % len(cells)
    for name in HEXAGON_LEVELS:
        own = hexes[hexes["level"] == name]
        number = own["id"].to_numpy()[np.searchsorted(own["cell"].to_numpy(), above[name])]
        numbers[name] = np.where(cell > 0, number[at], 0)
    places["place"] = np.arange(len(places))
    con.register("spots", found.merge(places, on=COLUMNS)[["owner", "row", "place"]])
    con.register("places", pd.DataFrame({"place": places["place"], "cell": cell, **numbers}))
    con.execute("CREATE TABLE place AS SELECT * FROM places ORDER BY place")
    con.execute("CREATE TABLE spot AS SELECT owner, row, place FROM spots")
    con.unregister("spots")
    con.unregister("places")
    return hexes
