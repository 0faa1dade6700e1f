"""Vergelijk: places or periods of one place side by side, or several places taken together."""

import streamlit as st

from access.gateways import Gateways
from bilingual import Text
from pages.kit.choices import asking, decide
from pages.kit.page import EVERYONE, Page
from pages.kit.view import PartnerView
from pages.vergelijk.periods import draw_periods
from pages.vergelijk.places import draw_places
from pages.vergelijk.sums import draw_sums

WHAT = "vergelijk"
WAYS = {
    "plaatsen": Text("Plaatsen", "Places"),
    "perioden": Text("Perioden van een plaats", "Periods of one place"),
    "samen": Text("Plaatsen samen", "Places together"),
}
DRAWN = {"plaatsen": draw_places, "perioden": draw_periods, "samen": draw_sums}


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
    DRAWN[way](view, head)
    view.tab.append(view.text(WAYS[way]))


PAGE = Page("vergelijk", Text("Vergelijk", "Compare"), 40, EVERYONE, Gateways.partner, render)
