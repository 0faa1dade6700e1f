"""Vergelijk: two to six places, or two to six periods of one place, side by side."""

import streamlit as st

from access.gateways import Gateways
from bilingual import Text
from pages.kit.choices import asking, decide
from pages.kit.page import EVERYONE, Page
from pages.kit.view import PartnerView
from pages.vergelijk.periods import draw_periods
from pages.vergelijk.places import draw_places

WHAT = "vergelijk"
WAYS = {
    "plaatsen": Text("Plaatsen", "Places"),
    "perioden": Text("Perioden van een plaats", "Periods of one place"),
}


def render(view: PartnerView) -> None:
    """Draw the choice of what is compared, and the comparison."""
    head = st.container()
    way = decide(WHAT, list(WAYS))
    key, change = asking(view, WHAT, way)
    st.segmented_control(
        view.say("Vergelijk", "Compare"),
        list(WAYS),
        format_func=lambda name: view.text(WAYS[name]),
        key=key,
        required=True,
        on_change=change,
    )
    draw = draw_places if way == "plaatsen" else draw_periods
    draw(view, head)
    view.tab.append(view.text(WAYS[way]))


PAGE = Page("vergelijk", Text("Vergelijk", "Compare"), 40, EVERYONE, Gateways.partner, render)
