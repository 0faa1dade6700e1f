"""Kaart: the map, large, with all choices beside it."""

import streamlit as st

from access.gateways import Gateways
from access.partner_figures import SCORE
from access.verdicts import VERDICTS
from bilingual import Text
from pages.kit.blocks import draw_finding
from pages.kit.choices import LEVEL, ONLY, choose, choose_period, choose_whether, decide_point
from pages.kit.glossary import draw_terms
from pages.kit.page import EVERYONE, Page
from pages.kit.view import PartnerView
from pages.parts.figures_table import draw_figures_table
from pages.parts.levels import offered_levels
from pages.parts.map_message import MapRequest
from pages.parts.map_subject import levels_of, subject_name
from pages.parts.own_area import choose_part, code_of, within_at
from pages.parts.search import draw_search
from pages.parts.sight import (
    borders_at,
    decide_place,
    draw_beside_map,
    draw_figures_map,
    sight_finding,
    sight_of,
)
from pages.parts.subject import choose_beside, choose_subject
from pages.parts.themes import choose_theme
from pages.parts.verdict_sight import (
    draw_beside_verdicts,
    draw_verdict_map,
    draw_verdict_table,
    verdicts_finding,
)

LEVELS = ("gemeente", "riec", "hex7", "hex8", "hex9", "wijk", "buurt")
ZOOMED = ("gemeente", "hex7", "hex8", "hex9")
"""The levels that follow the zoom, coarse to fine."""

HEIGHT = 660


def render(view: PartnerView) -> None:
    """Draw the choices, the map and what is chosen on it."""
    head = st.container()
    left, right = st.columns([2.4, 1], gap="medium")
    with right:
        request = _choose(view)
    if request.code == VERDICTS:
        found = view.gateway.verdicts(request.level, request.period, request.within, request.theme)
        decide_place(view, request.level, request.within)
        with head:
            draw_finding(view, *verdicts_finding(view, found, request))
        with left:
            draw_verdict_map(view, found, request)
            draw_verdict_table(view, found, request)
        with right:
            place = draw_beside_verdicts(view, found, request)
    else:
        sight = sight_of(view, request)
        decide_place(view, request.level, request.within)
        with head:
            draw_finding(view, *sight_finding(view, sight))
        with left:
            draw_figures_map(view, sight)
            draw_figures_table(view, sight)
        with right:
            place = draw_beside_map(view, sight)
    with left:
        draw_terms(view, ["zeshoek", "percentiel", "interval", "wijk", "buurt"])
    about = [place, subject_name(view, request.code), view.levels(request.level)]
    view.tab.extend(part for part in about if part)


def _choose(view: PartnerView) -> MapRequest:
    """Draw all choices; return the map that they ask for."""
    code = choose_subject(view)
    part = choose_part(view)
    levels = offered_levels(view, code, LEVELS)
    columns = st.columns(2)
    with columns[0]:
        level = choose(view, LEVEL, view.say("Per", "By"), levels, view.levels)
    with columns[1]:
        period = choose_period(view)
    theme = choose_theme(view) if code == VERDICTS else None
    within = within_at(part, level)
    beside = choose_beside(view, code, level)
    only = code != SCORE and choose_whether(
        view, ONLY, view.say("Alleen wat eruit steekt", "Only what stands out")
    )
    draw_search(view, [level], code_of(part))
    both = levels_of(view, beside, LEVELS) if beside else LEVELS
    alike = [n for n in ZOOMED if n in levels and n in both and within_at(part, n) == within]
    return MapRequest(
        code=code,
        level=level,
        period=period,
        title="",
        within=within,
        focus=decide_point(),
        height=HEIGHT,
        borders=borders_at(level, within),
        theme=theme,
        beside=beside,
        only=only,
        levels=tuple(alike) if level in alike else (),
        follows=True,
    )


PAGE = Page("kaart", Text("Kaart", "Map"), 20, EVERYONE, Gateways.partner, render)
