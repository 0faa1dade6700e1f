"""In what a map shows an indicator or the score: classes, unit, and whether by count or by rate."""

from dataclasses import dataclass

from access.partner_figures import SCORE
from access.passport import Passport
from pages.kit.view import PartnerView


@dataclass(frozen=True)
class Scale:
    """``limits`` are the upper limits of the classes, ``unit`` what the values are in.

    ``counts``: they are plain counts, because rates pointed at the next year no better. The score
    has no ``passport``.
    """

    limits: list[float]
    unit: str
    passport: Passport | None
    counts: bool = False

    @property
    def classes(self) -> int:
        """Number of classes of the legend."""
        return len(self.limits) + 1


def scale_of(view: PartnerView, code: str, level: str) -> Scale:
    """Return the scale of an indicator, or of SCORE, on a map of a level."""
    gateway = view.gateway
    if code == SCORE:
        unit = view.say("score van 0 tot 100", "score from 0 to 100")
        return Scale(gateway.breaks(SCORE, level), unit, None)
    passport = gateway.passport(code, level)
    by_count = gateway.breaks(code, level, "count") if level.startswith("hex") else []
    if by_count:
        unit = passport.text("numerator_text", view.language)
        return Scale(by_count, unit, passport, counts=True)
    return Scale(gateway.breaks(code, level), view.unit(passport), passport)
