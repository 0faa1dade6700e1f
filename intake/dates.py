"""Dates in the forms that partners use; the year comes first or last, so none is ambiguous.

Days come before months, as everywhere in the Netherlands.
"""

import re
from datetime import date

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
