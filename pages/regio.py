"""Regiobeeld: one RIEC region, compared with the country, and what changed."""

import pandas as pd
import streamlit as st

from access.facts import Area
from access.gateways import Gateways
from access.passport import Passport
from bilingual import Text
from pages.parts.blocks import draw_finding, draw_plain_table
from pages.parts.choices import choose, current_period
from pages.parts.clusters import draw_clusters
from pages.parts.explorer import Scene, explore
from pages.parts.marked import context_words, draw_marked, split_context
from pages.parts.page import Page
from pages.parts.trend import draw_trends, rates_of, window_before
from pages.parts.view import View
from pages.parts.waiting import draw_waiting

LEVELS = ("hex8", "gemeente", "wijk", "buurt", "hex7", "hex9")


def _own_regions(view: View) -> list[Area]:
    regions = view.gateway.areas("riec")
    mine = view.gateway.viewer.riecs
    return regions if view.gateway.viewer.nsoc else [r for r in regions if r.code in mine]


def _finding(view: View, region: Area, every: pd.DataFrame) -> None:
    marked, context = split_context(view, every)
    fresh = marked[marked["since"] == marked["period"]]
    gemeenten = view.number(len(view.gateway.areas("gemeente", region.code)))
    places = view.number(marked["area"].nunique())
    title = view.say(
        f"RIEC {region.name}: in {places} van de {gemeenten} gemeenten steekt een signaal eruit",
        f"RIEC {region.name}: a signal stands out in {places} of its {gemeenten} municipalities",
    )
    if len(fresh):
        sheets = view.gateway.passports()
        parts = [
            f"{name} ({view.name(sheets[code]).lower()})"
            for name, code in zip(fresh["name"], fresh["indicator"], strict=True)
        ]
        lead = view.say(
            f"Nieuw in deze periode: {view.listing(parts[:6])}.",
            f"New in this period: {view.listing(parts[:6])}.",
        )
    else:
        lead = view.say(
            "In deze periode kwam er geen gemeente bij die eruit steekt.",
            "No municipality newly stands out in this period.",
        )
    draw_finding(view, title, lead + context_words(view, context))


def _value(
    view: View, sheet: Passport, level: str, area: str, period: str
) -> "pd.Series[float] | None":
    series = rates_of(view, sheet, level, area)
    if series is None:
        return None
    now = series[series["period"] == period]
    return now.iloc[0] if len(now) else None


def _compared(view: View, region: Area, period: str) -> None:
    st.header(view.say("De regio naast het land", "The region beside the country"), anchor=False)
    earlier = window_before(view.gateway.periods(), period)
    rows = []
    for sheet in view.gateway.passports().values():
        own = _value(view, sheet, "riec", region.code, period)
        country = _value(view, sheet, "nederland", "NL", period)
        then = _value(view, sheet, "riec", region.code, earlier.code) if earlier else None
        if own is None or country is None:
            continue
        above, below = own["low"] > country["smoothed"], own["high"] < country["smoothed"]
        word = (
            view.say("▲ hoger", "▲ higher")
            if above
            else view.say("▼ lager", "▼ lower")
            if below
            else view.say("gelijk", "similar")
        )
        rows.append(
            (
                view.name(sheet),
                view.unit(sheet),
                view.rate(own["smoothed"]),
                f"{view.rate(own['low'])} – {view.rate(own['high'])}",
                view.rate(country["smoothed"]),
                word,
                *([view.rate(then["smoothed"]) if then is not None else "–"] if earlier else []),
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
    st.caption(f"{words}.")


def _trends(view: View, region: Area) -> None:
    st.header(view.say("Ontwikkeling", "Development"), anchor=False)
    places = [
        ("riec", region.code, f"RIEC {region.name}"),
        ("nederland", "NL", view.say("Nederland", "the Netherlands")),
    ]
    draw_trends(view, places, region.code)


def render(view: View) -> None:
    """Draw the picture of a region."""
    regions = {region.code: region for region in _own_regions(view)}
    code = next(iter(regions))
    if len(regions) > 1:
        code = choose(view, "regio", "RIEC", list(regions), lambda c: regions[c].name)
    region = regions[code]
    chosen = view.gateway.period(current_period(view), "riec").code
    marked = view.gateway.standing_out("gemeente", chosen, code)
    _finding(view, region, marked)
    offered = tuple(level for level in LEVELS if view.gateway.areas_exist(level, code))
    explore(view, Scene(offered, within=code, idle=lambda: draw_marked(view, marked)))
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
