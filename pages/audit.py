"""Auditlog: who looked at what and who changed what, and whether the log itself still holds."""

from datetime import UTC, datetime

import streamlit as st

from access.audit_lines import Checked
from access.gateways import Gateways
from bilingual import Text
from exports import ExportRequest
from pages.kit.blocks import draw_finding
from pages.kit.page import Page
from pages.kit.table import offer_files
from pages.kit.view import AuditorView
from pages.kit.words import Words
from pages.parts.audit_choices import choose_lines
from pages.parts.audit_tables import draw_lines, draw_looks
from pages.parts.audit_trend import draw_audit_trend

SHOWN = {
    "looks": Text("Per keer kijken", "By look"),
    "lines": Text("Elke regel", "Every line"),
}


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


def render(view: AuditorView) -> None:
    """Draw whether the log is unchanged, a choice of its lines, their trend, and the lines."""
    gateway = view.gateway
    draw_finding(view, *finding(view, gateway.checked()))
    wanted = choose_lines(view, datetime.now(UTC).date())
    if wanted.place:
        st.caption(
            view.say(
                "Ook wie een hele lijst las waar deze plaats in staat, zoals alle gemeenten of de regio.",
                "Also who read a whole list that has this place, such as all municipalities or the region.",
            )
        )
    draw_audit_trend(view, gateway.per_day(wanted))
    by = st.segmented_control(
        view.say("Toon", "Show"),
        list(SHOWN),
        format_func=lambda name: view.text(SHOWN[name]),
        default="looks",
        required=True,
        key=f"{view.page}-by",
        label_visibility="collapsed",
    )
    if by == "lines":
        draw_lines(view, gateway.lines(wanted))
    else:
        draw_looks(view, gateway.views(wanted))
    offer_files(view, ExportRequest("audit", lines=wanted.written))


PAGE = Page(
    "auditlog", Text("Auditlog", "Audit log"), 90, frozenset({"auditor"}), Gateways.auditor, render
)
