"""Rows of hindcasts, put together by the question that they answer."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bilingual import Text
from pages.kit.words import Words
from pages.parts.worth_table import Row, percent

SHARE = 0.05
"""The part of the surface that the sentences are about."""

PLAIN, CAREFUL = "plain", "smoothed"
SOURCES = ("published", "exact")

METHODS = {
    "plain": Text("aantallen van het jaar ervoor", "counts of the year before"),
    "smoothed": Text("voorzichtig cijfer", "careful figure"),
    "earlier": Text("aantallen van meer jaren", "counts of several years"),
    "neighbours": Text("cijfer met de buren samen", "figure together with the neighbours"),
    "score": Text("score", "score"),
    "random": Text("op goed geluk", "at random"),
}

EXTENTS = {
    "area": Text("van de oppervlakte", "of the surface"),
    "addresses": Text("van de adressen", "of the addresses"),
}


class Cut(NamedTuple):
    """One question: which places does a map choose, and how much of what followed lay in them?

    ``whose`` is the code of the indicator or the level of the score, ``level`` that of the places.
    ``share`` (0-1) is the part chosen of their surface or addresses (``extent``).
    """

    whose: str
    level: str
    extent: str
    share: float


Results = Mapping[tuple[str, str], Row]
"""The rows of one question, by source (published or exact counts) and method of prediction."""

Answers = Mapping[Cut, Results]

Maps = Mapping[tuple[str, str], Row]
"""What a map shows (``method``), by indicator and level."""


def answers(rows: Iterable[Row], whose: str = "indicator") -> Answers:
    """Return rows of hindcasts by question; a row without a source rests on published figures.

    ``whose`` names the key that holds ``Cut.whose``.
    """
    found: dict[Cut, dict[tuple[str, str], Row]] = {}
    for row in rows:
        level = row["level"] if "level" in row else row["score"]
        cut = Cut(str(row[whose]), level, row["extent"], float(row["share"]))
        found.setdefault(cut, {})[row.get("source", "published"), row["method"]] = row
    return found


def figure(results: Results, source: str, method: str, name: str) -> float | None:
    """Return one figure of a hindcast, or None when it was not made."""
    row = results.get((source, method), {})
    value: float | None = row.get(name)
    return value


def method_name(view: Words, method: str) -> str:
    """Return what a prediction is called."""
    return view.text(METHODS[method]) if method in METHODS else method


def part_of(view: Words, cut: Cut) -> str:
    """Return what part is looked at, e.g. 5% of the surface."""
    return f"{percent(view, cut.share)} {view.text(EXTENTS[cut.extent])}"
