"""Exact counts of one indicator, for every level and period: seen by the build only."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from indicators import Indicator
from indicators.contract import Count
from release.looks import KEY_RANGE, window_keys
from release.periods import kinds_at
from store.release import LEVEL_NUMBERS

WHEN = {
    "date": 'u.date BETWEEN p.start AND p."end"',
    "moment": "u.date = p.look",
    "period": "u.date = p.code",
    "always": "true",
}
"""How the rows of a count meet a period, by ``Count.when``; a stock is looked at once a year."""

DATE_OF = {"date": "date_trunc('month', date)::DATE", "moment": "moment", "period": "period"}

KEYS = ["area_id", "period_id"]

WHOLE = ("units", "key", "owner", "subjects")


def _units(con: duckdb.DuckDBPyConnection, count: Count, by: str = "subject") -> None:
    """Materialise the units of a count as ``units``, added up per place, date and subject.

    ``by``: the column of the count that holds its subjects (or strata).
    """
    columns = [row[0] for row in con.execute(f"DESCRIBE {count.sql}").fetchall()]
    date = DATE_OF.get(count.when, "NULL")
    unit = "unit" if "unit" in columns else "0::UINTEGER"
    subject = by if by in columns else "''"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE units AS"
        f" SELECT place, {date} AS date, {subject} AS subject,"
        f" sum(amount)::DECIMAL(24,6) AS amount, count(*) AS units, sum({unit}) AS key"
        f" FROM ({count.sql}) GROUP BY ALL"
    )


def _per_subject(count: Count, level: str, kinds: Sequence[str]) -> str:
    """Return SQL that adds up ``units`` per area, period and subject, as ``per_subject``."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return (
        "WITH grouped AS (SELECT"
        f" {level} AS area_id, date, subject, sum(amount) AS amount, sum(units) AS units,"
        f" sum(key) AS key FROM units JOIN place USING (place) WHERE {level} > 0 GROUP BY ALL),"
        " per_subject AS (SELECT area_id, p.id AS period_id, subject, sum(amount) AS amount,"
        " sum(units) AS units, sum(key) AS key FROM grouped u JOIN period p"
        f" ON {WHEN[count.when]} AND p.kind IN ({listed}) GROUP BY ALL)"
    )


def _at_level(con: duckdb.DuckDBPyConnection, count: Count, level: str) -> pd.DataFrame:
    """Return amount, units, key (mod 2^32) and what subjects add, per area and period.

    ``owner`` is the key of the subject with the largest amount.
    """
    counted: pd.DataFrame = con.execute(
        f"{_per_subject(count, level, kinds_at(level))}"
        " SELECT area_id, period_id, sum(amount)::DOUBLE AS amount, sum(units)::BIGINT AS units,"
        f" (sum(key) % {KEY_RANGE})::BIGINT AS key, max(amount)::DOUBLE AS largest,"
        " coalesce(max(amount, 2)[2], 0)::DOUBLE AS second, count(*) AS subjects,"
        f" (md5_number_lower(arg_max(subject, amount)) % {KEY_RANGE})::BIGINT AS owner"
        " FROM per_subject GROUP BY ALL"
    ).df()
    if count.when in ("moment", "always"):
        return counted
    shared = window_keys(con, _quarters(con, count, level)).rename(columns={"key": "shared"})
    joined = counted.merge(shared, on=KEYS, how="left")
    key = joined["shared"].fillna(joined["key"]).astype("int64")
    return joined.assign(key=key).drop(columns="shared")


def _quarters(con: duckdb.DuckDBPyConnection, count: Count, level: str) -> pd.DataFrame:
    """Return area_id, quarter and key of what each quarter holds, as ``window_keys`` takes it."""
    held: pd.DataFrame = con.execute(
        f"{_per_subject(count, level, ('quarter',))}"
        " SELECT area_id, last_quarter AS quarter,"
        f" (sum(key) % {KEY_RANGE})::BIGINT AS key FROM per_subject JOIN period"
        " ON period.id = period_id GROUP BY ALL"
    ).df()
    return held


def per_stratum(
    con: duckdb.DuckDBPyConnection, count: Count, levels: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """Return area_id, period_id, stratum, units and key (mod 2^32) of a count, by level.

    Of windows of twelve months.
    """
    _units(con, count, by="stratum")
    return {
        level: con.execute(
            f"{_per_subject(count, level, ('year',))}"
            " SELECT area_id, period_id, subject AS stratum,"
            f" units::BIGINT AS units, (key % {KEY_RANGE})::BIGINT AS key FROM per_subject"
        ).df()
        for level in levels
    }


def _every_area(con: duckdb.DuckDBPyConnection, level: str, ids: list[int]) -> pd.DataFrame:
    rows = con.execute("SELECT id, kind FROM period ORDER BY id").fetchall()
    periods = [number for number, kind in rows if kind in kinds_at(level)]
    return pd.MultiIndex.from_product([ids, periods], names=KEYS).to_frame(index=False)


def keep_places(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write to ``folder`` which areas each place is in, for the units kept beside it."""
    _write(con, "SELECT * FROM place ORDER BY place", folder / "place.parquet")


def _write(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    con.execute(f"COPY ({query}) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")


def count_indicator(
    con: duckdb.DuckDBPyConnection,
    indicator: Indicator,
    areas: dict[str, list[int]],
    folder: Path,
) -> pd.DataFrame:
    """Return level, area_id, period_id, and for numerator and denominator seven figures each.

    These are amount, units, key, largest and second (amounts of the two largest subjects), owner
    (the key of the largest) and subjects, e.g. ``amount_numerator``. ``areas`` holds the ids of
    each level of official areas in use: those have a row for every area, also where nothing was
    counted; hexagons only where something was. ``level`` is a number of LEVEL_NUMBERS. The counts,
    and the units behind them per place and date, are written to ``folder``: what an attacker is
    measured against.
    """
    levels = [n for n in indicator.level_names if n in areas or n.startswith("hex")]
    sides = {"numerator": indicator.numerator, "denominator": indicator.denominator}
    counted: dict[tuple[str, str], pd.DataFrame] = {}
    for side, count in sides.items():
        _units(con, count)
        units = "SELECT place, date, sum(units)::BIGINT AS units, sum(amount)::DOUBLE AS amount"
        path = folder / f"{indicator.code}.{side}.parquet"
        _write(con, f"{units} FROM units GROUP BY ALL ORDER BY ALL", path)
        for level in levels:
            counted[side, level] = _at_level(con, count, level)
    frames = []
    for level in levels:
        official = level in areas
        below = counted["denominator", level]
        if official:
            below = _every_area(con, level, areas[level]).merge(below, on=KEYS, how="left")
        both = below.merge(
            counted["numerator", level],
            on=KEYS,
            how="left" if official else "outer",
            suffixes=("_denominator", "_numerator"),
        )
        frames.append(both.fillna(0).assign(level=LEVEL_NUMBERS[level]))
    result = pd.concat(frames, ignore_index=True)
    whole = {name: "int64" for name in result if str(name).startswith(WHOLE)}
    result = result.astype(whole).sort_values(["level", *KEYS], ignore_index=True)
    result.to_parquet(folder / f"{indicator.code}.parquet", index=False)
    return result
