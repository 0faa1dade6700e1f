"""Finds out from the whole file whether days or months come first in its dates.

A date such as 5/6/2024 is read with its day first. Where any other date of the file can only have
its month first, none of these can be told, so that no row of the file is taken. With the year first
nobody puts the day second, and a month of 13 is a slip: there it takes more of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake.fault_collector import FaultCollector

DAYS_FIRST = "days before months in every date, such as 31-12-2024, or 2024-12-31"
FEWEST = 3
"""So many dates must agree before they show an order that no single one of them shows."""

FEWEST_MONTHS = 4
"""First days of so many months, in several years, are no chance."""

_TAIL = r"(?:[T ].*)?"
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TAIL}", re.ASCII)
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.]?)(\d{{1,2}})\2(\d{{1,2}}){_TAIL}", re.ASCII)


@dataclass(frozen=True)
class _Date:
    """Day, month and year of a date as they are read, how often it occurs, and its form."""

    text: str
    day: int
    month: int
    year: int
    count: int
    year_first: bool

    @property
    def swapped(self) -> bool:
        """Whether it can only be a date with day and month the other way round."""
        return 31 >= self.month > 12 >= self.day

    @property
    def either(self) -> bool:
        """Whether it is a date both ways, and not the same one."""
        return self.day <= 12 and self.month <= 12 and self.day != self.month


def check_date_order(columns: Mapping[str, Mapping[str, int]], collector: FaultCollector) -> None:
    """Mark the file when days and months cannot be told apart in it.

    ``columns`` has the texts of each column of dates, and how often each occurs.
    """
    dates = {name: list(_dates(texts)) for name, texts in columns.items()}
    every = [date for column in dates.values() for date in column]
    for year_first in (False, True):
        alike = [date for date in every if date.year_first == year_first]
        shown = sum(date.count for date in alike if date.swapped)
        if any(date.either for date in alike) and shown >= (FEWEST if year_first else 1):
            _add(dates, year_first, collector)
    for name, column in dates.items():
        if _first_of_months(column) or _half_converted(column):
            found = f"{name}: days and months that seem to have changed places"
            collector.add_whole(found, DAYS_FIRST)


def _dates(texts: Mapping[str, int]) -> Iterator[_Date]:
    for text, count in texts.items():
        if found := _YEAR_LAST.fullmatch(text):
            day, month, year = int(found[1]), int(found[3]), int(found[4])
            yield _Date(text, day, month, year, count, year_first=False)
        elif found := _YEAR_FIRST.fullmatch(text):
            year, month, day = int(found[1]), int(found[3]), int(found[4])
            yield _Date(text, day, month, year, count, year_first=True)


def _add(dates: Mapping[str, list[_Date]], year_first: bool, collector: FaultCollector) -> None:
    for name, column in dates.items():
        swapped = [date for date in column if date.year_first == year_first and date.swapped]
        if not swapped:
            continue
        many, of = sum(date.count for date in swapped), sum(date.count for date in column)
        first, example = "days" if year_first else "months", swapped[0].text[:10]
        found = f"{name}: {first} come first in {many:,} of {of:,} dates ('{example}')"
        collector.add_whole(found, DAYS_FIRST)


def _first_of_months(column: list[_Date]) -> bool:
    """Return whether all is of January, in several years, when read with days first.

    Those are the first days of months, then, with months first.
    """
    if (
        len({date.day for date in column}) < FEWEST_MONTHS
        or len({date.year for date in column}) < 2
    ):
        return False
    return all(date.month == 1 and date.day <= 12 and not date.year_first for date in column)


def _half_converted(column: list[_Date]) -> bool:
    """Return whether a spreadsheet has taken for dates what it could read in the wrong order.

    Those have become dates of its own (year first here), on the days 1 to 12 only; of what stayed
    text none can be read both ways.
    """
    own = [date for date in column if date.year_first]
    left = [date for date in column if not date.year_first]
    if min(len(own), len(left)) < FEWEST:
        return False
    return all(date.day <= 12 for date in own) and all(
        max(date.day, date.month) > 12 for date in left
    )
