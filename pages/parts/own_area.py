"""The areas of the viewer's own grant, and which part of the country to show for them."""

from access.facts import Area
from access.partner_places import PlacesGateway
from access.viewer import Viewer
from pages.kit.choices import AREA, GEMEENTE, REGION, keep, kept
from pages.kit.words import Words


def own_areas(gateway: PlacesGateway) -> list[Area]:
    """Return the gemeenten and then the RIEC regions of the grant, by code; none for NSOC."""
    viewer = gateway.viewer
    if viewer.nsoc:
        return []
    return [gateway.area("gemeente", code) for code in sorted(viewer.gemeenten)] + [
        gateway.area("riec", code) for code in sorted(viewer.riecs)
    ]


def is_own(viewer: Viewer, area: Area) -> bool:
    """Return whether a gemeente or region, or where an area lies, is of the viewer's grant."""
    return viewer.nsoc or area.gemeente in viewer.gemeenten or area.riec in viewer.riecs


def carry_place(gateway: PlacesGateway, level: str) -> None:
    """Let other pages open on the gemeente and region of the place that is chosen on a map."""
    code = kept(AREA)
    if code is None:
        return
    area = gateway.area(level, code)
    if is_own(gateway.viewer, area):
        keep(GEMEENTE, area.gemeente or (code if level == "gemeente" else kept(GEMEENTE)))
        keep(REGION, area.riec or (code if level == "riec" else kept(REGION)))


def own_name(words: Words, area: Area) -> str:
    """Return how an own area is called in a sentence."""
    return f"RIEC {area.name}" if area.level == "riec" else area.name


def within_at(area: Area | None, level: str) -> str | None:
    """Return the part of the country that helps at a level: the own area, or all of it.

    Gemeenten are shown with the others of their region, so that there is something to compare.
    """
    if area is None or level in ("nederland", "riec"):
        return None
    if level == "gemeente":
        return area.riec or None
    return area.code
