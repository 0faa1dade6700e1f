"""The published tables by which counts deviate: nothing from 1 to k-1 is ever shown.

How wide they are is a budget. Who knows all records but one sees it at every level and in every
period that holds it; the looks together may tell him little (decision 0029). So noise is as wide
as many looks need, and a 12-month window is no look of its own but the sum of its quarters' noise.

Cell-key perturbation as statistical offices use it: Fraser and Wooton (2005), Marley and Leaver
(2011), with tables in the manner of Giessing (2016): mean 0, a set variance, small values blocked.
Different from hers are the tails, which fall off as those of a hyperbolic distribution
(Barndorff-Nielsen 1977): every further step is only about four times as rare, so that no value of a
small count is ever ruled out, also not by many figures together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize

from errors import WeerbeeldError
from indicators import Indicator
from indicators.contract import Count
from release.periods import QUARTERS, PeriodKind
from store.release import LEVEL_NUMBERS

Floats = NDArray[np.float64]

LEVELS = {number: level for level, number in LEVEL_NUMBERS.items()}

DEFAULT_K, LEAST_K = 5, 3
"""Fewer subjects than k are protected: 5 unless the owner sets another, never below 3."""

WINDOW_VARIANCES: Mapping[str, float] = {"nederland": 200.0, "riec": 100.0, "gemeente": 7.0}
MONTH_VARIANCES: Mapping[str, float] = {"nederland": 150.0, "riec": 100.0, "gemeente": 24.0}
"""Of 12-month windows and stocks, and of months, in subjects squared; a quarter has a quarter of a
window's. Where much is added up, more costs little; at gemeente more would cost too much."""

FINE_VARIANCE = 24.0
"""Of windows and stocks below gemeente, where a record stands at up to five levels."""

REACH, ROUNDNESS = 13.0, 2.0
"""The tables end REACH standard deviations (and k) away; ROUNDNESS parts core from tails."""

FAR = 1e-4
"""One deviation in ten thousand is drawn from a wider table: so nothing near is ruled out."""

SLACK = 1.05
"""A count below k has only 0 and k and more to go to; its variance is this times the least."""


def variance_at(count: int, k: int, variance: float) -> float:
    """Return the variance of a count: less than ``variance`` where it would be all there is.

    A count of 1 can only go down by 1: with the variance of a thousand it would now and then be
    shown as a hundred. That of a small one is as if it went to 0 and to k above itself.
    """
    least = SLACK * count * max(k - count, 0)
    return max(least, min(variance, SLACK * count * (k + count)))


@dataclass(frozen=True)
class Noise:
    """P(deviation | count): ``table`` has shape (counts, 2 * ``most`` + 1).

    Row c holds counts of c, the last row also larger ones; columns run from -``most`` to ``most``.
    """

    k: int
    variance: float
    most: int
    table: Floats

    def deviations(self) -> NDArray[np.int64]:
        """Return the deviations of the columns, shape (2 * most + 1,)."""
        return np.arange(-self.most, self.most + 1)

    def row(self, count: int) -> Floats:
        """Return the chance of each deviation of a count."""
        return np.asarray(self.table[min(count, len(self.table) - 1)])


def checked_k(k: int) -> int:
    """Return ``k``; WeerbeeldError when fewer subjects than LEAST_K would be protected."""
    if k < LEAST_K:
        raise WeerbeeldError(
            f"k = {k} protects too little: figures on fewer than {LEAST_K} persons or firms may "
            f"never be derivable. Set WEERBEELD_K to {LEAST_K} or more (default {DEFAULT_K})."
        )
    return k


Tables = Mapping[tuple[int, PeriodKind], Noise]
"""The noise of each level, by its number, and kind of period."""

KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "year")


class SideTables(NamedTuple):
    """The noise of the numerator and of the denominator of an indicator."""

    numerator: Tables
    denominator: Tables


def _variance(level: str, kind: PeriodKind) -> float:
    window = WINDOW_VARIANCES.get(level, FINE_VARIANCE)
    if kind == "year":
        return window
    return window / QUARTERS if kind == "quarter" else MONTH_VARIANCES.get(level, window)


@cache
def noise_at(level: str, k: int = DEFAULT_K, kind: PeriodKind = "year") -> Noise:
    """Return the noise of a level and kind of period that protects fewer than ``k`` subjects."""
    return _noise(checked_k(k), _variance(level, kind))


@cache
def flow_noise(k: int) -> Tables:
    """Return the noise of what happens: quarters add up to windows."""
    return {
        (number, kind): noise_at(level, k, kind)
        for level, number in LEVEL_NUMBERS.items()
        for kind in KINDS
    }


@cache
def stock_noise(k: int) -> Tables:
    """Return the noise of what is there: the same in periods that end together."""
    return {(number, kind): noise_at(LEVELS[number], k) for number, kind in flow_noise(k)}


