"""What is known of places once all indicators are there: scores, how they hold, and votes."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.breaks import class_breaks
from indicators import Indicator
from map_classes import classify
from release.figures import Figures
from release.periods import Period
from release.robustness import stability
from release.scoring import score
from release.unlikeliness import CHANCE
from release.votes import votes, votes_since
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
    """Score a window of a level at a time; contributions and votes go to ``figures``."""
    windows = [period.id for period in periods if period.kind == "year"]
    scores: list[pd.DataFrame] = []
    held: list[pd.DataFrame] = []
    limits: dict[int, list[float]] = {}
    evidence: list[Evidence] = []
    for level in figures.distinct("level"):
        found = []
        for window in windows:
            own = figures.at(READ, [window], [level])
            own["contribution"], frame = score(own, chosen)
            own["vote"] = votes(own, chosen)
            figures.keep_scored(own)
            found.append(frame.assign(level=level, period_id=window))
            if window == windows[-1]:
                ranks, of_ranks = stability(own, chosen, window)
                held.append(ranks)
                evidence += of_ranks
        level_scores = _together(found)
        if len(level_scores):
            classed, limits[level] = _classed(level_scores)
            scores.append(classed)
    judged = figures.distinct("period_id", f"{CHANCE} IS NOT NULL")
    for voted in figures.voted():
        figures.keep_votes(voted.assign(vote=votes_since(voted, judged)))
    return Scored(_together(scores), _together(held), limits, evidence)


def _classed(scores: pd.DataFrame) -> tuple[pd.DataFrame, list[float]]:
    """Return scores of a level with their classes, whose limits are those of the last window."""
    last = scores["period_id"] == scores["period_id"].max()
    limits = class_breaks(scores.loc[last, "total"].to_numpy())
    return scores.assign(class_=classify(scores["total"].to_numpy(), limits)), limits


def _together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()
