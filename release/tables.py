"""Puts the accepted records, placed, into DuckDB: the tables that an indicator's SELECT reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb
import pandas as pd

from errors import WeerbeeldError
from geo import hexagons
from records import KINDS, RecordKind
from records.figures import TEST_ONLY
from records.partners import PARTNERS
from records.sql_columns import sql_columns
from release.area_figures import area_tables
from release.carrying_over import carry_over
from release.gazetteer import HEXAGON_LEVELS, official_areas
from release.look_tables import area_key_table, period_table
from release.looks import KEY_RANGE
from release.periods import Period, calendar_of
from release.placing import Placer
from release.same_events import count_once
from release.spots import find_spots, place_tables
from release.whose_word import leave_out_others
from store.evidence.of_records import SameEvents

BUSINESS_AT = (
    "CREATE VIEW business_at AS SELECT b.*, m.moment FROM business b"
    " JOIN (SELECT look AS moment FROM period UNION SELECT max(moment) FROM moments) m"
    " ON b.founded <= m.moment AND (b.dissolved IS NULL OR b.dissolved > m.moment)"
)


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


def _unit(kind: RecordKind, secret: str) -> str:
    """Return SQL for the key of a record's noise: of the secret and what identifies the record."""
    text = " || '|' || ".join(f"{column}::VARCHAR" for column in kind.key)
    return f"(md5_number_lower('{secret}' || {text}) % {KEY_RANGE})::UINTEGER"


def _load(
    con: duckdb.DuckDBPyConnection, kind: RecordKind, sources: Sequence[Source], secret: str
) -> None:
    """Create ``raw_<kind>``: the last version of each record by each deliverer, with a ``row``.

    ``received`` is the day of the delivery that first brought a record, and ``told`` its number.
    The day is empty in months that began before the deliverer's first delivery of the kind, which
    brings years at once. Records with a place get their ``unit``.
    """
    columns = sql_columns(kind)
    typed = ", ".join(f'"{name}" {sql_type}' for name, sql_type in columns.items())
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE delivered ({typed}, partner VARCHAR, deliverer VARCHAR,"
        " sequence INTEGER, received DATE)"
    )
    names = ", ".join(f'"{name}"' for name in columns)
    for source in sources:
        con.execute(
            f"INSERT INTO delivered SELECT {names}, partner, ?, ?, ? FROM read_parquet(?)",
            [source.partner, source.sequence, source.received, str(source.path)],
        )
    version = ", ".join(["deliverer", *(f'"{name}"' for name in kind.key)])
    con.execute(
        "CREATE OR REPLACE TEMP TABLE corrected AS"
        f" SELECT {version}, min(received) AS first, min(sequence) AS told, max(sequence) AS last"
        f" FROM delivered GROUP BY {version} HAVING count(*) > 1"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE begun AS"
        " SELECT deliverer, min(received) AS began FROM delivered GROUP BY deliverer"
    )
    unit = f"{_unit(kind, secret)} AS unit, " if kind.located else ""
    order = "" if kind.located else f"ORDER BY {', '.join(kind.key)}, deliverer"
    con.execute(
        f"CREATE TABLE raw_{kind.name} AS SELECT row_number() OVER ({order}) AS row, {unit}*"
        f" EXCLUDE (began) REPLACE (CASE WHEN date_trunc('month', {kind.dated}) > began"
        " THEN received END AS received) FROM"
        f" (SELECT *, sequence AS told FROM delivered ANTI JOIN corrected USING ({version})"
        " UNION ALL SELECT d.* REPLACE (first AS received), told"
        f" FROM delivered d JOIN corrected USING ({version}) WHERE sequence = last)"
        " JOIN begun USING (deliverer)"
    )
    for table in ("delivered", "corrected", "begun"):
        con.execute(f"DROP TABLE temp.{table}")


def _placed(con: duckdb.DuckDBPyConnection, secret: str) -> None:
    """Create the tables of records with their ``place``; the located ones replace what was raw."""
    tested = ", ".join(f"'{figure}'" for figure in TEST_ONLY)
    allowed = {"area_figure": f" WHERE r.figure NOT IN ({tested})"}
    for kind in KINDS.values():
        unit = "" if kind.located else f", {_unit(kind, secret)} AS unit"
        con.execute(
            f"CREATE TABLE {kind.name} AS SELECT r.*, s.place{unit}"
            f" FROM raw_{kind.name} r JOIN spot s ON s.owner = '{kind.name}' AND s.row = r.row"
            + allowed.get(kind.name, "")
        )
        if kind.located:
            con.execute(f"DROP TABLE raw_{kind.name}")
    con.execute(BUSINESS_AT)
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

    ``lost`` are the public figures that could not be carried over to the areas of today,
    ``same_events`` what readers may know of events that two partners told of.
    """

    periods: list[Period]
    official: pd.DataFrame
    hexagons: pd.DataFrame
    lost: pd.DataFrame = field(default_factory=pd.DataFrame)
    same_events: list[SameEvents] = field(default_factory=list)


def prepare(
    con: duckdb.DuckDBPyConnection, sources: Sequence[Source], placer: Placer, secret: bytes
) -> Prepared:
    """Fill ``con`` with the tables that indicators read; ``secret`` is the key of the noise."""
    hidden = sha256(secret + b"noise").hexdigest()
    for kind in KINDS.values():
        _load(con, kind, [source for source in sources if source.kind == kind.name], hidden)
    leave_out_others(con, placer.layers["gemeente"])
    same_events = count_once(con, secret)
    lost = carry_over(con, placer)
    periods = _reporting_range(con)
    period_table(con, periods)
    con.execute("CREATE TABLE moments AS SELECT \"end\" AS moment FROM period WHERE kind = 'month'")
    independent = [[code] for code, partner in PARTNERS.items() if partner.signals]
    con.execute("CREATE TABLE independent (partner VARCHAR)")
    con.executemany("INSERT INTO independent VALUES (?)", independent)
    official = official_areas(placer)
    find_spots(con, placer)
    numbered = place_tables(con, official)
    _placed(con, hidden)
    area_key_table(con, official, numbered, hidden)
    _surface(con)
    area_tables(con)
    return Prepared(periods, official, numbered, lost, same_events)


def inhabited_hexagons(con: duckdb.DuckDBPyConnection) -> list[int]:
    """Return the numbers of the hexagons with an address, by the open figure of addresses."""
    levels = " UNION ".join(
        f"SELECT {level} FROM area_figure JOIN place USING (place)"
        f" WHERE figure = 'addresses' AND value > 0 AND {level} > 0"
        for level in HEXAGON_LEVELS
    )
    return [number for (number,) in con.execute(f"{levels} ORDER BY 1").fetchall()]
