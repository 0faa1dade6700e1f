"""Map, legend, search, panel and table together: the way to look at one subject on every page."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.parts.blocks import draw_sources
from pages.parts.choices import (
    choose,
    choose_indicator,
    choose_or_none,
    choose_period,
    keep,
    kept,
    widget_key,
)
from pages.parts.legend import draw_legend
from pages.parts.map import MapRequest, draw_map
from pages.parts.panel import draw_panel
from pages.parts.rows import SCORE, Shown, map_sentence, shown_rows
from pages.parts.table import draw_table
from pages.parts.view import View

AREA = "gebied"


@dataclass(frozen=True)
class Scene:
    """Which levels a page offers, which part of the country, and what it opens with.

    ``idle`` draws what stands beside the map while no place is chosen.
    """

    levels: tuple[str, ...]
    within: str | None
    level: str | None = None
    with_score: bool = True
    idle: Callable[[], None] | None = None


def _choose_level(view: View, scene: Scene) -> str:
    return choose(
        view,
        "kaart",
        view.say("Kaart van", "Map of"),
        scene.levels,
        view.levels,
        scene.level or scene.levels[0],
    )


def _find_place(view: View, scene: Scene) -> tuple[float, float] | None:
    """Draw the search box for places; return longitude and latitude of the chosen one."""
    places = view.gateway.places(0, scene.within)
    labels = [f"{n} ({g})" for n, g in zip(places["name"], places["gemeente"], strict=True)]
    where = dict(zip(labels, zip(places["lon"], places["lat"], strict=True), strict=True))
    chosen = choose_or_none(
        view,
        "plaats",
        view.say("Zoek een plaats", "Find a place"),
        list(where),
        lambda label: label.rsplit(" (", 1)[0],
        view.say("Typ een naam", "Type a name"),
    )
    return where[chosen] if chosen else None


def _choose_area(view: View, shown: Shown) -> str | None:
    """Draw the select box of places, for those who do not use the map; strongest first."""
    rows = shown.rows[shown.rows["value"].notna()].sort_values(["name", "area"])
    labels = dict(zip(rows["area"], rows["name"], strict=True))
    double = rows["name"].duplicated(keep=False)
    labels |= {a: f"{labels[a]} · {a}" for a in rows.loc[double, "area"]}
    return choose_or_none(
        view,
        AREA,
        view.say(f"Kies een {view.level(shown.level)}", f"Choose a {view.level(shown.level)}"),
        list(labels),
        labels.__getitem__,
        view.say("Typ of klik op de kaart", "Type, or click on the map"),
    )


def table_columns(view: View, shown: Shown) -> dict[str, str]:
    """Return the columns of the table beside a map, with their headings."""
    columns = {"name": view.level(shown.level).capitalize(), "value": shown.unit}
    if shown.code != SCORE:
        columns |= {
            "low": view.say("vanaf (90%)", "from (90%)"),
            "high": view.say("tot (90%)", "to (90%)"),
            "numerator": view.say("teller", "numerator"),
            "denominator": view.say("noemer", "denominator"),
            "since": view.say("steekt eruit sinds", "stands out since"),
        }
    return columns | {"percentile": view.say("percentiel", "percentile"), "area": "code"}


def explore(view: View, scene: Scene) -> None:
    """Draw the choices, the map with its legend and sentence, the panel, and the table."""
    choices = st.columns([3, 3, 2.4, 2.6])
    with choices[1]:
        level = _choose_level(view, scene)
    with choices[0]:
        code = choose_indicator(view, level, with_score=scene.with_score)
    with choices[2]:
        period = choose_period(view)
    with choices[3]:
        focus = _find_place(view, scene)
    shown = shown_rows(view, code, level, period, scene.within)
    sentence = map_sentence(view, shown)
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        picked = _draw_map(view, scene, shown, sentence, focus)
    if picked and picked != kept(AREA):
        keep(AREA, picked)
        st.session_state.pop(widget_key(view, AREA), None)
    with right:
        area = _choose_area(view, shown)
        if area:
            draw_panel(view, shown, area, period)
        else:
            _hint(view, shown)
            if scene.idle and not shown.rows["stands"].any():
                scene.idle()
    what = view.say("alle signalen samen", "all signals together")
    title = f"{view.name(shown.sheet) if shown.sheet else what}, {view.levels(level)}"
    ordered = shown.rows.sort_values(["name", "area"], ignore_index=True)
    draw_table(view, ordered, table_columns(view, shown), title, f"{view.page}-{code}-{level}")


def _draw_map(
    view: View, scene: Scene, shown: Shown, sentence: str, focus: tuple[float, float] | None
) -> str | None:
    title = view.name(shown.sheet) if shown.sheet else view.say("Score", "Score")
    request = MapRequest(
        level=shown.level,
        rows=shown.rows,
        classes=shown.classes,
        title=view.say(f"Kaart: {title}. {sentence}", f"Map: {title}. {sentence}"),
        within=scene.within,
        chosen=kept(AREA),
        focus=focus,
        borders=_borders(shown.level, scene.within),
    )
    st.markdown(sentence)
    key = f"{view.page}-map-{shown.level}-{scene.within}-{focus}"
    picked = draw_map(view, request, key)
    draw_legend(view, shown.limits, shown.unit, marks=shown.code != SCORE)
    draw_sources(view)
    return picked


def _borders(level: str, within: str | None) -> str | None:
    """Return the level whose borders help to read a map, None when the map draws them itself."""
    if not level.startswith("hex"):
        return None if level == "gemeente" else "riec"
    return "gemeente" if within else "riec"


def _hint(view: View, shown: Shown) -> None:
    """Say what to do while nothing is chosen, and name what stands out in neutral order."""
    st.caption(
        view.say(
            "Kies een plaats om te zien hoe zeker het cijfer is, wat het kan verklaren en wat u "
            "kunt doen.",
            "Choose a place to see how sure its figure is, what may explain it and what you can do.",
        )
    )
    marked = shown.rows[shown.rows["stands"]].sort_values("name").head(12)
    if len(marked):
        lines = [
            f"- {name}: {view.rate(value)}, {view.say('sinds', 'since')} {view.since(since)}"
            for name, value, since in zip(
                marked["name"], marked["value"], marked["since"], strict=True
            )
        ]
        head = view.say("Steken eruit (op naam)", "Stand out (by name)")
        st.markdown(f"**{head}**\n\n" + "\n".join(lines))
