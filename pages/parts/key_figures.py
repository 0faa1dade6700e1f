"""Public key figures of a municipality beside those of its peers: what kind of place is this?"""

from collections import defaultdict
from statistics import median

import streamlit as st

from access.facts import Area
from pages.kit.blocks import draw_plain_table
from pages.kit.view import PartnerView
from pages.kit.words import Words
from records.figures import PUBLIC
from store.evidence.of_sources import FigureSource

ORDER = (
    *("inhabitants", "dwellings", "firms", "land_km2", "road_km"),
    *("dwellings_vacant", "premises_vacant", "house_price", "livability"),
)
PER = "inhabitants"
ON_ONE_LINE = ("inhabitants", "dwellings", "firms", "livability")


def _words(view: Words, figure: str, value: float) -> str:
    unit = view.text(PUBLIC[figure].unit)
    if figure == "livability":
        return f"{view.number(value)} ({unit})"
    if unit in ("aantal", "number"):
        return view.number(value)
    return f"€ {view.number(value)}" if unit == "€" else f"{view.number(value)} {unit}"


def key_line(view: PartnerView, level: str, area: str) -> str:
    """Return the key figures of an area on one line, without sources; empty when there are none."""
    value = {found.figure: found.value for found in view.gateway.key_figures(level, area)}
    parts = [
        f"{view.text(PUBLIC[name].name)}: {_words(view, name, value[name])}"
        for name in ON_ONE_LINE
        if name in value
    ]
    return " · ".join(parts)


def _of_its_year(sources: list[str], year: int) -> list[str]:
    """Return the sources that name the year of a figure; all of them where none does."""
    return [source for source in sources if str(year) in source] or sources


def _middle_of_peers(view: PartnerView, area: Area) -> dict[str, float]:
    """Return the median of each key figure among the gemeenten most like one, by its name."""
    values: defaultdict[str, list[float]] = defaultdict(list)
    for peer in view.gateway.peers(area.code):
        for found in view.gateway.key_figures(peer.level, peer.code):
            values[found.figure].append(found.value)
    return {name: median(of_peers) for name, of_peers in values.items()}


def draw_key_figures(view: PartnerView, area: Area) -> None:
    """Draw the key figures of an area in one small table, each with its day and its source."""
    known = {found.figure: found for found in view.gateway.key_figures(area.level, area.code)}
    shown = [known[name] for name in ORDER if name in known]
    if not shown:
        return
    origins = view.gateway.evidence(FigureSource)
    sources = {
        name: [row.source for row in origins if (row.figure, row.level) == (name, area.level)]
        for name in known
    }
    beside = _middle_of_peers(view, area)
    alike = view.say("Midden van de vergelijkbare gemeenten", "Middle of similar municipalities")

    def middle(name: str) -> list[str]:
        if not beside:
            return []
        return [_words(view, name, beside[name]) if name in beside else "–"]

    title = view.say(f"Kerncijfers van {area.name}", f"Key figures of {area.name}")
    if PER in known:
        people = view.number(known[PER].value)
        title = view.say(
            f"{area.name} telt {people} inwoners: de kerncijfers",
            f"{area.name} has {people} inhabitants: the key figures",
        )
    with st.expander(title):
        rows = [
            (
                view.text(PUBLIC[found.figure].name),
                _words(view, found.figure, found.value),
                *middle(found.figure),
                view.day(found.day),
                "; ".join(_of_its_year(sources[found.figure], found.day.year)),
            )
            for found in shown
        ]
        heads = [
            view.say("Kerncijfer", "Key figure"),
            area.name,
            *([alike] if beside else []),
            view.say("Stand van", "As of"),
            view.say("Bron", "Source"),
        ]
        draw_plain_table(heads, rows, frozenset({1, 2} if beside else {1}))
        st.caption(
            view.say(
                "Open cijfers, zoals de bron ze publiceert: niet beveiligd, en geen deel van de score.",
                "Open figures as their source publishes them: not protected, and no part of the score.",
            )
        )
