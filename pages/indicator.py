"""Indicator: one indicator from all sides: its map, its passport, its trend, its quality."""

import streamlit as st

from access.facts import Area
from access.gateways import Gateways
from access.passport import Passport
from bilingual import Text
from pages.kit.blocks import draw_finding
from pages.kit.choices import LEVEL, choose, choose_indicator, choose_period
from pages.kit.page import EVERYONE, Page
from pages.kit.view import PartnerView
from pages.parts.explorer import find_place
from pages.parts.indicator_finding import Question, lead, title
from pages.parts.own_area import own_areas, own_name, within_at
from pages.parts.passport import draw_passport
from pages.parts.quality import draw_quality
from pages.parts.rows import shown_rows
from pages.parts.sight import draw_sight
from pages.parts.trend import draw_trend

MAPS = ("gemeente", "riec", "wijk", "buurt", "hex7", "hex8", "hex9")


def map_levels(view: PartnerView, passport: Passport, own: Area | None) -> list[str]:
    """Return the levels with a map that both the viewer and the indicator allow.

    Without an own area wijken and buurten are left out: the country has thousands of borders, and
    hexagons of the same size are there.
    """
    held = view.gateway.levels()
    fine = ("wijk", "buurt")
    found = [n for n in MAPS if n in held and n in passport.levels and (own or n not in fine)]
    return found or ["nederland"]


def _first_level(levels: list[str], own: Area | None) -> str:
    """Return the level to open with: for a gemeente its own parts, for others the gemeenten."""
    if own is None or own.level != "gemeente":
        return levels[0]
    return "wijk" if "wijk" in levels else levels[-1]


def _own_area(view: PartnerView) -> Area | None:
    """Return the own area to look from; who has several chooses one."""
    areas = {area.code: area for area in own_areas(view.gateway)}
    if len(areas) < 2:
        return next(iter(areas.values()), None)
    label = view.say("Uw gebied", "Your area")
    return areas[choose(view, "eigen", label, list(areas), lambda c: own_name(view, areas[c]))]


def _draw_trend(view: PartnerView, passport: Passport, own: Area | None) -> None:
    st.header(view.say("Ontwikkeling", "Development"), anchor=False)
    places = [(own.level, own.code, own_name(view, own))] if own else []
    if own and own.level == "gemeente" and own.riec:
        region = view.gateway.area("riec", own.riec)
        places.append(("riec", region.code, own_name(view, region)))
    places.append(("nederland", "NL", view.say("Nederland", "the Netherlands")))
    published = [place for place in places if place[0] in passport.levels]
    draw_trend(view, passport, published, f"{view.page}-development")


def render(view: PartnerView) -> None:
    """Draw the chosen indicator."""
    head = st.container()
    own = _own_area(view)
    choices = st.columns([3, 3, 2.4, 2.6])
    with choices[0]:
        passport = view.gateway.passport(choose_indicator(view))
    with choices[2]:
        period = choose_period(view)
    asked = Question(view, passport, view.gateway.period(period, "nederland"), own)
    with head:
        draw_finding(view, title(asked), lead(asked))
    levels = map_levels(view, passport, own)
    with choices[1]:
        label = view.say("Kaart van", "Map of")
        level = choose(view, LEVEL, label, levels, view.levels, _first_level(levels, own))
    with choices[3]:
        focus = find_place(view, within_at(own, level))
    within = within_at(own, level)
    shown = shown_rows(view, passport.code, level, period, within)
    draw_sight(view, shown, period, within, focus)
    draw_passport(view, passport)
    _draw_trend(view, passport, own)
    draw_quality(view, shown, passport, period)


PAGE = Page("indicator", Text("Indicator", "Indicator"), 40, EVERYONE, Gateways.partner, render)
