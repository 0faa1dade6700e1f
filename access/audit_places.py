"""Which lines of the audit log are about a gemeente or region: by its code, or in a whole list.

A read of one area is logged with its code, one of a list with the level and what it lies within. A
list of all gemeenten has every one of them; a list within a region has those of the region.
"""

from sqlalchemy import ColumnElement, and_, or_

from geo.official_names import OfficialName, official_names
from store.access import AuditLine

PARTS = ("gemeente", "wijk", "buurt", "hex7", "hex8", "hex9")
"""The levels whose lists have a gemeente, or parts of it."""

ONE_AREA = (
    *(f"% {kind}{digit}%" for kind in ("GM", "WK", "BU") for digit in "012"),
    *(f"% 8{resolution}%" for resolution in "789"),
)
"""Forms of lines that name an area or hexagon: then the line is about that one."""


def place_named(text: str) -> OfficialName | None:
    """Return the gemeente or region that is called so, or has this code; None where none is."""
    sought = text.strip().casefold()
    for place in official_names().values():
        if sought in (place.name.casefold(), place.code.casefold()):
            return place
    return None


def about(place: OfficialName) -> ColumnElement[bool]:
    """Return the condition on lines of reads in which figures of a place were."""
    what = AuditLine.object
    lists = or_(*(what.like(f"% {level}%") for level in PARTS))
    whole = and_(what.not_like("% within %"), *(what.not_like(form) for form in ONE_AREA))
    around = what.like(f"% within {place.riec}%")
    number = place.code.removeprefix("GM")
    named = or_(*(what.like(f"% {code}%") for code in (place.code, f"WK{number}", f"BU{number}")))
    return or_(named, and_(AuditLine.action == "read", lists, or_(whole, around)))
