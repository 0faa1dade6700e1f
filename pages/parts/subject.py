"""The choice of what a map is about: what stands out, an indicator, or the score."""

from collections.abc import Sequence

from access.partner_figures import SCORE
from access.verdicts import VERDICTS
from pages.kit.choices import INDICATOR, choose, choose_or_none
from pages.kit.view import PartnerView

BESIDE = "naast"
"""The choice of an indicator to put beside the one that is chosen."""


def subject_name(view: PartnerView, code: str) -> str:
    """Return the name of an indicator, of the score or of the verdict, as choices show it."""
    if code == VERDICTS:
        return view.say("Wat eruit steekt", "What stands out")
    if code == SCORE:
        return view.say("Alle signalen samen (score)", "All signals together (score)")
    return f"{view.name(view.gateway.passports()[code])} ({code})"


def choose_subject(view: PartnerView) -> str:
    """Draw the choice; a map opens with what stands out.

    The score is offered only to who receives all that it is made of.
    """
    codes = [VERDICTS, *view.gateway.passports()]
    codes += [SCORE] if view.gateway.scored("gemeente") else []
    label = view.say("De kaart toont", "The map shows")
    return choose(view, INDICATOR, label, codes, lambda code: subject_name(view, code), VERDICTS)


def choose_indicator(view: PartnerView, codes: Sequence[str], first: str | None = None) -> str:
    """Draw the choice of one of the indicators with these codes, ``first`` where none is chosen."""
    label = view.say("Indicator", "Indicator")
    return choose(view, INDICATOR, label, codes, lambda code: subject_name(view, code), first)


def choose_beside(view: PartnerView, code: str, level: str) -> str | None:
    """Draw the choice of an indicator of the same level to put beside ``code``; None: none."""
    passports = view.gateway.passports().items()
    others = [c for c, passport in passports if level in passport.levels and c != code]
    return choose_or_none(
        view,
        BESIDE,
        view.say("Ernaast", "Beside it"),
        others,
        lambda other: subject_name(view, other),
        view.say("Nog een indicator", "Another indicator"),
    )
