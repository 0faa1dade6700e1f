"""Bronnen: who delivered what, how old it is, what is missing, the open sources, whose borders."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import streamlit as st

from access.facts import Area
from access.gateways import Gateways
from bilingual import Text
from exports import ExportRequest
from pages.kit.blocks import draw_finding
from pages.kit.page import EVERYONE, Page
from pages.kit.table import draw_table
from pages.kit.view import PartnerView
from pages.kit.words import Words, plain
from pages.parts.deliveries import (
    NATIONAL,
    Stream,
    area_names,
    partner_words,
    size_words,
    streams,
)
from pages.parts.ground import draw_ground
from pages.parts.licences import draw_licences
from pages.parts.lost import draw_lost
from pages.parts.open_sources import draw_open_sources
from pages.parts.own_area import own_areas, own_name
from pages.parts.reach import draw_reach
from pages.parts.same_events import draw_same_events
from pages.parts.spread import draw_spread
from pages.parts.stream_table import WordedStream, draw_streams, rule_words, stream_columns, worded

LOCAL = ("gemeente", "riec")


def finding(view: Words, found: Sequence[Stream]) -> tuple[str, str]:
    """Return the title and the sentence under it, from the streams of all partners."""
    partners = {stream.partner for stream in found}
    absent = [code for code in NATIONAL if code not in partners]
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
    title += _oldest_words(view, found)
    count = view.number(sum(stream.deliveries for stream in found))
    rows = size_words(view, sum(s.size for s in found), sum(s.small for s in found))
    lead = view.say(
        f"{count} leveringen van {view.number(len(partners))} partners, samen ongeveer {rows} "
        "regels. Een cijfer is nooit beter dan de levering eronder.",
        f"{count} deliveries from {view.number(len(partners))} partners, about {rows} rows "
        "together. A figure is never better than the delivery under it.",
    )
    return title, lead


def _oldest_words(view: Words, found: Sequence[Stream]) -> str:
    """Return how old the data are of the national partner that is furthest behind, if one is."""
    ages: defaultdict[str, list[int]] = defaultdict(list)
    for stream in found:
        if stream.partner in NATIONAL and stream.age is not None:
            ages[stream.partner].append(stream.age)
    newest = {code: min(ages[code]) for code in NATIONAL if code in ages}
    if not newest:
        return ""
    oldest = max(newest.values())
    slow = [partner_words(view, code, {}) for code, age in newest.items() if age == oldest]
    months = view.number(oldest)
    names = f" ({view.listing(slow)})" if len(slow) < len(newest) or len(slow) == 1 else ""
    return view.say(
        f"; oudste gegevens: {months} {'maand' if oldest == 1 else 'maanden'}{names}",
        f"; oldest data: {months} {'month' if oldest == 1 else 'months'}{names}",
    )


def _local_words(view: PartnerView, partners: set[str]) -> str:
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


def _draw_own(view: Words, rows: Sequence[WordedStream], area: Area) -> None:
    own = [row for row in rows if row.stream.partner == f"{area.level}:{area.code}"]
    name = own_name(view, area)
    if not own:
        note = view.say(f"{name} leverde zelf niets.", f"{name} delivered nothing itself.")
        st.markdown(f"**{plain(note)}**")
        return
    st.markdown(f"**{plain(view.say(f'Geleverd door {name}', f'Delivered by {name}'))}**")
    draw_streams(view, own)


def _draw_local(view: PartnerView, rows: Sequence[WordedStream]) -> None:
    st.header(view.say("Gemeenten en RIEC's", "Municipalities and RIECs"), anchor=False)
    st.markdown(plain(_local_words(view, {row.stream.partner for row in rows})))
    for area in own_areas(view.gateway):
        _draw_own(view, rows, area)
    title = view.say("alle leveringen per partner en soort", "all deliveries by partner and kind")
    draw_table(
        view,
        lambda: stream_columns(view, rows),
        len(rows),
        title,
        ExportRequest("deliveries"),
    )


def render(view: PartnerView) -> None:
    """Draw the deliveries, their age and gaps, and the sources of the map itself."""
    facts, months = view.gateway.facts(), view.gateway.periods("month")
    found = streams(view.gateway.deliveries(), months, date.today())  # noqa: DTZ011
    rows = worded(view, found, area_names(), len(months))
    draw_finding(view, *finding(view, found))
    st.header(view.say("Landelijke partners", "National partners"), anchor=False)
    national = [row for row in rows if row.stream.partner in NATIONAL]
    delivered = {row.stream.partner for row in national}
    absent = [code for code in NATIONAL if code not in delivered]
    draw_streams(view, national, absent, NATIONAL)
    st.caption(rule_words(view))
    st.header(
        view.say("Hoe ver de leveringen reiken", "How far the deliveries reach"), anchor=False
    )
    draw_reach(view, found, months[0].start, facts.until)
    st.header(
        view.say("Registers en private partijen", "Registers and private parties"), anchor=False
    )
    beside = (*NATIONAL, *LOCAL)
    draw_streams(view, [row for row in rows if row.stream.organisation not in beside])
    _draw_local(view, rows)
    draw_same_events(view)
    draw_open_sources(view, date.today())  # noqa: DTZ011
    draw_lost(view)
    draw_spread(view)
    draw_licences(view)
    draw_ground(view)


PAGE = Page("bronnen", Text("Bronnen", "Sources"), 60, EVERYONE, Gateways.partner, render)
