"""Which levels a page may offer, where it looks."""

from collections.abc import Iterable

from pages.kit.view import PartnerView
from pages.parts.map_subject import levels_of
from pages.parts.own_area import current_part, within_at

FINE = ("wijk", "buurt")
"""Left out of a map of the whole country: thousands of borders, where hexagons are of that size."""


def held_levels(view: PartnerView, levels: Iterable[str]) -> list[str]:
    """Return those of ``levels`` that have places which the viewer may read, where it looks."""
    part = current_part(view.gateway)
    left_out = FINE if part.level == "nederland" else ()
    held = view.gateway.areas_exist
    return [n for n in levels if n not in left_out and held(n, within_at(part, n))]


def offered_levels(view: PartnerView, code: str, levels: tuple[str, ...]) -> list[str]:
    """Return the levels to offer for a map of an indicator, the score or verdicts; one at least."""
    return held_levels(view, levels_of(view, code, levels)) or ["gemeente"]
