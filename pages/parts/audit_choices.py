"""Which lines of the audit log an auditor wants to see: who, what, when, and about which place."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import streamlit as st

from access.audit_lines import Wanted
from bilingual import Text
from geo.official_names import official_names
from pages.kit.view import AuditorView
from pages.parts.audit_trend import result_words

SPANS: dict[str, Text] = {
    "today": Text("vandaag", "today"),
    "yesterday": Text("gisteren", "yesterday"),
    "week": Text("7 dagen", "7 days"),
    "month": Text("30 dagen", "30 days"),
    "year": Text("een jaar", "a year"),
    "all": Text("alles", "everything"),
    "range": Text("van … tot en met …", "from … to …"),
}
DAYS = {"today": 1, "week": 7, "month": 30, "year": 365}
LONGEST_TEXT = 100


def _one_of(
    view: AuditorView, name: str, label: str, options: list[str], words: Callable[[str], str] = str
) -> str | None:
    everything = view.say("alles", "everything")
    value = st.selectbox(
        label,
        ["", *options],
        format_func=lambda option: words(option) if option else everything,
        key=f"{view.page}-{name}",
    )
    return value or None


def choose_lines(view: AuditorView, today: date) -> Wanted:
    """Draw the choices of lines, and return what is wanted; ``today`` is a day in UTC."""
    values = view.gateway.values
    who, what, how, when, where, word = st.columns([2, 1.6, 1.5, 1.8, 2, 2])
    with who:
        actor = _one_of(view, "actor", view.say("Wie", "Who"), values("actor"))
    with what:
        action = _one_of(view, "action", view.say("Wat", "What"), values("action"))
    with how:
        label = view.say("Uitkomst", "Result")
        result = _one_of(view, "result", label, values("result"), partial(result_words, view))
    with when:
        first, last = _days(view, today)
    with where:
        place = _place(view)
    with word:
        text = st.text_input(
            view.say("Woorden in object, wie of vanwaar", "Words in object, who or from where"),
            max_chars=LONGEST_TEXT,
            key=f"{view.page}-text",
        )
    return Wanted(first, last, actor, action, result, text, place)


def _days(view: AuditorView, today: date) -> tuple[date | None, date | None]:
    """Draw the choice of days (UTC); return the first and the last, None without an end."""
    span = st.selectbox(
        view.say("Wanneer (UTC)", "When (UTC)"),
        list(SPANS),
        index=list(SPANS).index("month"),
        format_func=lambda name: view.text(SPANS[name]),
        key=f"{view.page}-span",
    )
    if span == "range":
        label = view.say("Dagen", "Days")
        chosen = st.date_input(label, (today - timedelta(days=6), today), key=f"{view.page}-days")
        days = chosen if isinstance(chosen, tuple) else (chosen,)
        return (days[0], days[-1]) if days else (None, None)
    if span == "yesterday":
        return today - timedelta(days=1), today - timedelta(days=1)
    return (today - timedelta(days=DAYS[span] - 1) if span in DAYS else None), None


def _place(view: AuditorView) -> str:
    """Draw the choice of a gemeente or region; return its code, '' for all."""
    names = official_names()
    code = st.selectbox(
        view.say("Ging over", "Was about"),
        list(names),
        index=None,
        format_func=lambda code: (
            names[code].name if code[:2] == "GM" else f"RIEC {names[code].name}"
        ),
        placeholder=view.say("elke plaats", "any place"),
        key=f"{view.page}-place",
    )
    return code or ""
