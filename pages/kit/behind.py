"""Holds back what a reader may not need: it is drawn, and read, once it is opened."""

from collections.abc import Callable

import streamlit as st

from access.gateway import Gateway
from pages.kit.view import View


def draw_behind(view: View[Gateway], name: str, label: str, draw: Callable[[], None]) -> None:
    """Draw one line to open, and behind it what ``draw`` draws; ``name`` is unique on its page.

    ``label`` is Markdown: what is not ours in it has passed ``plain``.
    """
    box = st.expander(label, key=f"{view.page}-behind-{name}", on_change="rerun")
    if box.open:
        with box:
            draw()
