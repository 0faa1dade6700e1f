"""How much each indicator counts in the score: its weight in its focus area, and its share of all."""

from pages.kit.view import PartnerView
from pages.kit.words import FOCUS_WORDS
from pages.methode.table import Table, draw_table
from pages.parts.weights import OUTSIDE, score_shares


def draw_weights(view: PartnerView) -> None:
    """Draw the table of weights, focus area by focus area, with the reason for each weight."""
    passports = view.gateway.passports()
    shares = score_shares(passports)
    rows = []
    for focus in FOCUS_WORDS:
        for code, passport in passports.items():
            if passport.focus_area == focus != OUTSIDE:
                rows.append(
                    (
                        view.focus(focus),
                        f"{view.name(passport)} ({code})",
                        passport.text("weight_reason", view.language),
                        view.number(passport.weight, 2),
                        f"{view.number(shares.get(code, 0.0) * 100, 1)}%",
                    )
                )
    heads = [
        view.say("Aandachtsgebied", "Focus area"),
        view.say("Indicator", "Indicator"),
        view.say("Waarom dit gewicht", "Why this weight"),
        view.say("Gewicht", "Weight"),
        view.say("Deel van de score", "Part of the score"),
    ]
    title = view.say("gewichten", "weights")
    draw_table(view, title, Table(heads, rows, text=3))
