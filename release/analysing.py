"""From protected counts to what a map shows: rates, sureness, ranks, classes, since when."""

import numpy as np
import pandas as pd

from analysis.breaks import class_breaks, classify
from analysis.ranks import percentile_ranks
from analysis.rates import gamma_prior, interval, smoothed
from indicators import Indicator
from release.periods import Period

Breaks = dict[tuple[str, str], list[float]]

NEW = ("smoothed", "low", "high", "percentile")


def _rated(group: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Add rates and ranks to the places of one level in one period.

    Amounts are smoothed by their number of declarations: a rate of value counts as that share of
    the declarations behind it.
    """
    amount, whole = group["numerator"].to_numpy(), group["denominator"].to_numpy()
    exposure = group["denominator_units"].to_numpy(dtype=float)
    rate = np.divide(amount, whole, out=np.zeros_like(whole, dtype=float), where=whole > 0)
    events = rate * exposure
    prior = gamma_prior(events, exposure)
    result = group.assign(**dict.fromkeys(NEW, np.nan))
    if prior is None:
        return result
    known = (exposure > 0) & (whole > 0)
    low, high = interval(events, exposure, prior)
    for name, values in (
        ("smoothed", smoothed(events, exposure, prior)),
        ("low", low),
        ("high", high),
    ):
        result[name] = np.where(known, values * indicator.per, np.nan)
    if len(group) > 1:
        result["percentile"] = percentile_ranks(result["smoothed"].to_numpy())
    return result


def _since(figures: pd.DataFrame, order: dict[str, int]) -> pd.Series:
    """Return the number of the first window of the run in which a place stands out, or NaN."""
    windows = figures[["area", "period", "stands_out"]].copy()
    windows["order"] = windows["period"].map(order)
    windows = windows.sort_values(["area", "order"])
    before = windows.groupby("area", sort=False)["stands_out"].shift(1, fill_value=False)
    starts = windows["order"].where(windows["stands_out"] & ~before)
    run = starts.groupby(windows["area"], sort=False).ffill()
    return run.where(windows["stands_out"]).reindex(figures.index)


def analyse(
    figures: pd.DataFrame, indicator: Indicator, periods: list[Period]
) -> tuple[pd.DataFrame, Breaks]:
    """Return ``figures`` with rates, ranks, ``class_`` and ``since``, and the class limits.

    ``figures`` is what ``protect`` returns. A place stands out when it is in the highest class
    and its 90% interval lies wholly above the country's rate.
    """
    kind_of = {period.code: period.kind for period in periods}
    order = {period.code: number for number, period in enumerate(sorted(periods), start=1)}
    too_early = {p.code for p in sorted(periods)[: indicator.history_months] if p.kind == "month"}
    figures = figures[~figures["period"].isin(too_early)]
    parts = [_rated(group, indicator) for _, group in figures.groupby(["level", "period"])]
    rated = pd.concat(parts, ignore_index=True)
    kinds = rated["period"].map(kind_of)
    country = rated[rated["level"] == "nederland"].set_index("period")["smoothed"]
    rated["class_"], rated["since"] = -1, np.nan
    breaks: Breaks = {}
    for (level, kind), rows in rated.groupby([rated["level"], kinds]).indices.items():
        values = rated["smoothed"].to_numpy()[rows]
        latest = rated["period"].to_numpy()[rows] == max(
            rated["period"].iloc[rows].unique(), key=lambda code: order[code]
        )
        limits = class_breaks(values[latest])
        breaks[str(level), str(kind)] = limits
        rated.loc[rows, "class_"] = classify(values, limits)
    top = rated["level"].map(lambda level: len(breaks.get((level, "year"), [])))
    rated["stands_out"] = (
        (kinds == "year")
        & (rated["class_"] == top)
        & (rated["class_"] > 0)
        & (rated["low"] > rated["period"].map(country))
    )
    for _, rows in rated[kinds == "year"].groupby("level"):
        rated.loc[rows.index, "since"] = _since(rows, order)
    return rated.drop(columns="stands_out"), breaks
