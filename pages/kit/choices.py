"""What the reader chose, kept in the URL: a link brings another reader to the same sight."""

from collections.abc import Callable, Sequence

import streamlit as st

from access.gateway import Gateway
from pages.kit.view import PartnerView, View

KEPT = "kept"
INDICATOR = "indicator"


def kept(name: str) -> str | None:
    """Return a choice from the URL, or from earlier in this session."""
    held: dict[str, str] = st.session_state.setdefault(KEPT, {})
    return st.query_params.get(name) or held.get(name)


def keep(name: str, value: str | None) -> None:
    """Remember a choice in this session and show it in the URL; None forgets it."""
    held: dict[str, str] = st.session_state.setdefault(KEPT, {})
    if value is None:
        held.pop(name, None)
        if name in st.query_params:
            del st.query_params[name]
        return
    held[name] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def forget_all() -> None:
    """Forget every choice but the language, as for a new reader."""
    language = kept("taal")
    st.session_state.clear()
    st.query_params.clear()
    keep("taal", language)


def forget(view: View[Gateway], name: str) -> None:
    """Forget a choice, wherever it came from."""
    keep(name, None)
    st.session_state.pop(widget_key(view, name), None)


def widget_key(view: View[Gateway], name: str) -> str:
    """Return the key of the widget that makes a choice on this page."""
    return f"{view.page}-{name}"


def choose(
    view: View[Gateway],
    name: str,
    label: str,
    options: Sequence[str],
    wording: Callable[[str], str],
    default: str | None = None,
) -> str:
    """Draw a select box whose value lives in the URL as ``name``; return the chosen option."""
    key = widget_key(view, name)
    if st.session_state.get(key) not in options:
        wanted = kept(name)
        first = default if default in options else options[0]
        st.session_state[key] = wanted if wanted in options else first
    value = str(st.selectbox(label, options, format_func=wording, key=key))
    keep(name, value)
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
    key = widget_key(view, name)
    if key not in st.session_state or st.session_state[key] not in (None, *options):
        wanted = kept(name)
        st.session_state[key] = wanted if wanted in options else None
    value = st.selectbox(label, options, format_func=wording, key=key, placeholder=hint)
    keep(name, value)
    return value


def choose_period(view: PartnerView) -> str:
    """Draw the select box of 12-month windows, newest first; return the chosen code."""
    windows = {period.code: period for period in reversed(view.gateway.periods("year"))}
    return choose(
        view,
        "periode",
        view.say("Periode (12 maanden)", "Period (12 months)"),
        list(windows),
        lambda code: view.period(windows[code]),
    )


def current_period(view: PartnerView) -> str | None:
    """Return the period that is chosen now, also before its select box is drawn."""
    known = {period.code for period in view.gateway.periods("year")}
    chosen = st.session_state.get(widget_key(view, "periode")) or kept("periode")
    return chosen if chosen in known else None


def choose_indicator(
    view: PartnerView,
    level: str | None = None,
    *,
    with_score: bool = False,
    first: str | None = None,
) -> str:
    """Draw the select box of indicators published at ``level``; return a code or ``score``.

    The score is offered, and chosen first, only to who receives all that it is made of; of others
    ``first`` is.
    """
    passports = view.gateway.passports()
    codes = [c for c, passport in passports.items() if level is None or level in passport.levels]
    scored = with_score and view.gateway.scored(level or "gemeente")
    options = ["score", *codes] if scored else codes

    def wording(code: str) -> str:
        if code == "score":
            return view.say("Alle signalen samen (score)", "All signals together (score)")
        return f"{view.name(passports[code])} ({code})"

    label = view.say("Indicator", "Indicator")
    return choose(view, INDICATOR, label, options, wording, None if scored else first)
