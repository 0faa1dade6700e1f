"""Rows of hindcasts, put together by the question that they answer."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bilingual import Text
from pages.kit.words import Words
from store.evidence.of_maps import ExactHindcast, Hindcast, MapChoice
from store.evidence.of_score import ScoreHindcast

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


Hits = Hindcast | ExactHindcast | ScoreHindcast

Results = Mapping[tuple[str, str], Hits]
"""The rows of one question, by source (published or exact counts) and method of prediction."""

Answers = Mapping[Cut, Results]

Maps = Mapping[tuple[str, str], MapChoice]
"""What a map shows, by indicator and level; without any PEI where that was not tested."""


def answers(rows: Iterable[Hits]) -> Answers:
    """Return rows of hindcasts by question."""
    found: dict[Cut, dict[tuple[str, str], Hits]] = {}
    for row in rows:
        if isinstance(row, ScoreHindcast):
            whose, level = row.score, row.score
        else:
            whose, level = row.indicator, row.level
        source = "exact" if isinstance(row, ExactHindcast) else "published"
        cut = Cut(whose, level, row.extent, row.share)
        found.setdefault(cut, {})[source, row.method] = row
    return found


def figure(results: Results, source: str, method: str, name: str) -> float | None:
    """Return one figure of a hindcast, or None when it was not made."""
    value: float | None = getattr(results.get((source, method)), name, None)
    return value


def method_name(view: Words, method: str) -> str:
    """Return what a prediction is called."""
    return view.text(METHODS[method]) if method in METHODS else method


def part_of(view: Words, cut: Cut) -> str:
    """Return what part is looked at, e.g. 5% of the surface."""
    return f"{view.percent(cut.share)} {view.text(EXTENTS[cut.extent])}"
