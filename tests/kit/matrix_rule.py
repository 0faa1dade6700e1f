"""The rule of who may see what, said once more in plain words, apart from the code that keeps it.

NSOC reads the whole country, but no res-9 hexagons. A RIEC and a municipality read the country,
regions and municipalities to compare, and below that only what is theirs. An indicator is for its
recipients, each in its own part, at its own levels. A score is for those who receive every scored
indicator of that level. Keepers read no figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators import Indicator

READ_BY_ALL = {"nederland", "riec", "gemeente"}
READERS = {"nsoc", "riec", "gemeente"}


@dataclass(frozen=True)
class Place:
    """A place of the planted release."""

    level: str
    code: str
    gemeente: str
    riec: str


def grants(viewer: str) -> list[tuple[str, str]]:
    """Return the grants of a viewer as written: role and area."""
    parts = [part.split(":") for part in viewer.split("+") if part]
    return [(part[0], part[1] if len(part) > 1 else "") for part in parts]


def reads(viewer: str) -> bool:
    """Return whether a viewer reads figures at all."""
    return any(role in READERS for role, _ in grants(viewer))


def covers(grant: tuple[str, str], place: Place) -> bool:
    """Return whether one grant reaches a place."""
    role, area = grant
    if role == "nsoc":
        return place.level != "hex9"
    if role == "riec":
        return place.level in READ_BY_ALL or place.riec == area
    if role == "gemeente":
        return place.level in READ_BY_ALL or place.gemeente == area
    return False


def sees_place(viewer: str, place: Place) -> bool:
    """Return whether a viewer may know of a place."""
    return any(covers(grant, place) for grant in grants(viewer))


def receives(viewer: str, indicator: Indicator) -> bool:
    """Return whether a viewer may know of an indicator."""
    return any(role in indicator.recipients for role, _ in grants(viewer))


def sees_figure(viewer: str, indicator: Indicator, place: Place) -> bool:
    """Return whether a viewer may see an indicator's figure of a place."""
    return place.level in indicator.level_names and any(
        role in indicator.recipients and covers((role, area), place)
        for role, area in grants(viewer)
    )


def sees_score(viewer: str, every: Iterable[Indicator], place: Place) -> bool:
    """Return whether a viewer may see the score of a place."""
    counted = [i for i in every if i.weight > 0 and place.level in i.level_names]
    return any(
        covers((role, area), place) and all(role in i.recipients for i in counted)
        for role, area in grants(viewer)
    )
