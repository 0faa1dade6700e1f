"""Rates of counts that were published with known noise, and their intervals.

The posterior goes over every count that may lie behind a published one, so that a count that is
mostly noise does not make a high rate.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaln

from analysis.behind import NEVER, Pairs, behind, distinct, pieces
from analysis.gamma_quantiles import gamma_quantile
from analysis.rates import LEAST_SHAPE, MOST_SHAPE, Prior

Floats = NDArray[np.float64]

SHAPES = np.geomspace(LEAST_SHAPE, MOST_SHAPE, 7)

MOST_SHARE = 1 - 1e-6
"""A share of 1 everywhere leaves no room for failures."""


class Rates(NamedTuple):
    """Posterior mean of each rate and its central interval, three arrays of shape (places,)."""

    mean: Floats
    low: Floats
    high: Floats


class _Model(NamedTuple):
    """How counts arise in places whose rates differ as a prior says.

    ``log_chance`` of counts (places, candidates) given exposure (places,), ``variance`` of a rate
    with that mean and prior plus own exposure, ``limits`` of the distribution with a mean and a
    variance that leave a tail at either side; ``fitted``: how many different places are enough to
    estimate how much places differ.
    """

    log_chance: Callable[[Floats, Floats, Prior], Floats]
    variance: Callable[[Floats, Floats], Floats]
    limits: Callable[[Floats, Floats, float], tuple[Floats, Floats]]
    fitted: int


def posterior_rates(
    shown: Floats,
    exposure: Floats,
    table: Floats,
    coverage: float = 0.9,
    *,
    share: bool = False,
    width: Floats | float = 1.0,
) -> Rates | None:
    """Return rates of ``shown`` counts per ``exposure``; None when nothing was counted.

    ``table`` holds P(deviation | count), a row per count (the last also for larger ones) and a
    column per deviation from -m to m. True counts are Poisson under a gamma prior, so negative
    binomial over places; the prior has the mean of the shown counts (deviations have mean 0) and
    the shape of SHAPES with the largest marginal likelihood over some of them (empirical Bayes;
    Clayton and Kaldor 1987). A count c with weight P(c) P(shown | c) gives the rate
    gamma(c + shape, d + exposure); the interval is that of the gamma with the mean and variance of
    this mixture. Places without exposure get NaN.

    ``share``: the counts are part of the exposure, so binomial under a beta prior of that mean,
    with the shape as its successes or, where those are fewer, its failures, and beta(c + a,
    d - c + b) behind a count (Gelman et al. 2013, Bayesian Data Analysis, sections 2.4 and 5.3). A
    gamma would be too wide for shares that are not small.

    ``width``: counts come and were protected in units of so many (places,), as where one firm has
    many establishments. Units are then counted per exposure in units: as a quasi-Poisson count with
    that dispersion (McCullagh and Nelder 1989, Generalized Linear Models, section 6.2).

    A count shown as 3 in 100, without protection and with one that takes 1 off, adds 1 or does
    neither, each as likely: the rate stays, its interval is wider.

    >>> shown, exposure = np.array([3.0, 40, 90]), np.array([100.0, 1000, 1000])
    >>> for chances in ([0, 1, 0], [1 / 3, 1 / 3, 1 / 3]):
    ...     rates = posterior_rates(shown, exposure, np.array([[0, 1, 0], chances]))
    ...     rates.mean.round(3)[0].item(), (rates.high - rates.low).round(3)[0].item()
    (0.046, 0.05)
    (0.046, 0.053)
    """
    exposure = np.maximum(exposure, shown) if share else exposure
    known = exposure > 0
    model = _BINOMIAL if share else _POISSON
    if not known.any() or shown[known].sum() <= 0:
        return None
    unit = np.broadcast_to(width, shown.shape)[known]
    pairs = distinct(np.round(shown[known] / unit), exposure[known] / unit)
    mean = shown[known].sum() / exposure[known].sum()
    mean = min(mean, MOST_SHARE) if share else mean
    rarer = min(mean, 1 - mean) if share else mean
    priors = [Prior(float(shape / rarer * mean), float(shape / rarer)) for shape in SHAPES]
    best = _fitted(pairs, table, priors, model)
    moments = np.empty((2, len(pairs.first)))
    for piece in pieces(len(pairs.first)):
        below = pairs.second[piece]
        counts, chance = _candidates(pairs.first[piece], table)
        weight = model.log_chance(counts, below, best) + chance
        moments[:, piece] = _moments(counts, below, weight, best, model)
    per_pair = _limited(moments[0], moments[1], model, coverage)
    full = np.full((len(per_pair), len(shown)), np.nan)
    for target, values in zip(full, per_pair, strict=True):
        target[known] = values[pairs.back]
    return Rates(*full)


def _fitted(pairs: Pairs, table: Floats, priors: list[Prior], model: _Model) -> Prior:
    """Return the prior that makes some of the places the most likely."""
    some = slice(None, None, max(1, -(-len(pairs.first) // model.fitted)))
    shown, exposure, times = pairs.first[some], pairs.second[some], pairs.times[some]
    fits = np.zeros(len(priors))
    for piece in pieces(len(shown)):
        counts, chance = _candidates(shown[piece], table)
        for number, prior in enumerate(priors):
            weight = np.exp(model.log_chance(counts, exposure[piece], prior) + chance)
            fits[number] += times[piece] @ np.log(weight.sum(axis=1) + NEVER)
    return priors[int(np.argmax(fits))]


def _candidates(shown: Floats, table: Floats) -> tuple[Floats, Floats]:
    """Return the counts behind each shown figure and the log of P(shown | count), (n, columns)."""
    found = behind(shown, table)
    return found.counts, found.log(table)


def _mixture(
    counts: Floats,
    exposure: Floats,
    weight: Floats,
    prior: Prior,
    model: _Model,
    coverage: float,
) -> Rates:
    return _limited(*_moments(counts, exposure, weight, prior, model), model, coverage)


def _moments(
    counts: Floats, exposure: Floats, weight: Floats, prior: Prior, model: _Model
) -> tuple[Floats, Floats]:
    """Return the mean and variance of rates that have ``weight`` (places, candidates)."""
    weight = np.exp(weight - weight.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    total = (exposure + prior.exposure)[:, None]
    rate = (counts + prior.shape) / total
    mean = (weight * rate).sum(axis=1)
    apart = (rate - mean[:, None]) ** 2
    return mean, (weight * (model.variance(rate, total) + apart)).sum(axis=1)


def _limited(mean: Floats, variance: Floats, model: _Model, coverage: float) -> Rates:
    low, high = model.limits(mean, variance, (1 - coverage) / 2)
    return Rates(mean, np.minimum(low, mean), np.maximum(high, mean))


def _log_negative_binomial(counts: Floats, exposure: Floats, prior: Prior) -> Floats:
    total = (prior.exposure + exposure)[:, None]
    own = prior.shape * np.log(prior.exposure / total) + counts * np.log(exposure[:, None] / total)
    few = counts.max(initial=0) < counts.size  # looked up where counts are few, places many
    each = np.arange(counts.max(initial=0) + 1) if few else counts
    ways = gammaln(each + prior.shape) - gammaln(prior.shape) - gammaln(each + 1)
    return np.asarray(own + (ways[counts.astype(np.int64)] if few else ways))


def _log_beta_binomial(counts: Floats, trials: Floats, prior: Prior) -> Floats:
    a, b, n = prior.shape, prior.exposure - prior.shape, trials[:, None]
    rest = np.maximum(n - counts, 0.0)
    ways = gammaln(n + 1) - _log_gamma(counts, 1) - _log_gamma(rest, 1)
    own = _log_gamma(counts, a) + _log_gamma(rest, b) - gammaln(n + a + b)
    usual = gammaln(a + b) - gammaln(a) - gammaln(b)
    return np.where(counts <= n, ways + own + usual, np.log(NEVER))


def _log_gamma(counts: Floats, more: float) -> Floats:
    """Return log gamma(count + more); looked up where counts are whole and mostly small."""
    largest = counts.max(initial=0.0)
    whole = counts.astype(np.int64) if largest < counts.size else None
    if whole is None or (whole != counts).any():
        return np.asarray(gammaln(counts + more))
    return np.asarray(gammaln(np.arange(largest + 1) + more)[whole])


def _gamma_limits(mean: Floats, variance: Floats, tail: float) -> tuple[Floats, Floats]:
    shape, scale = mean**2 / variance, variance / mean
    return gamma_quantile(shape, tail) * scale, gamma_quantile(shape, 1 - tail) * scale


def _beta_limits(mean: Floats, variance: Floats, tail: float) -> tuple[Floats, Floats]:
    size = mean * (1 - mean) / variance - 1
    a, b = mean * size, (1 - mean) * size
    low, high = betaincinv(a, b, [[tail], [1 - tail]])
    return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)


_POISSON = _Model(
    _log_negative_binomial, lambda rate, whole: rate / whole, _gamma_limits, fitted=5_000
)
_BINOMIAL = _Model(
    _log_beta_binomial,
    lambda rate, whole: rate * (1 - rate) / (whole + 1),
    _beta_limits,
    fitted=1_500,
)
