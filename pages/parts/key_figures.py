"""Public key figures of a municipality beside those of its peers: what kind of place is this?"""

from datetime import date

import pandas as pd
import streamlit as st

from access.facts import Area
from pages.parts.blocks import draw_plain_table
from pages.parts.view import View
from records.figures import PUBLIC

ORDER = (
    *("inhabitants", "dwellings", "firms", "land_km2", "road_km"),
    *("dwellings_vacant", "premises_vacant", "house_price", "livability"),
)
PER = "inhabitants"
ON_ONE_LINE = ("inhabitants", "dwellings", "firms", "livability")


def _words(view: View, figure: str, value: float) -> str:
    unit = view.text(PUBLIC[figure].unit)
    if figure == "livability":
        return f"{view.number(value)} ({unit})"
    if unit in ("aantal", "number"):
        return view.number(value)
    return f"€ {view.number(value)}" if unit == "€" else f"{view.number(value)} {unit}"


def key_line(view: View, level: str, area: str) -> str:
    """Return the key figures of an area on one line, without sources; empty when there are none."""
    found = view.gateway.key_figures(level, area)
    value: dict[str, float] = dict(zip(found["figure"], found["value"], strict=True))
    parts = [
        f"{view.text(PUBLIC[name].name)}: {_words(view, name, value[name])}"
        for name in ON_ONE_LINE
        if name in value
    ]
    return " · ".join(parts)


def draw_key_figures(view: View, area: Area) -> None:
    """Draw the key figures of an area in one small table, each with its day and its source."""
    found = view.gateway.key_figures(area.level, area.code)
    value: dict[str, float] = dict(zip(found["figure"], found["value"], strict=True))
    day: dict[str, date] = dict(zip(found["figure"], found["day"], strict=True))
    shown = [name for name in ORDER if name in value]
    if not shown:
        return
    known = view.gateway.evidence("figure_sources")
    sources = {row["figure"]: row["source"] for row in known if row["level"] == area.level}
    peers = [
        view.gateway.key_figures(peer.level, peer.code).set_index("figure")["value"]
        for peer in view.gateway.peers(area.code)
    ]
    beside = pd.DataFrame(peers).median() if peers else pd.Series(dtype=float)
    alike = view.say("Midden van de vergelijkbare gemeenten", "Middle of similar municipalities")

    def middle(name: str) -> list[str]:
        if not len(beside):
            return []
        return [_words(view, name, beside[name]) if name in beside.index else "–"]

    title = view.say(f"Kerncijfers van {area.name}", f"Key figures of {area.name}")
    if PER in value:
        people = view.number(value[PER])
        title = view.say(
            f"{area.name} telt {people} inwoners: de kerncijfers",
            f"{area.name} has {people} inhabitants: the key figures",
        )
    with st.expander(title):
        rows = [
            (
                view.text(PUBLIC[name].name),
                _words(view, name, value[name]),
                *middle(name),
                view.day(day[name]),
                str(sources.get(name, "")),
            )
            for name in shown
        ]
        heads = [
            view.say("Kerncijfer", "Key figure"),
            area.name,
            *([alike] if len(beside) else []),
            view.say("Stand van", "As of"),
            view.say("Bron", "Source"),
        ]
        draw_plain_table(heads, rows, frozenset({1, 2} if len(beside) else {1}))
        st.caption(
            view.say(
                "Open cijfers, zoals de bron ze publiceert: niet beveiligd, en geen deel van de score.",
                "Open figures as their source publishes them: not protected, and no part of the score.",
            )
        )
