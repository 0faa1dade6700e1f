"""Every indicator of a place in one table, beside its peers, its region and the country."""

import streamlit as st

from access.facts import Area
from access.figures import Figure
from access.passport import Passport
from pages.kit.blocks import draw_plain_table
from pages.kit.view import PartnerView
from pages.parts.beside import BESIDE_WORDS, beside, beside_note
from pages.parts.other_day import other_days_by_name
from pages.parts.panel import compared_places
from pages.parts.place_words import place_name
from pages.parts.trend import rate_at


def draw_context(view: PartnerView, area: Area, period: str) -> None:
    """Draw the table."""
    passports = view.gateway.passports()
    profile = view.gateway.profile(area.level, area.code, period)
    rows = [_row(view, passports[own.indicator], area, own, period) for own in profile]
    compared = compared_places(view, area)[1:]
    heads = [
        view.say("Indicator", "Indicator"),
        place_name(view, area.level, area.name),
        view.say("90%-interval", "90% interval"),
        view.say("Naast het land", "Beside the country"),
        *(label for _, _, label in compared),
        view.say("Eenheid", "Unit"),
        view.say("Steekt eruit", "Stands out"),
    ]
    draw_plain_table(heads, rows, frozenset({1, *range(4, 4 + len(compared))}))
    st.caption(f"{beside_note(view)} {other_days_by_name(view, area.level, period)}".strip())


def _row(view: PartnerView, passport: Passport, area: Area, own: Figure, period: str) -> list[str]:
    rates = [
        rate_at(view, passport, level, code, period)
        for level, code, _ in compared_places(view, area)[1:]
    ]
    since = view.since(own.since)
    return [
        f"{view.name(passport)} ({passport.code})",
        view.rate(own.smoothed),
        f"{view.rate(own.low)} – {view.rate(own.high)}",
        view.text(BESIDE_WORDS[beside(own, rates[-1])]) if rates and rates[-1] is not None else "",
        *map(view.rate, rates),
        view.unit(passport),
        view.say(f"▲ sinds {since}", f"▲ since {since}") if since else "",
    ]
