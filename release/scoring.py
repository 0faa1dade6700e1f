"""The composite score of a release: per level and 12-month window, taken apart per indicator."""

import numpy as np
import pandas as pd

from analysis.breaks import class_breaks, classify
from analysis.composite import contributions
from analysis.ranks import percentile_ranks
from indicators import Indicator
from indicators._contract import SCORED

Breaks = dict[str, list[float]]


def _score_places(group: pd.DataFrame, scored: dict[str, Indicator]) -> pd.DataFrame:
    """Return one row per place and indicator of a level and window, with its contribution."""
    ranks = group.pivot_table(
        index="area", columns="indicator", values="percentile", dropna=False
    ).reindex(columns=list(scored))
    weights = np.array([indicator.weight for indicator in scored.values()])
    groups = np.array([SCORED.index(indicator.focus_area) for indicator in scored.values()])
    added = contributions(ranks.to_numpy(dtype=float), weights, groups)
    return pd.DataFrame(added, index=ranks.index, columns=ranks.columns)


def _totals(added: pd.DataFrame, known: pd.DataFrame, scored: dict[str, Indicator]) -> pd.DataFrame:
    """Return the total and each focus area's own score (0-100) per place."""
    parts = {}
    for focus in SCORED:
        members = [code for code, indicator in scored.items() if indicator.focus_area == focus]
        filled = known[members].any(axis=1) if members else pd.Series(False, index=added.index)
        parts[focus] = added[members].sum(axis=1).where(filled)
    frame = pd.DataFrame(parts)
    present = frame.notna().sum(axis=1)
    total = frame.fillna(0.0).sum(axis=1)
    frame = frame.mul(present, axis=0).assign(total=total)
    return frame[present > 0]


def score(
    figures: pd.DataFrame, catalogue: dict[str, Indicator], windows: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame, Breaks]:
    """Return contributions, scores and class limits per level.

    ``figures`` holds indicator, level, period, area and percentile. Contributions are rows of
    (level, period, area, indicator, contribution); scores of (level, period, area, total, one
    column per focus area, percentile, class_). Indicators of the context are left out.
    """
    scored = {c: i for c, i in catalogue.items() if i.focus_area in SCORED and i.weight > 0}
    chosen = figures[figures["indicator"].isin(list(scored)) & figures["period"].isin(windows)]
    chosen = chosen[chosen["percentile"].notna()]
    pieces, scores = [], []
    for (level, period), group in chosen.groupby(["level", "period"]):
        added = _score_places(group, scored)
        known = added.notna() & group.assign(known=True).pivot_table(
            index="area", columns="indicator", values="known", aggfunc="any", fill_value=False
        ).reindex(index=added.index, columns=added.columns, fill_value=False).astype(bool)
        long = added.where(known).stack().rename("contribution").reset_index()
        pieces.append(long.assign(level=level, period=period))
        totals = _totals(added, known, scored).reset_index()
        totals["percentile"] = percentile_ranks(totals["total"].to_numpy())
        scores.append(totals.assign(level=level, period=period))
    if not scores:
        return pd.DataFrame(), pd.DataFrame(), {}
    every = pd.concat(scores, ignore_index=True)
    every["class_"] = -1
    breaks: Breaks = {}
    for level, rows in every.groupby("level"):
        latest = rows[rows["period"] == rows["period"].max()]
        breaks[str(level)] = class_breaks(latest["total"].to_numpy())
        every.loc[rows.index, "class_"] = classify(rows["total"].to_numpy(), breaks[str(level)])
    return pd.concat(pieces, ignore_index=True), every, breaks
