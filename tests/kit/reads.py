"""What pages read through the gateway of partners, and where it can be heard."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from access.partner import PartnerGateway

Read = Callable[..., Any]

Ask = Callable[[PartnerGateway, str, str, str | None], object]
"""Asks about an indicator at a level, within an area or everywhere."""

BESIDE: dict[str, Ask] = {
    "map_shapes": lambda gateway, _, level, within: gateway.map_shapes(level, within),
    "map_figures": lambda gateway, code, level, within: gateway.map_figures(code, level, within),
    "map_bounds": lambda gateway, code, level, within: gateway.map_bounds(code, level, within),
    "map_verdicts": lambda gateway, _, level, within: gateway.map_verdicts(level, within),
    "places": lambda gateway, _, __, within: gateway.places(0, within),
    "street_tile": lambda gateway, *_: gateway.street_tile(0, 0),
    "outlines": lambda gateway, _, level, within: gateway.outlines(level, within),
    "levels": lambda gateway, *_: gateway.levels(),
    "indicators_at": lambda gateway, _, level, within: gateway.indicators_at(level, None, within),
    "search": lambda gateway, *_: gateway.search("nieuw"),
    "area_at": lambda gateway, _, level, __: gateway.area_at(level, 4.48, 51.92),
    "readable": lambda gateway, _, level, __: gateway.readable(level, "GM0599"),
    "sum_of": lambda gateway, code, level, within: gateway.sum_of(
        code, level, [area.code for area in gateway.areas(level, within)[:20]]
    ),
}
"""What maps ask for beside their page, and pages only after a click."""


def doors() -> dict[str, type]:
    """Return every read that partners have, and the class that it is of."""
    every = reversed(PartnerGateway.__mro__)
    return {n: place for place in every for n, read in vars(place).items() if _is_door(read)}


def _is_door(found: object) -> bool:
    return hasattr(found, "is_door")


@contextmanager
def around_reads(wrap: Callable[[str, Read], Read]) -> Iterator[None]:
    """Put ``wrap(name, read)`` in the place of every read of the gateway of partners."""
    every = {name: (place, vars(place)[name]) for name, place in doors().items()}
    for name, (place, read) in every.items():
        setattr(place, name, wrap(name, read))
    try:
        yield
    finally:
        for name, (place, read) in every.items():
            setattr(place, name, read)
