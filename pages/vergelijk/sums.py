"""Several places taken together: the sum of what is shown of them, for one indicator."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from access.together import LEAST_PLACES, MOST_PLACES, NEVER_ADDED
from pages.kit.blocks import draw_finding
from pages.kit.choices import choose_period
from pages.kit.view import PartnerView
from pages.parts.sight import labels_of
from pages.parts.subject import choose_indicator
from pages.parts.together import draw_together
from pages.vergelijk.chosen import choose_several
from pages.vergelijk.offered import PLACES, choose_level, offered_places


def draw_sums(view: PartnerView, head: DeltaGenerator) -> None:
    """Draw the choice of places and of an indicator, the finding in ``head``, and their sum."""
    columns = st.columns([1.5, 3.5, 3, 2.4])
    with columns[0]:
        level = choose_level(view)
    with columns[3]:
        period = choose_period(view)
    passports = view.gateway.passports().items()
    added = [c for c, p in passports if level in p.levels and p.counting not in NEVER_ADDED]
    with columns[1]:
        code = choose_indicator(view, added)
    names = {area.code: area.name for area in offered_places(view, level)}
    with columns[2]:
        label = view.say("Plaatsen", "Places")
        codes = choose_several(
            view, PLACES, label, list(names), labels_of(names).__getitem__, [], MOST_PLACES
        )
    passport = view.gateway.passport(code, level)
    title = view.say(
        f"{view.name(passport)}: {view.places(len(codes), level)} samen",
        f"{view.name(passport)}: {view.places(len(codes), level)} together",
    )
    lead = view.say(
        f"De som van wat van elke plaats te zien is, van {LEAST_PLACES} tot {MOST_PLACES} plaatsen. Er "
        "wordt niets opnieuw geteld.",
        f"The sum of what is shown of each place, of {LEAST_PLACES} to {MOST_PLACES} places. Nothing is "
        "counted anew.",
    )
    with head:
        draw_finding(view, title, lead)
    draw_together(view, code, level, codes, period)
