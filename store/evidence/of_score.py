"""Evidence of the score: how it is made, whether it holds, what it goes with, what it points at."""

from dataclasses import dataclass
from typing import Annotated

from records.figures import TEST_ONLY
from store.evidence.contract import SETTINGS, SHOWN, Evidence, coarse
from store.evidence.grains import (
    Correlation,
    Flag,
    Indicator,
    Level,
    Number,
    Places,
    ScoredLevel,
    Share,
    words,
)
from store.evidence.of_maps import Extent, Hits

Effect = Annotated[float, Number(-1_000, 1_000, decimals=3)]
"""A Sobol index: a share of variance, that an estimate may put below 0 or above 1."""

STEPS = (
    *("coherence", "missing data", "outliers", "normalisation"),
    *("weights", "aggregation", "robustness", "sensitivity"),
)


@dataclass(frozen=True)
class ScoreStep(Evidence, rests=SETTINGS, key=("step",)):
    """A step of the score, from 1 in the order of the OECD/JRC handbook, and its settings."""

    step: Annotated[int, Number(1, len(STEPS), whole=True)]
    name: Annotated[str, words(*STEPS)]
    settings: tuple[Annotated[int, Number(0, 1e6, whole=True)], ...]


@dataclass(frozen=True)
class Coherence(Evidence, rests=SHOWN, key=("score",)):
    """Whether the indicators of a level belong together: Cronbach's alpha, at most 1."""

    score: ScoredLevel
    alpha: Annotated[float, Number(-1e6, 1, decimals=3)] | None


@dataclass(frozen=True)
class RelatedPair(Evidence, rests=SHOWN, key=("score", "first", "second", "kind")):
    """Two indicators that repeat or oppose each other at a level, by Pearson's correlation."""

    score: ScoredLevel
    first: Indicator
    second: Indicator
    correlation: Correlation
    kind: Annotated[str, words("redundant", "opposed")]


@dataclass(frozen=True)
class RankStability(Evidence, rests=SHOWN, key=("score",)):
    """How many places a level ranks, and which shares (0-1) of the ranks hold or do not."""

    score: ScoredLevel
    places: Places
    stable: Share
    moving: Share
    unsure: Share


@dataclass(frozen=True)
class RankDriver(Evidence, rests=SHOWN, key=("score", "input")):
    """How much of the shift in ranks a choice explains, alone and with others (Sobol indices).

    ``low`` and ``high`` are the 90% interval of ``total``.
    """

    score: ScoredLevel
    input: Annotated[str, words("normalisation", "weights", "aggregation", "left out", "data")]
    first: Effect
    total: Effect
    low: Effect
    high: Effect


@dataclass(frozen=True)
class ScoreHindcast(Hits, Evidence, rests=SHOWN, key=("score", "extent", "method", "share")):
    """What the score of a year before found of the incidents of the last window.

    Beside it ``plain``, the incidents of a year before, and ``random``, places in any order.
    """

    score: ScoredLevel
    extent: Extent
    method: Annotated[str, words("score", "plain", "random")]


@dataclass(frozen=True)
class Fairness(Evidence, rests=SHOWN, key=("score", "part", "characteristic")):
    """How strongly a score goes with a trait that no indicator may read (Spearman, -1 to 1).

    ``part`` is the whole score or a focus area, ``places`` how many have both, ``low`` and ``high``
    its 90% interval; it is ``flagged`` when all of that lies beyond the threshold.
    """

    score: ScoredLevel
    part: Annotated[
        str,
        words("total", "tbml", "financial_services", "logistics", "corruption_violence"),
    ]
    characteristic: Annotated[str, words(*TEST_ONLY)]
    places: Places
    rho: Correlation
    low: Correlation | None
    high: Correlation | None
    flagged: Flag


@dataclass(frozen=True)
class GridAgreement(
    Evidence,
    rests=coarse(
        "release.other_grids",
        "on another grid everything is counted anew",
        "its figures are protected as all are; shares of the hexagons of the whole country, in "
        "thousandths",
    ),
    key=("score", "against", "shifted"),
):
    """Which hexagons keep their class of the score in those of a level ``against`` it (0-1).

    ``shifted``: on a grid that lies half a hexagon elsewhere. ``places`` have a score in both,
    ``near`` move one class at most, ``chance`` would keep it by lot, ``highest`` are those of the
    highest class that keep it (None where there is none).
    """

    score: ScoredLevel
    against: Level
    shifted: Flag
    places: Places
    same: Share
    near: Share
    chance: Share
    highest: Share | None
