"""Do intervals hold what they promise? Later counts beside predicted intervals."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv
from scipy.stats import nbinom

Floats = NDArray[np.float64]

SHAPES = np.geomspace(0.02, 1e7, 600)


class Posterior(NamedTuple):
    """Gamma distribution of each place's rate, mean shape/rate: two arrays of shape (places,)."""

    shape: Floats
    rate: Floats


class Calibration(NamedTuple):
    """How intervals did over ``places`` places with an interval and a later count.

    ``inside``, ``below`` and ``above`` are shares of the places; ``score`` is the mean interval
    score and ``width`` the mean width, both in counts.
    """

    places: int
    inside: float
    below: float
    above: float
    width: float
    score: float


def posterior(mean: Floats, low: Floats, high: Floats, coverage: float = 0.9) -> Posterior:
    """Return the gamma distribution behind each published rate, shape (places,).

    high/low of a gamma depends on its shape alone, which is read off a table of them (Clayton and
    Kaldor 1987 for the gamma); rate = shape/mean. ``low`` and ``high`` hold ``coverage`` between
    them; all are rates. NaN without a rate above 0 and an interval around it. ValueError for a low
    above its high or a coverage that is no probability.

    The 90% interval of a gamma with shape 9 and rate 3 leads back to that gamma.

    >>> low, high = (gammaincinv(9, q) / 3 for q in (0.05, 0.95))
    >>> found = posterior(np.array([3.0]), np.array([low]), np.array([high]))
    >>> found.shape.round(2).tolist(), found.rate.round(2).tolist()
    ([9.0], [3.0])
    """
    if not 0 < coverage < 1:
        raise ValueError(f"coverage must lie between 0 and 1, not {coverage}")
    if (low > high).any():
        raise ValueError("a low is above its high")
    tail = (1 - coverage) / 2
    least, most = gammaincinv(SHAPES, tail), gammaincinv(SHAPES, 1 - tail)
    spread = np.log(most) - np.log(np.maximum(least, np.finfo(float).tiny))
    usable = np.isfinite(mean) & np.isfinite(low) & np.isfinite(high) & (mean > 0) & (low > 0)
    shape, rate = np.full((2, *mean.shape), np.nan)
    seen = np.log(high[usable] / low[usable])
    shape[usable] = np.exp(np.interp(seen, spread[::-1], np.log(SHAPES)[::-1]))
    rate[usable] = shape[usable] / mean[usable]
    return Posterior(shape, rate)


def predictive_interval(
    known: Posterior, exposure: Floats, coverage: float = 0.9, noise: float = 0.0
) -> tuple[Floats, Floats]:
    """Return the interval of a later count, two arrays of shape (places,), in whole counts.

    A Poisson count of a gamma rate over ``exposure`` is negative binomial with mean m = exposure x
    shape/rate and variance m + m^2/shape; ``noise``, the variance that protection will add,
    widens it (a negative binomial with the same mean and the variances added). The limits are its
    tail quantiles, so at least ``coverage`` lies inside, more where counts are small. NaN without
    a posterior or an exposure above 0. ValueError for a coverage that is no probability or a
    negative noise. Source: Gelman and others (2013), Bayesian Data Analysis, section 2.6.

    Both places expect ten events. Only the rate of the first is known, so its count is Poisson.

    >>> known = Posterior(shape=np.array([1e6, 1.0]), rate=np.array([1e6, 1.0]))
    >>> low, high = predictive_interval(known, np.array([10.0, 10.0]))
    >>> low.tolist(), high.tolist()
    ([5.0, 0.0], [15.0, 31.0])
    """
    if not 0 < coverage < 1 or noise < 0:
        raise ValueError("coverage must lie between 0 and 1 and noise must be 0 or more")
    size, chance = _negative_binomial(known, exposure, noise)
    tail = (1 - coverage) / 2
    return (
        np.asarray(nbinom.ppf(tail, size, chance)),
        np.asarray(nbinom.ppf(1 - tail, size, chance)),
    )


