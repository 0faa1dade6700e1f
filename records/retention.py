"""How long a record may be kept, and from which of its days that is counted.

The periods are the longest for which a record still has a use in the build. They are a proposal
of this repository: who is responsible for the processing decides, and shortens where law asks it.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Retention:
    """A retention class: its name, its length in calendar months, and why it is that long.

    ``starts`` is the column from which the months count where that is not the dated column of the
    kind; a record in which it is empty has no end yet.
    """

    name: str
    months: int
    why: str
    starts: str | None = None

    def last_day(self, start: date) -> date:
        """Return the last day on which a record that starts on ``start`` may be kept.

        That is the end of a month, so that no published month is counted from half its records.
        """
        first = _months_later(start, self.months)
        return first.replace(day=monthrange(first.year, first.month)[1])

    def first_kept(self, today: date) -> date:
        """Return the first start whose records may still be kept on ``today``."""
        return _months_later(today, -self.months)


def _months_later(day: date, months: int) -> date:
    """Return the first day of the month that many months after the month of ``day``."""
    month = day.year * 12 + day.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)


SIGNAL = Retention(
    "signal",
    63,
    "60 months shown, and the 3 months before them in which an earlier attack nearby counts",
)
TRANSACTION = Retention(
    "transaction",
    66,
    "60 months shown, and the 6 months before them in which an earlier sale counts",
)
REGISTER = Retention(
    "register",
    84,
    "an establishment counts while it exists, shows in the 60 months after its end, and for 24"
    " months more counts as one that left its premises",
    starts="dissolved",
)
STATISTIC = Retention(
    "statistic", 120, "says nothing about persons, and a state stands until the next one"
)
