"""Which place the page is about: the one that is chosen anywhere, or the reader's own."""

from contextlib import suppress

import streamlit as st

from access.facts import Area
from access.scope import AccessRefusedError
from pages.kit.choices import AREA, decide_point, kept, set_widget, take, widget_key
from pages.kit.view import PartnerView
from pages.parts.chosen_place import level_of
from pages.parts.levels import FINE
from pages.parts.own_area import code_of, current_part, own_areas
from pages.parts.search import draw_search
from pages.parts.sight import labels_of

OFFERED = ("gemeente", "riec", "wijk", "buurt")
"""Kinds of place to choose by name; hexagons are chosen on a map, or found by a search."""

HEXAGONS = ("hex9", "hex8", "hex7")
"""Those that a street or postcode may stand for, the smallest first."""


def current_place(view: PartnerView) -> Area | None:
    """Return the place that is chosen, else the only part of the reader's own, else None."""
    code, point = kept(AREA), decide_point()
    if code:
        with suppress(AccessRefusedError):
            return view.gateway.area(level_of(code), code)
    if point:
        return _around(view, *point)
    own = own_areas(view.gateway)
    return own[0] if len(own) == 1 and own[0].level == "gemeente" else None


def _around(view: PartnerView, lon: float, lat: float) -> Area | None:
    """Return the smallest hexagon around a point with figures of its own, else the smallest one."""
    held = [level for level in HEXAGONS if view.gateway.areas_exist(level)]
    found = [view.gateway.area_at(level, lon, lat) for level in held]
    there = [area for area in found if area]
    told = (area for area in there if view.gateway.profile(area.level, area.code))
    return next(told, there[0] if there else None)


def choose_any(view: PartnerView, place: Area | None) -> None:
    """Draw the search, and the choice of a kind of place and of one by its name, set to ``place``."""
    within = {level: _within(view, level, place) for level in OFFERED}
    held = [level for level in OFFERED if view.gateway.areas_exist(level, within[level])]
    columns = st.columns([1.4, 3, 4])
    with columns[2]:
        draw_search(view, held)
    with columns[0]:
        kind = st.selectbox(
            view.say("Soort", "Kind"),
            held,
            index=held.index(place.level) if place and place.level in held else 0,
            format_func=view.level,
            key=widget_key(view, f"soort-{place.code if place else ''}"),
        )
    names = {area.code: area.name for area in view.gateway.areas(kind, within[kind])}
    with columns[1]:
        _choose(view, kind, names, place.code if place else None)


def _within(view: PartnerView, level: str, place: Area | None) -> str | None:
    """Return the part of which the wijken and buurten are offered: the country has too many."""
    if level not in FINE:
        return None
    inside = place and (place.gemeente or (place.code if place.level == "gemeente" else ""))
    return inside or code_of(current_part(view.gateway))


def _choose(view: PartnerView, kind: str, names: dict[str, str], chosen: str | None) -> None:
    key = widget_key(view, f"{AREA}-{kind}")
    set_widget(key, chosen if chosen in names else None)

    def change() -> None:
        take(AREA, st.session_state[key])

    st.selectbox(
        view.say(f"Kies een {view.level(kind)}", f"Choose a {view.level(kind)}"),
        list(names),
        format_func=labels_of(names).__getitem__,
        key=key,
        index=None,
        placeholder=view.say("Typ een naam", "Type a name"),
        on_change=change,
    )
