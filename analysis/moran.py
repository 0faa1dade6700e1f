"""Do like places lie together: over the whole map (Moran's I), and where (local Moran)."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.discovery import two_sided
from analysis.neighbours import among, check_square

Floats = NDArray[np.float64]
Ints = NDArray[np.int8]

ROUNDING = 1e-12
"""Sums that differ by less are equal."""


class Moran(NamedTuple):
    """Moran's I, its expectation under chance and its z under two ideas of chance."""

    i: float
    expected: float
    z_normal: float
    z_random: float


class Quadrant(IntEnum):
    """Value of a place and of its neighbours, each above or not above the mean."""

    NONE = 0
    HIGH_HIGH = 1
    LOW_HIGH = 2
    LOW_LOW = 3
    HIGH_LOW = 4


class LocalMoran(NamedTuple):
    """Local I, its z, its two-sided p and the Quadrant, four arrays of shape (places,)."""

    i: Floats
    z: Floats
    p: Floats
    quadrant: Ints


def moran(values: Floats, w: csr_array) -> Moran:
    """Return Moran's I of ``values`` (places,) under weights ``w`` (places, places).

    I = n/S0 sum_ij w_ij z_i z_j / sum_i z_i^2 with z = x - mean; E I = -1/(n - 1). With
    S1 = sum_ij (w_ij + w_ji)^2 / 2, S2 = sum_i (w_i. + w_.i)^2 and b = n sum z^4/(sum z^2)^2:
    Var I + (E I)^2 = (n^2 S1 - n S2 + 3 S0^2)/((n^2 - 1) S0^2) for normal values, and
    (n ((n^2 - 3n + 3) S1 - n S2 + 3 S0^2) - b ((n^2 - n) S1 - 2n S2 + 6 S0^2)) /
    ((n - 1)(n - 2)(n - 3) S0^2) when any order of the values is as likely (randomisation).
    Places with NaN do not count and are no neighbours. All NaN with fewer than four values, equal
    values or no neighbours. ValueError when shapes do not fit or a place is its own neighbour.
    Sources: Moran (1950), Notes on continuous stochastic phenomena; Cliff and Ord (1981), Spatial
    Processes, chapters 1 and 2.

    Six places in a ring: high and low in turn, then each half by itself. Chance gives -1/5.

    >>> from analysis.neighbours import from_pairs
    >>> ring = from_pairs(np.arange(6), np.array([1, 2, 3, 4, 5, 0]), 6)
    >>> moran(np.array([1.0, 0, 1, 0, 1, 0]), ring).i
    -1.0
    >>> found = moran(np.array([1.0, 1, 1, 0, 0, 0]), ring)
    >>> round(found.i, 3), found.expected
    (0.333, -0.2)
    """
    known = _known(values, w)
    x, w = values[known], among(w, known)
    n, s0 = len(x), float(w.sum())
    if n < 4 or s0 == 0 or np.ptp(x) == 0:
        return Moran(np.nan, np.nan, np.nan, np.nan)
    z = x - x.mean()
    squares = z**2
    square = float(squares.sum())
    i, expected = n / s0 * float((z * (w @ z)).sum()) / square, -1 / (n - 1)
    s1 = float((w + csr_array(w.T)).power(2).sum()) / 2
    s2 = float(((w.sum(axis=1) + w.sum(axis=0)) ** 2).sum())
    b = n * float((squares**2).sum()) / square**2
    first = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    second = b * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    normal = (n**2 * s1 - n * s2 + 3 * s0**2) / ((n**2 - 1) * s0**2) - expected**2
    random = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected**2
    return Moran(i, expected, _over_root(i - expected, normal), _over_root(i - expected, random))


