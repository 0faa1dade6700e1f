"""Public figures of one indicator, for every level and period: as their source publishes them.

They stand outside disclosure control, because everybody can look them up. Each level shows what
the source says of that level; only the country and the RIEC regions are added up from gemeenten.
"""

import duckdb
import pandas as pd

from indicators import Indicator
from indicators.contract import Count
from release.counting import KEYS
from release.look_sql import WHEN
from release.periods import kinds_at
from store.release import LEVEL_NUMBERS

OWN_LEVELS = ("gemeente", "wijk", "buurt")
ADDED_LEVELS = ("riec", "nederland")

WHOLE = 0.9
"""A sum of gemeenten stands for a region when at least this part of them has a figure."""

DATE = {"moment": "moment", "period": "period", "always": "NULL"}


def _own(con: duckdb.DuckDBPyConnection, count: Count, level: str, side: str) -> pd.DataFrame:
    """Return the amount of each area (id) of one level and period, as published."""
    kinds = ", ".join(f"'{kind}'" for kind in kinds_at(level))
    found: pd.DataFrame = con.execute(
        f"SELECT {level} AS area_id, p.id AS period_id, sum(amount)::DOUBLE AS amount_{side}"
        f" FROM (SELECT place, level, {DATE[count.when]} AS date, amount FROM ({count.sql})) u"
        f" JOIN place USING (place) JOIN period p ON {WHEN[count.when]} AND p.kind IN ({kinds})"
        f" WHERE u.level = ? AND {level} > 0 GROUP BY ALL",
        [level],
    ).df()
    return found


def gemeenten_within(con: duckdb.DuckDBPyConnection, level: str) -> pd.DataFrame:
    """Return the gemeenten (``area_id``) and the area of one of ADDED_LEVELS each is in (whole)."""
    parts: pd.DataFrame = con.execute(
        f"SELECT DISTINCT gemeente AS area_id, {level} AS whole FROM place WHERE gemeente > 0"
    ).df()
    return parts


def _added(
    con: duckdb.DuckDBPyConnection, pairs: pd.DataFrame, level: str, amounts: list[str]
) -> pd.DataFrame:
    """Return the sums of gemeenten over a larger level, where nearly all of them are known."""
    parts = gemeenten_within(con, level)
    members = parts.groupby("whole").size()
    joined = pairs.merge(parts, on="area_id").groupby(["whole", "period_id"])
    sums = joined[amounts].sum().assign(there=joined.size()).reset_index()
    enough = sums["there"] >= WHOLE * sums["whole"].map(members)
    return sums[enough].rename(columns={"whole": "area_id"})[[*KEYS, *amounts]]


def count_open(con: duckdb.DuckDBPyConnection, indicator: Indicator) -> pd.DataFrame:
    """Return level, area_id, period_id, amount_numerator and amount_denominator of open counts.

    ``level`` is a number of LEVEL_NUMBERS. An area has a row where both amounts are known: what a
    source does not publish is unknown, not 0.
    """
    sides = {"numerator": indicator.numerator, "denominator": indicator.denominator}
    amounts = [f"amount_{side}" for side in sides]
    frames = {}
    for level in OWN_LEVELS:
        if level in indicator.level_names:
            over, under = (_own(con, count, level, side) for side, count in sides.items())
            frames[level] = over.merge(under, on=KEYS)
    if "gemeente" in frames:
        for level in ADDED_LEVELS:
            frames[level] = _added(con, frames["gemeente"], level, amounts)
    every = pd.concat(
        [frame.assign(level=LEVEL_NUMBERS[level]) for level, frame in frames.items()],
        ignore_index=True,
    )
    return every.sort_values(["level", *KEYS], ignore_index=True)
