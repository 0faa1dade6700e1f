"""One subject at one level on a map, with its legend, search result, panel and table beside it."""

import streamlit as st

from pages.parts.choices import keep, kept, widget_key
from pages.parts.explorer import (
    AREA,
    Scene,
    _choose_area,
    _draw_map,
    _hint,
    table_columns,
)
from pages.parts.panel import draw_panel
from pages.parts.rows import Shown, map_sentence
from pages.parts.table import draw_table
from pages.parts.view import View


def draw_sight(
    view: View, scene: Scene, shown: Shown, period: str, focus: tuple[float, float] | None
) -> None:
    """Draw the map of ``shown`` with its sentence, the panel of the chosen place, and the table."""
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        picked = _draw_map(view, scene, shown, map_sentence(view, shown), focus)
    if picked and picked != kept(AREA):
        keep(AREA, picked)
        st.session_state.pop(widget_key(view, AREA), None)
    with right:
        area = _choose_area(view, shown)
        if area:
            draw_panel(view, shown, area, period)
        else:
            _hint(view, shown)
    name = view.name(shown.sheet) if shown.sheet else shown.unit
    ordered = shown.rows.sort_values(["name", "area"], ignore_index=True)
    draw_table(
        view,
        ordered,
        table_columns(view, shown),
        f"{name}, {view.levels(shown.level)}",
        f"{view.page}-{shown.code}-{shown.level}",
    )
