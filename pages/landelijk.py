"""Landelijk beeld: the national picture over the four focus areas, for NSOC."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from access.figures import Figure
from access.gateways import Gateways
from access.verdicts import CONTEXT, Verdict
from bilingual import Text
from pages.kit.blocks import draw_cards, draw_finding, draw_plain_table
from pages.kit.choices import current_period
from pages.kit.page import Page
from pages.kit.view import PartnerView
from pages.kit.words import FOCUS_WORDS, Words
from pages.parts.clusters import draw_clusters
from pages.parts.explorer import Scene, explore
from pages.parts.marked import context_finding, only_context
from pages.parts.other_day import other_day_words
from pages.parts.outstanding import draw_standing_out
from pages.parts.trend import draw_trends, rate_at
from pages.parts.waiting import draw_waiting

LEVELS = ("gemeente", "riec", "hex7", "hex8")


def _focus_cards(view: PartnerView, found: Sequence[Verdict]) -> None:
    """Draw a card for each focus area of which there are figures, and name the others."""
    passports = view.gateway.passports()
    cards, waiting = [], []
    for focus in (name for name in FOCUS_WORDS if name != CONTEXT):
        used = [code for code, passport in passports.items() if passport.focus_area == focus]
        if not used:
            waiting.append(view.focus(focus))
            continue
        there = [v for v in found if any(vote.indicator in used for vote in v.votes)]
        since = [vote.since for v in there for vote in v.votes if vote.indicator in used]
        text = view.say(f"indicatoren: {', '.join(used)}", f"indicators: {', '.join(used)}")
        if since:
            oldest = view.since(min(since))
            text += view.say(f"; langst sinds {oldest}", f"; longest since {oldest}")
        count, one = view.number(len(there)), len(there) == 1
        figure = view.say(
            f"{count} {'gemeente' if one else 'gemeenten'}",
            f"{count} {'municipality' if one else 'municipalities'}",
        )
        cards.append((view.focus(focus), figure, text))
    draw_cards(cards)
    _name_waiting(view, waiting)


def _open_cards(view: PartnerView, marked: list[Figure], period: str | None) -> None:
    """Draw a card for each open indicator: the country's rate, and how many gemeenten stand out."""
    passports = view.gateway.passports()
    when = view.gateway.period(period, "nederland").code
    cards = []
    for code, passport in passports.items():
        rate = view.rate(rate_at(view, passport, "nederland", "NL", when))
        places = len({figure.area for figure in marked if figure.indicator == code})
        number = view.number(places)
        text = view.say(
            f"{number} {'gemeente valt' if places == 1 else 'gemeenten vallen'} op",
            f"{number} {'municipality stands' if places == 1 else 'municipalities stand'} out",
        )
        if not places:
            text = view.say("geen gemeente valt op", "no municipality stands out")
        other = other_day_words(view, code, "nederland", [when])
        said = f"{text}. {other}" if other else text
        cards.append((view.name(passport), f"{rate} {view.unit(passport)}", said))
    draw_cards(cards)
    used = {passport.focus_area for passport in passports.values()}
    _name_waiting(view, [view.focus(focus) for focus in FOCUS_WORDS if focus not in used])


def _name_waiting(view: Words, waiting: list[str]) -> None:
    if waiting:
        names = view.listing(waiting)
        st.caption(
            view.say(
                f"Nog zonder cijfers, want wacht op leveringen: {names}.",
                f"Still without figures, as it waits for deliveries: {names}.",
            )
        )


def _regions(view: PartnerView, period: str | None) -> None:
    if not view.gateway.scored("riec"):
        return
    st.header(view.say("De tien RIEC's per thema", "The ten RIECs by theme"), anchor=False)
    themes = ["tbml", "financial_services", "logistics", "corruption_violence"]
    rows = [
        (
            score.name,
            view.number(score.tbml),
            view.number(score.financial_services),
            view.number(score.logistics),
            view.number(score.corruption_violence),
            view.number(score.total),
        )
        for score in sorted(view.gateway.scores("riec", period), key=lambda score: score.name)
    ]
    heads = ["RIEC", *(view.focus(theme) for theme in themes), view.say("Samen", "Together")]
    draw_plain_table(heads, rows, frozenset(range(1, 6)))
    st.caption(
        view.say(
            "Score van 0 tot 100: de plek onder de tien RIEC's, gemiddeld over de indicatoren van "
            "een thema. 50 is het midden. Op naam, niet op rang.",
            "Score from 0 to 100: the place among the ten RIECs, averaged over the indicators of a "
            "theme. 50 is the middle. By name, not by rank.",
        )
    )


def _agreement(view: PartnerView, period: str | None) -> None:
    derived = {c: p for c, p in view.gateway.passports().items() if p.counting == "derived"}
    for code, passport in derived.items():
        st.header(
            view.say(
                "Waar onafhankelijke bronnen elkaar bevestigen", "Where independent sources agree"
            ),
            anchor=False,
        )
        figures = view.gateway.figures(code, "gemeente", period)
        marked = sorted((f for f in figures if f.since is not None), key=lambda f: f.name)
        lines = [(f.name, view.rate(f.smoothed), view.since(f.since)) for f in marked]
        st.markdown(
            view.say(
                f"In {len(marked)} gemeenten is het aandeel zeshoeken met signalen van twee of "
                "meer organisaties opvallend hoog.",
                f"In {len(marked)} municipalities the share of hexagons with signals of two or "
                "more organisations is remarkably high.",
            )
        )
        draw_plain_table(
            [view.say("Gemeente", "Municipality"), view.unit(passport), view.say("sinds", "since")],
            lines,
            frozenset({1}),
        )


def _trends(view: PartnerView) -> None:
    st.header(view.say("Ontwikkeling in het land", "Development in the country"), anchor=False)
    label = view.say("Nederland", "the Netherlands")
    draw_trends(view, [("nederland", "NL", label)], "nl")


def render(view: PartnerView) -> None:
    """Draw the national picture."""
    period = current_period(view)
    if only_context(view):
        marked = view.gateway.standing_out("gemeente", period)
        draw_finding(view, *context_finding(view, marked))
        _open_cards(view, marked, period)
        explore(view, Scene(LEVELS, within=None))
    else:
        draw_standing_out(view, LEVELS, period, beneath=partial(_focus_cards, view))
    draw_clusters(view)
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        _regions(view, period)
    with right:
        _agreement(view, period)
    _trends(view)
    draw_waiting(view)


PAGE = Page(
    "landelijk-beeld",
    Text("Landelijk beeld", "National picture"),
    10,
    frozenset({"nsoc"}),
    Gateways.partner,
    render,
)
