"""Whether a place lies surely above or below what it is compared with: one rule, one set of words."""

from typing import Literal

from bilingual import Text
from pages.kit.view import PartnerView
from pages.parts.trend import Rate, surely_beside

Beside = Literal["higher", "similar", "lower"]

BESIDE_WORDS: dict[Beside, Text] = {
    "higher": Text("▲ hoger", "▲ higher"),
    "similar": Text("gelijk", "similar"),
    "lower": Text("▼ lager", "▼ lower"),
}


def beside(own: Rate, other: float | None) -> Beside:
    """Return how a rate stands beside another: only a whole interval above or below it counts."""
    found: dict[int, Beside] = {1: "higher", 0: "similar", -1: "lower"}
    return found[surely_beside(own, other)]


def beside_note(view: PartnerView) -> str:
    """Return what the words mean."""
    return view.say(
        "'Hoger' en 'lager' alleen als het hele 90%-interval boven of onder het landelijk cijfer ligt.",
        "'Higher' and 'lower' only when the whole 90% interval lies above or below the national rate.",
    )


def rate_words(view: PartnerView, rate: Rate | None, country: float | None) -> str:
    """Return a rate with its interval and how it stands beside the country's: 2,1 (1,8–2,4) ▲ hoger."""
    if rate is None or rate.smoothed is None:
        return "–"
    word = view.text(BESIDE_WORDS[beside(rate, country)])
    return f"{view.rate(rate.smoothed)} ({view.rate(rate.low)}–{view.rate(rate.high)}) {word}"
