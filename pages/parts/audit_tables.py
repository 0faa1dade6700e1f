"""The tables of the audit log: a row for each look at a page, or for each line."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from access.audit_lines import MOST_LINES, LoggedLine
from access.audit_views import LoggedView
from bilingual import Text
from geo.official_names import official_names
from pages.kit.words import Words
from pages.parts.audit_trend import result_words

ASKED_WORDS = {
    "binnen": Text("in", "in"),
    "gemeente": Text("gemeente", "municipality"),
    "regio": Text("regio", "region"),
    "eigen": Text("eigen gebied", "own area"),
    "gebied": Text("plaats", "place"),
    "kaart": Text("kaart van", "map of"),
    "indicator": Text("indicator", "indicator"),
    "terugblik": Text("terugblik op", "hindcast of"),
}
"""What a look chose, by its name in the log, also its name of before; others are no secret."""


def view_words(view: Words, what: str) -> str:
    """Return what a look was at in words: the page, and what was chosen on it."""
    page, *asked = what.split(" ")
    names, said = official_names(), []
    for name, value in zip(asked[::2], asked[1::2], strict=False):
        if name in ASKED_WORDS:
            place = names.get(value)
            said.append(f"{view.text(ASKED_WORDS[name])} {place.name if place else value}")
    name = page.replace("-", " ")
    return f"{_begun(name)}: {', '.join(said)}" if said else _begun(what.replace("-", " "))


def _begun(words: str) -> str:
    """Return words with a capital at the begin, and the rest as it is."""
    return words[:1].upper() + words[1:]


def draw_looks(view: Words, looks: Sequence[LoggedView]) -> None:
    """Draw a row for each look at a page, the newest first."""
    columns = {
        view.say("Wanneer (UTC)", "When (UTC)"): [look.at[:19].replace("T", " ") for look in looks],
        view.say("Wie", "Who"): [look.actor for look in looks],
        view.say("Keek naar", "Looked at"): [view_words(view, look.what) for look in looks],
        view.say("Gelezen", "Reads"): [look.reads for look in looks],
        view.say("Geweigerd", "Refused"): [look.refused for look in looks],
        view.say("Vanwaar", "From where"): [look.origin for look in looks],
    }
    label = view.say("Keren dat iemand keek, nieuwste eerst", "Looks at pages, newest first")
    st.dataframe(pd.DataFrame(columns), hide_index=True, alt=label, height=420)


def draw_lines(view: Words, lines: Sequence[LoggedLine]) -> None:
    """Draw a row for each line, the newest first."""
    columns = {
        view.say("Regel", "Line"): [line.sequence for line in lines],
        view.say("Wanneer (UTC)", "When (UTC)"): [line.at[:19].replace("T", " ") for line in lines],
        view.say("Wie", "Who"): [line.actor for line in lines],
        view.say("Wat", "What"): [line.action for line in lines],
        view.say("Object", "Object"): [line.object for line in lines],
        view.say("Uitkomst", "Result"): [result_words(view, line.result) for line in lines],
        view.say("Vanwaar", "From where"): [line.origin for line in lines],
    }
    label = view.say(
        "Regels van het auditlog, nieuwste eerst", "Lines of the audit log, newest first"
    )
    st.dataframe(pd.DataFrame(columns), hide_index=True, alt=label, height=420)
    if len(lines) == MOST_LINES:
        most = view.number(MOST_LINES)
        st.caption(
            view.say(
                f"Alleen de {most} nieuwste regels staan hier; kies nauwer om oudere te zien.",
                f"Only the {most} newest lines stand here; narrow the choice to see older ones.",
            )
        )
