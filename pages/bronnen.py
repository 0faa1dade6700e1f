"""Bronnen: who delivered what, how old it is, what is missing, the open sources, whose borders."""

from datetime import date

import pandas as pd
import streamlit as st

from access.facts import Area
from access.gateways import Gateways
from bilingual import Text
from exports import Asked
from pages.parts.blocks import draw_finding
from pages.parts.deliveries import NATIONAL, area_names, partner_words, streams
from pages.parts.licences import draw_licences
from pages.parts.lost import draw_lost
from pages.parts.open_sources import draw_open_sources
from pages.parts.own_area import own_areas, own_name
from pages.parts.page import EVERYONE, Page
from pages.parts.reach import draw_reach
from pages.parts.spread import draw_spread
from pages.parts.stream_table import COLUMNS, draw_streams, rule_words, stream_heads, worded
from pages.parts.table import draw_table
from pages.parts.view import View

LOCAL = ("gemeente", "riec")


def finding(view: View, found: pd.DataFrame) -> tuple[str, str]:
    """Return the title and the sentence under it, from rows of ``streams``."""
    absent = [code for code in NATIONAL if code not in set(found["partner"])]
    there, due = len(NATIONAL) - len(absent), len(NATIONAL)
    title = view.say(
        f"Alle {due} landelijke partners leverden", f"All {due} national partners delivered"
    )
    if absent:
        names = view.listing([partner_words(view, code, {}) for code in absent])
        title = view.say(
            f"{there} van {due} landelijke partners leverden, niets van {names}",
            f"{there} of {due} national partners delivered, nothing from {names}",
        )
    newest = found.groupby("partner")["age"].min().reindex(NATIONAL).dropna()
    if len(newest):
        days, slow = view.number(newest.max()), newest[newest == newest.max()].index
        names = view.listing([partner_words(view, str(code), {}) for code in slow])
        title += view.say(
            f"; oudste gegevens: {days} dagen ({names})", f"; oldest data: {days} days ({names})"
        )
    count, rows = view.number(found["deliveries"].sum()), view.number(found["rows"].sum())
    partners = view.number(found["partner"].nunique())
    lead = view.say(
        f"{count} leveringen van {partners} partners, samen {rows} regels. Een cijfer is nooit beter dan "
        "de levering eronder.",
        f"{count} deliveries from {partners} partners, {rows} rows together. A figure is never better "
        "than the delivery under it.",
    )
    return title, lead


def _local_words(view: View, partners: set[str]) -> str:
    every = {level: view.gateway.areas(level) for level in LOCAL}
    here = {n: [a.name for a in every[n] if f"{n}:{a.code}" in partners] for n in LOCAL}
    gemeenten, riecs = (view.number(len(every[level])) for level in LOCAL)
    some, few = (view.number(len(here[level])) for level in LOCAL)
    text = view.say(
        f"{some} van {gemeenten} gemeenten en {few} van {riecs} RIEC's leverden zelf.",
        f"{some} of {gemeenten} municipalities and {few} of {riecs} RIECs delivered themselves.",
    )
    if here["gemeente"]:
        text += f" {view.say('Gemeenten', 'Municipalities')}: {view.listing(here['gemeente'])}."
    if here["riec"]:
        text += f" RIEC: {view.listing(here['riec'])}."
    return text


def _draw_own(view: View, rows: pd.DataFrame, area: Area) -> None:
    own = rows[rows["partner"] == f"{area.level}:{area.code}"]
    name = own_name(view, area)
    if own.empty:
        note = view.say(f"{name} leverde zelf niets.", f"{name} delivered nothing itself.")
        st.markdown(f"**{note}**")
        return
    st.markdown(f"**{view.say(f'Geleverd door {name}', f'Delivered by {name}')}**")
    draw_streams(view, own)


def _draw_local(view: View, rows: pd.DataFrame) -> None:
    st.header(view.say("Gemeenten en RIEC's", "Municipalities and RIECs"), anchor=False)
    st.markdown(_local_words(view, set(rows["partner"])))
    for area in own_areas(view.gateway):
        _draw_own(view, rows, area)
    title = view.say("alle leveringen per partner en soort", "all deliveries by partner and kind")
    heads = dict(zip(COLUMNS, stream_heads(view), strict=True))
    draw_table(view, rows, heads, title, Asked("deliveries"))


def render(view: View) -> None:
    """Draw the deliveries, their age and gaps, and the sources of the map itself."""
    facts, months = view.gateway.facts(), view.gateway.periods("month")
    found = streams(view.gateway.deliveries(), months, date.today())  # noqa: DTZ011
    rows = worded(view, found, area_names(view.gateway), len(months))
    draw_finding(view, *finding(view, found))
    st.header(view.say("Landelijke partners", "National partners"), anchor=False)
    absent = [code for code in NATIONAL if code not in set(rows["partner"])]
    draw_streams(view, rows[rows["partner"].isin(NATIONAL)], absent, NATIONAL)
    st.caption(rule_words(view))
    st.header(
        view.say("Hoe ver de leveringen reiken", "How far the deliveries reach"), anchor=False
    )
    draw_reach(view, found, months[0].start, facts.until)
    st.header(
        view.say("Registers en private partijen", "Registers and private parties"), anchor=False
    )
    local = rows["partner"].str.split(":").str[0].isin(LOCAL)
    draw_streams(view, rows[~local & ~rows["partner"].isin(NATIONAL)])
    _draw_local(view, rows)
    draw_open_sources(view, date.today())  # noqa: DTZ011
    draw_lost(view)
    draw_spread(view)
    draw_licences(view)


PAGE = Page("bronnen", Text("Bronnen", "Sources"), 50, EVERYONE, Gateways.partner, render)
