"""What is known of places once all indicators are there: scores, how they hold, and votes."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from indicators import Indicator
from release.figures import Figures
from release.periods import Period
from release.robustness import stability
from release.scoring import score
from release.unlikeliness import CHANCE
from release.votes import votes
from store.evidence import Evidence

READ = ("numerator", "smoothed", "low", "high", "percentile", "clear", CHANCE)


@dataclass(frozen=True)
class Scored:
    """Scores and how they hold, as in the release; limits of classes by level, and evidence."""

    scores: pd.DataFrame
    stability: pd.DataFrame
    limits: dict[int, list[float]]
    evidence: list[Evidence]


def score_levels(
    figures: Figures, chosen: dict[str, Indicator], periods: Sequence[Period]
) -> Scored:
    """Score a level at a time; contributions and votes go to ``figures``."""
    windows = [period.id for period in periods if period.kind == "year"]
    judged = figures.distinct("period_id", f"{CHANCE} IS NOT NULL")
    scores, held = [], []
    limits: dict[int, list[float]] = {}
    evidence: list[Evidence] = []
    for level in figures.distinct("level"):
        own = figures.at(READ, windows, [level])
        own["contribution"], found, breaks = score(own, chosen, windows)
        own["vote"] = votes(own, chosen, judged)
        figures.keep_scored(own)
        frame, of_ranks = stability(own, chosen, max(windows, default=0))
        scores.append(found)
        held.append(frame)
        limits |= breaks
        evidence += of_ranks
    return Scored(_together(scores), _together(held), limits, evidence)


def _together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()
