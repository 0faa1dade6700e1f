"""Which areas a viewer may read, as a condition on every query. Deny by default.

NSOC reads the country down to res-8 hexagons; a RIEC its regions and a municipality its own area
down to neighbourhoods and res-9 hexagons; both read all municipalities and RIECs to compare.
"""

from sqlalchemy import ColumnElement, and_, false, or_, true

from access.viewer import Viewer
from errors import WeerbeeldError
from store.release import LEVEL_NUMBERS, Area

COMPARED = ("nederland", "riec", "gemeente")
"""Levels that every viewer may read everywhere, to compare."""


class AccessRefusedError(WeerbeeldError):
    """The viewer's grant does not reach what was asked; ``noted``: the audit log knows."""

    noted = False


def level_number(level: str) -> int:
    """Return the number of a level; WeerbeeldError names the known ones."""
    if level not in LEVEL_NUMBERS:
        raise WeerbeeldError(
            f"'{level}' is not a level. Choose one of: {', '.join(LEVEL_NUMBERS)}."
        )
    return LEVEL_NUMBERS[level]


def visible(viewer: Viewer, level: str) -> ColumnElement[bool]:
    """Return the condition on Area that holds for what ``viewer`` may read at ``level``."""
    level_number(level)
    if not viewer.receives:
        return false()
    if level in COMPARED:
        return true()
    granted: list[ColumnElement[bool]] = []
    if viewer.nsoc and level != "hex9":
        granted.append(true())
    if viewer.riecs:
        granted.append(Area.riec.in_(sorted(viewer.riecs)))
    if viewer.gemeenten:
        granted.append(Area.gemeente.in_(sorted(viewer.gemeenten)))
    return and_(or_(false(), *granted))


def refuse_level(viewer: Viewer, level: str) -> None:
    """Raise AccessRefusedError when nothing at ``level`` could ever be visible to ``viewer``."""
    level_number(level)
    own = bool(viewer.riecs or viewer.gemeenten)
    if not viewer.receives or (level == "hex9" and not own):
        raise AccessRefusedError(
            f"The viewer '{viewer.label or 'without a grant'}' may not read level {level}. "
            "NSOC reads down to hex8; a RIEC and a municipality read hex9 in their own area."
        )
