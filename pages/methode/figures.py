"""The figures that chapters name between braces, worked out from the release in one place."""

from collections.abc import Callable

from errors import WeerbeeldError
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.methode.answers import ANSWERS
from pages.parts.noise import usual_deviation
from pages.parts.weights import score_shares
from store.evidence.of_sources import ClassPercentile


def _indicators(view: PartnerView) -> str:
    known = len(view.gateway.passports())
    return f"{known} {view.say('indicator' if known == 1 else 'indicatoren', 'indicator' if known == 1 else 'indicators')}"


def _open(view: PartnerView) -> int:
    return sum(passport.open for passport in view.gateway.passports().values())


def _limits(view: PartnerView) -> str:
    rows = view.gateway.evidence(ClassPercentile)
    return view.listing([f"{row.percentile:g}" for row in rows]) or "–"


FIGURES: dict[str, Callable[[PartnerView], str]] = {
    "k": lambda view: str(view.gateway.protects()),
    "last": lambda view: str(view.gateway.protects() - 1),
    "usual": lambda view: str(usual_deviation(view.gateway.perturbation())),
    "limits": _limits,
    "indicators": _indicators,
    "open": lambda view: str(_open(view)),
    "protected": lambda view: str(len(view.gateway.passports()) - _open(view)),
    "scored": lambda view: str(len(score_shares(view.gateway.passports()))),
    "answers": lambda _: str(len(ANSWERS)),
    "release": lambda view: plain(view.gateway.facts().name),
    "until": lambda view: view.day(view.gateway.facts().until),
}
"""What a chapter may name: each as Markdown, in the reader's words."""


def figure(view: PartnerView, name: str) -> str:
    """Return a figure by its name; WeerbeeldError when there is none."""
    if name not in FIGURES:
        raise WeerbeeldError(
            f"A chapter of Methode names the figure {name!r}, which pages/methode/figures.py lacks. "
            f"Choose from: {', '.join(FIGURES)}."
        )
    return FIGURES[name](view)
