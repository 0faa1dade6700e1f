"""The calendar of a release: months, quarters and 12-month windows that the records cover."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

PeriodKind = Literal["month", "quarter", "year"]

QUARTERS = 4
"""Quarters of a 12-month window."""

MONTHS_BACK = 60
"""Longest history that a release shows."""

LATE_DAYS = 3
"""A month counts as covered when its last record lies within these days of its end."""

FINE_LEVELS = ("wijk", "buurt", "hex7", "hex8", "hex9")
"""Levels that only have 12-month windows: shorter ones would count almost nobody."""


@dataclass(frozen=True, order=True)
class Period:
    """A period with the code that readers use: 2026-06, 2026-Q2, or 2026-06-12m.

    ``id`` numbers periods from 1 in order of their end.
    """

    end: date
    kind: PeriodKind
    start: date
    code: str
    id: int = 0


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _months_before(day: date, months: int) -> date:
    """Return the first day of the month ``months`` before the month of ``day``."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def calendar_of(first: date, last: date) -> list[Period]:
    """Return the periods wholly covered by records from ``first`` to ``last``.

    Months, then quarters, and 12-month windows that end with a quarter; a window or quarter that
    starts before the first month is left out.
    """
    covered = last + timedelta(days=LATE_DAYS)
    end = _month_end(covered.year, covered.month)
    if end > covered:
        end = _months_before(end, 0) - timedelta(days=1)
    start = max(_months_before(first, 0), _months_before(end, MONTHS_BACK - 1))
    periods = []
    month = start
    while month <= end:
        closing = _month_end(month.year, month.month)
        stamp = f"{closing:%Y-%m}"
        periods.append(Period(closing, "month", month, stamp))
        if closing.month % 3 == 0:
            name = f"{closing.year}-Q{closing.month // 3}"
            quarter = Period(closing, "quarter", _months_before(closing, 2), name)
            year = Period(closing, "year", _months_before(closing, 11), f"{stamp}-12m")
            periods += [period for period in (quarter, year) if period.start >= start]
        month = closing + timedelta(days=1)
    return [replace(period, id=number) for number, period in enumerate(sorted(periods), 1)]


def kinds_at(level: str) -> tuple[PeriodKind, ...]:
    """Return the kinds of period that a level is published for."""
    return ("year",) if level in FINE_LEVELS else ("month", "quarter", "year")


def stock_moment(end: date, first: date) -> date:
    """Return the day of which a protected stock is shown in a period that closes on ``end``.

    The last day of the year, of this one or the one before; ``first`` where records begin later.
    One look a year is enough at what hardly changes, and each look tells who was there.
    """
    closing = end if end.month == 12 else date(end.year - 1, 12, 31)
    return max(closing, first)
