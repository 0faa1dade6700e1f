"""Early warning: a month with more events than a place's own past leads one to expect.

The same months of earlier years set the expectation, so that season and slow growth raise no
alarm, and earlier peaks weigh little, so that they hide no new one.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

STEPS = 25
CLOSE = 1e-9
"""A fit has converged when its coefficients move less than this in at most STEPS steps."""

LEAST_YEARS = 3
"""A trend needs months from at least so many years (Farrington et al. 1996)."""

LEAST_LEVEL = 1e-12
"""Where a regression starts when nothing was counted."""


@dataclass(frozen=True)
class Baseline:
    """The months that set the expectation, and when the last month is out of line.

    The months are those at most ``window`` before or after the same month in each of ``years``
    years; a wider window flattens the season, a narrower one lets a single old peak weigh more.
    ``alpha`` is the chance that a month in line exceeds its threshold; ``cut`` the standardised
    residual above which a month weighs less (1 in Farrington et al. 1996, 2.58 in Noufaily et al.
    2013); ``least`` the events below which a month is never out of line (Farrington et al.: 5 in
    four weeks).
    """

    years: int = 5
    window: int = 2
    alpha: float = 0.005
    cut: float = 2.58
    least: float = 5.0


class Exceedance(NamedTuple):
    """The last month of each place: four arrays of shape (places,).

    ``expected`` and ``threshold`` are events; ``score`` is (events - expected) / (threshold -
    expected), so above 1 beyond the threshold.
    """

    expected: Floats
    threshold: Floats
    score: Floats
    out_of_line: Mask


class _Fit(NamedTuple):
    mean: Floats
    """Expected events in the last month."""

    variance: Floats
    """Variance of that estimate."""

    dispersion: Floats
    converged: Mask


def farrington(counts: Floats, baseline: Baseline | None = None) -> Exceedance:
    """Return whether the last month of each place is out of line; ``counts`` (places, months).

    Quasi-Poisson regression log m = a + b t on the n months y of the baseline, with dispersion
    phi = max(1, sum w (y - m)^2/m / (n - 2)), first with weights w = 1 and then with g/s^2 where
    s > cut and else g, so that weights sum to n; s = 3/2 (y^(2/3) m^(-1/6) - m^(1/2)) /
    sqrt(phi (1 - leverage)), the Anscombe residual. The threshold is ``upper_limit``. As in
    Noufaily et al. the trend need not be significant, but it is left out where months come from
    fewer than LEAST_YEARS years, where it predicts more than the baseline ever had, or where the
    fit does not converge. NaN months do not count; a place with under half of its baseline known
    gets NaN and one whose baseline counts nothing an expectation and threshold of 0, without
    score. In simulations of Poisson months with a mean from 3 up, the share out of line comes to
    ``alpha``; at a dispersion of 2 to about three times 0.005, which few months estimate badly;
    and growth above 5% a year makes it larger, as a trend may not exceed what was seen.
    ValueError when the series is shorter than the baseline or the baseline impossible.
    Sources: Farrington, Andrews, Beale and Catchpole (1996), A statistical algorithm for the early
    detection of outbreaks of infectious disease; Noufaily et al. (2013), An improved algorithm
    for outbreak detection in multiple surveillance systems.

    Six years of 10 a month: the last month has 10 in one place and 30 in the other.

    >>> counts = np.full((2, 72), 10.0)
    >>> counts[1, -1] = 30.0
    >>> found = farrington(counts)
    >>> found.expected.round(1).tolist(), found.threshold.round(1).tolist()
    ([10.0, 10.0], [19.4, 19.4])
    >>> found.out_of_line.tolist()
    [False, True]
    """
    baseline = baseline or Baseline()
    months = _months(counts, baseline)
    now, past = counts[:, -1], counts[:, months]
    known = np.isfinite(past)
    time = (months - (counts.shape[1] - 1)) / 12
    flat = _fit(past, known, np.zeros(len(months)), baseline.cut)
    sloped = _fit(past, known, time, baseline.cut)
    years = known.reshape(len(counts), baseline.years, -1).any(axis=2).sum(axis=1)
    most = np.where(known, past, 0.0).max(axis=1)
    trend = sloped.converged & (years >= LEAST_YEARS) & (sloped.mean <= most)
    mean, variance, dispersion = (
        np.where(trend, a, b) for a, b in zip(sloped[:3], flat[:3], strict=True)
    )
    mean = np.where(most > 0, mean, 0.0)
    mean[2 * known.sum(axis=1) < len(months)] = np.nan
    threshold = upper_limit(mean, variance, dispersion, baseline.alpha)
    room = threshold - mean
    score = np.divide(now - mean, room, out=np.full_like(mean, np.nan), where=room > 0)
    return Exceedance(mean, threshold, score, (now > threshold) & (now >= baseline.least))


def upper_limit(mean: Floats, variance: Floats, dispersion: Floats, alpha: float) -> Floats:
    """Return the events that a month in line exceeds with chance ``alpha``, shape (places,).

    U = m [1 + 2/3 z sqrt((phi + v/m)/m)]^(3/2), the limit of a normal distribution of events to
    the power 2/3, with ``mean`` m, ``variance`` v of its estimate, ``dispersion`` phi and z the
    normal quantile of 1 - ``alpha``. 0 where ``mean`` is 0, NaN where it is NaN. ValueError when
    ``alpha`` is not between 0 and 1/2.
    Source: Farrington et al. (1996).

    The case of the tests of R's surveillance package, farringtonFlexible.

    >>> mean, variance, dispersion = np.array([5.0]), np.array([0.04]), np.array([1.0])
    >>> upper_limit(mean, variance, dispersion, alpha=0.05).round(6).tolist()
    [9.115482]
    """
    if not 0 < alpha < 0.5:
        raise ValueError(f"alpha must lie between 0 and 1/2, not {alpha}")
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt((dispersion + variance / mean) / mean)
        limit = mean * (1 + 2 / 3 * ndtri(1 - alpha) * spread) ** 1.5
    return np.where(mean > 0, limit, mean)


def _months(counts: Floats, baseline: Baseline) -> NDArray[np.int64]:
    """Return the columns of the baseline, oldest year first."""
    if counts.ndim != 2:
        raise ValueError(f"counts must have shape (places, months), not {counts.shape}")
    if baseline.years < 1 or not 0 <= baseline.window <= 5 or baseline.cut <= 0:
        raise ValueError(f"{baseline} needs a year, a window of 0 to 5 months and a cut above 0")
    around = np.arange(-baseline.window, baseline.window + 1)
    back = 12 * np.arange(baseline.years, 0, -1)
    last = counts.shape[1] - 1
    months = np.asarray((last - back[:, None] + around).ravel(), dtype=np.int64)
    if months[0] < 0:
        raise ValueError(f"{baseline} needs {last + 1 - months[0]} months, not {last + 1}")
    return months


def _fit(past: Floats, known: Mask, time: Floats, cut: float) -> _Fit:
    """Fit twice, the second time with little weight for past peaks; ``time`` is 0 now."""
    y = np.where(known, past, 0.0)
    powered = np.cbrt(y**2)
    n = known.sum(axis=1)
    freedom = np.maximum(n - 1 - bool(time.any()), 1)
    weights = known.astype(float)
    with np.errstate(all="ignore"):  # places that fail are marked as not converged
        for peaks_count in (True, False):
            intercept, m, variance, leverage, converged = _regression(y, weights, time)
            pearson = np.where(known, weights * (y - m) ** 2 / m, 0.0).sum(axis=1)
            dispersion = np.maximum(pearson / freedom, 1.0)
            if peaks_count:
                s = 1.5 * (powered / np.sqrt(np.cbrt(m)) - np.sqrt(m))
                s /= np.sqrt(dispersion[:, None] * (1 - leverage))
                weights = known * np.where(s > cut, s**-2.0, 1.0)
                weights *= (n / weights.sum(axis=1))[:, None]
        mean = np.exp(intercept)
        return _Fit(mean, mean**2 * dispersion * variance, dispersion, converged)


def _regression(
    y: Floats, weights: Floats, time: Floats
) -> tuple[Floats, Floats, Floats, Floats, Mask]:
    """Return intercepts, fitted means, Poisson variances of the intercepts, leverage, convergence.

    Iteratively reweighted least squares for all places at once (McCullagh and Nelder 1989,
    section 2.5); where ``time`` is all 0 only the intercept is fitted.
    """
    level = np.maximum((weights * y).sum(axis=1) / weights.sum(axis=1), LEAST_LEVEL)
    coefficients = np.column_stack([np.log(level), np.zeros(len(y))])
    moving = np.arange(len(y))
    for _ in range(STEPS):
        m = _means(coefficients[moving], time)
        work = weights[moving] * m
        s0, s1, s2, determinant = _moments(work, time)
        rest = weights[moving] * y[moving] - work
        r0, r1 = rest.sum(axis=1), (rest * time).sum(axis=1)
        step = np.column_stack([s2 * r0 - s1 * r1, s0 * r1 - s1 * r0]) / determinant[:, None]
        coefficients[moving] += step
        moving = moving[(np.abs(step) > CLOSE).any(axis=1)]
        if not moving.size:
            break
    converged = np.isfinite(coefficients).all(axis=1)
    converged[moving] = False
    m = _means(coefficients, time)
    s0, s1, s2, determinant = _moments(weights * m, time)
    quadratic = s2[:, None] - 2 * s1[:, None] * time + s0[:, None] * time**2
    leverage = weights * m * quadratic / determinant[:, None]
    return coefficients[:, 0], m, s2 / determinant, leverage, converged


def _means(coefficients: Floats, time: Floats) -> Floats:
    return np.exp(coefficients[:, :1] + coefficients[:, 1:] * time)


def _moments(work: Floats, time: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return sums of ``work`` times 1, t and t^2, and the determinant they make."""
    s0, s1 = work.sum(axis=1), (work * time).sum(axis=1)
    s2 = (work * time**2).sum(axis=1) if time.any() else np.ones(len(work))
    return s0, s1, s2, s0 * s2 - s1**2
