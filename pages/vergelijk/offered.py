"""Which places there are to choose among, of which kind."""

from access.facts import Area
from pages.kit.choices import LEVEL, choose, kept
from pages.kit.view import PartnerView
from pages.parts.chosen_place import level_of
from pages.parts.levels import FINE, held_levels
from pages.parts.own_area import code_of, current_part

PLACES = "plaatsen"
LEVELS = ("gemeente", "riec", "wijk", "buurt")


def choose_level(view: PartnerView) -> str:
    """Draw the choice of a kind of place; hexagons only where one is chosen already."""
    first = level_of((kept(PLACES) or "GM").split(",")[0])
    levels = held_levels(view, dict.fromkeys((*LEVELS, first)))
    return choose(view, LEVEL, view.say("Soort", "Kind"), levels, view.levels, first)


def offered_places(view: PartnerView, level: str) -> list[Area]:
    """Return the places of a level; of hexagons those that are chosen, and what lies beside them."""
    if level.startswith("hex"):
        codes = (kept(PLACES) or "").split(",")
        own = [view.gateway.area(level, code) for code in codes if level_of(code) == level]
        beside = [n for area in own for n in view.gateway.neighbours(level, area.code)]
        return list(dict.fromkeys([*own, *beside]))
    part = current_part(view.gateway)
    within = code_of(part) if level in FINE else None
    return view.gateway.areas(level, within)
