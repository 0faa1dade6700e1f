"""A card for each focus area, or for each open indicator while partners delivered nothing."""

from collections.abc import Sequence

import streamlit as st

from access.figures import Figure
from access.verdicts import CONTEXT, Verdict
from pages.kit.blocks import draw_cards
from pages.kit.view import PartnerView
from pages.kit.words import FOCUS_WORDS, Words
from pages.parts.other_day import other_day_words
from pages.parts.trend import rate_at


def draw_focus_cards(view: PartnerView, found: Sequence[Verdict], level: str) -> None:
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
        one = len(used) == 1
        text = view.say(
            f"{len(used)} {'indicator' if one else 'indicatoren'}",
            f"{len(used)} {'indicator' if one else 'indicators'}",
        )
        if since:
            oldest = view.since(min(since))
            text += view.say(f"; langst sinds {oldest}", f"; longest since {oldest}")
        cards.append((view.focus(focus), view.places(len(there), level), text))
    draw_cards(cards)
    _name_waiting(view, waiting)


def draw_open_cards(view: PartnerView, marked: Sequence[Figure], period: str) -> None:
    """Draw a card for each open indicator: the country's rate, and how many gemeenten stand out."""
    passports = view.gateway.passports()
    cards = []
    for code, passport in passports.items():
        rate = view.rate(rate_at(view, passport, "nederland", "NL", period))
        places = len({figure.area for figure in marked if figure.indicator == code})
        number = view.number(places)
        text = view.say(
            f"{number} {'gemeente valt' if places == 1 else 'gemeenten vallen'} op",
            f"{number} {'municipality stands' if places == 1 else 'municipalities stand'} out",
        )
        if not places:
            text = view.say("geen gemeente valt op", "no municipality stands out")
        other = other_day_words(view, code, "nederland", [period])
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
