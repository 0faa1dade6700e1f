"""One indicator from all sides: its finding, its passport, its development, its quality."""

from functools import partial

import streamlit as st

from access.facts import Area
from access.passport import Passport
from pages.indicatoren.finding import Question, lead, title
from pages.indicatoren.quality import draw_quality
from pages.kit.behind import draw_behind
from pages.kit.blocks import draw_finding, draw_sources
from pages.kit.choices import AREA, INDICATOR, LEVEL, choose_period, take
from pages.kit.leading import lead_to
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.parts.own_area import choose_part, own_name
from pages.parts.passport import draw_passport
from pages.parts.subject import choose_indicator
from pages.parts.trend import draw_trend

MOST_NAMED = 12


def draw_one(view: PartnerView, passport: Passport) -> None:
    """Draw an indicator."""
    every = view.say("‹ Alle indicatoren", "‹ All indicators")
    st.button(every, type="tertiary", key="to-all", on_click=take, args=(INDICATOR, None))
    head = st.container()
    choices = st.columns([4, 2.4, 2.6])
    with choices[0]:
        choose_indicator(view, list(view.gateway.passports()))
    with choices[1]:
        part = choose_part(view)
    with choices[2]:
        period = choose_period(view)
    own = None if part.level == "nederland" else part
    asked = Question(view, passport, view.gateway.period(period, "nederland"), own)
    with head:
        draw_finding(view, title(asked), lead(asked))
        lead_to(view, "kaart", view.say("Op de kaart", "On the map"))
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        _draw_trend(view, passport, own)
    with right:
        _draw_marked(view, asked)
    draw_sources(view)
    draw_passport(view, passport)
    label = view.say("Kwaliteit van de gegevens", "Quality of the data")
    draw_behind(view, "quality", label, partial(draw_quality, view, passport, period))
    view.tab.append(view.name(passport))


def _draw_trend(view: PartnerView, passport: Passport, own: Area | None) -> None:
    st.header(view.say("Ontwikkeling", "Development"), anchor=False)
    places = [(own.level, own.code, own_name(view, own))] if own else []
    if own and own.level == "gemeente" and own.riec:
        region = view.gateway.area("riec", own.riec)
        places.append(("riec", region.code, own_name(view, region)))
    places.append(("nederland", "NL", view.say("Nederland", "the Netherlands")))
    published = [place for place in places if place[0] in passport.levels]
    draw_trend(view, passport, published, f"{view.page}-development")


def _draw_marked(view: PartnerView, asked: Question) -> None:
    """Draw the places that stand out, by name; each leads to all about it."""
    marked = asked.marked()
    st.header(view.say("Waar hij eruit steekt", "Where it stands out"), anchor=False)
    if not marked:
        st.caption(view.say("Nergens zeker genoeg.", "Nowhere surely enough."))
    for figure in marked[:MOST_NAMED]:
        said = (
            f"{view.rate(figure.smoothed)}, {view.say('sinds', 'since')} {view.since(figure.since)}"
        )
        look = {AREA: figure.area, LEVEL: asked.level}
        lead_to(view, "plaats", f"{plain(figure.name)}: {said}", **look)
    if len(marked) > MOST_NAMED:
        more = len(marked) - MOST_NAMED
        st.caption(view.say(f"En nog {more}: zie de kaart.", f"And {more} more: see the map."))
