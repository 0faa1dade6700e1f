"""What the reader chose: one state, which the URL shows, decided before anything is drawn.

A run takes what the URL says when the browser went somewhere (a link, back, forward), and else what
was chosen last. Widgets only ask: what they are set to changes the state before the next run. The
URL is written once in a run, so that each choice is one step of the browser's history. What a page
opens with was not chosen, and stands in no URL: a page is one step, and a link shows the newest.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from access.gateway import Gateway
from pages.kit.view import PartnerView, View

CHOSEN, WRITTEN, TAKEN = "choices", "choices-in-url", "choices-taken"
ENTERED = "entered"
INDICATOR, LEVEL, PERIOD = "indicator", "kaart", "periode"
AREA, WITHIN, THEME = "gebied", "binnen", "thema"
"""The place that is chosen, the part of the country that a page looks at, and the focus area."""
FOLLOW, BESIDE = "volgen", "naast"
"""Whether the level of a map follows the zoom, YES or NO; and what stands beside the indicator."""

ONLY = "alleen"
"""Whether map and table show only what stands out: YES, or not chosen."""

YES, NO = "ja", "nee"
POINT = "punt"
"""Where to look: longitude and latitude in degrees to four decimals, ``4.4792,51.9225``."""
POINT_FORM = re.compile(r"(\d\.\d{4}),(\d\d\.\d{4})", re.ASCII)
WEST, SOUTH, EAST, NORTH = 3.0, 50.5, 7.5, 54.0
WHO = ("kijker", "taal")
"""Choices about the reader, which stay when those about figures are cleared."""


def _chosen() -> dict[str, str]:
    held: dict[str, str] = st.session_state.setdefault(CHOSEN, {})
    return held


def begin() -> None:
    """Take over what the URL says, if the browser went there; once, before all else in a run.

    Who chooses again before the browser knows its new URL comes with the one before: that is no step
    back.
    """
    asked = st.query_params.to_dict()
    if not st.session_state.pop(TAKEN, False) and asked != st.session_state.get(WRITTEN):
        _chosen().clear()
        _chosen().update(asked)


def show() -> None:
    """Write what is chosen into the URL: one step back, however much changed."""
    if st.query_params.to_dict() != _chosen():
        st.query_params.from_dict(_chosen())
    st.session_state[WRITTEN] = dict(_chosen())


def chosen() -> dict[str, str]:
    """Return every choice by name, for a link to another page that carries them along."""
    return dict(_chosen())


def kept(name: str) -> str | None:
    """Return a choice; None where nothing was chosen."""
    return _chosen().get(name)


def keep(name: str, value: str | None) -> None:
    """Remember a choice; None forgets it."""
    if value is None:
        _chosen().pop(name, None)
    else:
        _chosen()[name] = value


def take(name: str, value: str | None) -> None:
    """Keep what the reader chooses with a widget or on a map, before the page is drawn anew."""
    keep(name, value)
    st.session_state[TAKEN] = True


def enter(viewer: str) -> None:
    """Begin to look as an example viewer."""
    take("kijker", viewer)
    st.session_state[ENTERED] = True


def just_entered() -> bool:
    """Return whether the reader chose a viewer just now, so that no page was asked for as it."""
    return bool(st.session_state.pop(ENTERED, False))


def forget_all() -> None:
    """Forget every choice but the language, as for a new reader."""
    language = kept("taal")
    st.session_state.clear()
    st.query_params.clear()
    take("taal", language)


def chose_figures() -> bool:
    """Return whether anything about figures was chosen, so that it can be cleared."""
    return bool(set(_chosen()) - set(WHO))


def clear() -> None:
    """Forget every choice about figures."""
    for name in set(_chosen()) - set(WHO):
        take(name, None)


def widget_key(view: View[Gateway], name: str) -> str:
    """Return the key of the widget that makes a choice on this page."""
    return f"{view.page}-{name}"


def decide(name: str, options: Sequence[str], default: str | None = None) -> str:
    """Return the choice among ``options``; forget what is none, for ``default`` or the first."""
    return decide_or_none(name, options) or (default if default in options else None) or options[0]


def decide_or_none(name: str, options: Sequence[str]) -> str | None:
    """Return the choice if it is among ``options``; forget it, and return None, if it is not."""
    value = kept(name)
    if value not in options:
        keep(name, None)
        return None
    return value


def decide_point() -> tuple[float, float] | None:
    """Return the point to look at (longitude, latitude) in or near the country; forget any other."""
    found = POINT_FORM.fullmatch(kept(POINT) or "")
    lon, lat = map(float, found.groups()) if found else (0.0, 0.0)
    if WEST < lon < EAST and SOUTH < lat < NORTH:
        return lon, lat
    keep(POINT, None)
    return None


def look_at(lon: float, lat: float) -> None:
    """Choose a point to look at, in the place of an area."""
    take(AREA, None)
    take(POINT, f"{lon:.4f},{lat:.4f}")


def set_widget(key: str, value: object) -> None:
    """Set a widget to a value, before it is drawn."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def asking(
    view: View[Gateway],
    name: str,
    value: object,
    told: Callable[[Any], str | None] = lambda wanted: None if wanted is None else str(wanted),
) -> tuple[str, Callable[[], None]]:
    """Set a widget to a value; return its key, and what it does when the reader changes it.

    ``told`` turns what the widget holds into the choice.
    """
    key = widget_key(view, name)
    set_widget(key, value)

    def change() -> None:
        if key in st.session_state:  # it is gone where everything was forgotten
            take(name, told(st.session_state[key]))

    return key, change


def choose(
    view: View[Gateway],
    name: str,
    label: str,
    options: Sequence[str],
    wording: Callable[[str], str],
    default: str | None = None,
) -> str:
    """Draw a select box of a choice; return the chosen option."""
    value = decide(name, options, default)
    key, change = asking(view, name, value)
    st.selectbox(label, options, format_func=wording, key=key, on_change=change)
    return value


def choose_or_none(
    view: View[Gateway],
    name: str,
    label: str,
    options: Sequence[str],
    wording: Callable[[str], str],
    hint: str,
) -> str | None:
    """Draw a select box that may stay empty; return the chosen option or None."""
    value = decide_or_none(name, options)
    key, change = asking(view, name, value)
    st.selectbox(
        label, options, format_func=wording, key=key, index=None, placeholder=hint, on_change=change
    )
    return value


def choose_whether(view: View[Gateway], name: str, label: str) -> bool:
    """Draw a switch, off unless it was chosen; return whether it is on."""
    value = decide_or_none(name, (YES,)) is not None
    key, change = asking(view, name, value, lambda on: YES if on else None)
    st.toggle(label, key=key, on_change=change)
    return value


def choose_period(view: PartnerView) -> str:
    """Draw the select box of 12-month windows, newest first; return the chosen code."""
    windows = {period.code: period for period in reversed(view.gateway.periods("year"))}
    return choose(
        view,
        PERIOD,
        view.say("Periode (12 maanden)", "Period (12 months)"),
        list(windows),
        lambda code: view.period(windows[code]),
    )


def current_period(view: PartnerView) -> str | None:
    """Return the period that is chosen; None: the last one."""
    known = {period.code for period in view.gateway.periods("year")}
    return decide_or_none(PERIOD, list(known))
