"""Exact counts of one indicator, for every level and period: seen by the build only."""

import duckdb
import pandas as pd

from indicators import Indicator
from indicators._contract import Count
from release.periods import kinds_at

AREA_LEVELS = ("nederland", "riec", "gemeente", "wijk", "buurt")

WHEN = {
    "date": 'u.date BETWEEN p.start AND p."end"',
    "moment": 'u.date = p."end"',
    "period": "u.date = p.code",
    "always": "true",
}
"""How the rows of a count meet a period, by ``Count.when``."""

DATE_OF = {"date": "date_trunc('month', date)::DATE", "moment": "moment", "period": "period"}


def _units(con: duckdb.DuckDBPyConnection, count: Count) -> None:
    """Materialise the units of a count as ``units`` (place, date, amount, unit, subject)."""
    columns = [row[0] for row in con.execute(f"DESCRIBE {count.sql}").fetchall()]
    date = DATE_OF.get(count.when, "NULL")
    unit = "unit" if "unit" in columns else "0::UINTEGER"
    subject = "subject" if "subject" in columns else "''"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE units AS"
        f" SELECT place, {date} AS date, {subject} AS subject,"
        f" sum(amount)::DECIMAL(24,6) AS amount, count(*) AS units, sum({unit}) AS key"
        f" FROM ({count.sql}) GROUP BY ALL"
    )


def _at_level(con: duckdb.DuckDBPyConnection, count: Count, level: str) -> pd.DataFrame:
    kinds = ", ".join(f"'{kind}'" for kind in kinds_at(level))
    return con.execute(
        "WITH grouped AS (SELECT"
        f" {level} AS area, date, subject, sum(amount) AS amount, sum(units) AS units,"
        f" sum(key) AS key FROM units JOIN place USING (place) WHERE {level} <> '' GROUP BY ALL),"
        " per_subject AS (SELECT area, p.code AS period, subject, sum(amount) AS amount,"
        " sum(units) AS units, sum(key) AS key FROM grouped u JOIN period p"
        f" ON {WHEN[count.when]} AND p.kind IN ({kinds}) GROUP BY ALL)"
        " SELECT area, period, sum(amount)::DOUBLE AS amount, sum(units)::BIGINT AS units,"
        " (sum(key) % 4294967296)::BIGINT AS key, max(amount)::DOUBLE AS largest"
        " FROM per_subject GROUP BY ALL"
    ).df()


def _every_area(con: duckdb.DuckDBPyConnection, level: str, codes: list[str]) -> pd.DataFrame:
    kinds = kinds_at(level)
    rows = con.execute("SELECT code, kind FROM period ORDER BY code").fetchall()
    periods = [code for code, kind in rows if kind in kinds]
    index = pd.MultiIndex.from_product([codes, periods], names=["area", "period"])
    return index.to_frame(index=False)


def count_indicator(
    con: duckdb.DuckDBPyConnection, indicator: Indicator, areas: dict[str, list[str]]
) -> pd.DataFrame:
    """Return level, area, period and for numerator and denominator: amount, units, key, largest.

    ``areas`` holds the codes of each installed level of official areas: those have a row for
    every area, also where nothing was counted; hexagons only where something was.
    """
    frames = []
    levels = [n for n in indicator.level_names if n in areas or n.startswith("hex")]
    sides = {"numerator": indicator.numerator, "denominator": indicator.denominator}
    counted: dict[tuple[str, str], pd.DataFrame] = {}
    for side, count in sides.items():
        _units(con, count)
        for level in levels:
            counted[side, level] = _at_level(con, count, level)
    for level in levels:
        numerator, denominator = counted["numerator", level], counted["denominator", level]
        if level in areas:
            base = _every_area(con, level, areas[level])
            denominator = base.merge(denominator, on=["area", "period"], how="left")
        both = denominator.merge(
            numerator,
            on=["area", "period"],
            how="left" if level in areas else "outer",
            suffixes=("_denominator", "_numerator"),
        )
        frames.append(both.fillna(0).assign(level=level))
    result = pd.concat(frames, ignore_index=True)
    whole = {c: "int64" for c in result.columns if c.startswith(("units", "key"))}
    return result.astype(whole).sort_values(["level", "period", "area"], ignore_index=True)
