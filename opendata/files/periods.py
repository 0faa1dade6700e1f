"""Periods as statistics write them: 2025JJ00 a year, 2025KW02 a quarter, 2025MM03 a month."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_FORM = re.compile(r"(\d{4})(?:JJ00|KW0([1-4])|MM(0[1-9]|1[0-2]))", re.ASCII)

MONTHS = {"JJ": 12, "KW": 3, "MM": 1}


@dataclass(frozen=True)
class Period:
    """Some months from the first day of one of them on."""

    start: date
    months: int

    @property
    def last_day(self) -> date:
        """Its last day."""
        month = self.start.year * 12 + self.start.month - 1 + self.months
        return date(month // 12, month % 12 + 1, 1) - timedelta(days=1)


def read_period(code: str) -> Period | None:
    """Return the period of a code, or None when it is no year, quarter or month."""
    if not (form := _FORM.fullmatch(code)):
        return None
    year, quarter, month = form.groups()
    first = int(month) if month else 3 * int(quarter) - 2 if quarter else 1
    return Period(date(int(year), first, 1), MONTHS["MM" if month else "KW" if quarter else "JJ"])
