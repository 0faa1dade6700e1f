"""The choice of a focus area of which there are indicators, or of all together."""

from pages.kit.choices import THEME, choose
from pages.kit.view import PartnerView
from pages.kit.words import FOCUS_WORDS

TOGETHER = "samen"


def choose_theme(view: PartnerView) -> str | None:
    """Draw the choice; return the focus area, None for all together."""
    passports = view.gateway.passports().values()
    there = [focus for focus in FOCUS_WORDS if any(p.focus_area == focus for p in passports)]

    def wording(name: str) -> str:
        return view.say("Alles samen", "All together") if name == TOGETHER else view.focus(name)

    label = view.say("Thema", "Focus area")
    value = choose(view, THEME, label, [TOGETHER, *there], wording)
    return None if value == TOGETHER else value
