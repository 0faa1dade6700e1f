"""How much of each period is registered by now: events of recent months are still coming in."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.nowcast import completeness
from indicators import Indicator
from indicators.contract import Count
from release.cubes import columns_of, cube_of, known_as
from release.periods import Period
from store.evidence import rounded
from store.evidence.of_records import Completeness

Floats = NDArray[np.float64]

DELAYS = 13
"""Months of delay that are followed; what comes later still is taken as registered by then."""

LEAST_EVENTS = 50
"""With fewer events nothing can be said about delays."""

WORTH_SAYING = 0.995
"""A period that is more complete than this is called complete."""


DECIMALS = 2
"""Of shares: whole percents."""


class Registered(NamedTuple):
    """``share`` (0-1) of the events of a period (by id) that is registered, and its deviation."""

    share: Mapping[int, float]
    deviation: Mapping[int, float]


class Lateness(NamedTuple):
    """What is registered of all partners together, and of each by its code."""

    share: Mapping[int, float]
    deviation: Mapping[int, float]
    partners: Mapping[str, Registered]


class _Months(NamedTuple):
    """Per month: share registered, variance of its logarithm, events counted and expected."""

    share: Floats
    variance: Floats
    counted: Floats
    expected: Floats


NOTHING_LATE = Lateness({}, {}, {})


def lateness(
    con: duckdb.DuckDBPyConnection, indicator: Indicator, periods: list[Period]
) -> Lateness:
    """Return how complete the periods of an indicator are, where its records show it.

    They do so when its numerator counts events and has a column of `release.cubes.KNOWN`: the
    reporting triangle of the whole country then goes to ``analysis.nowcast``, and with a column
    ``partner`` that of each partner too. Months without that day, such as those of a first bulk
    delivery, stay out of the triangle. Nothing is said without LEAST_EVENTS events and DELAYS
    months of them, nor from deliveries that skip a month: those would make some months look later
    than others. Periods that are complete are left out.
    """
    months = [period for period in periods if period.kind == "month"]
    count = indicator.numerator
    known = known_as(columns_of(con, count)) if count.when == "date" else None
    if known is None or not months:
        return NOTHING_LATE
    events = _events(con, count, months[0].start)
    until = len(months) - 1 if known == "registered" else None
    every = _registered(_months(events, until, len(months)), periods, months)
    partners = {
        str(partner): _registered(_months(own, until, len(months)), periods, months)
        for partner, own in events.groupby("partner")
    }
    return Lateness(*every, {name: own for name, own in partners.items() if own.share})


def behind_rates(indicator: Indicator, late: Lateness) -> Mapping[int, float]:
    """Return the part of a period's denominator (by id) that stands behind what is registered.

    A denominator of dated events comes as late as the numerator: all of it then stands behind it.
    In whole percents, as readers see it: of all digits a rate would show what is behind them.
    """
    if indicator.denominator.when == "date":
        return {}
    return {period: round(share, DECIMALS) for period, share in late.share.items()}


def _events(con: duckdb.DuckDBPyConnection, count: Count, first: date) -> pd.DataFrame:
    """Return how many events (``n``) by partner, month and month known, both 0 from ``first``."""
    frame: pd.DataFrame = con.execute(
        "SELECT partner, datediff('month', ?, date) AS month, datediff('month', ?, known) AS known,"
        f" units AS n FROM {cube_of(con, count).delays} WHERE date >= ? ORDER BY ALL",
        [first, first, first],
    ).df()
    return frame.astype({"known": float})


def _months(events: pd.DataFrame, until: int | None, months: int) -> _Months | None:
    """Return what is known of each of the first ``months`` months, None when too little is.

    ``until`` is the last month of registering, None for the month of the last delivery. What came
    in after it is counted already, so it makes a month more complete than the triangle says.
    """
    dated = events[events["known"].notna()]
    if until is None:
        arrivals = set(dated["known"])
        if not arrivals or len(arrivals) <= max(arrivals) - min(arrivals):
            return None
        until = int(max(arrivals))
    inside = dated[(dated["month"] <= until) & (dated["known"] <= until)]
    first = int(inside["month"].min()) if len(inside) else until
    if inside["n"].sum() < LEAST_EVENTS or until + 1 - first < DELAYS:
        return None
    month = inside["month"].to_numpy()
    delay = np.clip(inside["known"].to_numpy() - month, 0, DELAYS - 1).astype(np.int64)
    triangle = np.zeros((until + 1 - first, DELAYS))
    np.add.at(triangle, (month - first, delay), inside["n"].to_numpy())
    found = completeness(triangle)
    share, deviation = np.full((2, max(months, until + 1)), np.nan)
    share[:first], deviation[:first] = 1.0, 0.0
    share[first : until + 1], deviation[first : until + 1] = found.share, found.deviation
    share, deviation = np.where(share > 0, share, np.nan)[:months], deviation[:months]
    counted, later = (
        np.bincount(rows["month"], rows["n"], months)[:months].astype(float)
        for rows in (events, dated[dated["known"] > until])
    )
    return _Months(share, (deviation / share) ** 2, counted, (counted - later) / share)


def _registered(found: _Months | None, periods: list[Period], months: list[Period]) -> Registered:
    """Return share and deviation of each period that is not complete."""
    share: dict[int, float] = {}
    deviation: dict[int, float] = {}
    for period in periods if found is not None else []:
        inside = [n for n, month in enumerate(months) if period.start <= month.end <= period.end]
        whole = _over(found, inside) if found is not None else None
        if whole is not None and whole[0] < WORTH_SAYING:
            share[period.id], deviation[period.id] = whole
    return Registered(share, deviation)


def _over(found: _Months, inside: list[int]) -> tuple[float, float] | None:
    """Return share and deviation of months together: what is registered over what is expected.

    The share of a month is a product over later delays, and that of an older month is part of it:
    so logarithms of the two vary together as much as the older one's varies by itself.
    """
    expected = found.expected[inside]
    if not np.isfinite(expected).all() or expected.sum() <= 0:
        return None
    weight = expected / expected.sum()
    whole = float(found.counted[inside].sum() / expected.sum())
    variance = found.variance[inside]
    return whole, whole * float(np.sqrt(weight @ np.minimum.outer(variance, variance) @ weight))


def completeness_rows(
    indicator: Indicator, late: Lateness, periods: list[Period]
) -> list[Completeness]:
    """Return what readers may know of it, a row per period that is not complete.

    From all digits, small counts behind a delay could be worked out.
    """
    every: dict[str | None, Registered] = {None: Registered(late.share, late.deviation)}
    completed = bool(behind_rates(indicator, late))
    return [
        rounded(
            Completeness(
                indicator.code,
                partner,
                completed,
                period.code,
                share=own.share[period.id],
                deviation=own.deviation[period.id],
            )
        )
        for partner, own in (every | dict(late.partners)).items()
        for period in periods
        if period.id in own.share
    ]
