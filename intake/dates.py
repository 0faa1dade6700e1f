"""Dates in the forms that partners use; the year comes first or last, so none is ambiguous.

Days come before months, as everywhere in the Netherlands.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import TypeVar

EARLIEST = date(1500, 1, 1)
"""Anything before this is a slip of the keyboard, such as 0202."""

_MIDNIGHT = r"(?:[T ]0?0:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?)?"
_FORMS = {
    name: re.compile(pattern + _MIDNIGHT, re.ASCII)
    for name, pattern in {
        "year-month-day": r"(?P<y>\d{4})(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})",
        "day-month-year": r"(?P<d>\d{1,2})(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<y>\d{4})",
        "yyyymmdd": r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
    }.items()
}


REMEMBERED, LONGEST_REMEMBERED = 50_000, 40
"""So many texts of dates are remembered, of at most so many characters."""

Meaning = TypeVar("Meaning")


def remembered(read: Callable[[str], Meaning]) -> Callable[[str], Meaning]:
    """Remember what texts mean: the same days come again in each part of a file."""
    cached = lru_cache(REMEMBERED)(read)

    @wraps(read)
    def known(text: str) -> Meaning:
        return cached(text) if len(text) <= LONGEST_REMEMBERED else read(text)

    return known


@remembered
def parse_date(text: str) -> tuple[date, str] | None:
    """Return the day and the name of the form it is written in, or None when it is no day."""
    for name, form in _FORMS.items():
        if match := form.fullmatch(text):
            try:
                day = date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                return None
            return (day, name) if day >= EARLIEST else None
    return None
