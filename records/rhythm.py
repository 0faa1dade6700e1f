"""How often a kind of record is delivered, as agreed, and so by when the next delivery is due."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Rhythm:
    """A delivery every so many ``months``, within ``days`` days after the last day it is about.

    >>> Rhythm(3, 30).due(date(2026, 6, 30))
    datetime.date(2026, 10, 30)
    """

    months: int
    days: int

    def due(self, last: date) -> date:
        """Return the last day for the delivery that follows one about days up to ``last``."""
        number = last.year * 12 + last.month - 1 + self.months
        year, month = divmod(number, 12)
        end = date(year, month + 1, monthrange(year, month + 1)[1])
        return end + timedelta(days=self.days)


MONTHLY = Rhythm(1, 61)
YEARLY = Rhythm(12, 35)
