"""Trend: whether a place rises or falls, and by how much a period, whatever the curve.

Pairs of periods are compared, so outliers, zeros and gaps do no harm.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc, ndtri

Floats = NDArray[np.float64]

AT_ONCE = 2_000_000
"""Pairs of periods held at once (16 MB), so that many places do not fill the memory."""


class MannKendall(NamedTuple):
    """Test for a monotone trend: five arrays of shape (places,)."""

    s: Floats
    variance: Floats
    tau: Floats
    z: Floats
    p: Floats


class Slope(NamedTuple):
    """Theil-Sen slope in units a period and its interval: three arrays of shape (places,)."""

    slope: Floats
    low: Floats
    high: Floats


def mann_kendall(values: Floats) -> MannKendall:
    """Return the Mann-Kendall test of each place; ``values`` has shape (places, periods).

    S = sum of sign(x_j - x_i) over periods i < j; Var S = [n(n-1)(2n+5) - sum t(t-1)(2t+5)]/18
    over groups of t equal values; z = (S -+ 1)/sqrt(Var S), the continuity correction towards 0;
    p is two-sided from the normal distribution, which serves from about ten periods;
    tau-b = S/sqrt(P(P - T)) with P = n(n-1)/2 pairs of which T tied. NaN periods are left out of
    their place. Fewer than two known periods give NaN; equal values give z 0, p 1 and tau NaN.
    The test takes periods as independent: a seasonal series needs its seasons apart. ValueError
    when ``values`` is not two-dimensional.
    Sources: Mann (1945), Nonparametric tests against trend; Kendall (1975), Rank Correlation
    Methods, chapters 3 and 4; Gilbert (1987), Statistical Methods for Environmental Pollution
    Monitoring, section 16.4.

    Ten rising periods: all 45 pairs rise, so S = 45 and Var S = 10 x 9 x 25/18 = 125.

    >>> found = mann_kendall(np.arange(10.0)[None])
    >>> found.s.item(), found.variance.item(), found.tau.item(), found.z.round(3).item()
    (45.0, 125.0, 1.0, 3.935)
    """
    known = _known(values)
    s, variance, tau = np.full((3, len(known)), np.nan)
    for chunk in _chunks(known):
        s[chunk], variance[chunk], tau[chunk] = _pairs(known[chunk])
    spread = np.sqrt(variance)
    z = np.divide(s - np.sign(s), spread, out=np.zeros_like(s), where=spread > 0)
    z[np.isnan(s)] = np.nan
    return MannKendall(s, variance, tau, z, np.asarray(erfc(np.abs(z) / np.sqrt(2))))


def theil_sen(values: Floats, coverage: float = 0.9) -> Slope:
    """Return the median slope of each place over its pairs of periods, with an interval.

    Slopes (x_j - x_i)/(j - i) over known periods i < j of ``values`` (places, periods), N of
    them; the limits are those of rank (N - C)/2 and (N + C)/2 + 1, between ranks by linear
    interpolation, with C = z sqrt(Var S) of the Mann-Kendall test and z the normal quantile of
    ``coverage``. Fewer than two known periods give NaN. ValueError when ``values`` is not
    two-dimensional or ``coverage`` not between 0 and 1.
    Sources: Sen (1968), Estimates of the regression coefficient based on Kendall's tau; Gilbert
    (1987), section 16.5.

    The example of Sen (1968): seven measurements in 18 periods, with slope 4.

    >>> values = np.full((1, 18), np.nan)
    >>> values[0, [0, 1, 2, 3, 9, 11, 17]] = [9, 15, 19, 20, 45, 55, 78]
    >>> theil_sen(values).slope.tolist()
    [4.0]
    """
    if not 0 < coverage < 1:
        raise ValueError(f"coverage must lie between 0 and 1, not {coverage}")
    known = _known(values)
    reach = ndtri((1 + coverage) / 2) * np.sqrt(mann_kendall(known).variance)
    found = np.full((3, len(known)), np.nan)
    for chunk in _chunks(known):
        slopes = np.sort(_slopes(known[chunk]), axis=1)
        last = np.isfinite(slopes).sum(axis=1) - 1
        middle, half = last / 2, (reach[chunk] + 1) / 2
        for row, rank in enumerate((middle, middle - half, middle + half)):
            found[row, chunk] = _at_rank(slopes, rank, last)
    return Slope(*found)


def _known(values: Floats) -> Floats:
    if values.ndim != 2:
        raise ValueError(f"values must have shape (places, periods), not {values.shape}")
    return np.where(np.isfinite(values), values, np.nan)


def _chunks(values: Floats) -> Iterator[slice]:
    places, periods = values.shape
    each = max(1, AT_ONCE // max(1, periods * (periods - 1) // 2))
    return (slice(start, start + each) for start in range(0, places, each))


def _pairs(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Return S, its variance and tau-b."""
    periods = np.ascontiguousarray(values.T)
    s = np.zeros(len(values))
    equals = np.zeros(periods.shape, np.int32)
    for gap in range(1, len(periods)):
        later, earlier = periods[gap:], periods[:-gap]
        s += (later > earlier).sum(axis=0, dtype=np.int32)
        s -= (later < earlier).sum(axis=0, dtype=np.int32)
        equal = later == earlier
        equals[gap:] += equal
        equals[:-gap] += equal
    n = np.isfinite(periods).sum(axis=0).astype(float)
    # A group of t values holds t times t - 1 equals, so sums over groups are sums over values.
    variance = (n * (n - 1) * (2 * n + 5) - (equals * (2 * equals + 7)).sum(axis=0)) / 18
    pairs, tied = n * (n - 1) / 2, equals.sum(axis=0) / 2
    scale = np.sqrt(pairs * (pairs - tied))
    tau = np.divide(s, scale, out=np.full_like(s, np.nan), where=scale > 0)
    return np.where(n > 1, s, np.nan), np.where(n > 1, variance, np.nan), tau


def _slopes(values: Floats) -> Floats:
    """Return the slope of each pair, (places, pairs), NaN where one of the two is unknown."""
    places, periods = values.shape
    slopes = np.empty((places, periods * (periods - 1) // 2))
    start = 0
    for gap in range(1, periods):
        stop = start + periods - gap
        slopes[:, start:stop] = (values[:, gap:] - values[:, :-gap]) / gap
        start = stop
    return slopes


def _at_rank(ordered: Floats, rank: Floats, last: NDArray[np.intp]) -> Floats:
    """Return the value at a broken rank (from 0 to ``last``) of each row, NaN for an empty one."""
    value = np.full(len(ordered), np.nan)
    row = np.flatnonzero(last >= 0)
    rank, last = np.clip(rank[row], 0, last[row]), last[row]
    below = rank.astype(int)
    low, high = ordered[row, below], ordered[row, np.minimum(below + 1, last)]
    value[row] = low + (rank - below) * (high - low)
    return value
