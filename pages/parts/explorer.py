"""Choices above, sight below: the way to look at one subject on every page."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.kit.choices import (
    LEVEL,
    choose,
    choose_indicator,
    choose_or_none,
    choose_period,
    current_period,
    kept,
)
from pages.kit.view import PartnerView
from pages.parts.rows import shown_rows
from pages.parts.sight import draw_sight


@dataclass(frozen=True)
class Scene:
    """Which levels a page offers, which part of the country, and what it opens with.

    ``level`` and ``first`` are the level and the indicator of the page's finding, while nothing else
    is chosen. ``idle`` draws what stands beside the map while no place is chosen.
    """

    levels: tuple[str, ...]
    within: str | None
    level: str | None = None
    first: str | None = None
    with_score: bool = True
    idle: Callable[[], None] | None = None


def published_levels(view: PartnerView, levels: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of ``levels`` at which any indicator is published."""
    passports = view.gateway.passports().values()
    published = {level for passport in passports for level in passport.levels}
    return tuple(level for level in levels if level in published)


def first_level(view: PartnerView, levels: tuple[str, ...], within: str | None) -> str:
    """Return the first of ``levels`` that has figures of its own; the first one if none has."""
    period = current_period(view)
    for level in levels:
        if view.gateway.indicators_at(level, period, within):
            return level
    return levels[0]


def _choose_level(view: PartnerView, levels: tuple[str, ...], scene: Scene) -> str:
    """Draw the choice of a level; a page opens on one that has figures."""
    label = view.say("Kaart van", "Map of")
    first = scene.level
    if first is None and kept(LEVEL) not in levels:
        first = first_level(view, levels, scene.within)
    return choose(view, LEVEL, label, levels, view.levels, first)


def _first_indicator(view: PartnerView, level: str, within: str | None) -> str | None:
    """Return the first indicator with figures of its own at a level; None: as it comes."""
    return next(iter(view.gateway.indicators_at(level, current_period(view), within)), None)


def find_place(view: PartnerView, within: str | None) -> tuple[float, float] | None:
    """Draw the search box for places; return longitude and latitude of the chosen one."""
    places = view.gateway.places(0, within)
    where = {f"{place.name} ({place.gemeente})": (place.lon, place.lat) for place in places}
    chosen = choose_or_none(
        view,
        "plaats",
        view.say("Zoek een plaats", "Find a place"),
        list(where),
        lambda label: label.rsplit(" (", 1)[0],
        view.say("Typ een naam", "Type a name"),
    )
    return where[chosen] if chosen else None


def explore(view: PartnerView, scene: Scene) -> None:
    """Draw the choices, and the sight that they lead to; nothing where there are no figures."""
    levels = published_levels(view, scene.levels)
    if not levels:
        return
    choices = st.columns([3, 3, 2.4, 2.6])
    with choices[1]:
        level = _choose_level(view, levels, scene)
    with choices[0]:
        first = scene.first or _first_indicator(view, level, scene.within)
        code = choose_indicator(view, level, with_score=scene.with_score, first=first)
    with choices[2]:
        period = choose_period(view)
    with choices[3]:
        focus = find_place(view, scene.within)
    shown = shown_rows(view, code, level, period, scene.within)
    draw_sight(view, shown, period, scene.within, focus, scene.idle)
