"""The indicators that stand beside the score, with what each counts."""

from pages.kit.view import PartnerView
from pages.methode.table import Table, draw_table
from pages.parts.weights import OUTSIDE


def draw_context(view: PartnerView) -> None:
    """Draw a row for each indicator of the context."""
    rows = [
        (
            f"{view.name(passport)} ({code})",
            passport.text("numerator_text", view.language),
            passport.text("denominator_text", view.language),
        )
        for code, passport in view.gateway.passports().items()
        if passport.focus_area == OUTSIDE
    ]
    heads = [
        view.say("Indicator", "Indicator"),
        view.say("Teller", "Numerator"),
        view.say("Noemer", "Denominator"),
    ]
    title = view.say("context", "context")
    draw_table(view, title, Table(heads, rows, text=3))
