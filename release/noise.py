"""The published tables by which counts deviate: nothing from 1 to k-1 is ever shown.

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
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize

from errors import WeerbeeldError
from store.release import LEVEL_NUMBERS

Floats = NDArray[np.float64]

DEFAULT_K, LEAST_K = 5, 3
"""Fewer subjects than k are protected: 5 unless the owner sets another, never below 3."""

VARIANCES: Mapping[str, float] = {"nederland": 50.0, "riec": 18.0}
"""Where much is added up the noise is wider, or three totals of one place would average it out."""

OWN_VARIANCE = 2.0
REACH, ROUNDNESS = 13.0, 2.0
"""The tables end REACH standard deviations (and k) away; ROUNDNESS parts core from tails."""

FAR = 1e-4
"""One deviation in ten thousand is drawn from a wider table: so nothing near is ruled out."""

SLACK = 1.05
"""A count below k has only 0 and k and more to go to; its variance is this times the least."""


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


@cache
def noise_at(level: str, k: int = DEFAULT_K) -> Noise:
    """Return the noise of a level for protection of fewer than ``k`` subjects."""
    return _noise(checked_k(k), VARIANCES.get(level, OWN_VARIANCE))


def level_noise(k: int) -> dict[int, Noise]:
    """Return the noise of each level, by its number."""
    return {number: noise_at(level, k) for level, number in LEVEL_NUMBERS.items()}


def no_noise(k: int) -> dict[int, Noise]:
    """Return the noise of open figures, by level number: none."""
    none = Noise(k, 0.0, 0, np.ones((2, 1)))
    return dict.fromkeys(LEVEL_NUMBERS.values(), none)


def published_noise(k: int) -> dict[str, Any]:
    """Return what readers may know of the noise, for JSON: k, and the table of each level."""
    tables = {level: noise_at(level, k) for level in LEVEL_NUMBERS}
    return {
        "k": k,
        "levels": {level: noise.variance for level, noise in tables.items()},
        "tables": {str(n.variance): n.table.tolist() for n in tables.values()},
    }


def read_noise(published: dict[str, Any]) -> dict[int, Noise]:
    """Return the noise of each level by its number, from what ``published_noise`` gave."""
    read = {
        variance: Noise(int(published["k"]), float(variance), len(table[0]) // 2, np.array(table))
        for variance, table in published["tables"].items()
    }
    return {
        LEVEL_NUMBERS[level]: read[str(float(variance))]
        for level, variance in published["levels"].items()
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
        least = count * (k - count) * SLACK if count < k else 0.0
        table[count, allowed] = _row(shape[allowed], deviations[allowed], max(variance, least))
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
