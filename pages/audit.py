"""Auditlog: who looked at what and who changed what, and whether the log itself still holds."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from access.audit_lines import MOST_LINES, Checked, LoggedLine, Wanted
from access.gateways import Gateways
from bilingual import Text
from exports import ExportRequest
from pages.kit.blocks import draw_finding
from pages.kit.page import Page
from pages.kit.table import offer_files
from pages.kit.view import AuditorView
from pages.kit.words import Words
from pages.parts.audit_trend import draw_audit_trend, result_words

SPANS = {
    7: Text("7 dagen", "7 days"),
    30: Text("30 dagen", "30 days"),
    365: Text("een jaar", "a year"),
    0: Text("alles", "everything"),
}
LONGEST_TEXT = 100


def finding(view: Words, checked: Checked) -> tuple[str, str]:
    """Return the title and the sentence under it: whether the log is as it was written."""
    chain, at = checked.chain, f"{checked.at:%H:%M}"
    count = view.number(chain.count)
    head = f"{chain.count}:{chain.head}"
    if chain.broken:
        return (
            view.say(
                f"Het auditlog is beschadigd vanaf regel {chain.broken.sequence}",
                f"The audit log is damaged from line {chain.broken.sequence} on",
            ),
            view.say(
                f"De eerste regel die niet klopt is van {chain.broken.time or 'onbekende tijd'} "
                f"({chain.broken.action or 'onleesbaar'}); de {count} regels ervoor zijn ongewijzigd. "
                "Laat het bestand zoals het is en meld het aan de beheerder.",
                f"The first line that does not fit is of {chain.broken.time or 'an unknown time'} "
                f"({chain.broken.action or 'unreadable'}); the {count} lines before it are unchanged. "
                "Leave the file as it is and tell the administrator.",
            ),
        )
    return (
        view.say(
            f"Het auditlog klopt: geen van de {count} regels is gewijzigd",
            f"The audit log holds: none of its {count} lines was changed",
        ),
        view.say(
            f"Gecontroleerd om {at} UTC. Noteer de stand buiten dit systeem, want alleen daarmee blijkt "
            f"of er later regels van het einde zijn gehaald: {head}",
            f"Checked at {at} UTC. Note where it stands outside this system, as only that shows whether "
            f"lines were later taken from its end: {head}",
        ),
    )


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


def _choose(view: AuditorView, today: date) -> Wanted:
    values = view.gateway.values
    who, what, how, when, word = st.columns([2, 2, 1.5, 1.5, 2.5])
    with who:
        actor = _one_of(view, "actor", view.say("Wie", "Who"), values("actor"))
    with what:
        action = _one_of(view, "action", view.say("Wat", "What"), values("action"))
    with how:
        label = view.say("Uitkomst", "Result")
        result = _one_of(view, "result", label, values("result"), partial(result_words, view))
    with when:
        span = st.selectbox(
            view.say("Wanneer", "When"),
            list(SPANS),
            index=1,
            format_func=lambda days: view.text(SPANS[days]),
            key=f"{view.page}-span",
        )
    with word:
        text = st.text_input(
            view.say("Woorden in object, wie of vanwaar", "Words in object, who or from where"),
            max_chars=LONGEST_TEXT,
            key=f"{view.page}-text",
        )
    first = today - timedelta(days=span - 1) if span else None
    return Wanted(first, None, actor, action, result, text)


def _draw_lines(view: Words, lines: Sequence[LoggedLine]) -> None:
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


def render(view: AuditorView) -> None:
    """Draw whether the log is unchanged, a choice of its lines, their trend, and the lines."""
    gateway = view.gateway
    draw_finding(view, *finding(view, gateway.checked()))
    wanted = _choose(view, datetime.now(UTC).date())
    draw_audit_trend(view, gateway.per_day(wanted))
    _draw_lines(view, gateway.lines(wanted))
    offer_files(view, ExportRequest("audit", lines=wanted.written))


PAGE = Page(
    "auditlog", Text("Auditlog", "Audit log"), 90, frozenset({"auditor"}), Gateways.auditor, render
)
