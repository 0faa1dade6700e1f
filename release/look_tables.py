"""The tables that looks are taken by: the periods of a release, and the key of each area."""

import duckdb
import pandas as pd

from release.looks import KEY_RANGE
from release.periods import Period, stock_moment


def period_table(con: duckdb.DuckDBPyConnection, periods: list[Period]) -> None:
    """Create ``period``: id, code, kind, start, end, look (the day of its stocks), last_quarter.

    A quarter is the year times 4 plus its number.
    """
    first = min(period.end for period in periods)
    calendar = [vars(p) | {"look": stock_moment(p.end, first)} for p in periods]
    con.register("calendar", pd.DataFrame(calendar))
    con.execute(
        "CREATE TABLE period AS SELECT id, code, kind,"
        ' start::DATE AS start, "end"::DATE AS "end", look::DATE AS look,'
        ' year("end"::DATE) * 4 + quarter("end"::DATE) AS last_quarter FROM calendar'
    )
    con.unregister("calendar")


def area_key_table(
    con: duckdb.DuckDBPyConnection, official: pd.DataFrame, hexagons: pd.DataFrame, secret: str
) -> None:
    """Create ``area_key``: level, area_id, code and the key (below KEY_RANGE) of each area's noise.

    ``official`` has level, id and code of official areas, ``hexagons`` level, id and cell.
    """
    cells = hexagons[["level", "id"]].assign(code=hexagons["cell"].astype(str))
    areas = pd.concat([official[["level", "id", "code"]], cells]) if len(official) else cells
    con.register("areas", areas)
    con.execute(
        "CREATE TABLE area_key AS SELECT level, id AS area_id, code,"
        f" (md5_number_lower('{secret}' || code) % {KEY_RANGE})::UINTEGER AS key FROM areas"
    )
    con.unregister("areas")
