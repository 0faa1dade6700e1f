"""How much each indicator counts in the score: its weight in its focus area, and its share of all."""

from collections.abc import Mapping

from access.passport import Passport
from pages.kit.blocks import draw_plain_table
from pages.kit.words import FOCUS_WORDS, Words

OUTSIDE = "context"


def score_shares(passports: Mapping[str, Passport]) -> dict[str, float]:
    """Return the part (0-1) of the score that each scored indicator decides, by code.

    Focus areas count equally, indicators by their weight within their own; this is the part where a
    place has a figure for all of them.
    """
    scored = {c: s for c, s in passports.items() if s.focus_area != OUTSIDE and s.weight > 0}
    totals: dict[str, float] = {}
    for passport in scored.values():
        totals[passport.focus_area] = totals.get(passport.focus_area, 0.0) + passport.weight
    return {c: s.weight / totals[s.focus_area] / len(totals) for c, s in scored.items()}


def draw_weights(view: Words, passports: Mapping[str, Passport]) -> None:
    """Draw the table of weights, focus area by focus area, with the reason for each weight."""
    shares = score_shares(passports)
    rows = []
    for focus in FOCUS_WORDS:
        for code, passport in passports.items():
            if passport.focus_area == focus and code in shares:
                rows.append(
                    (
                        view.focus(focus),
                        f"{view.name(passport)} ({code})",
                        passport.text("weight_reason", view.language),
                        view.number(passport.weight, 2),
                        f"{view.number(shares[code] * 100, 1)}%",
                    )
                )
    heads = [
        view.say("Aandachtsgebied", "Focus area"),
        view.say("Indicator", "Indicator"),
        view.say("Waarom dit gewicht", "Why this weight"),
        view.say("Gewicht", "Weight"),
        view.say("Deel van de score", "Part of the score"),
    ]
    draw_plain_table(heads, rows, frozenset({3, 4}))
