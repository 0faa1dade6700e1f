"""What was asked of predictions and what came of it, by question: rows of hindcasts put together."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pages.kit.view import View
from pages.parts.worth_table import Row, percent

SHARE = 0.05
"""The part of the surface that the sentences speak of."""

PLAIN, CAREFUL = "plain", "smoothed"
SOURCES = ("published", "exact")

METHODS = {
    "plain": ("aantallen van het jaar ervoor", "counts of the year before"),
    "smoothed": ("voorzichtig cijfer", "careful figure"),
    "earlier": ("aantallen van meer jaren", "counts of several years"),
    "neighbours": ("cijfer met de buren samen", "figure together with the neighbours"),
    "score": ("score", "score"),
    "random": ("op goed geluk", "at random"),
}

EXTENTS = {
    "area": ("van de oppervlakte", "of the surface"),
    "addresses": ("van de adressen", "of the addresses"),
}


class Cut(NamedTuple):
    """One question put to predictions: whose, among which places, and what part is looked at."""

    whose: str
    level: str
    extent: str
    share: float


Answers = Mapping[Cut, Mapping[tuple[str, str], Row]]
"""Rows of hindcasts by the question, and then by (source, method)."""

Maps = Mapping[tuple[str, str], Row]
"""What a map shows (``method``), by indicator and level."""


def answers(rows: Iterable[Row], whose: str = "indicator") -> Answers:
    """Return rows of hindcasts by what was asked; without a source they are of published figures."""
    found: dict[Cut, dict[tuple[str, str], Row]] = {}
    for row in rows:
        level = row["level"] if "level" in row else row["score"]
        cut = Cut(str(row[whose]), level, row["extent"], float(row["share"]))
        found.setdefault(cut, {})[row.get("source", "published"), row["method"]] = row
    return found


def figure(
    found: Mapping[tuple[str, str], Row], source: str, method: str, name: str
) -> float | None:
    """Return one figure of a hindcast, or None when it was not made."""
    row = found.get((source, method), {})
    value: float | None = row.get(name)
    return value


def method_name(view: View, method: str) -> str:
    """Return what a prediction is called."""
    return view.say(*METHODS.get(method, (method, method)))


def part_of(view: View, cut: Cut) -> str:
    """Return what part is looked at, e.g. 5% of the surface."""
    return f"{percent(view, cut.share)} {view.say(*EXTENTS[cut.extent])}"
