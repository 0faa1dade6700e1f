"""The place that is chosen, when the level of a map is another than the place was chosen at."""

from access.facts import Area
from access.filling import AROUND, around
from access.partner_places import PlacesGateway
from geo import hexagons
from pages.kit.choices import AREA, keep, kept

OFFICIAL = {"GM": "gemeente", "WK": "wijk", "BU": "buurt", "NL": "nederland"}


def settle_place(gateway: PlacesGateway, level: str) -> None:
    """Make the chosen place one of ``level``: itself, or the larger place that it lies in.

    Where there is none that the viewer may read, as of a gemeente among hexagons, it is forgotten.
    """
    code = kept(AREA)
    own = level_of(code) if code else level
    if code is None or own == level:
        return
    larger = _larger(gateway.area(own, code), own, level)
    keep(AREA, larger if larger and gateway.readable(level, larger) else None)


def level_of(code: str) -> str:
    """Return the level that a place is of, by the form of its code.

    >>> level_of("WK059901"), level_of("87196953effffff"), level_of("limburg")
    ('wijk', 'hex7', 'riec')
    """
    if code[:2] in OFFICIAL:
        return OFFICIAL[code[:2]]
    cell = hexagons.from_text(code)
    return "riec" if cell is None else f"hex{hexagons.resolution_of(cell)}"


def _larger(area: Area, own: str, level: str) -> str | None:
    """Return the code of the place of ``level`` around an area of level ``own``."""
    if level == "riec":
        return area.riec or None
    return around([area], level)[0] if level in AROUND.get(own, ()) else None
