"""Do places with a high score see more incidents a year later, more than plain counts would say?

The score adds up signals of many kinds; incidents are the part of the harm that is registered. It
was not made to foretell them, so this is a test of what it says, not of what it is for.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from indicators import Indicator
from indicators.contract import PUBLIC_KIND
from release.hindsight import (
    Extents,
    Floats,
    Found,
    Ints,
    Windows,
    measured,
    places_of,
    sizes_of,
    values_of,
    windows,
)
from release.periods import Period
from store.evidence import rounded
from store.evidence.of_score import ScoreHindcast
from store.release import LEVEL_NUMBERS


def incident_codes(catalogue: Mapping[str, Indicator]) -> list[str]:
    """Return the codes of flow indicators that count incidents and nothing else."""
    return [
        code
        for code, indicator in catalogue.items()
        if indicator.counting == "flow" and set(indicator.reads) - {PUBLIC_KIND} == {"incident"}
    ]


def _levels(
    scores: pd.DataFrame, counts: Mapping[str, pd.DataFrame], period: int
) -> dict[str, list[pd.DataFrame]]:
    """Return gemeente and the hexagon levels with a score in a period, and the counts of each."""
    scored = set(scores.loc[scores["period_id"] == period, "level"].unique())
    found: dict[str, list[pd.DataFrame]] = {}
    for level, number in LEVEL_NUMBERS.items():
        if number in scored and (level == "gemeente" or level.startswith("hex")):
            having = [frame for frame in counts.values() if (frame["level"] == number).any()]
            found |= {level: having} if having else {}
    return found


def _incidents(frames: list[pd.DataFrame], level: str, period: int, places: Ints) -> Floats:
    counts = [values_of(frame, level, period, places, "numerator") for frame in frames]
    return np.asarray(np.nansum(counts, axis=0))


def _by_chance(rows: list[Found]) -> list[Found]:
    """Return what places taken in any order would find: as much of the events as of the extent."""
    return [
        row._replace(hit_rate=row.share, pai=1.0, pei=1 / row.best_pai if row.best_pai else None)
        for row in rows
    ]


def score_hindcast_rows(
    scores: pd.DataFrame,
    shown_by_code: Mapping[str, pd.DataFrame],
    catalogue: Mapping[str, Indicator],
    periods: list[Period],
    extents: Extents,
) -> list[ScoreHindcast]:
    """Return how well the score of a year before pointed at the incidents of the last window.

    ``scores`` is what ``score`` returns, ``shown_by_code`` what ``protected`` does, by code;
    only those of ``incident_codes`` are read. Places are taken by score, highest first, whatever
    their extent: a score is no count. [] without scores or incidents, or a window a year before
    the last.
    """
    counts = {
        code: shown_by_code[code] for code in incident_codes(catalogue) if code in shown_by_code
    }
    kept = windows(periods)
    if kept is None or scores.empty:
        return []
    rows = []
    for level, frames in _levels(scores, counts, kept.known[0]).items():
        rows += _level(scores, frames, level, kept, extents)
    return rows


def _level(
    scores: pd.DataFrame,
    frames: list[pd.DataFrame],
    level: str,
    kept: Windows,
    extents: Extents,
) -> list[ScoreHindcast]:
    train = kept.known[0]
    places = np.unique(np.concatenate([places_of(f, level, kept) for f in [*frames, scores]]))
    later, plain = (_incidents(frames, level, period, places) for period in (kept.later, train))
    total = np.nan_to_num(values_of(scores, level, train, places, "total"))
    rows = []
    for extent, sizes in extents.items():
        size = sizes_of(sizes, places)
        found = measured(plain, later, size)
        methods = {
            "score": measured(total * size, later, size),
            "plain": found,
            "random": _by_chance(found),
        }
        rows += [
            rounded(ScoreHindcast(*row, level, extent, name))
            for name, own in methods.items()
            for row in own
        ]
    return rows
