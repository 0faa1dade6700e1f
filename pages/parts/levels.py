"""Which levels a page may offer."""

from collections.abc import Iterable, Sequence

from access.passport import Passport
from pages.kit.view import PartnerView
from pages.parts.own_area import current_part, within_at

FINE = ("wijk", "buurt")
"""Left out of a map of the whole country: thousands of borders, where hexagons are of that size."""


def published_levels(view: PartnerView, levels: Sequence[str]) -> list[str]:
    """Return those of ``levels`` at which any indicator is published."""
    passports = view.gateway.passports().values()
    published = {level for passport in passports for level in passport.levels}
    return [level for level in levels if level in published]


def held_levels(view: PartnerView, levels: Iterable[str]) -> list[str]:
    """Return those of ``levels`` that have places which the viewer may read, where it looks."""
    part = current_part(view.gateway)
    left_out = FINE if part.level == "nederland" else ()
    held = view.gateway.areas_exist
    return [n for n in levels if n not in left_out and held(n, within_at(part, n))]


def levels_of(view: PartnerView, passport: Passport | None, levels: Sequence[str]) -> list[str]:
    """Return the levels of an indicator's map, or of a map of all (None); one at least."""
    offered = passport.levels if passport else published_levels(view, levels)
    return held_levels(view, [level for level in levels if level in offered]) or ["gemeente"]
