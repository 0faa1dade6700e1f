"""Puts the accepted records, placed, into DuckDB: the tables that an indicator's SELECT reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd

from errors import WeerbeeldError
from geo import hexagons
from geo.coordinates import DEGREES
from records import KINDS, RecordKind
from records.figures import TEST_ONLY
from records.partners import PARTNERS
from release.area_figures import area_tables
from release.carrying_over import carry_over
from release.gazetteer import (
    HEXAGON_LEVELS,
    cells_above,
    first_ids,
    number_hexagons,
    official_areas,
)
from release.periods import Period, calendar_of
from release.placing import COLUMNS, Placer

SQL_TYPES = {
    "text": "VARCHAR",
    "date": "DATE",
    "integer": "BIGINT",
    "decimal": "DECIMAL(18,2)",
    "boolean": "BOOLEAN",
}
LOCATION = {"lon": "DOUBLE", "lat": "DOUBLE", "cell": "BIGINT"}
KEY_RANGE = 2**32


@dataclass(frozen=True)
class Source:
    """One accepted delivery as the build reads it; a later ``sequence`` corrects an earlier.

    ``received`` is the day it came in, None where that is not known.
    """

    kind: str
    partner: str
    path: Path
    sequence: int
    received: date | None = None


def _columns(kind: RecordKind) -> dict[str, str]:
    own = {column.name: SQL_TYPES[column.type] for column in kind.columns}
    return own | (LOCATION if kind.located else {})


def _load(con: duckdb.DuckDBPyConnection, kind: RecordKind, sources: Sequence[Source]) -> None:
    """Create ``raw_<kind>``: the last version of each record, in a fixed order.

    ``received`` is the day of the delivery that first brought a record. It is empty in months that
    began before the deliverer's first delivery of the kind, which brings years at once.
    """
    columns = _columns(kind)
    names = ", ".join(f'"{name}"' for name in columns)
    typed = ", ".join(f'"{name}" {sql_type}' for name, sql_type in columns.items())
    con.execute(
        f"CREATE TABLE raw_{kind.name} ({typed}, partner VARCHAR, deliverer VARCHAR,"
        " sequence INTEGER, received DATE)"
    )
    for source in sources:
        con.execute(
            f"INSERT INTO raw_{kind.name} SELECT {names}, partner, ?, ?, ? FROM read_parquet(?)",
            [source.partner, source.sequence, source.received, str(source.path)],
        )
    key = ", ".join(kind.key)
    con.execute(
        f"CREATE OR REPLACE TABLE raw_{kind.name} AS SELECT row_number() OVER (ORDER BY {key},"
        f" deliverer) AS row, * EXCLUDE (deliverer, began) REPLACE (CASE WHEN"
        f" date_trunc('month', {kind.dated}) > began THEN received END AS received)"
        f" FROM (SELECT * REPLACE (min(received) OVER (PARTITION BY deliverer, {key}) AS received),"
        f" min(received) OVER (PARTITION BY deliverer) AS began FROM raw_{kind.name}"
        f" QUALIFY row_number() OVER (PARTITION BY deliverer, {key} ORDER BY sequence DESC) = 1)"
    )


def _spots(con: duckdb.DuckDBPyConnection, placer: Placer) -> pd.DataFrame:
    """Return the place of every located record, of every land cell and of every area figure."""
    parts = []
    for kind in KINDS.values():
        if kind.located:
            points = con.execute(
                f"SELECT row, lon, lat, cell FROM raw_{kind.name} ORDER BY row"
            ).df()
            lon, lat, cell = (points[name].to_numpy() for name in ("lon", "lat", "cell"))
            parts.append(placer.place(lon, lat, cell).assign(owner=kind.name, row=points["row"]))
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


def _place_tables(
    con: duckdb.DuckDBPyConnection, spots: pd.DataFrame, official: pd.DataFrame
) -> pd.DataFrame:
    """Create ``place``: the distinct places, with the number of their area at every level.

    A place has 0 where it has no area. Returns the numbered hexagons.
    """
    first = first_ids(official)
    places = spots[COLUMNS].drop_duplicates().sort_values(COLUMNS, ignore_index=True)
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
    hexes = number_hexagons(above, len(official) + 1)
    at = np.searchsorted(cells, cell) % len(cells)
    for name in HEXAGON_LEVELS:
        own = hexes[hexes["level"] == name]
        number = own["id"].to_numpy()[np.searchsorted(own["cell"].to_numpy(), above[name])]
        numbers[name] = np.where(cell > 0, number[at], 0)
    places["place"] = np.arange(len(places))
    con.register("spots", spots.merge(places, on=COLUMNS)[["owner", "row", "place"]])
    con.register("places", pd.DataFrame({"place": places["place"], "cell": cell, **numbers}))
    con.execute("CREATE TABLE place AS SELECT * FROM places ORDER BY place")
    con.execute("CREATE TABLE spot AS SELECT owner, row, place FROM spots")
    con.unregister("spots")
    con.unregister("places")
    return hexes


def _views(con: duckdb.DuckDBPyConnection, secret: str) -> None:
    tested = ", ".join(f"'{figure}'" for figure in TEST_ONLY)
    allowed = {"area_figure": f" WHERE r.figure NOT IN ({tested})"}
    for kind in KINDS.values():
        if kind.located:
            unit = f"('0x' || left({kind.key[0]}, 8))::UINTEGER"
        else:
            text = " || '|' || ".join(f"{column}::VARCHAR" for column in kind.key)
            unit = f"(md5_number_lower('{secret}' || {text}) % {KEY_RANGE})::UINTEGER"
        con.execute(
            f"CREATE VIEW {kind.name} AS SELECT r.*, s.place, {unit} AS unit"
            f" FROM raw_{kind.name} r JOIN spot s ON s.owner = '{kind.name}' AND s.row = r.row"
            + allowed.get(kind.name, "")
        )
    con.execute(
        "CREATE VIEW business_at AS SELECT b.*, m.moment FROM business b JOIN moments m"
        " ON b.founded <= m.moment AND (b.dissolved IS NULL OR b.dissolved > m.moment)"
    )
    con.execute(
        "CREATE VIEW cell_place AS SELECT row AS cell, place,"
        f" (md5_number_lower('{secret}' || row::VARCHAR) % {KEY_RANGE})::UINTEGER AS unit"
        " FROM spot WHERE owner = 'land'"
    )


def _surface(con: duckdb.DuckDBPyConnection) -> None:
    cells = con.execute(
        "SELECT row AS cell, place FROM spot WHERE owner = 'land' ORDER BY row"
    ).df()
    km2 = hexagons.areas_km2(cells["cell"]).round(6)
    con.register("surface", cells.assign(km2=km2))
    con.execute("CREATE TABLE land AS SELECT cell, place, km2::DECIMAL(12,6) AS km2 FROM surface")
    con.unregister("surface")


def _reporting_range(con: duckdb.DuckDBPyConnection) -> list[Period]:
    """Return the periods from the first event or public flow to the last."""
    flows = " UNION ALL ".join(
        f"SELECT date, date AS last FROM raw_{kind.name}"
        for kind in KINDS.values()
        if kind.located and kind.dated == "date"
    )
    public = (
        "SELECT date, (date + to_months(months::INTEGER) - INTERVAL 1 DAY)::DATE AS last"
        " FROM raw_area_figure WHERE months > 0"
    )
    query = f"SELECT min(date), max(last) FROM ({flows} UNION ALL {public})"
    ((first, last),) = con.execute(query).fetchall()
    if last is None:
        raise WeerbeeldError(
            "Nothing with dated events was taken in, so there is no period to report on. Take a "
            "delivery in with 'weerbeeld intake', or fetch open data with 'weerbeeld update'."
        )
    periods = calendar_of(first, last)
    if not periods:
        raise WeerbeeldError(
            f"What was taken in with a date runs from {first} to {last}, which is no whole "
            "month to report on. Take in whole months; the release in use stays."
        )
    return periods


@dataclass(frozen=True)
class Prepared:
    """What the build knows after placing: periods, official areas and hexagons, numbered.

    ``lost`` are the public figures that could not be carried over to the areas of today.
    """

    periods: list[Period]
    official: pd.DataFrame
    hexagons: pd.DataFrame
    lost: list[dict[str, Any]] = field(default_factory=list)


def prepare(
    con: duckdb.DuckDBPyConnection, sources: Sequence[Source], placer: Placer, secret: bytes
) -> Prepared:
    """Fill ``con`` with the tables that indicators read; ``secret`` is the pseudonym key."""
    for kind in KINDS.values():
        _load(con, kind, [source for source in sources if source.kind == kind.name])
    lost = carry_over(con, placer)
    periods = _reporting_range(con)
    con.register("calendar", pd.DataFrame([vars(period) for period in periods]))
    con.execute(
        "CREATE TABLE period AS SELECT id, code, kind,"
        ' start::DATE AS start, "end"::DATE AS "end" FROM calendar'
    )
    con.unregister("calendar")
    con.execute("CREATE TABLE moments AS SELECT \"end\" AS moment FROM period WHERE kind = 'month'")
    independent = [[code] for code, partner in PARTNERS.items() if partner.signals]
    con.execute("CREATE TABLE independent (partner VARCHAR)")
    con.executemany("INSERT INTO independent VALUES (?)", independent)
    official = official_areas(placer)
    numbered = _place_tables(con, _spots(con, placer), official)
    _views(con, sha256(secret + b"noise").hexdigest())
    _surface(con)
    area_tables(con)
    return Prepared(periods, official, numbered, lost)


def inhabited_hexagons(con: duckdb.DuckDBPyConnection) -> list[int]:
    """Return the numbers of the hexagons with an address, by the open figure of addresses."""
    levels = " UNION ".join(
        f"SELECT {level} FROM area_figure JOIN place USING (place)"
        f" WHERE figure = 'addresses' AND value > 0 AND {level} > 0"
        for level in HEXAGON_LEVELS
    )
    return [number for (number,) in con.execute(f"{levels} ORDER BY 1").fetchall()]
