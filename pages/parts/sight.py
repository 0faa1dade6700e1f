"""One subject on a map, with its legend, the panel of the chosen place, and the table."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from exports import ExportRequest
from pages.kit.blocks import draw_sources
from pages.kit.choices import choose_or_none, keep, kept, widget_key
from pages.kit.table import draw_table
from pages.kit.view import View
from pages.parts.legend import Marks, draw_legend
from pages.parts.map import MapRequest, draw_map
from pages.parts.panel import draw_panel
from pages.parts.rows import SCORE, UNSURE, Shown, map_sentence

AREA = "gebied"
MOST_NAMED = 12

Focus = tuple[float, float] | None


def draw_sight(
    view: View,
    shown: Shown,
    period: str,
    within: str | None,
    focus: Focus = None,
    idle: Callable[[], None] | None = None,
) -> None:
    """Draw the map of ``shown`` with its panel and table.

    ``within`` is the region or gemeente that the map is about, ``focus`` a place to look at;
    ``idle`` draws what stands beside the map while no place is chosen and none stands out.
    """
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        picked = _draw_map(view, shown, within, focus)
    if picked and picked != kept(AREA):
        keep(AREA, picked)
        st.session_state.pop(widget_key(view, AREA), None)
    with right:
        area = _choose_area(view, shown)
        if area:
            draw_panel(view, shown, area, period)
        else:
            _hint(view, shown)
            if idle and not shown.rows["stands"].any():
                idle()
    what = view.say("alle signalen samen", "all signals together")
    title = f"{view.name(shown.sheet) if shown.sheet else what}, {view.levels(shown.level)}"
    draw_table(
        view,
        table_rows(view, shown),
        table_columns(view, shown),
        title,
        _request(shown, period, within),
    )


def _request(shown: Shown, period: str, within: str | None) -> ExportRequest:
    """Return the table beside the map as the gateway knows it."""
    if shown.code == SCORE:
        return ExportRequest("scores", "", shown.level, period, within or "")
    return ExportRequest("figures", shown.code, shown.level, period, within or "")


def _draw_map(view: View, shown: Shown, within: str | None, focus: Focus) -> str | None:
    """Draw the sentence, the map, the legend and the sources; return the place clicked."""
    sentence = map_sentence(view, shown)
    title = view.name(shown.sheet) if shown.sheet else view.say("Score", "Score")
    request = MapRequest(
        level=shown.level,
        rows=shown.rows,
        classes=shown.classes,
        title=view.say(f"Kaart: {title}. {sentence}", f"Map: {title}. {sentence}"),
        within=within,
        chosen=kept(AREA),
        focus=focus,
        borders=_borders(shown.level, within),
    )
    st.markdown(sentence)
    key = f"{view.page}-map-{shown.level}-{within}-{focus}"
    picked = draw_map(view, request, key)
    draw_legend(
        view,
        shown.limits,
        shown.unit,
        Marks(
            stands=shown.code != SCORE,
            hot=bool((shown.rows["hot"] > 0).any()),
            unsure=bool((shown.rows["sureness"] == UNSURE).any()),
            lent=bool(shown.rows["whose"].any()),
            counts=shown.counts,
        ),
    )
    draw_sources(view)
    return picked


def _borders(level: str, within: str | None) -> str | None:
    """Return the level whose borders help to read a map, None when the map draws them itself."""
    if not level.startswith("hex"):
        return None if level == "gemeente" else "riec"
    return "gemeente" if within else "riec"


def _choose_area(view: View, shown: Shown) -> str | None:
    """Draw the select box of places, for those who do not use the map."""
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


def table_rows(view: View, shown: Shown) -> pd.DataFrame:
    """Return the rows of the table beside a map: those of the map, by name."""
    ordered = shown.rows.sort_values(["name", "area"], ignore_index=True)
    return ordered.assign(since_words=[view.since(code) for code in ordered["since"]])


def table_columns(view: View, shown: Shown) -> dict[str, str]:
    """Return the columns of the table beside a map, with their headings."""
    columns = {"name": view.level(shown.level).capitalize(), "value": shown.unit}
    if shown.code != SCORE:
        columns |= {
            "low": view.say("vanaf (90%)", "from (90%)"),
            "high": view.say("tot (90%)", "to (90%)"),
            "numerator": view.say("teller", "numerator"),
            "denominator": view.say("noemer", "denominator"),
            **({"mix": view.say("door de mix", "by its mix")} if _corrected(shown) else {}),
            "since_words": view.say("steekt eruit sinds", "stands out since"),
            "surely": view.say("zekerheid", "sureness"),
            "beside": view.say("met de buren", "with its neighbours"),
        }
    elif "rank_low" in shown.rows:
        columns |= {
            "rank_low": view.say("percentiel vanaf (90%)", "percentile from (90%)"),
            "rank_high": view.say("percentiel tot (90%)", "percentile to (90%)"),
            "surely": view.say("zekerheid", "sureness"),
        }
    if shown.rows["whose"].any():
        columns["whose"] = view.say("waar geen eigen cijfer is", "where it has no figure")
    return columns | {"percentile": view.say("percentiel", "percentile"), "area": "code"}


def _corrected(shown: Shown) -> bool:
    return shown.sheet is not None and shown.sheet.corrected


def _hint(view: View, shown: Shown) -> None:
    """Say what to do while nothing is chosen, and name what stands out in neutral order."""
    st.caption(
        view.say(
            "Kies een plaats om te zien hoe zeker het cijfer is, wat het kan verklaren en wat u "
            "kunt doen.",
            "Choose a place to see how sure its figure is, what may explain it and what you can do.",
        )
    )
    marked = shown.rows[shown.rows["stands"]].sort_values("name").head(MOST_NAMED)
    if len(marked):
        lines = [
            f"- {name}: {view.rate(value)}, {view.say('sinds', 'since')} {view.since(since)}"
            for name, value, since in zip(
                marked["name"], marked["value"], marked["since"], strict=True
            )
        ]
        head = view.say("Steken eruit (op naam)", "Stand out (by name)")
        st.markdown(f"**{head}**\n\n" + "\n".join(lines))
