"""From one chapter to another: the list of all, the bar above each, and the links at its foot."""

import streamlit as st

from pages.kit.chapters import CHAPTER, CHAPTERS
from pages.kit.choices import asking, decide, take
from pages.kit.view import PartnerView


def choose_chapter(view: PartnerView) -> str:
    """Draw the chapters on one bar; return the name of the chosen one, or of the first."""
    names = list(CHAPTERS)
    chosen = decide(CHAPTER, names)
    key, change = asking(view, CHAPTER, chosen)
    st.pills(
        view.say("Hoofdstuk", "Chapter"),
        names,
        format_func=lambda name: _numbered(view, name),
        key=key,
        on_change=change,
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    return chosen


def draw_next(view: PartnerView, name: str) -> None:
    """Draw links to the chapters before and after this one."""
    names = list(CHAPTERS)
    place = names.index(name)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if place > 0:
            before = names[place - 1]
            _offer(f"‹ {view.say('Vorige', 'Previous')}: {_numbered(view, before)}", before, "back")
        if place + 1 < len(names):
            after = names[place + 1]
            _offer(f"{view.say('Volgende', 'Next')}: {_numbered(view, after)} ›", after, "on")


def draw_contents(view: PartnerView) -> None:
    """Draw a line to each of the other chapters."""
    with st.container(gap=None):
        for name in list(CHAPTERS)[1:]:
            _offer(f"{_numbered(view, name)} ›", name, "all")


def _offer(label: str, name: str, where: str) -> None:
    st.button(label, type="tertiary", key=f"to-{where}-{name}", on_click=take, args=(CHAPTER, name))


def _numbered(view: PartnerView, name: str) -> str:
    return f"{list(CHAPTERS).index(name) + 1}. {view.text(CHAPTERS[name])}"
