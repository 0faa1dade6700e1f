"""The ten RIEC regions beside the country, by focus area: counts of sure differences, and the rates."""

from collections import Counter

import streamlit as st

from access.passport import Passport
from pages.kit.blocks import draw_plain_table
from pages.kit.view import PartnerView
from pages.parts.beside import BESIDE_WORDS, Beside, beside, beside_note, rate_words
from pages.parts.trend import Rate, rate_at, rate_with_interval, read_all

LEVEL = "riec"


def draw_regions(view: PartnerView, theme: str | None, period: str) -> None:
    """Draw the regions by name: of a focus area the rates, of all together how many differ."""
    passports = [p for p in view.gateway.passports().values() if LEVEL in p.levels]
    for region in view.gateway.areas(LEVEL):
        read_all(view, LEVEL, region.code)
    read_all(view, "nederland", "NL")
    rates = {
        (region.code, passport.code): rate_with_interval(view, passport, LEVEL, region.code, period)
        for region in view.gateway.areas(LEVEL)
        for passport in passports
    }
    country = {p.code: rate_at(view, p, "nederland", "NL", period) for p in passports}
    names = {region.code: region.name for region in view.gateway.areas(LEVEL)}
    if theme is None:
        _draw_counts(view, names, passports, rates, country)
    else:
        own = [passport for passport in passports if passport.focus_area == theme]
        _draw_rates(view, names, own, rates, country)
    st.caption(beside_note(view))


Rates = dict[tuple[str, str], Rate | None]
Country = dict[str, float | None]


def _draw_counts(
    view: PartnerView,
    names: dict[str, str],
    passports: list[Passport],
    rates: Rates,
    country: Country,
) -> None:
    focuses = list(dict.fromkeys(passport.focus_area for passport in passports))

    def cell(region: str, focus: str) -> str:
        found: Counter[Beside] = Counter()
        for passport in passports:
            rate = rates[region, passport.code]
            if passport.focus_area == focus and rate is not None:
                found[beside(rate, country[passport.code])] += 1
        said = [
            f"{found[word]} {view.text(BESIDE_WORDS[word])}"
            for word in BESIDE_WORDS
            if found[word] and word != "similar"
        ]
        return ", ".join(said) or view.text(BESIDE_WORDS["similar"])

    rows = [[name, *(cell(code, focus) for focus in focuses)] for code, name in names.items()]
    draw_plain_table(["RIEC", *(view.focus(focus) for focus in focuses)], rows)


def _draw_rates(
    view: PartnerView,
    names: dict[str, str],
    passports: list[Passport],
    rates: Rates,
    country: Country,
) -> None:
    heads = ["RIEC", *(f"{view.name(p)} ({view.unit(p)})" for p in passports)]
    rows = [
        [name, *(rate_words(view, rates[code, p.code], country[p.code]) for p in passports)]
        for code, name in names.items()
    ]
    land = view.say("Nederland", "the Netherlands")
    rows.append([land, *(view.rate(country[p.code]) for p in passports)])
    draw_plain_table(heads, rows)
