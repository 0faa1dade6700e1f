"""Evidence of public figures: who published them, of which day they are, what became of them."""

from dataclasses import dataclass
from typing import Annotated

from store.evidence.contract import OPEN, SETTINGS, Evidence
from store.evidence.grains import (
    AreaCode,
    Day,
    Figure,
    Indicator,
    Level,
    Number,
    Period,
    Reason,
    Source,
    Year,
    words,
)


@dataclass(frozen=True)
class FigureSource(Evidence, rests=OPEN, key=("figure", "level", "source")):
    """Who published a figure at a level."""

    figure: Figure
    level: Level
    source: Source


@dataclass(frozen=True)
class Spread(Evidence, rests=OPEN, key=("figure", "level", "method")):
    """How much of a figure (``total``, in its unit) was brought to hexagons, from where and how."""

    figure: Figure
    level: Level
    method: Annotated[str, words("delivered", "addresses", "land")]
    total: Annotated[float, Number(0, 1e12, decimals=2)]


@dataclass(frozen=True)
class NotCarried(Evidence, rests=OPEN, key=("figure", "level", "reason")):
    """Public figures that could not be carried over to the areas of today, and why.

    ``figures`` of ``areas`` were lost, from one year until another; ``codes`` are the first areas.
    """

    figure: Figure
    level: Level
    reason: Reason
    first_year: Year
    last_year: Year
    areas: Annotated[int, Number(1, 1e6, whole=True)]
    figures: Annotated[int, Number(1, 1e9, whole=True)]
    codes: tuple[AreaCode, ...]


@dataclass(frozen=True)
class OtherDay(Evidence, rests=OPEN, key=("indicator", "level", "period", "figure")):
    """A period whose figures are over a public state of other days, ``first`` to ``last``."""

    indicator: Indicator
    level: Level
    period: Period
    figure: Figure
    first: Day
    last: Day


@dataclass(frozen=True)
class ClassPercentile(Evidence, rests=SETTINGS, key=("percentile",)):
    """A percentile (0-100) at which a class of the maps begins."""

    percentile: Annotated[float, Number(0, 100, decimals=1)]
