"""From protected counts to what a map shows: rates, sureness, ranks, classes, signals."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.breaks import class_breaks
from analysis.noisy_rates import Rates, posterior_rates
from analysis.ranks import percentile_ranks
from analysis.rates import gamma_prior, interval, smoothed
from indicators import Indicator
from map_classes import classify
from release.exact import Shown
from release.grouping import group_rows
from release.noise import Noise, Tables
from release.periods import Period
from release.signals import clear_of_country, high_enough, standing_out_since
from release.staleness import Staleness
from release.strata import exposure
from release.unlikeliness import CHANCE, unlikeliness
from release.widths import WIDTH, width_of
from store.release import LEVEL_NUMBERS

Breaks = dict[tuple[int, str], list[float]]
Floats = NDArray[np.float64]
Columns = dict[str, Floats]

COUNTED = ("numerator", "denominator_units")
RATED = ("smoothed", "low", "high", "percentile")


def _rate_group(
    figures: Columns, rows: NDArray[np.int64], indicator: Indicator, noise: Noise, complete: float
) -> None:
    """Fill in rates and ranks of the places of one level in one period.

    Where only part of what happened is registered yet (``complete``, 0-1), the same part of the
    denominator stands behind it: so the rate is completed, and its interval is wider.
    """
    amount, whole = figures["numerator"][rows], figures["exposure"][rows] * complete
    if indicator.counting == "value":
        rates = _value_rates(amount, whole, figures["denominator_units"][rows], noise)
    else:
        whole, width = np.maximum(whole, 0.0), figures[WIDTH][rows]
        rates = posterior_rates(amount, whole, noise.table, share=indicator.share, width=width)
    if rates is None:
        return
    enough = figures["denominator_units"][rows] >= indicator.least_denominator
    for name, values in zip(("smoothed", "low", "high"), rates, strict=True):
        figures[name][rows] = np.where(enough, values * indicator.per, np.nan)
    if len(rows) > 1:
        ranked = ranked_by(figures["smoothed"][rows], amount)
        figures["percentile"][rows] = percentile_ranks(ranked)


def ranked_by(smoothed: Floats, shown: Floats) -> Floats:
    """Return what places (n,) are ranked and classed by: their rates, but 0 for none or few.

    Nothing tells those apart. A smoothed rate of few falls back on the mean of all, so 0 of 5 would
    stand above 43 of 355.
    """
    return np.where(np.isfinite(smoothed) & (shown == 0), 0.0, smoothed)


def _value_rates(amount: Floats, whole: Floats, units: Floats, noise: Noise) -> Rates | None:
    """Return rates of money or weight: such a rate counts as that share of the declarations.

    An amount that shows as 0 may be of k-1 contributors, so the interval reaches as far up as that.
    """
    known = (units > 0) & (whole > 0)
    events, exposure = _as_declarations(amount, whole, units)
    prior = gamma_prior(events, exposure, noise.variance)
    if prior is None:
        return None
    low, _ = interval(events, exposure, prior, noise.variance)
    most = np.maximum(events, noise.k - 1) if noise.variance else events
    _, high = interval(np.where(amount > 0, events, most), exposure, prior, noise.variance)
    middle = smoothed(events, exposure, prior)
    return Rates(*(np.where(known, values, np.nan) for values in (middle, low, high)))


def _as_declarations(amount: Floats, whole: Floats, units: Floats) -> tuple[Floats, Floats]:
    """Return amounts, and what they are part of, as so many of the ``units`` declarations, (n,)."""
    known = (units > 0) & (whole > 0)
    rate = np.divide(amount, whole, out=np.zeros_like(whole), where=known)
    return rate * units, np.where(known, units, 0.0)


def _as_counts(figures: Columns, indicator: Indicator) -> tuple[Floats, Floats]:
    """Return what was counted of each figure, and over what; nothing where there is no rate."""
    counts, below = figures["numerator"], figures["exposure"]
    if indicator.counting == "value":
        counts, below = _as_declarations(counts, below, figures["denominator_units"])
    rated = np.isfinite(figures["smoothed"])
    return np.where(rated, counts, 0.0), np.where(rated, below, 0.0)


def analyse(
    protected: Shown,
    indicator: Indicator,
    periods: list[Period],
    noise: Tables,
    complete: Mapping[int, float],
    stale: Staleness | None = None,
) -> tuple[pd.DataFrame, Breaks]:
    """Return ``protected`` with RATED, ``class_``, ``clear``, ``since``, CHANCE; and class limits.

    ``protected`` is what ``protect`` returns, ``noise`` that of its numerators,
    ``complete`` the part of a period's events (by id) that is registered, 1 where it has none, and
    ``stale`` how far counts have moved on from what stands.
    `release.signals` decides which figures of 12-month windows stand out.
    """
    behind = stale or Staleness()
    months = [period for period in periods if period.kind == "month"]
    ready = months[min(indicator.history_months, len(months) - 1)].start
    too_early = {period.id for period in periods if period.start < ready}
    frame = protected[~protected["period_id"].isin(too_early)].reset_index(drop=True)
    figures: Columns = {name: frame[name].to_numpy(dtype=float) for name in COUNTED}
    figures |= {"exposure": exposure(frame), WIDTH: width_of(frame)}
    figures |= {name: np.full(len(frame), np.nan) for name in RATED}
    high = np.zeros(len(frame), dtype=bool)
    kinds = np.array(["", *(p.kind for p in periods)])

    def read_with(number: int, own: int) -> Noise:
        return behind.wider(noise[number, kinds[own]], number, own)

    for (number, own), rows in group_rows(frame["level"], frame["period_id"]):
        _rate_group(figures, rows, indicator, read_with(number, own), complete.get(own, 1.0))
        high[rows] = high_enough(figures["percentile"][rows])
    period, level = frame["period_id"].to_numpy(), frame["level"].to_numpy()
    kind = kinds[period]
    country = np.full(len(periods) + 1, np.nan)
    whole = level == LEVEL_NUMBERS["nederland"]
    country[period[whole]] = figures["smoothed"][whole]
    classes = np.full(len(frame), -1)
    breaks: Breaks = {}
    for (number, name), rows in group_rows(frame["level"], pd.Series(kind)):
        values = ranked_by(figures["smoothed"][rows], figures["numerator"][rows])
        latest = period[rows] == period[rows].max()
        limits = class_breaks(values[latest])
        breaks[number, name] = limits
        classes[rows] = classify(values, limits)
    clear = clear_of_country(figures["low"], figures["high"], country[period])
    clear[whole] = 0
    signal = (kind == "year") & (clear > 0) & high
    since = np.full(len(frame), np.nan)
    yearly = np.flatnonzero(kind == "year")
    area = frame["area_id"].to_numpy()[yearly]
    since[yearly] = standing_out_since(area, period[yearly], signal[yearly])
    chance = np.full(len(frame), np.nan)
    if indicator.votes:
        parts = np.array([complete.get(own, 1.0) for own in range(len(kinds))])
        counts, exposures = _as_counts(figures, indicator)
        chance[yearly] = unlikeliness(
            frame.iloc[yearly],
            counts[yearly],
            (exposures * parts[period])[yearly],
            figures[WIDTH][yearly],
            read_with,
        )
    rated = {name: figures[name] for name in RATED}
    marks = {"class_": classes.astype(np.int8), "clear": clear.astype(np.int8)}
    return frame.assign(**rated, **marks, since=since, **{CHANCE: chance}), breaks
