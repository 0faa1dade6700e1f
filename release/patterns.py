"""What neighbours and history say of each place: hot spots, trends, clusters.

All of it from protected figures, so that nothing here gives away more than they do. Windows of
twelve months overlap; what takes periods as independent is corrected for that. Clusters are looked
for among gemeenten and at one finer level (`release.clusters`).
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from analysis.discovery import q_values, two_sided
from analysis.early_warning import Baseline, farrington
from analysis.emerging_hot_spots import classify
from analysis.getis_ord import GetisOrd
from analysis.moran import local_moran
from analysis.residuals import residuals
from analysis.trend import mann_kendall, theil_sen
from indicators import Indicator
from release.clusters import BACK, SEARCHES, Scannable, clusters, scanned_levels
from release.noise import Noise
from release.periods import Period
from release.strata import exposure
from release.surroundings import Surroundings
from release.widths import width_of
from store.release import LEVEL_NUMBERS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEVEL = 0.05
"""Share of false ones among the places that are called hot, cold or a cluster."""

OVERLAP = 4
"""A window of twelve months shares quarters with this many windows less one, on either side."""

YEARLY = 4
"""Windows end with every quarter, so a slope per window is this many times less than per year."""

ALARMED = "gemeente"
"""The level whose last month is compared with earlier years."""

MOST_YEARS = 5
"""Earlier years that a month is compared with, at the most."""

DIGITS = 2.0**33
"""Ten decimal digits."""

NAMES = {number: level for level, number in LEVEL_NUMBERS.items()}


class Patterns(NamedTuple):
    """``hot`` (figures,) as in ``store.release.Figure``; ``frame`` as its ``Pattern``."""

    hot: Ints
    frame: pd.DataFrame


class _History(NamedTuple):
    """One level of an indicator: figures by place and window, NaN where there is none."""

    windows: Ints
    rows: Ints
    place: Ints
    column: Ints

    def spread(self, values: Floats, places: int) -> Floats:
        """Return ``values`` (figures,) as an array of shape (places, windows)."""
        full = np.full((places, len(self.windows)), np.nan)
        full[self.place, self.column] = values[self.rows]
        return full


class _Odd(NamedTuple):
    """How odd each count is by itself: arrays of shape (places, windows), as in ``residuals``."""

    deviate: Floats
    cases: Floats
    expected: Floats

    @classmethod
    def nothing(cls, places: int, windows: int) -> "_Odd":
        """Return that nothing can be said."""
        return cls(*np.full((3, places, windows), np.nan))

    @classmethod
    def of(cls, figures: pd.DataFrame, history: _History, places: int, noise: Noise) -> "_Odd":
        """Return it for every window; how much places differ is taken from the last one."""
        shown, below = (
            history.spread(values, places)
            for values in (figures["numerator"].to_numpy(dtype=float), exposure(figures))
        )
        width = np.nan_to_num(history.spread(width_of(figures), places), nan=1.0)
        known = np.nan_to_num(below) > 0
        shown, below = np.where(known, shown, 0.0), np.where(known, below, 0.0)
        found, shape = cls.nothing(places, shown.shape[1]), None
        for window in range(shown.shape[1] - 1, -1, -1):
            own = residuals(
                shown[:, window], below[:, window], noise.table, shape, width[:, window]
            )
            if own is not None:
                shape = own.shape
                for target, values in zip(found, own[:3], strict=True):
                    target[:, window] = values
        return found


@cache
def overlap_factor(windows: int, overlap: int = OVERLAP) -> float:
    """Return how much more the Mann-Kendall S varies over windows that overlap.

    Windows of ``overlap`` parts that move by one part correlate r = 1 - i/overlap at distance i.
    Signs of normal differences with correlation r have covariance 2/pi asin(r) (Sheppard 1899), so
    Var S is their sum over all pairs of differences; the factor is that over n(n-1)(2n+5)/18.
    Source: Hamed (2009), Exact distribution of the Mann-Kendall trend test statistic for persistent
    data, Journal of Hydrology 365.
    """
    if windows < 2:
        return 1.0
    apart = np.abs(np.subtract.outer(np.arange(windows), np.arange(windows)))
    alike = np.maximum(1 - apart / overlap, 0.0)
    first, second = np.triu_indices(windows, 1)
    differ = np.eye(windows)[second] - np.eye(windows)[first]
    covariance = differ @ alike @ differ.T
    spread = np.sqrt(covariance.diagonal())
    signs = np.arcsin((covariance / np.outer(spread, spread)).clip(-1, 1)) * 2 / np.pi
    return float(signs.sum() / (windows * (windows - 1) * (2 * windows + 5) / 18))


def alike(values: Floats) -> Floats:
    """Return values to ten digits: the same rate worked out twice may differ in its last ones.

    A trend asks of each two windows which is the higher, and must find such rates equal.
    """
    part, power = np.frexp(values)
    return np.asarray(np.ldexp(np.round(part * DIGITS) / DIGITS, power))


def patterns(
    figures: pd.DataFrame,
    indicator: Indicator,
    periods: list[Period],
    around: Mapping[int, Surroundings],
    noise: dict[int, Noise],
) -> Patterns:
    """Return what stands beside each figure, and what is known of each place by the last window.

    ``figures`` is what ``analyse`` returns: level, period_id, area_id, numerator, denominator and
    smoothed are read; ``noise`` is that of each level by its number. Amounts of money and weight
    have a trend only: they are no counts.
    """
    yearly = np.array([0, *(p.kind == "year" for p in periods)], dtype=bool)
    period = figures["period_id"].to_numpy()
    hot = np.zeros(len(figures), dtype=np.int64)
    frames: dict[int, pd.DataFrame] = {}
    scannable: dict[str, Scannable] = {}
    ended: dict[int, Ints] = {}
    for number, places in around.items():
        rows = np.flatnonzero((figures["level"].to_numpy() == number) & yearly[period])
        if not len(rows):
            continue
        windows, column = np.unique(period[rows], return_inverse=True)
        place = np.searchsorted(places.ids, figures["area_id"].to_numpy()[rows])
        history = _History(windows, rows, place, column)
        odd = _Odd.nothing(len(places.ids), len(windows))
        if indicator.counting != "value":
            odd = _Odd.of(figures, history, len(places.ids), noise[number])
        marks, frame = _level(figures, history, places, odd)
        hot[rows] = marks[place, column]
        if indicator.counting in BACK and NAMES[number] in SEARCHES:
            exposure = history.spread(figures["denominator"].to_numpy(dtype=float), len(places.ids))
            looked = Scannable(places.points, odd.cases, odd.expected, exposure[:, -1])
            scannable[NAMES[number]], ended[number] = looked, windows
            if NAMES[number] == ALARMED:
                frame = frame.assign(alarm=_alarms(figures, periods, number, frame["area_id"]))
        frames[number] = frame.assign(level=number)
    for level in scanned_levels(scannable):
        number, back = LEVEL_NUMBERS[level], BACK[indicator.counting]
        found = clusters(scannable[level], ended[number], back, SEARCHES[level])
        frames[number] = _with_clusters(frames[number], found, around[number].ids)
    every = list(frames.values())
    return Patterns(hot, pd.concat(every, ignore_index=True) if every else pd.DataFrame())


def _level(
    figures: pd.DataFrame, history: _History, places: Surroundings, odd: _Odd
) -> tuple[Ints, pd.DataFrame]:
    """Return hot (1) and cold (-1) places by window, and what is known by the last window."""
    rates = history.spread(alike(figures["smoothed"].to_numpy(dtype=float)), len(places.ids))
    near = GetisOrd(places.near)
    z = np.column_stack([near.gi_star(values) for values in odd.deviate.T])
    sure = np.column_stack([q_values(two_sided(step)) <= LEVEL for step in z.T])
    marks = np.where(sure, np.sign(z), 0).astype(np.int64)
    factor = overlap_factor(len(history.windows))
    stricter = float(2 * ndtr(-ndtri(1 - LEVEL / 2) * np.sqrt(factor)))
    trend = mann_kendall(rates)
    slope = theil_sen(rates, coverage=float(2 * ndtr(ndtri(0.95) * np.sqrt(factor)) - 1))
    lisa = local_moran(odd.deviate[:, -1], places.near)
    frame = pd.DataFrame(
        {
            "area_id": places.ids,
            "gi": z[:, -1],
            "lisa": np.where(q_values(lisa.p) <= LEVEL, lisa.quadrant, 0),
            "emerging": classify(z, marks > 0, marks < 0, stricter),
            "slope": slope.slope * YEARLY,
            "slope_low": slope.low * YEARLY,
            "slope_high": slope.high * YEARLY,
            "trend_p": two_sided(trend.z / np.sqrt(factor)),
            "alarm": np.nan,
            "cluster_size": np.nan,
            "cluster_ratio": np.nan,
            "cluster_p": np.nan,
            "cluster_since": np.nan,
        }
    )
    return marks, frame[np.isfinite(rates[:, -1])].reset_index(drop=True)


def _with_clusters(frame: pd.DataFrame, found: pd.DataFrame, ids: Ints) -> pd.DataFrame:
    """Fill in the groups that ``clusters`` found among the places of ``ids``."""
    found = found.assign(area_id=ids[found["place"].to_numpy(dtype=np.int64)])
    indexed = frame.set_index("area_id")
    indexed.update(found.set_index("area_id").drop(columns="place"))
    return indexed.reset_index()


def _alarms(
    figures: pd.DataFrame, periods: list[Period], number: int, areas: "pd.Series[int]"
) -> Floats:
    """Return how far the last month of each of ``areas`` is out of line, NaN where not known.

    Months that are still coming in are not completed first: an alarm counts what is registered.
    """
    months = [period.id for period in periods if period.kind == "month"]
    years = min(MOST_YEARS, (len(months) - 1 - Baseline().window) // 12)
    rows = figures[(figures["level"] == number) & figures["period_id"].isin(months)]
    counts = rows.pivot(index="area_id", columns="period_id", values="numerator")
    if years < 1 or counts.empty:
        return np.full(len(areas), np.nan)
    counts = counts.reindex(index=areas, columns=months)
    return farrington(counts.to_numpy(dtype=float), Baseline(years=years)).score
