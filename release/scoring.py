"""The composite score of one level in one 12-month window, taken apart per indicator."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.composite import contributions
from analysis.ranks import percentile_ranks
from indicators import Indicator
from indicators.contract import SCORED

Floats = NDArray[np.float64]


def _per_focus(added: Floats, known: NDArray[np.bool_], focus: NDArray[np.int64]) -> Floats:
    """Return each focus area's own score (0-100, NaN without a figure), shape (places, 4)."""
    parts = np.full((len(added), len(SCORED)), np.nan)
    for number in range(len(SCORED)):
        members = focus == number
        filled = known[:, members].any(axis=1)
        parts[filled, number] = added[np.ix_(filled, members)].sum(axis=1)
    return np.asarray(parts * np.isfinite(parts).sum(axis=1)[:, None])


def weights_and_focus(catalogue: dict[str, Indicator]) -> tuple[Floats, NDArray[np.int64]]:
    """Return each indicator's weight and the number of its focus area, 0 and -1 for context."""
    weights, focus = np.zeros(len(catalogue)), np.full(len(catalogue), -1)
    for number, indicator in enumerate(catalogue.values()):
        if indicator.focus_area in SCORED:
            weights[number] = indicator.weight
            focus[number] = SCORED.index(indicator.focus_area)
    return weights, focus


ENOUGH = 50.0
"""Points of a full score (100) that a place must have figures for: less is no score."""

ROUNDING = 1e-9
"""Half of the focus areas is half, however many weights add up to it."""


def score(figures: pd.DataFrame, catalogue: dict[str, Indicator]) -> tuple[Floats, pd.DataFrame]:
    """Return each figure's contribution, and the scores, of one level in one 12-month window.

    ``figures`` holds indicator_id (the number in ``catalogue``, from 1), area_id and percentile.
    Contributions have shape (len(figures),), NaN for what is not scored: the context, places
    without a rank, and those with figures for less than half of what a full score weighs. Scores
    have area_id, total, one column per focus area and percentile; empty where no place has one.
    """
    weights, focus = weights_and_focus(catalogue)
    scored = weights > 0
    full = contributions(np.full((1, len(weights)), 100.0 * scored), weights, focus)[0]
    column = figures["indicator_id"].to_numpy() - 1
    rank = figures["percentile"].to_numpy()
    every = np.full(len(figures), np.nan)
    rows = np.flatnonzero(scored[column] & np.isfinite(rank))
    areas, line = np.unique(figures["area_id"].to_numpy()[rows], return_inverse=True)
    ranks = np.full((len(areas), len(catalogue)), np.nan)
    ranks[line, column[rows]] = rank[rows]
    enough = np.isfinite(ranks) @ full >= ENOUGH - ROUNDING
    areas, ranks, kept = areas[enough], ranks[enough], enough[line]
    if not len(areas):
        return every, pd.DataFrame()
    rows, line = rows[kept], (np.cumsum(enough) - 1)[line[kept]]
    added = contributions(ranks, weights, focus)
    every[rows] = added[line, column[rows]]
    parts = _per_focus(added, np.isfinite(ranks), focus)
    total = added.sum(axis=1)
    scores = pd.DataFrame(dict(zip(SCORED, parts.T, strict=True)))
    return every, scores.assign(area_id=areas, total=total, percentile=percentile_ranks(total))
