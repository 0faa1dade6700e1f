"""Turns figures or scores into the places of a map and its table: value, words, class, mark."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from access.figures import Figure, Score
from access.findings import STABLE, Stability
from access.partner_figures import SCORE
from access.passport import Passport
from map_classes import classify
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.parts.place_words import (
    clear_words,
    few_words,
    higher_than,
    hot_words,
    place_name,
    stability_words,
    whose_figure,
)
from pages.parts.scale import Scale, scale_of

LENT, UNSURE, SURE = 0, 1, 2
"""How loud a place may be: it shows a larger area's figure, one that may be chance, or its own."""


class ShownPlace(NamedTuple):
    """One place of a map: what the gateway knows of it, and how the map and its table say that."""

    row: Figure | Score
    name: str
    """How the place is called; a hexagon after the place nearby."""
    value: float | None
    """What the map colours."""
    class_: int
    """Class of the legend, counted from 0; -1 where there is no figure."""
    speak: Callable[[], str]
    """Returns ``text``: the browser has words of its own, so nobody asks for most places."""
    whose: str
    """Of which larger area the figure is, in words; empty when it is its own."""
    surely: str
    """How sure the figure is to differ from the country's, or the rank of the score to hold."""
    beside: str
    """What the place and its neighbours are together, in words; empty when nothing is sure."""
    sureness: int
    """LENT, UNSURE or SURE."""
    rank: Stability | None
    """How well the rank of a score holds; None for figures, and where that is not known."""
    few: bool = False
    """Whether protection left nothing of what was counted: none or few."""

    @property
    def text(self) -> str:
        """All that the map says of the place when it is pointed at."""
        return self.speak()

    @property
    def area(self) -> str:
        """Code of the area."""
        return self.row.area

    @property
    def figure(self) -> Figure | None:
        """The figure that is shown; None where it is a score."""
        return self.row if isinstance(self.row, Figure) else None

    @property
    def since(self) -> str | None:
        """Code of the period since which the place stands out; None: it does not."""
        return self.row.since if isinstance(self.row, Figure) else None

    @property
    def stands(self) -> bool:
        """Whether the place stands out."""
        return self.since is not None

    @property
    def hot(self) -> bool:
        """Whether the place is surely high together with its neighbours."""
        return isinstance(self.row, Figure) and self.row.hot > 0


@dataclass(frozen=True)
class Shown:
    """What a map shows of an indicator, or of the score, in which ``scale``.

    ``ranked``: it is known of a score how well its ranks hold.
    """

    code: str
    level: str
    places: list[ShownPlace]
    scale: Scale
    ranked: bool = False

    @property
    def classes(self) -> int:
        """Number of classes of the legend."""
        return self.scale.classes

    @property
    def limits(self) -> list[float]:
        """Upper limits of the classes."""
        return self.scale.limits

    @property
    def unit(self) -> str:
        """What the values are in."""
        return self.scale.unit

    @property
    def passport(self) -> Passport | None:
        """The passport of the indicator; None for the score."""
        return self.scale.passport

    @property
    def counts(self) -> bool:
        """Whether the values are plain counts."""
        return self.scale.counts

    @property
    def figures(self) -> list[Figure]:
        """The figures that are shown; none on a map of the score."""
        return [place.figure for place in self.places if place.figure]

    @property
    def by_name(self) -> list[ShownPlace]:
        """The places in neutral order."""
        return sorted(self.places, key=lambda place: (place.name, place.area))


def _spoken(words: Words, said: list[str], row: Figure | Score, whose: str, *more: str) -> str:
    """Return what a map says of a place: ``said``, where it stands, and ``more`` if it is its own."""
    parts = (*said, higher_than(words, row.percentile), *([whose] if whose else more))
    return "; ".join(filter(None, parts))


def _scored_place(words: Words, level: str, score: Score, rank: Stability | None) -> ShownPlace:
    whose = whose_figure(words, level, score.figure_level)
    surely = stability_words(words, rank.stability) if rank else ""

    def speak() -> str:
        value = f"{words.number(score.total)} {words.say('van 100', 'of 100')}"
        return _spoken(words, [value], score, whose, surely)

    sure = SURE if rank is None or rank.stability == STABLE else UNSURE
    return ShownPlace(
        row=score,
        name=place_name(words, level, score.name),
        value=score.total,
        class_=score.class_,
        speak=speak,
        whose=whose,
        surely=surely,
        beside="",
        sureness=LENT if whose else sure,
        rank=rank,
    )


def _shown_scores(
    view: PartnerView, level: str, period: str, within: str | None, area: str | None
) -> Shown:
    """Return scores, with how well the rank of each holds where ``period`` is the last one."""
    scores = view.gateway.scores(level, period, within, area)
    ranked = period == view.gateway.period(None, level).code
    held = view.gateway.stability(level, within) if ranked else []
    rank_of = {rank.area: rank for rank in held}
    return Shown(
        SCORE,
        level,
        [_scored_place(view, level, score, rank_of.get(score.area)) for score in scores],
        scale_of(view, SCORE, level),
        ranked=ranked,
    )


def _figure_place(
    words: Words,
    level: str,
    figure: Figure,
    value: float | None,
    class_: int,
    said: Callable[[], list[str]],
    few: bool,
) -> ShownPlace:
    """Return the place of a figure; ``said`` gives its value in words, ``few``: none or few."""
    whose = whose_figure(words, level, figure.figure_level)
    surely, beside = clear_words(words, figure.clear), hot_words(words, figure.hot)
    sure = SURE if figure.clear != 0 or level == "nederland" else UNSURE
    return ShownPlace(
        row=figure,
        name=place_name(words, level, figure.name),
        value=value,
        class_=class_,
        speak=lambda: _spoken(words, said(), figure, whose, surely, beside),
        whose=whose,
        surely=surely,
        beside=beside,
        sureness=LENT if whose else sure,
        rank=None,
        few=few,
    )


def _shown_figures(
    view: PartnerView, code: str, level: str, period: str, within: str | None, area: str | None
) -> Shown:
    """Return figures: rates, or plain counts where the release has limits for those.

    A place without a count of its own shows none.
    """
    scale = scale_of(view, code, level)
    passport = view.gateway.passport(code, level)
    figures = view.gateway.figures(code, level, period, within, area)
    write: Callable[[float | None], str] = view.rate
    if scale.counts:
        write = partial(view.counted, passport=passport)
        values = [figure.numerator for figure in figures]
        classes = classify(np.array(values, dtype=float), scale.limits).tolist()
    else:
        values = [figure.measure for figure in figures]
        classes = [figure.class_ for figure in figures]

    def said(value: float | None, few: bool) -> list[str]:
        if value is None:
            return [view.say("geen cijfer", "no figure")]
        more = [few_words(view)] if few and not scale.counts else []
        return [f"{write(value)} {scale.unit}", *more]

    places = []
    for figure, value, class_ in zip(figures, values, classes, strict=True):
        few = figure.numerator == 0 and value is not None and not passport.open
        places.append(
            _figure_place(view, level, figure, value, class_, partial(said, value, few), few)
        )
    return Shown(code, level, places, scale)


def shown_rows(
    view: PartnerView,
    code: str,
    level: str,
    period: str,
    within: str | None = None,
    area: str | None = None,
) -> Shown:
    """Return what a map of an indicator or of the score shows at a level in a period.

    ``area``: of that place only.
    """
    shown = _shown_scores if code == SCORE else partial(_shown_figures, code=code)
    return shown(view, level=level, period=period, within=within, area=area)
