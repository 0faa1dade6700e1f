"""Draws a map with our own component, and makes what a reader does on it a choice like any other."""

import secrets
from collections.abc import Callable
from functools import cache

import streamlit as st

from pages.kit.choices import AREA, FOLLOW, LEVEL, NO, PERIOD, YES, decide_or_none, kept, take
from pages.kit.view import PartnerView
from pages.parts.map_message import MapRequest, message
from pages.parts.picking import DEED, Deed, deed_of

__all__ = ["MapRequest", "draw_map"]

COMPONENT, ENTRY = "weerbeeld.kaart", "entry.js"


def draw_map(view: PartnerView, request: MapRequest, key: str) -> None:
    """Draw the map. A click on it is a choice like any other, made before the page is drawn anew."""
    if view.maps is None:
        st.info(
            view.say(
                "De kaart werkt alleen in een browser die cookies van Weerbeeld aanneemt.",
                "The map works only in a browser that takes cookies of Weerbeeld.",
            )
        )
        return
    decide_or_none(FOLLOW, (YES, NO))
    data = message(view, view.maps, request)
    _component()(
        key=key,
        data=data | _heard(key),
        on_did_change=_hearing(view, request, key),
    )


@cache
def _component() -> Callable[..., object]:
    """Return what draws our component; only while a page is drawn does Streamlit know of it."""
    return st.components.v2.component(COMPONENT, js=ENTRY)


def _hearing(view: PartnerView, request: MapRequest, key: str) -> Callable[[], None]:
    """Return what remembers what the reader did, before anything of the next run is drawn.

    A deed on a map whose page made way meanwhile is forgotten: the framework no longer knows it.
    """
    windows = [period.code for period in view.gateway.periods("year")]

    def hear() -> None:
        deed = deed_of(st.session_state.get(key, {}).get(DEED))
        if deed is not None:
            take_deed(key, deed, windows, request)

    return hear


def take_deed(key: str, deed: Deed, windows: list[str], request: MapRequest) -> None:
    """Make what the reader did on the map the choice."""
    st.session_state[f"{key}-heard"] = deed.n
    take(AREA, deed.area)
    _remember_time(deed, windows)
    _remember_level(deed, request)


def _remember_time(deed: Deed, windows: list[str]) -> None:
    """Make the window on the map the choice; one that did not change is none."""
    if deed.period in windows and deed.period != (kept(PERIOD) or windows[-1]):
        take(PERIOD, deed.period)


def _remember_level(deed: Deed, request: MapRequest) -> None:
    """Make the level that is drawn the choice, and whether it follows, where the page does not."""
    if request.level not in request.levels:
        return
    if deed.level in request.levels and deed.level != (kept(LEVEL) or request.level):
        take(LEVEL, deed.level)
    if deed.follows is not None:
        usual = deed.follows == bool(request.follows)
        value = None if usual else YES if deed.follows else NO
        if value != kept(FOLLOW):
            take(FOLLOW, value)


def _heard(key: str) -> dict[str, object]:
    """Return the number of the last thing that was heard, and a name of this session.

    The browser takes what the server says only once its own last click was heard; in a new session
    counting begins again.
    """
    state = st.session_state
    session = state.setdefault(f"{key}-session", secrets.token_hex(4))
    return {"heard": state.get(f"{key}-heard", 0), "session": session}