@cache
def no_noise(k: int) -> Tables:
    """Return the noise of open figures: none."""
    return dict.fromkeys(flow_noise(k), Noise(k, 0.0, 0, np.ones((2, 1))))


def count_noise(count: Count, k: int) -> Tables:
    """Return the noise of what a count counts."""
    if count.open:
        return no_noise(k)
    return stock_noise(k) if count.when == "moment" else flow_noise(k)


def side_noise(indicator: Indicator, k: int) -> SideTables:
    """Return the noise of both counts of an indicator."""
    return SideTables(count_noise(indicator.numerator, k), count_noise(indicator.denominator, k))


def window_noise(tables: Tables) -> dict[int, Noise]:
    """Return the noise of 12-month windows of each level, by its number."""
    return {number: noise for (number, kind), noise in tables.items() if kind == "year"}


def published_noise(k: int) -> dict[str, Any]:
    """Return what readers may know of the noise, for JSON: k, and a table per level and kind."""
    tables = {(LEVELS[number], kind): noise for (number, kind), noise in flow_noise(k).items()}
    return {
        "k": k,
        "levels": {
            level: {kind: tables[level, kind].variance for kind in KINDS} for level in LEVEL_NUMBERS
        },
        "tables": {str(n.variance): n.table.tolist() for n in tables.values()},
    }


def read_noise(published: dict[str, Any]) -> Tables:
    """Return the noise of flows by level and kind of period, from what ``published_noise`` gave."""
    read = {
        variance: Noise(int(published["k"]), float(variance), len(table[0]) // 2, np.array(table))
        for variance, table in published["tables"].items()
    }
    return {
        (LEVEL_NUMBERS[level], kind): read[str(float(variances[kind]))]
        for level, variances in published["levels"].items()
        for kind in KINDS
    }


@cache
def _noise(k: int, variance: float) -> Noise:
    most = max(ceil(REACH * sqrt(variance)), 2 * k) + k
    deviations = np.arange(-most, most + 1, dtype=float)
    shape = _hyperbolic(deviations, variance)
    table = np.zeros((most + k + 1, len(deviations)))
    table[0, most] = 1.0
    for count in range(1, len(table)):
        shown = count + deviations
        allowed = (shown == 0) | (shown >= k)
        own = variance_at(count, k, variance)
        table[count, allowed] = _row(shape[allowed], deviations[allowed], own)
    return Noise(k, variance, most, table)


def _row(shape: Floats, deviations: Floats, variance: float) -> Floats:
    """Return the chances of deviations (n,): mean 0, a variance, and a few that reach far."""
    far = np.exp(-np.abs(deviations) / np.sqrt(2 * variance))
    far /= far.sum()
    rest = 1 - FAR
    near = _nearest(
        shape,
        deviations,
        mean=-FAR * float(far @ deviations) / rest,
        square=(variance - FAR * float(far @ deviations**2)) / rest,
    )
    row = rest * near + FAR * far
    return np.asarray(row / row.sum())


def _hyperbolic(deviations: Floats, variance: float) -> Floats:
    """Return the log of a discrete hyperbolic distribution with a variance, shape (n,)."""

    def log_weight(slope: float) -> Floats:
        return np.asarray(-np.sqrt((slope * deviations) ** 2 + ROUNDNESS**2))

    def excess(slope: float) -> float:
        weight = np.exp(log_weight(slope))
        return float(weight @ deviations**2 / weight.sum() - variance)

    return log_weight(brentq(excess, 0.05, 10.0))


def _nearest(shape: Floats, deviations: Floats, *, mean: float, square: float) -> Floats:
    """Return the distribution with a mean and a mean square that is nearest to a shape (n,).

    Nearest in relative entropy: the shape tilted by exp(a d + b d^2); Csiszar (1975).
    """
    powers = np.vstack([deviations - mean, deviations**2 - square])
    powers /= np.abs(powers).max(axis=1, keepdims=True)

    def dual(free: Floats) -> tuple[float, Floats]:
        chance, log_sum = _tilted(shape + free @ powers)
        return log_sum, np.asarray(powers @ chance)

    def curvature(free: Floats) -> Floats:
        chance, _ = _tilted(shape + free @ powers)
        spread = powers - (powers @ chance)[:, None]
        return np.asarray((spread * chance) @ spread.T)

    solved = minimize(dual, np.zeros(2), jac=True, hess=curvature, method="trust-exact", tol=1e-13)
    return _tilted(shape + solved.x @ powers)[0]


def _tilted(weight: Floats) -> tuple[Floats, float]:
    top = weight.max()
    part = np.exp(weight - top)
    return np.asarray(part / part.sum()), float(top + np.log(part.sum()))
