"""Draws the first lines of a list at once, and the others behind one click."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from pages.kit.words import Words

Item = TypeVar("Item")


def draw_first(
    words: Words, items: Sequence[Item], most: int, draw: Callable[[Item], None]
) -> None:
    """Draw a line for each of ``items``, close below each other; what is beyond ``most`` is folded."""
    with st.container(gap=None):
        for item in items[:most]:
            draw(item)
    if rest := items[most:]:
        label = words.say(f"Nog {len(rest)}", f"{len(rest)} more")
        with st.expander(label), st.container(gap=None):
            for item in rest:
                draw(item)
