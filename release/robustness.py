"""How well the score holds: its rank under other choices, what drives it, what it is made of."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.choices import INPUTS, Figures
from analysis.coherence import coherence
from analysis.robustness import MOVING, STABLE, UNSURE, rank_intervals, rank_shift
from analysis.sensitivity import variance_shares
from indicators import Indicator
from release.scoring import weights_and_focus
from store.release import LEVEL_NUMBERS

Rows = list[dict[str, Any]]

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
) -> tuple[pd.DataFrame, dict[str, Rows]]:
    """Return the rows of ``store.release.Stability``, and evidence of the score by name.

    ``figures`` holds indicator_id, level, period_id, area_id, smoothed, low, high and percentile;
    ``window`` is the period that counts. Levels with fewer than three places are left out.
    """
    weights, focus = weights_and_focus(catalogue)
    last = figures[(figures["period_id"] == window) & figures["percentile"].notna()]
    frames, evidence = [], {name: list[dict[str, Any]]() for name in ("stability", "coherence")}
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
        evidence["stability"].append({"score": level, **_shares(frame)})
        evidence["coherence"] += _coherent(level, rows, catalogue)
        if level == EXPLAINED:
            evidence["drivers"] = _drivers(level, made)
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
    middle, low, high = (table(name) for name in ("smoothed", "low", "high"))
    return Figures(middle, low, high, weights[own], focus[own]), areas


def _as_percentiles(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ranks (1 the highest) as percentiles (100 the highest), low below high."""
    count = len(frame)
    low, middle, high = (
        (count - frame[name].astype(float) + 0.5) / count * 100
        for name in ("high", "middle", "low")
    )
    return frame.assign(low=low, middle=middle, high=high)


def _shares(frame: pd.DataFrame) -> dict[str, Any]:
    named = {"stable": STABLE, "moving": MOVING, "unsure": UNSURE}
    held = frame["stability"]
    return {"places": len(frame)} | {n: float((held == v).mean()) for n, v in named.items()}


def _coherent(level: str, rows: pd.DataFrame, catalogue: dict[str, Indicator]) -> Rows:
    """Return alpha, and the pairs of scored indicators that repeat or oppose each other."""
    scored = [n for n, i in enumerate(catalogue.values(), 1) if i.weight > 0]
    table = rows[rows["indicator_id"].isin(scored)].pivot_table(
        index="area_id", columns="indicator_id", values="percentile"
    )
    if table.shape[1] < 2:
        return []
    found = coherence(table.to_numpy(dtype=float))
    codes = [list(catalogue)[int(str(number)) - 1] for number in table.columns]
    alpha = float(found.alpha)
    result: Rows = [{"score": level, "alpha": alpha if np.isfinite(alpha) else None}]
    for kind, pairs in (("redundant", found.redundant), ("opposed", found.opposed)):
        result += [
            {
                "score": level,
                "first": codes[a],
                "second": codes[b],
                "correlation": float(found.correlation[a, b]),
                "kind": kind,
            }
            for a, b in pairs
        ]
    return result


def _drivers(level: str, made: Figures) -> Rows:
    """Return how much of the shift in ranks each choice explains."""
    shares = variance_shares(rank_shift(made, SEED), len(INPUTS), POINTS, SEED)
    return [
        {
            "score": level,
            "input": name,
            "first": float(shares.first.value[number]),
            "total": float(shares.total.value[number]),
            "low": float(shares.total.low[number]),
            "high": float(shares.total.high[number]),
        }
        for number, name in enumerate(INPUTS)
    ]


def score_steps() -> Rows:
    """Return the steps of the score with their settings, in the order of the OECD/JRC handbook."""
    steps = (
        ("coherence", "Pearson, Cronbach alpha; reported"),
        ("missing data", "weights shared out over the indicators that a place has"),
        ("outliers", "none cut: ranks do not feel them"),
        ("normalisation", "percentile rank within a level and a 12-month window, 0-100"),
        ("weights", "as in the passports, within four focus areas that count equally"),
        ("aggregation", "weighted arithmetic mean; contributions add up to the score"),
        ("robustness", f"{RUNS} runs, {RUNS_FINE} from {MANY} places on; seed {SEED}"),
        ("sensitivity", f"Sobol indices, {POINTS} points, level {EXPLAINED}"),
    )
    return [{"step": n, "name": name, "setting": how} for n, (name, how) in enumerate(steps, 1)]
