"""How well the score holds: its rank under other choices, what drives it, what it is made of."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.choices import INPUTS, Figures
from analysis.coherence import coherence
from analysis.robustness import MOVING, STABLE, UNSURE, rank_intervals, rank_shift
from analysis.sensitivity import variance_shares
from indicators import Indicator
from release.scoring import weights_and_focus
from store.evidence import Evidence, rounded
from store.evidence.of_score import Coherence, RankDriver, RankStability, RelatedPair
from store.release import LEVEL_NUMBERS

RUNS, RUNS_FINE = 1_000, 200
"""Runs per level: fewer where there are thousands of places."""

MANY = 2_000
SEED = 2026
POINTS = 256
EXPLAINED = "gemeente"
"""The level of which it is worked out what drives the ranks."""

NAMES = {number: level for level, number in LEVEL_NUMBERS.items()}


def stability(
    figures: pd.DataFrame, catalogue: dict[str, Indicator], window: int
) -> tuple[pd.DataFrame, list[Evidence]]:
    """Return the rows of ``store.release.Stability``, and evidence of the score.

    ``figures`` holds indicator_id, level, period_id, area_id, numerator, smoothed, low, high,
    percentile and contribution: what has none is not in the score. ``window`` is the period that
    counts. Levels with fewer than three places are left out.
    """
    weights, focus = weights_and_focus(catalogue)
    last = figures[(figures["period_id"] == window) & figures["contribution"].notna()]
    frames: list[pd.DataFrame] = []
    evidence: list[Evidence] = []
    for number, rows in last.groupby("level"):
        made, areas = _score_figures(rows, weights, focus)
        if len(areas) < 3 or made.mean.shape[1] < 2:
            continue
        level = NAMES[int(str(number))]
        found = rank_intervals(made, RUNS if len(areas) < MANY else RUNS_FINE, SEED)
        frame = pd.DataFrame(
            {
                "level": number,
                "area_id": areas,
                "low": found.low,
                "middle": found.median,
                "high": found.high,
                "same": found.same_class,
                "stability": found.stability,
            }
        )
        frame = _as_percentiles(frame[found.stability >= 0])
        frames.append(frame)
        evidence += _shares(level, frame)
        evidence += _coherent(level, rows, catalogue)
        evidence += _drivers(level, made) if level == EXPLAINED else []
    return (pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()), evidence


def _score_figures(
    rows: pd.DataFrame, weights: NDArray[np.float64], focus: NDArray[np.int64]
) -> tuple[Figures, NDArray[np.int64]]:
    """Return what the score of one level is made of, and its areas."""
    there = [n for n in np.unique(rows["indicator_id"]) if weights[n - 1] > 0]
    numbers = np.array(there, dtype=np.int64)
    rows = rows[rows["indicator_id"].isin(numbers)]
    areas, line = np.unique(rows["area_id"].to_numpy(), return_inverse=True)
    column = np.searchsorted(numbers, rows["indicator_id"].to_numpy())

    def table(name: str) -> NDArray[np.float64]:
        full = np.full((len(areas), len(numbers)), np.nan)
        full[line, column] = rows[name].to_numpy(dtype=float)
        return full

    own = numbers - 1
    few = table("numerator") == 0
    middle, low = (np.where(few, 0.0, table(name)) for name in ("smoothed", "low"))
    high = table("high")
    return Figures(middle, low, high, weights[own], focus[own]), areas


def _as_percentiles(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ranks (1 the highest) as percentiles (100 the highest), low below high."""
    count = len(frame)
    low, middle, high = (
        (count - frame[name].astype(float) + 0.5) / count * 100
        for name in ("high", "middle", "low")
    )
    return frame.assign(low=low, middle=middle, high=high)


def _shares(level: str, frame: pd.DataFrame) -> list[RankStability]:
    if frame.empty:
        return []
    shares = (float((frame["stability"] == held).mean()) for held in (STABLE, MOVING, UNSURE))
    return [rounded(RankStability(level, len(frame), *shares))]


def _coherent(
    level: str, rows: pd.DataFrame, catalogue: dict[str, Indicator]
) -> list[Coherence | RelatedPair]:
    """Return alpha, and the pairs of scored indicators that repeat or oppose each other."""
    scored = [n for n, i in enumerate(catalogue.values(), 1) if i.weight > 0]
    table = rows[rows["indicator_id"].isin(scored)].pivot_table(
        index="area_id", columns="indicator_id", values="percentile"
    )
    if table.shape[1] < 2:
        return []
    found = coherence(table.to_numpy(dtype=float))
    codes = [list(catalogue)[int(str(number)) - 1] for number in table.columns]
    result: list[Coherence | RelatedPair] = [rounded(Coherence(level, float(found.alpha)))]
    for kind, pairs in (("redundant", found.redundant), ("opposed", found.opposed)):
        result += [
            rounded(RelatedPair(level, codes[a], codes[b], float(found.correlation[a, b]), kind))
            for a, b in pairs
        ]
    return result


def _drivers(level: str, made: Figures) -> list[RankDriver]:
    """Return how much of the shift in ranks each choice explains; [] where ranks never shift."""
    shares = variance_shares(rank_shift(made, SEED), len(INPUTS), POINTS, SEED)
    if not np.isfinite(shares.total.value).all():
        return []
    return [
        rounded(
            RankDriver(
                level,
                name,
                first=float(shares.first.value[number]),
                total=float(shares.total.value[number]),
                low=float(shares.total.low[number]),
                high=float(shares.total.high[number]),
            )
        )
        for number, name in enumerate(INPUTS)
    ]
