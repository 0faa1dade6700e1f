"""Two to six periods of one place side by side, and what surely changed between first and last."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from access.facts import Area
from bilingual import Text
from pages.kit.blocks import draw_finding, draw_plain_table
from pages.kit.choices import AREA, kept
from pages.kit.view import PartnerView
from pages.parts.chosen_place import level_of
from pages.parts.own_area import current_part
from pages.parts.place_words import place_name
from pages.parts.trend import Rate, rate_with_interval, read_all, surely_moved
from pages.vergelijk.chosen import choose_several

PERIODS = "perioden"
CHANGED = {
    1: Text("▲ gestegen", "▲ risen"),
    -1: Text("▼ gedaald", "▼ fallen"),
    0: Text("niet duidelijk", "not clear"),
}


def draw_periods(view: PartnerView, head: DeltaGenerator) -> None:
    """Draw the choice of periods, the finding in ``head``, and the comparison."""
    code = kept(AREA)
    area = view.gateway.area(level_of(code), code) if code else current_part(view.gateway)
    windows = {period.code: period for period in view.gateway.periods("year")}
    known = list(windows)
    codes = choose_several(
        view,
        PERIODS,
        view.say("Perioden van 12 maanden", "Periods of 12 months"),
        known,
        lambda period: view.period(windows[period]),
        [known[0], known[-1]],
    )
    chosen = sorted(codes, key=known.index)
    read_all(view, area.level, area.code)
    rows, changes = _rows(view, area, chosen)
    name = place_name(view, area.level, area.name)
    sure = sum(change != 0 for change in changes)
    title = view.say(
        f"{name}: {sure} van {len(changes)} indicatoren veranderden duidelijk",
        f"{name}: {sure} of {len(changes)} indicators clearly changed",
    )
    lead = view.say(
        "Duidelijk: de 90%-intervallen van de eerste en de laatste periode overlappen niet. Perioden "
        "die maanden delen, veranderen vanzelf minder.",
        "Clearly: the 90% intervals of the first and the last period do not overlap. Periods that "
        "share months change less by themselves.",
    )
    with head:
        draw_finding(view, title, lead)
    heads = [
        view.say("Indicator", "Indicator"),
        view.say("Eenheid", "Unit"),
        *(view.period(windows[period]) for period in chosen),
        view.say("Van eerste naar laatste", "From first to last"),
    ]
    draw_plain_table(heads, rows)
    st.caption(
        view.say(
            "Tussen haakjes het 90%-interval. Een andere plaats kiest u op Plaats of op de kaart.",
            "In brackets the 90% interval. Another place is chosen on Place or on the map.",
        )
    )


def _rows(view: PartnerView, area: Area, periods: list[str]) -> tuple[list[list[str]], list[int]]:
    rows, changes = [], []
    for passport in view.gateway.passports().values():
        rates = [rate_with_interval(view, passport, area.level, area.code, p) for p in periods]
        if all(rate is None or rate.smoothed is None for rate in rates):
            continue
        changes.append(_change(rates[0], rates[-1]))
        said = view.text(CHANGED[changes[-1]])
        cells = [_cell(view, rate) for rate in rates]
        rows.append([view.name(passport), view.unit(passport), *cells, said])
    return rows, changes


def _change(first: Rate | None, last: Rate | None) -> int:
    if first is None or last is None:
        return 0
    return surely_moved(first, last)


def _cell(view: PartnerView, rate: Rate | None) -> str:
    if rate is None or rate.smoothed is None:
        return "–"
    return f"{view.rate(rate.smoothed)} ({view.rate(rate.low)}–{view.rate(rate.high)})"
