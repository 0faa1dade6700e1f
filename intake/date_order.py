"""Finds out from the whole file whether days or months come first in its dates.

A date such as 5/6/2024 is read with its day first. Where any other date of the file can only have
its month first, none of these can be told, so that no row of the file is taken. With the year first
nobody puts the day second, and a month of 13 is a slip: there it takes more of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from intake.dates import remembered
from intake.fault_collector import FaultCollector

DAYS_FIRST = "days before months in every date, such as 31-12-2024, or 2024-12-31"
FEWEST = 3
"""So many dates must agree before they show an order that no single one of them shows."""

FEWEST_MONTHS = 4
"""First days of so many months, in several years, are no chance."""

_TAIL = r"(?:[T ].*)?"
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TAIL}", re.ASCII)
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.]?)(\d{{1,2}})\2(\d{{1,2}}){_TAIL}", re.ASCII)


class _Date(NamedTuple):
    """Day, month and year of a date as they are read, and its form."""

    day: int
    month: int
    year: int
    year_first: bool

    @property
    def swapped(self) -> bool:
        """Whether it can only be a date with day and month the other way round."""
        return 31 >= self.month > 12 >= self.day

    @property
    def either(self) -> bool:
        """Whether it is a date both ways, and not the same one."""
        return self.day <= 12 and self.month <= 12 and self.day != self.month


@dataclass
class _Column:
    """The dates of a column: how often each occurs, and how it was written first.

    ``texts`` has a few different texts of each form.
    """

    counts: dict[_Date, int] = field(default_factory=dict)
    written: dict[_Date, str] = field(default_factory=dict)
    texts: dict[bool, set[str]] = field(default_factory=lambda: {False: set(), True: set()})

    def add(self, values: pa.Array) -> None:
        found = pc.value_counts(values.drop_null())
        for text, count in zip(*(part.to_pylist() for part in found.flatten()), strict=True):
            if date := _date(text):
                self.counts[date] = self.counts.get(date, 0) + count
                self.written.setdefault(date, text)
                if len(self.texts[date.year_first]) < FEWEST:
                    self.texts[date.year_first].add(text)


class DateOrder:
    """What all dates of a delivery show of the order of days and months."""

    def __init__(self, columns: Iterable[str]) -> None:
        self._columns = {name: _Column() for name in columns}

    def add(self, name: str, values: pa.Array) -> None:
        """Take in more dates of a column, text of shape (n,)."""
        self._columns[name].add(values)

    def check(self, collector: FaultCollector) -> None:
        """Mark the file when days and months cannot be told apart in it."""
        for year_first in (False, True):
            alike = [
                (date, count)
                for column in self._columns.values()
                for date, count in column.counts.items()
                if date.year_first == year_first
            ]
            shown = sum(count for date, count in alike if date.swapped)
            if any(date.either for date, _ in alike) and shown >= (FEWEST if year_first else 1):
                self._add(year_first, collector)
        for name, column in self._columns.items():
            if _first_of_months(column) or _half_converted(column):
                found = f"{name}: days and months that seem to have changed places"
                collector.add_whole(found, DAYS_FIRST)

    def _add(self, year_first: bool, collector: FaultCollector) -> None:
        for name, column in self._columns.items():
            swapped = [d for d in column.counts if d.year_first == year_first and d.swapped]
            if not swapped:
                continue
            many = sum(column.counts[date] for date in swapped)
            of = sum(column.counts.values())
            first, example = "days" if year_first else "months", column.written[swapped[0]][:10]
            found = f"{name}: {first} come first in {many:,} of {of:,} dates ('{example}')"
            collector.add_whole(found, DAYS_FIRST)


@remembered
def _date(text: str) -> _Date | None:
    if found := _YEAR_LAST.fullmatch(text):
        return _Date(int(found[1]), int(found[3]), int(found[4]), year_first=False)
    if found := _YEAR_FIRST.fullmatch(text):
        return _Date(int(found[4]), int(found[3]), int(found[1]), year_first=True)
    return None


def _first_of_months(column: _Column) -> bool:
    """Return whether all is of January, in several years, when read with days first.

    Those are the first days of months, then, with months first.
    """
    dates = column.counts
    if len({date.day for date in dates}) < FEWEST_MONTHS or len({date.year for date in dates}) < 2:
        return False
    return all(date.month == 1 and date.day <= 12 and not date.year_first for date in dates)


def _half_converted(column: _Column) -> bool:
    """Return whether a spreadsheet has taken for dates what it could read in the wrong order.

    Those have become dates of its own (year first here), on the days 1 to 12 only; of what stayed
    text none can be read both ways.
    """
    if any(len(texts) < FEWEST for texts in column.texts.values()):
        return False
    return all(
        date.day <= 12 if date.year_first else max(date.day, date.month) > 12
        for date in column.counts
    )
