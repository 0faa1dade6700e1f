"""A tour of two minutes for each role: what to open, in which order, and what to look for there.

``<role>.nl.md`` and ``<role>.en.md`` hold its title and its steps, ``## `` and two sentences each, in
which ``{kaart}`` is the name of a page.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

import streamlit as st

from access.viewer import Role
from bilingual import Language, Text
from errors import WeerbeeldError
from pages.kit.words import Words
from prose import fill, prose

STEP = "tour-step"

PAGE_NAMES: dict[str, Text] = {
    "beeld": Text("Beeld", "Picture"),
    "kaart": Text("Kaart", "Map"),
    "plaats": Text("Plaats", "Place"),
    "vergelijk": Text("Vergelijk", "Compare"),
    "indicatoren": Text("Indicatoren", "Indicators"),
    "bronnen": Text("Bronnen", "Sources"),
    "methode": Text("Methode", "Method"),
    "beheer": Text("Beheer", "Stewardship"),
    "auditlog": Text("Auditlog", "Audit log"),
}
"""What the pages that tours lead past are called in the menu."""


class Step(NamedTuple):
    """One step: where to go, and what to see there (Markdown)."""

    head: str
    text: str


@cache
def tour(role: Role, language: Language) -> tuple[str, tuple[Step, ...]]:
    """Return the title of a role's tour and its steps; WeerbeeldError when it names no page of ours."""

    def named(page: str) -> str:
        if page not in PAGE_NAMES:
            raise WeerbeeldError(
                f"pages/kit/tour/{role}.{language}.md names a page {page!r}. "
                f"Choose from: {', '.join(PAGE_NAMES)}."
            )
        return f"**{PAGE_NAMES[page].in_(language)}**"

    top, *pieces = fill(prose(__name__, role).in_(language), named).split("\n## ")
    steps = (piece.partition("\n") for piece in pieces)
    return top.strip().removeprefix("# "), tuple(
        Step(head.strip(), " ".join(text.split())) for head, _, text in steps
    )


def draw_tour(words: Words, role: Role) -> None:
    """Draw a button that opens the tour of a role in a dialogue."""
    label = words.say("Rondleiding", "Tour")
    if st.button(label, type="tertiary", key="tour", on_click=_go, args=(0,)):
        title, steps = tour(role, words.language)
        draw: Callable[[], None] = partial(draw_step, words, steps)
        st.dialog(title)(draw)()


def _go(step: int) -> None:
    st.session_state[STEP] = step


def draw_step(words: Words, steps: tuple[Step, ...]) -> None:
    """Draw the step of a tour that the reader came to, and the way to the others."""
    here, last = st.session_state.get(STEP, 0), len(steps) - 1
    here = min(max(here, 0), last)
    st.caption(words.say(f"Stap {here + 1} van {last + 1}", f"Step {here + 1} of {last + 1}"))
    st.subheader(steps[here].head, anchor=False)
    st.markdown(steps[here].text)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        back, on = words.say("‹ Vorige", "‹ Previous"), words.say("Volgende ›", "Next ›")
        st.button(back, key="tour-back", disabled=here == 0, on_click=_go, args=(here - 1,))
        if here < last:
            st.button(on, key="tour-on", type="primary", on_click=_go, args=(here + 1,))
        elif st.button(words.say("Klaar", "Done"), key="tour-done", type="primary"):
            st.rerun()
