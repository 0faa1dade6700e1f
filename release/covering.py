"""Which periods the delivered records cover: before and after them is unknown, not 0."""

from datetime import timedelta

import duckdb

from indicators import Indicator
from records import KINDS
from release.periods import Period

QUIET_DAYS = 31
"""So long may nothing have happened before records are taken to have ended."""


def covered(
    con: duckdb.DuckDBPyConnection, indicator: Indicator, periods: list[Period]
) -> set[int]:
    """Return the ids of the periods that the dated records behind an indicator cover.

    Counts of what exists (a register) cover all periods.
    """
    dated = {
        kind
        for count in (indicator.numerator, indicator.denominator)
        for kind in count.reads
        if KINDS[kind].located and KINDS[kind].dated == "date"
    }
    if not dated:
        return {period.id for period in periods}
    every = " UNION ALL ".join(f"SELECT date FROM {kind}" for kind in sorted(dated))
    ((first, last),) = con.execute(f"SELECT min(date), max(date) FROM ({every})").fetchall()
    if first is None:
        return set()
    begin, end = first.replace(day=1), last + timedelta(days=QUIET_DAYS)
    return {period.id for period in periods if begin <= period.start and period.end <= end}
