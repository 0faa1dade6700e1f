"""The part of the country that a page looks at: all of it, a RIEC region or a gemeente."""

from access.facts import Area
from access.partner_places import PlacesGateway
from access.viewer import Viewer
from pages.kit.choices import WITHIN, choose, decide, kept
from pages.kit.view import PartnerView
from pages.kit.words import Words


def own_areas(gateway: PlacesGateway) -> list[Area]:
    """Return the RIEC regions and then the gemeenten of the grant, by code; none for NSOC."""
    viewer = gateway.viewer
    if viewer.nsoc:
        return []
    regions = [gateway.area("riec", code) for code in sorted(viewer.riecs)]
    return regions + [gateway.area("gemeente", code) for code in sorted(viewer.gemeenten)]


def parts_of(gateway: PlacesGateway) -> list[Area]:
    """Return the parts that the viewer may look at, those that a page opens with first.

    For NSOC the country and its regions, and the gemeente that is chosen; for others their own
    regions and gemeenten, then the gemeenten in those regions.
    """
    viewer, chosen = gateway.viewer, kept(WITHIN)
    if viewer.nsoc:
        wide = [gateway.area("nederland", "NL"), *gateway.areas("riec")]
        gemeente = chosen and chosen.startswith("GM")
        return [*wide, gateway.area("gemeente", chosen)] if chosen and gemeente else wide
    within = [g for code in sorted(viewer.riecs) for g in gateway.areas("gemeente", code)]
    return list(dict.fromkeys([*own_areas(gateway), *within]))


def current_part(gateway: PlacesGateway) -> Area:
    """Return the part that is chosen, or the first one."""
    parts = {area.code: area for area in parts_of(gateway)}
    return parts[decide(WITHIN, list(parts))]


def choose_part(view: PartnerView) -> Area:
    """Draw the choice of a part, where there are several; return the one that is chosen."""
    parts = {area.code: area for area in parts_of(view.gateway)}
    if len(parts) == 1:
        return current_part(view.gateway)
    label = view.say("Gebied", "Area")
    return parts[choose(view, WITHIN, label, list(parts), lambda c: own_name(view, parts[c]))]


def code_of(area: Area) -> str | None:
    """Return the code of a part as a gateway takes it, None for the whole country."""
    return None if area.level == "nederland" else area.code


def is_own(viewer: Viewer, area: Area) -> bool:
    """Return whether a gemeente or region, or where an area lies, is of the viewer's grant."""
    return (
        viewer.nsoc
        or bool({area.code, area.gemeente} & viewer.gemeenten)
        or bool({area.code, area.riec} & viewer.riecs)
    )


def lies_in(area: Area, within: str | None) -> bool:
    """Return whether an area lies in, or is, a part of the country; None is all of it."""
    return within is None or within in (area.code, area.gemeente, area.riec)


def own_name(words: Words, area: Area) -> str:
    """Return how a part is called in a sentence."""
    if area.level == "nederland":
        return words.say("Nederland", "the Netherlands")
    return f"RIEC {area.name}" if area.level == "riec" else area.name


def within_at(area: Area | None, level: str) -> str | None:
    """Return the part of the country that helps at a level: the own area, or all of it.

    Gemeenten are shown with the others of their region, so that there is something to compare.
    """
    if area is None or level in ("nederland", "riec"):
        return None
    if level == "gemeente" and area.level == "gemeente":
        return area.riec or None
    return code_of(area)
