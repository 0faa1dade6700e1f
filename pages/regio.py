"""Regiobeeld: one RIEC region, compared with the country, and what changed."""

import streamlit as st

from access.facts import Area
from access.gateways import Gateways
from bilingual import Text
from pages.kit.blocks import draw_finding, draw_plain_table
from pages.kit.choices import REGION, choose, current_period
from pages.kit.page import Page
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.parts.clusters import draw_clusters
from pages.parts.explorer import Scene, explore
from pages.parts.marked import context_finding, only_context
from pages.parts.other_day import other_days_by_name
from pages.parts.outstanding import draw_standing_out
from pages.parts.trend import Rate, draw_trends, exceeds, rate_at, rate_with_interval, window_before
from pages.parts.waiting import draw_waiting

LEVELS = ("gemeente", "hex8", "wijk", "buurt", "hex7", "hex9")


def _own_regions(view: PartnerView) -> list[Area]:
    regions = view.gateway.areas("riec")
    mine = view.gateway.viewer.riecs
    return regions if view.gateway.viewer.nsoc else [r for r in regions if r.code in mine]


def _difference(view: Words, own: Rate, country: Rate) -> str:
    """Return whether a region surely lies above or below the country, in a word."""
    if exceeds(own.low, country.smoothed):
        return view.say("▲ hoger", "▲ higher")
    if exceeds(country.smoothed, own.high):
        return view.say("▼ lager", "▼ lower")
    return view.say("gelijk", "similar")


def _compared(view: PartnerView, region: Area, period: str) -> None:
    st.header(view.say("De regio naast het land", "The region beside the country"), anchor=False)
    earlier = window_before(view.gateway.periods(), period)
    rows = []
    for passport in view.gateway.passports().values():
        own = rate_with_interval(view, passport, "riec", region.code, period)
        country = rate_with_interval(view, passport, "nederland", "NL", period)
        if own is None or country is None:
            continue
        then = rate_at(view, passport, "riec", region.code, earlier.code) if earlier else None
        rows.append(
            (
                view.name(passport),
                view.unit(passport),
                view.rate(own.smoothed),
                f"{view.rate(own.low)} – {view.rate(own.high)}",
                view.rate(country.smoothed),
                _difference(view, own, country),
                *([view.rate(then)] if earlier else []),
            )
        )
    heads = [
        view.say("Indicator", "Indicator"),
        view.say("Eenheid", "Unit"),
        f"RIEC {region.name}",
        view.say("90%-interval", "90% interval"),
        view.say("Nederland", "Netherlands"),
        view.say("Verschil", "Difference"),
        *([view.say("Kwartaal eerder", "Quarter earlier")] if earlier else []),
    ]
    draw_plain_table(heads, rows, frozenset({2, 4, 6}))
    words = view.say(
        "'Hoger' en 'lager' alleen als het hele 90%-interval boven of onder het landelijk cijfer "
        "ligt. Elke rij gaat over 12 maanden",
        "'Higher' and 'lower' only when the whole 90% interval lies above or below the national "
        "rate. Each row covers 12 months",
    )
    if earlier:
        words += view.say(
            "; de laatste kolom over de 12 maanden tot een kwartaal eerder",
            "; the last column the 12 months up to a quarter earlier",
        )
    note = other_days_by_name(view, "riec", period)
    st.caption(f"{words}. {note}".strip())


def _trends(view: PartnerView, region: Area) -> None:
    st.header(view.say("Ontwikkeling", "Development"), anchor=False)
    places = [
        ("riec", region.code, f"RIEC {region.name}"),
        ("nederland", "NL", view.say("Nederland", "the Netherlands")),
    ]
    draw_trends(view, places, region.code)


def render(view: PartnerView) -> None:
    """Draw the picture of a region."""
    regions = {region.code: region for region in _own_regions(view)}
    code = next(iter(regions))
    if len(regions) > 1:
        code = choose(view, REGION, "RIEC", list(regions), lambda c: regions[c].name)
    region = regions[code]
    chosen = view.gateway.period(current_period(view), "riec").code
    offered = tuple(level for level in LEVELS if view.gateway.areas_exist(level, code))
    if only_context(view):
        marked = view.gateway.standing_out("gemeente", chosen, code)
        draw_finding(view, *context_finding(view, marked, f"RIEC {region.name}"))
        explore(view, Scene(offered, within=code))
    else:
        draw_standing_out(view, offered, chosen, code, f"RIEC {region.name}")
    draw_clusters(view, code)
    _compared(view, region, chosen)
    _trends(view, region)
    draw_waiting(view)


PAGE = Page(
    "regiobeeld",
    Text("Regiobeeld", "Regional picture"),
    20,
    frozenset({"nsoc", "riec"}),
    Gateways.partner,
    render,
)