def local_moran(values: Floats, w: csr_array, permutations: int = 0, seed: int = 0) -> LocalMoran:
    """Return the local Moran's I of each place, whose sum is S0 times Moran's I.

    I_i = z_i/m2 sum_j w_ij z_j with z = x - mean of ``values`` (places,) and m2 = sum z^2/n. With
    z_i fixed and any order of the others as likely: E I_i = -z_i^2 w_i. /((n - 1) m2) and
    Var I_i = (z_i/m2)^2 n/(n - 2) (sum_j w_ij^2 - w_i.^2/(n - 1)) (m2 - z_i^2/(n - 1)), and p is
    two-sided from the normal distribution. With ``permutations`` p is instead
    2 (1 + r)/(1 + permutations), at most 1, with r the number of such orders, drawn with
    ``seed``, that give an I_i at least as high, or as low, whichever is fewer. (GeoDa and PySAL
    print half of that p.) Places with NaN do not count and are no neighbours. NaN and
    Quadrant.NONE for them and for places without neighbours, or everywhere with fewer than three
    values or equal ones; z and p are NaN where all orders give the same. ValueError when shapes
    do not fit, a place is its own neighbour or ``permutations`` is negative.
    Sources: Anselin (1995), Local indicators of spatial association; Sokal, Oden and
    Thomson (1998), Local spatial autocorrelation in a biological model, equations A7 and A8.

    Six places in a row, high at one end: a low place beside a high one is LOW_HIGH.

    >>> from analysis.neighbours import from_pairs
    >>> row = from_pairs(np.arange(5), np.arange(1, 6), 6)
    >>> found = local_moran(np.array([9.0, 8.0, 1.0, 1.0, 0.0, 1.0]), row)
    >>> [Quadrant(code).name for code in found.quadrant]
    ['HIGH_HIGH', 'HIGH_HIGH', 'LOW_HIGH', 'LOW_LOW', 'LOW_LOW', 'LOW_LOW']
    """
    known = _known(values, w)
    if permutations < 0:
        raise ValueError(f"permutations must be 0 or more, not {permutations}")
    i, z, p = np.full((3, len(values)), np.nan)
    quadrant = np.full(len(values), Quadrant.NONE, dtype=np.int8)
    x, w = values[known], among(w, known)
    if len(x) < 3 or np.ptp(x) == 0:
        return LocalMoran(i, z, p, quadrant)
    x = (x - x.mean()) / x.std()
    beside = np.diff(w.indptr) > 0
    lag = np.where(beside, w @ x, np.nan)
    i[known], z[known] = x * lag, _conditional_z(x, lag, w)
    p[known] = _permuted_p(x, lag, w, permutations, seed) if permutations else two_sided(z[known])
    p[np.isnan(z)] = np.nan
    quadrant[known] = np.where(beside, _quadrants(x, lag), Quadrant.NONE)
    return LocalMoran(i, z, p, quadrant)


def _known(values: Floats, w: csr_array) -> NDArray[np.bool_]:
    if values.ndim != 1:
        raise ValueError(f"values must have shape (places,), not {values.shape}")
    check_square(w, len(values))
    if w.diagonal().any():
        raise ValueError("in Moran's I a place cannot be its own neighbour")
    return np.isfinite(values)


def _over_root(difference: float, variance: float) -> float:
    return difference / float(np.sqrt(variance)) if variance > 0 else np.nan


def _conditional_z(x: Floats, lag: Floats, w: csr_array) -> Floats:
    n = len(x)
    weight, square = w.sum(axis=1), w.power(2).sum(axis=1)
    spread = (square - weight**2 / (n - 1)) * (1 - x**2 / (n - 1)) * n / (n - 2)
    spread = np.where((spread > ROUNDING * square) & (x != 0), spread, np.nan)
    return np.asarray(np.sign(x) * (lag + weight * x / (n - 1)) / np.sqrt(spread))


def _quadrants(x: Floats, lag: Floats) -> Ints:
    own, around = x > 0, lag > 0
    kinds = [own & around, ~own & around, own & ~around]
    named = [Quadrant.HIGH_HIGH, Quadrant.LOW_HIGH, Quadrant.HIGH_LOW]
    return np.select(kinds, named, Quadrant.LOW_LOW).astype(np.int8)


def _permuted_p(x: Floats, lag: Floats, w: csr_array, permutations: int, seed: int) -> Floats:
    """Return two-sided p over orders in which each place in turn keeps its own value.

    One order serves all places: a place takes its value back from the place that received it,
    which matters to its lag only if that place is a neighbour.
    """
    rng = np.random.default_rng(seed)
    owner = np.repeat(np.arange(len(x)), np.diff(w.indptr))
    lower, higher = np.zeros((2, len(x)), dtype=np.int64)
    for _ in range(permutations):
        order = rng.permutation(len(x))
        drawn = x[order]
        around = w @ drawn
        # A value lies at one place, so a place meets its own at one neighbour at most.
        met = np.flatnonzero(order[w.indices] == owner)
        place = owner[met]
        around[place] += w.data[met] * (drawn[place] - x[place])
        difference = around - lag
        lower += difference <= ROUNDING
        higher += difference >= -ROUNDING
    return np.asarray(np.minimum(1.0, 2 * (1 + np.minimum(lower, higher)) / (1 + permutations)))
