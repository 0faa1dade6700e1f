"""How much of each period is registered by now: events of recent months are still coming in."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import duckdb
import numpy as np
from numpy.typing import NDArray

from analysis.nowcast import Completeness, completeness
from indicators import Indicator
from release.periods import Period

Floats = NDArray[np.float64]

DELAYS = 13
"""Months of delay that are followed; what comes later still is taken as registered by then."""

LEAST_EVENTS = 50
"""With fewer events nothing can be said about delays."""

WORTH_SAYING = 0.995
"""A period that is more complete than this is called complete."""


class Lateness(NamedTuple):
    """``share`` (0-1) of the events of a period (by id) that is registered, and its deviation."""

    share: Mapping[int, float]
    deviation: Mapping[int, float]


NOTHING_LATE = Lateness({}, {})


def lateness(
    con: duckdb.DuckDBPyConnection, indicator: Indicator, periods: list[Period]
) -> Lateness:
    """Return how complete the periods of an indicator are, where its records tell.

    They do when its numerator has a column ``registered`` beside ``date``: the reporting triangle
    of the whole country then goes to ``analysis.nowcast``. Periods that are complete, and
    indicators without such dates, are left out.
    """
    months = [period for period in periods if period.kind == "month"]
    columns = [row[0] for row in con.execute(f"DESCRIBE {indicator.numerator.sql}").fetchall()]
    if "registered" not in columns or len(months) < DELAYS:
        return NOTHING_LATE
    triangle = _triangle(con, indicator, months)
    if triangle.sum() < LEAST_EVENTS:
        return NOTHING_LATE
    found = completeness(triangle)
    counted = triangle.sum(axis=1)
    shares = {month.end: n for n, month in enumerate(months)}
    share: dict[int, float] = {}
    deviation: dict[int, float] = {}
    for period in periods:
        inside = [n for end, n in shares.items() if period.start <= end <= period.end]
        whole = _over(found, counted, inside)
        if whole is not None and whole[0] < WORTH_SAYING:
            share[period.id], deviation[period.id] = whole
    return Lateness(share, deviation)


def _over(found: Completeness, counted: Floats, inside: list[int]) -> tuple[float, float] | None:
    """Return share and deviation of months together: what is registered over what is expected."""
    share = np.where(found.share[inside] > 0, found.share[inside], np.nan)
    expected = counted[inside] / share
    if not inside or not np.isfinite(expected).all() or expected.sum() <= 0:
        return None
    weight = expected / expected.sum()
    whole = float(counted[inside].sum() / expected.sum())
    return whole, float(np.sqrt(((weight * found.deviation[inside]) ** 2).sum()))


def _triangle(con: duckdb.DuckDBPyConnection, indicator: Indicator, months: list[Period]) -> Floats:
    """Return events by month and by months until registration, shape (months, DELAYS)."""
    first, last = months[0].start, months[-1].end
    rows = con.execute(
        f"SELECT datediff('month', ?, date), datediff('month', date, registered), count(*)"
        f" FROM ({indicator.numerator.sql}) WHERE date BETWEEN ? AND ? AND registered <= ?"
        " GROUP BY ALL",
        [first, first, last, last],
    ).fetchall()
    triangle = np.zeros((len(months), DELAYS))
    for month, delay, events in rows:
        triangle[month, min(delay, DELAYS - 1)] += events
    return triangle


def completeness_rows(code: str, late: Lateness, periods: list[Period]) -> list[dict[str, Any]]:
    """Return what readers may know of it, a row per period that is not complete."""
    return [
        {
            "indicator": code,
            "period": period.code,
            "share": late.share[period.id],
            "deviation": late.deviation[period.id],
        }
        for period in periods
        if period.id in late.share
    ]