def interval_score(later: Floats, low: Floats, high: Floats, coverage: float = 0.9) -> Floats:
    """Return the interval score of each place, shape (places,), in counts; lower is better.

    (high - low) + 2/a (low - x) if x < low + 2/a (x - high) if x > high, with a = 1 - coverage; it
    cannot be won by intervals that are too wide or too sure. NaN where something is missing.
    ValueError for a low above its high or a coverage that is no probability. Source: Gneiting and
    Raftery (2007), Strictly proper scoring rules, prediction, and estimation, equation 43.

    Inside it costs the width; one event outside a 90% interval costs 2/0.1 = 20 more.

    >>> low, high = np.array([5.0, 5.0]), np.array([15.0, 15.0])
    >>> interval_score(np.array([10.0, 16.0]), low, high).round(6).tolist()
    [10.0, 30.0]
    """
    if not 0 < coverage < 1:
        raise ValueError(f"coverage must lie between 0 and 1, not {coverage}")
    if (low > high).any():
        raise ValueError("a low is above its high")
    missed = np.maximum(low - later, 0) + np.maximum(later - high, 0)
    return np.asarray(high - low + 2 / (1 - coverage) * missed)


def calibration(later: Floats, low: Floats, high: Floats, coverage: float = 0.9) -> Calibration:
    """Return how the intervals [low, high] of ``later`` counts did, all of shape (places,).

    Intervals of counts are calibrated when the share inside is at least ``coverage`` and below and
    above are each at most half of the rest. Places with something missing do not count; NaN
    without any. ValueError as `interval_score`. Source: Gneiting, Balabdaoui and Raftery (2007),
    Probabilistic forecasts, calibration and sharpness.

    >>> later = np.array([4.0, 8.0, 10.0, 16.0])
    >>> found = calibration(later, np.full(4, 5.0), np.full(4, 15.0))
    >>> found.places, found.inside, found.below, found.above
    (4, 0.5, 0.25, 0.25)
    """
    score = interval_score(later, low, high, coverage)
    known = np.isfinite(score)
    places = int(known.sum())
    if not places:
        return Calibration(0, *[np.nan] * 5)
    x, least, most = later[known], low[known], high[known]
    below, above = float((x < least).mean()), float((x > most).mean())
    width = float((most - least).mean())
    return Calibration(places, 1 - below - above, below, above, width, float(score[known].mean()))


def pit_histogram(
    later: Floats, known: Posterior, exposure: Floats, bins: int = 10, noise: float = 0.0
) -> Floats:
    """Return the height of each bin of the probability integral transform, shape (bins,).

    1 everywhere when calibrated, a U when the intervals are too narrow, a hill when too wide, a
    slope when biased. Counts being whole, each is spread over [P(X < x), P(X <= x)] under the
    distribution of `predictive_interval`. Places with something missing do not count; NaN without
    any. ValueError for fewer than one bin. Source: Czado, Gneiting and Held (2009), Predictive
    model assessment for count data, section 2.1.

    All counts are just what was expected, so the intervals are too wide: the histogram is a hill.

    >>> known = Posterior(np.full(20, 50.0), np.full(20, 1.0))
    >>> pit_histogram(np.full(20, 50.0), known, np.ones(20), bins=5).round(1).tolist()
    [0.0, 0.0, 5.0, 0.0, 0.0]
    """
    if bins < 1:
        raise ValueError(f"bins must be 1 or more, not {bins}")
    size, chance = _negative_binomial(known, exposure, noise)
    upper = np.asarray(nbinom.cdf(later, size, chance))
    usable = np.isfinite(upper) & np.isfinite(later)
    if not usable.any():
        return np.full(bins, np.nan)
    upper = upper[usable]
    lower = nbinom.cdf(later[usable] - 1, size[usable], chance[usable])
    edges = np.arange(bins + 1)[:, None] / bins
    # A count so improbable that its width is lost in rounding becomes a step.
    width = np.maximum(upper - lower, 1e-12)
    reached = ((edges - lower) / width).clip(0, 1).mean(axis=1)
    reached[-1] = 1
    return np.asarray(np.diff(reached) * bins)


def _negative_binomial(known: Posterior, exposure: Floats, noise: float) -> tuple[Floats, Floats]:
    """Return the size and the probability that scipy's negative binomial takes."""
    usable = np.isfinite(exposure) & (exposure > 0)
    mean = np.where(usable, exposure, np.nan) * known.shape / known.rate
    extra = mean**2 / known.shape + noise
    return np.asarray(mean**2 / extra), np.asarray(mean / (mean + extra))
