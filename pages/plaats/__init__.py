"""Plaats: one region, gemeente, wijk, buurt or hexagon, and everything about it."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from access.facts import Area
from access.gateways import Gateways
from access.verdicts import VERDICTS, Verdict
from bilingual import Text
from pages.kit.behind import draw_behind
from pages.kit.blocks import draw_finding, offer_place
from pages.kit.choices import LEVEL, current_period, keep
from pages.kit.glossary import draw_terms
from pages.kit.leading import lead_to
from pages.kit.page import EVERYONE, Page
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.parts.key_figures import draw_key_figures, key_line
from pages.parts.map import MapRequest, draw_map
from pages.parts.marked import only_context
from pages.parts.multiples import draw_multiples
from pages.parts.outstanding import draw_outstanding
from pages.parts.own_area import current_part, is_own, own_name, within_at
from pages.parts.panel import compared_places, draw_contributions
from pages.parts.picking import MAP_KEY
from pages.parts.place_words import place_name
from pages.parts.sight import borders_at
from pages.parts.verdict_panel import draw_votes
from pages.parts.verdict_words import place_finding
from pages.plaats.around import draw_around
from pages.plaats.choosing import choose_any, current_place
from pages.plaats.context import draw_context
from pages.plaats.every_indicator import draw_every_indicator
from pages.plaats.region import draw_region


def render(view: PartnerView) -> None:
    """Draw the place that is chosen, or the places that it may be."""
    head = st.container()
    area = current_place(view)
    choose_any(view, area)
    if area is None:
        _draw_none(view, head)
        return
    keep(LEVEL, area.level)
    period = view.gateway.period(current_period(view), area.level).code
    name = place_name(view, area.level, area.name)
    if area.level == "riec":
        with head:
            draw_region(view, area, period)
    else:
        every = view.gateway.verdicts(area.level, period, _inside(area))
        verdicts = {verdict.area: verdict for verdict in every}
        verdict = verdicts[area.code]
        with head:
            draw_finding(view, *place_finding(view, verdict, name))
            _draw_ways(view, area)
        left, right = st.columns([1.2, 1], gap="large")
        with left:
            draw_votes(view, verdict, area, period)
            if not (verdict.votes or verdict.context):
                _draw_quiet(view, verdict)
        with right:
            _draw_where(view, area, period)
            draw_around(view, area, verdicts)
    draw_multiples(view, compared_places(view, area))
    _draw_more(view, area, period)
    view.tab.append(name)


def _draw_none(view: PartnerView, head: DeltaGenerator) -> None:
    """Draw which places may be looked at, when none is chosen."""
    part = current_part(view.gateway)
    found = view.gateway.verdicts("gemeente", current_period(view), within_at(part, "gemeente"))
    title = view.say(
        "Kies een plaats om alles over haar te zien",
        "Choose a place to see everything about it",
    )
    lead = view.say(
        "Zoek hier, of begin bij een gemeente waar iets eruit steekt.",
        "Search here, or begin with a municipality in which something stands out.",
    )
    with head:
        draw_finding(view, title, lead)
    draw_outstanding(view, found, "gemeente")


def _inside(area: Area) -> str | None:
    """Return where to look for the places beside a place: those most like a gemeente lie anywhere."""
    return None if area.level == "gemeente" else area.gemeente or None


def _draw_ways(view: PartnerView, area: Area) -> None:
    """Draw what kind of place it is, where it lies, and the ways to other pages about it."""
    if line := key_line(view, area.level, area.code):
        st.caption(plain(line))
    with st.container(horizontal=True, vertical_alignment="center"):
        for wider in _wider(view, area):
            offer_place(plain(own_name(view, wider)), wider.code, "wider", **{LEVEL: wider.level})
        on_map = view.say("Op de kaart", "On the map")
        lead_to(view, "kaart", on_map, indicator=None)
        if area.level == "gemeente" and is_own(view.gateway.viewer, area):
            parts = view.say("Wijken en buurten", "Districts and neighbourhoods")
            lead_to(view, "beeld", parts, binnen=area.code, gebied=None, kaart=None)
        compare = view.say("Vergelijk", "Compare")
        lead_to(view, "vergelijk", compare, plaatsen=area.code)


def _wider(view: PartnerView, area: Area) -> list[Area]:
    """Return the gemeente and the region that a place lies in."""
    owners = [("gemeente", area.gemeente), ("riec", area.riec)]
    return [view.gateway.area(n, code) for n, code in owners if code and n != area.level]


def _draw_where(view: PartnerView, area: Area, period: str) -> None:
    """Draw where the place lies, among others of its kind."""
    within = area.riec if area.level == "gemeente" else area.gemeente
    name = place_name(view, area.level, area.name)
    request = MapRequest(
        code=VERDICTS,
        level=area.level,
        period=period,
        title=view.say(f"Kaart: waar {name} ligt", f"Map: where {name} lies"),
        within=within or None,
        chosen=area.code,
        focus=(area.lon, area.lat) if area.level.startswith("hex") else None,
        height=400,
        borders=borders_at(area.level, within or None),
    )
    draw_map(view, request, f"{view.page}{MAP_KEY}where")


def _draw_quiet(view: PartnerView, verdict: Verdict) -> None:
    """Say what it means that nothing stands out."""
    if verdict.sure == "too_little":
        text = view.say(
            "Er is te weinig geteld om te zeggen of hier iets eruit steekt. Dat is geen goed en geen "
            "slecht nieuws.",
            "Too little was counted to say whether something stands out here. That is neither good "
            "nor bad news.",
        )
    else:
        text = view.say(
            "Wat de partners leverden, steekt hier niet uit boven wat te verwachten is. Wat niemand "
            "meldt, staat er niet in.",
            "What partners delivered does not stand out here from what is to be expected. What "
            "nobody reports is not in it.",
        )
    st.markdown(text)


def _draw_more(view: PartnerView, area: Area, period: str) -> None:
    """Draw what stands behind one click: all figures, what explains them, key figures, the score."""
    draw_terms(view, ["signaal", "interval", "vergelijkbaar", "onschuldig"])
    every = view.say("Alle indicatoren in context", "All indicators in context")
    draw_behind(view, "context", every, partial(draw_context, view, area, period))
    each = view.say(
        "Per indicator: wat het kan verklaren en wat u kunt doen",
        "By indicator: what may explain it and what you can do",
    )
    draw_behind(view, "each", each, partial(draw_every_indicator, view, area, period))
    draw_key_figures(view, area)
    if view.gateway.scored(area.level) and not only_context(view):
        head = view.say("Waar de score uit bestaat", "What the score is made of")
        score = partial(draw_contributions, view, area.level, area.code, period)
        draw_behind(view, "score", head, score)


PAGE = Page("plaats", Text("Plaats", "Place"), 30, EVERYONE, Gateways.partner, render)
