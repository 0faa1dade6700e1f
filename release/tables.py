"""Puts the accepted records, placed, into DuckDB: the tables that an indicator's SELECT reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from errors import WeerbeeldError
from geo import areas, hexagons
from records import KINDS, RecordKind
from records.partners import PARTNERS
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
    """One accepted delivery as the build reads it; a later ``sequence`` corrects an earlier."""

    kind: str
    partner: str
    path: Path
    sequence: int


def _columns(kind: RecordKind) -> dict[str, str]:
    own = {column.name: SQL_TYPES[column.type] for column in kind.columns}
    return own | (LOCATION if kind.located else {})


def _load(con: duckdb.DuckDBPyConnection, kind: RecordKind, sources: Sequence[Source]) -> None:
    """Create ``raw_<kind>``: the last version of each record, in a fixed order."""
    columns = _columns(kind)
    names = ", ".join(f'"{name}"' for name in columns)
    typed = ", ".join(f'"{name}" {sql_type}' for name, sql_type in columns.items())
    con.execute(
        f"CREATE TABLE raw_{kind.name} ({typed}, partner VARCHAR, deliverer VARCHAR,"
        " sequence INTEGER)"
    )
    for source in sources:
        con.execute(
            f"INSERT INTO raw_{kind.name} SELECT {names}, partner, ?, ? FROM read_parquet(?)",
            [source.partner, source.sequence, str(source.path)],
        )
    key = ", ".join(kind.key)
    con.execute(
        f"CREATE OR REPLACE TABLE raw_{kind.name} AS SELECT row_number() OVER (ORDER BY {key},"
        f" deliverer) AS row, * EXCLUDE (deliverer, sequence) FROM (SELECT * FROM raw_{kind.name}"
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
    placed = land.set_index("cell").loc[cells, COLUMNS[1:]].reset_index()
    parts.append(placed.assign(owner="area_figure", row=by_cell["row"].to_numpy()))
    parts.append(_area_spots(figures, placer))
    return pd.concat(parts, ignore_index=True)


def _area_spots(figures: pd.DataFrame, placer: Placer) -> pd.DataFrame:
    """Place figures that are about an official area; they reach no level below their own."""
    chosen = figures[figures["level"].isin(("gemeente", "wijk", "buurt"))]
    spots = pd.DataFrame({"cell": 0, "buurt": "", "wijk": "", "gemeente": ""}, index=chosen.index)
    for level in ("gemeente", "wijk", "buurt"):
        rows = chosen["level"] == level
        spots.loc[rows, level] = chosen.loc[rows, "area"]
        if level in placer.layers:
            parent = placer.layers[level].set_index("code")["parent"]
            spots.loc[rows, "gemeente"] = chosen.loc[rows, "area"].map(parent).fillna("")
    return spots.assign(owner="area_figure", row=chosen["row"])


def _place_tables(con: duckdb.DuckDBPyConnection, spots: pd.DataFrame) -> None:
    """Create ``place``: the distinct places with their areas and hexagons, numbered."""
    riec = areas.gemeenten()[["code", "riec"]].rename(columns={"code": "gemeente"})
    places = spots[COLUMNS].drop_duplicates().sort_values(COLUMNS, ignore_index=True)
    places = places.merge(pd.DataFrame(riec), on="gemeente", how="left")
    places["place"] = np.arange(len(places))
    cells = np.unique(places["cell"].to_numpy())
    cells = cells[cells != 0]
    names = pd.DataFrame({"cell": cells, "hex9": hexagons.to_text(cells)})
    for resolution in (8, 7):
        above = hexagons.to_text(hexagons.parents(cells, resolution))
        names[f"hex{resolution}"] = above
    con.register("places", places.merge(names, on="cell", how="left"))
    con.execute("CREATE TABLE place AS SELECT *, 'NL' AS nederland FROM places ORDER BY place")
    con.register("spots", spots)
    con.execute(
        "CREATE TABLE spot AS SELECT owner, row, place FROM spots"
        " JOIN place USING (cell, buurt, wijk, gemeente)"
    )
    con.unregister("places")
    con.unregister("spots")


def _views(con: duckdb.DuckDBPyConnection, secret: str) -> None:
    for kind in KINDS.values():
        if kind.located:
            unit = f"('0x' || left({kind.key[0]}, 8))::UINTEGER"
        else:
            text = " || '|' || ".join(f"{column}::VARCHAR" for column in kind.key)
            unit = f"(md5_number_lower('{secret}' || {text}) % {KEY_RANGE})::UINTEGER"
        con.execute(
            f"CREATE VIEW {kind.name} AS SELECT r.*, s.place, {unit} AS unit"
            f" FROM raw_{kind.name} r JOIN spot s ON s.owner = '{kind.name}' AND s.row = r.row"
        )
    con.execute(
        "CREATE VIEW business_at AS SELECT b.*, m.moment FROM business b JOIN moments m"
        " ON b.founded <= m.moment AND (b.dissolved IS NULL OR b.dissolved > m.moment)"
    )
    con.execute(
        "CREATE VIEW figure_at AS SELECT f.* EXCLUDE (until), m.moment FROM (SELECT *, lead(date)"
        " OVER (PARTITION BY figure, level, area ORDER BY date) AS until FROM area_figure) f"
        " JOIN moments m ON f.date <= m.moment AND (f.until IS NULL OR f.until > m.moment)"
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
    flows = " UNION ALL ".join(
        f"SELECT date FROM raw_{kind.name}"
        for kind in KINDS.values()
        if kind.located and kind.dated == "date"
    )
    ((first, last),) = con.execute(f"SELECT min(date), max(date) FROM ({flows})").fetchall()
    if last is None:
        raise WeerbeeldError(
            "No delivery with dated events was taken in, so there is no period to report on. "
            "Take one in with 'weerbeeld intake' (or write examples with 'weerbeeld demo')."
        )
    return calendar_of(first, last)


def prepare(
    con: duckdb.DuckDBPyConnection, sources: Sequence[Source], borders: Path, secret: bytes
) -> list[Period]:
    """Fill ``con`` with the tables that indicators read; return the periods they cover.

    ``borders`` is the folder of imported wijken and buurten, ``secret`` the pseudonym key.
    """
    for kind in KINDS.values():
        _load(con, kind, [source for source in sources if source.kind == kind.name])
    periods = _reporting_range(con)
    frame = pd.DataFrame([vars(period) for period in periods])
    con.register("calendar", frame)
    con.execute(
        'CREATE TABLE period AS SELECT code, kind, start::DATE AS start, "end"::DATE AS "end"'
        " FROM calendar"
    )
    con.unregister("calendar")
    con.execute("CREATE TABLE moments AS SELECT \"end\" AS moment FROM period WHERE kind = 'month'")
    independent = [[code] for code, partner in PARTNERS.items() if partner.signals]
    con.execute("CREATE TABLE independent (partner VARCHAR)")
    con.executemany("INSERT INTO independent VALUES (?)", independent)
    _place_tables(con, _spots(con, Placer(borders)))
    _views(con, sha256(secret + b"noise").hexdigest())
    _surface(con)
    return periods
