"""Beeld: what stands out in the country, a region or a gemeente, and what changed."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from access.facts import Area
from access.gateways import Gateways
from access.verdicts import CONTEXT, VERDICTS, Verdict
from bilingual import Text
from pages.beeld.cards import draw_focus_cards, draw_open_cards
from pages.beeld.regions import draw_regions
from pages.kit.behind import draw_behind
from pages.kit.blocks import draw_finding
from pages.kit.choices import AREA, LEVEL, choose, choose_period
from pages.kit.glossary import draw_terms
from pages.kit.leading import lead_to
from pages.kit.page import EVERYONE, Page
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.parts.clusters import draw_clusters
from pages.parts.finding import finding
from pages.parts.levels import offered_levels
from pages.parts.map import MapRequest
from pages.parts.marked import context_finding, only_context
from pages.parts.multiples import draw_multiples
from pages.parts.outstanding import draw_changes
from pages.parts.own_area import choose_part, code_of, own_name, within_at
from pages.parts.panel import compared_places
from pages.parts.sight import borders_at, decide_place
from pages.parts.themes import choose_theme
from pages.parts.verdict_sight import (
    draw_beside_verdicts,
    draw_verdict_map,
    draw_verdict_table,
    verdict_sentence,
)
from pages.parts.verdict_words import place_finding
from pages.parts.waiting import draw_waiting

WIDE = ("gemeente", "hex7", "hex8", "wijk", "buurt")
"""The levels of the picture of the country or a region."""

OWN = ("gemeente", "wijk", "buurt", "hex8", "hex9", "hex7")
"""Those of a gemeente: first itself, among the others of its region."""


def render(view: PartnerView) -> None:
    """Draw the picture of the part of the country that is chosen."""
    head = st.container()
    choices = st.columns(4)
    with choices[0]:
        part = choose_part(view)
    levels = offered_levels(view, VERDICTS, OWN if part.level == "gemeente" else WIDE)
    with choices[1]:
        period = choose_period(view)
    with choices[2]:
        label = view.say("Kaart van", "Map of")
        level = choose(view, LEVEL, label, levels, view.levels)
    with choices[3]:
        theme = CONTEXT if only_context(view) else choose_theme(view)
    _draw(view, head, part, level, period, theme)
    draw_multiples(view, compared_places(view, part))
    groups = view.say(
        "Groepen plaatsen die samen opvallen", "Groups of places that together stand out"
    )
    draw_behind(view, "groups", groups, partial(draw_clusters, view, part.riec or code_of(part)))
    if part.level == "nederland" and not only_context(view):
        regions = view.say("De tien RIEC's naast het land", "The ten RIECs beside the country")
        draw_behind(view, "regions", regions, partial(draw_regions, view, theme, period))
    draw_waiting(view)
    if own_name(view, part) not in view.tab:
        view.tab.append(own_name(view, part))


def _draw(
    view: PartnerView,
    head: DeltaGenerator,
    part: Area,
    level: str,
    period: str,
    theme: str | None,
) -> None:
    """Draw the finding, and what it rests on: the map of verdicts, and what changed."""
    within = within_at(part, level)
    found = view.gateway.verdicts(level, period, within, theme)
    with head:
        _draw_finding(view, part, found, level, period, theme)
        draw_terms(view, ["ondermijning", "signaal", "onafhankelijke-partner", "context"])
    decide_place(view, level, within)
    request = MapRequest(
        code=VERDICTS,
        level=level,
        period=period,
        title="",
        within=within,
        chosen=part.code if part.level == level else None,
        borders=borders_at(level, within),
        theme=theme,
    )
    left, right = st.columns([1.6, 1], gap="medium")
    with left:
        st.markdown(verdict_sentence(view, found, level))
        draw_verdict_map(view, found, request)
    with right:
        place = draw_beside_verdicts(view, found, request)
    draw_verdict_table(view, found, request)
    view.tab.extend([place] if place else [])
    draw_changes(view, found, level)


def _draw_finding(
    view: PartnerView,
    part: Area,
    found: Sequence[Verdict],
    level: str,
    period: str,
    theme: str | None,
) -> None:
    about = "" if part.level == "nederland" else own_name(view, part)
    if only_context(view):
        marked = view.gateway.standing_out("gemeente", period, within_at(part, "gemeente"))
        own = part.name if part.level == "gemeente" else ""
        kept = [figure for figure in marked if not own or figure.area == part.code]
        draw_finding(view, *context_finding(view, kept, "" if own else about, own))
        draw_open_cards(view, kept, period)
    elif part.level == "gemeente":
        among = found
        if level != "gemeente" or theme:
            among = view.gateway.verdicts("gemeente", period, part.riec or None)
        (own_verdict,) = (verdict for verdict in among if verdict.area == part.code)
        draw_finding(view, *place_finding(view, own_verdict, part.name))
        label = view.say(f"Alles over {plain(part.name)}", f"All about {plain(part.name)}")
        lead_to(view, "plaats", label, **{AREA: part.code, LEVEL: part.level})
    else:
        draw_finding(view, *finding(view, found, level, about))
        draw_focus_cards(view, found, level)


PAGE = Page(
    "beeld",
    Text("Beeld", "Picture"),
    10,
    EVERYONE,
    Gateways.partner,
    render,
    formerly=("landelijk-beeld", "regiobeeld", "gemeentebeeld"),
)
