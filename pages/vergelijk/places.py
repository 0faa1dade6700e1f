"""Two to six places side by side: every indicator, how each stands beside the country, and through time."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from access.facts import Area
from pages.kit.blocks import draw_finding, draw_plain_table
from pages.kit.choices import AREA, LEVEL, choose_period, kept
from pages.kit.glossary import draw_terms
from pages.kit.leading import lead_to
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.parts.beside import beside, beside_note, rate_words
from pages.parts.own_area import current_part
from pages.parts.place_words import place_name
from pages.parts.sight import labels_of
from pages.parts.subject import choose_indicator
from pages.parts.trend import draw_trend, rate_at, rate_with_interval, read_all
from pages.vergelijk.chosen import choose_several
from pages.vergelijk.offered import PLACES, choose_level, offered_places

FEWEST = 2


def draw_places(view: PartnerView, head: DeltaGenerator) -> None:
    """Draw the choice of places, the finding in ``head``, and the comparison."""
    columns = st.columns([1.5, 5, 2.4], vertical_alignment="bottom")
    with columns[0]:
        level = choose_level(view)
    with columns[2]:
        period = choose_period(view)
    areas = {area.code: area for area in offered_places(view, level)}
    with columns[1]:
        codes = choose_several(
            view,
            PLACES,
            view.say("Plaatsen", "Places"),
            list(areas),
            labels_of({code: area.name for code, area in areas.items()}).__getitem__,
            _begin(view, areas),
        )
    chosen = [areas[code] for code in codes]
    for where, code in [*((area.level, area.code) for area in chosen), ("nederland", "NL")]:
        read_all(view, where, code)
    with head:
        draw_finding(view, *_finding(view, chosen, period))
    if len(chosen) >= FEWEST:
        _draw(view, chosen, period)


def _begin(view: PartnerView, areas: dict[str, Area]) -> list[str]:
    """Return what the page opens with: the chosen or own place, and the one most like it."""
    part, area = current_part(view.gateway), kept(AREA)
    own = area if area in areas else part.code if part.code in areas else None
    if own is None:
        return []
    alike = view.gateway.peers(own) if areas[own].level == "gemeente" else []
    return [own, *(peer.code for peer in alike[:2] if peer.code in areas)]


def _finding(view: PartnerView, chosen: list[Area], period: str) -> tuple[str, str]:
    if len(chosen) < FEWEST:
        return (
            view.say("Kies twee tot zes plaatsen", "Choose two to six places"),
            view.say(
                "Ze komen naast elkaar te staan, met het land erbij.",
                "They will stand side by side, with the country.",
            ),
        )
    high = {area.code: 0 for area in chosen}
    for passport in view.gateway.passports().values():
        country = rate_at(view, passport, "nederland", "NL", period)
        for area in chosen:
            rate = rate_with_interval(view, passport, area.level, area.code, period)
            if rate is not None and beside(rate, country) == "higher":
                high[area.code] += 1
    names = [f"{a.name} {high[a.code]}" for a in chosen]
    title = view.say(
        f"Hoger dan het land bij zoveel indicatoren: {view.listing(names)}",
        f"Higher than the country by so many indicators: {view.listing(names)}",
    )
    return title, beside_note(view)


def _draw(view: PartnerView, chosen: list[Area], period: str) -> None:
    passports = list(view.gateway.passports().values())
    own = [passport for passport in passports if chosen[0].level in passport.levels]
    names = [place_name(view, area.level, area.name) for area in chosen]
    rows = []
    for passport in own:
        country = rate_at(view, passport, "nederland", "NL", period)
        rates = [rate_with_interval(view, passport, a.level, a.code, period) for a in chosen]
        cells = [rate_words(view, rate, country) for rate in rates]
        rows.append([view.name(passport), view.unit(passport), *cells, view.rate(country)])
    heads = [
        view.say("Indicator", "Indicator"),
        view.say("Eenheid", "Unit"),
        *names,
        view.say("Nederland", "the Netherlands"),
    ]
    draw_plain_table(heads, rows, frozenset({len(heads) - 1}))
    draw_terms(view, ["interval", "gladgestreken", "teller", "noemer"])
    left, right = st.columns([3, 1], gap="large")
    with right:
        code = choose_indicator(view, [passport.code for passport in own])
        for area, name in zip(chosen, names, strict=True):
            look = {AREA: area.code, LEVEL: area.level}
            lead_to(view, "plaats", plain(name), **look)
    with left:
        places = [(a.level, a.code, name) for a, name in zip(chosen, names, strict=True)]
        draw_trend(view, view.gateway.passport(code), places, f"{view.page}-trend")
