"""The choice of what a map is about: what stands out, an indicator, or the score."""

from collections.abc import Sequence

from access.partner_figures import SCORE
from access.verdicts import VERDICTS
from pages.kit.choices import BESIDE, INDICATOR, choose, choose_or_none
from pages.kit.view import PartnerView
from pages.parts.map_subject import besides, subject_name


def _wording(view: PartnerView, code: str) -> str:
    """Return how a choice is called: an indicator by its name and code; what is none by its code.

    A browser may send any choice, and the framework asks what that is called.
    """
    if code in (SCORE, VERDICTS):
        return subject_name(view, code)
    passport = view.gateway.passports().get(code)
    return f"{view.name(passport)} ({code})" if passport else code


def choose_subject(view: PartnerView) -> str:
    """Draw the choice; a map opens with what stands out.

    The score is offered only to who receives all that it is made of.
    """
    codes = [VERDICTS, *view.gateway.passports()]
    codes += [SCORE] if view.gateway.scored("gemeente") else []
    label = view.say("De kaart toont", "The map shows")
    return choose(view, INDICATOR, label, codes, lambda code: _wording(view, code), VERDICTS)


def choose_indicator(view: PartnerView, codes: Sequence[str], first: str | None = None) -> str:
    """Draw the choice of one of the indicators with these codes, ``first`` where none is chosen."""
    label = view.say("Indicator", "Indicator")
    return choose(view, INDICATOR, label, codes, lambda code: _wording(view, code), first)


def choose_beside(view: PartnerView, code: str, level: str) -> str | None:
    """Draw the choice of another subject of the same level to put beside ``code``; None: none."""
    return choose_or_none(
        view,
        BESIDE,
        view.say("Ernaast", "Beside it"),
        besides(view, code, level),
        lambda other: _wording(view, other),
        view.say("Nog een kaart", "Another map"),
    )
