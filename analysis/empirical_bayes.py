"""Rates drawn towards what is usual, the more so the less was counted.

What is usual is a choice: everywhere, in the neighbourhood, or among places of one kind.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import betaincinv

from analysis.neighbours import check_square
from analysis.noisy_rates import Rates
from analysis.rates import gamma_prior, interval, smoothed

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Total = Callable[[Floats], Floats]

LEAST_TRIALS, MOST_TRIALS = 1.0, 10_000.0
"""A prior of fewer trials would pull shares to 0 and 1; of more, all places would be alike."""

ALIKE = 1e30
"""Prior exposure of places that do not differ: their own counts then say nothing."""


class BetaPrior(NamedTuple):
    """Beta distribution of the places' true shares: ``successes`` and ``failures``, a and b."""

    successes: float
    failures: float

    @property
    def mean(self) -> float:
        """Mean share over all places."""
        return self.successes / (self.successes + self.failures)


def marshall(events: Floats, exposure: Floats) -> Floats:
    """Return empirical Bayes rates per unit of exposure, shape (places,).

    With r = n/d, m = sum n/sum d and s2 = sum d (r - m)^2/sum d - m k/sum d, at least 0, over k
    places: m + s2/(s2 + m/d) (r - m). ``events`` n and ``exposure`` d have shape (places,). A
    place without events (NaN) or without exposure (NaN or 0) has no rate and does not count.
    ValueError when shapes differ or a number is negative.
    Source: the global estimator of Marshall (1991), Mapping disease and mortality rates using
    empirical Bayes estimators.

    Two of 10 and 200 of 1,000 are both a raw rate of 0.2; the smaller place is drawn further
    towards the mean of all, 0.125.

    >>> events, exposure = np.array([2.0, 200.0, 50.0]), np.array([10.0, 1000.0, 1000.0])
    >>> marshall(events, exposure).round(3).tolist()
    [0.148, 0.198, 0.052]
    """
    known = _known(events, exposure)
    return _shrunk(events, exposure, known, np.sum, float(np.count_nonzero(known)))


def marshall_by_group(events: Floats, exposure: Floats, group: NDArray[np.int64]) -> Floats:
    """Return empirical Bayes rates, each drawn to the mean of its group, shape (places,).

    As ``marshall`` with sums over places of the same ``group`` (places,), any whole number.
    ValueError as ``marshall``. Source: Marshall (1991), with groups as regions.

    Each group is drawn to its own mean: 0.2 in group 0 and 0.02 in group 1.

    >>> events, exposure = np.array([2.0, 20.0, 0.0, 2.0]), np.array([10.0, 100.0, 10.0, 90.0])
    >>> marshall_by_group(events, exposure, np.array([0, 0, 1, 1])).round(3).tolist()
    [0.2, 0.2, 0.02, 0.02]
    """
    known = _known(events, exposure, group)
    code, number = np.unique(group[known], return_inverse=True)

    def total(part: Floats) -> Floats:
        return np.asarray(np.bincount(number, part, len(code))[number], dtype=float)

    return _shrunk(events, exposure, known, total, np.bincount(number)[number].astype(float))


def marshall_local(events: Floats, exposure: Floats, neighbours: csr_array) -> Floats:
    """Return empirical Bayes rates, each drawn to the mean around it, shape (places,).

    As ``marshall`` with sums over the place itself and its neighbours: the entries other than 0
    of its row of ``neighbours`` (places, places), which all weigh the same. ValueError as
    ``marshall``. Source: the local estimator of Marshall (1991).

    The third place has no neighbour, so it keeps its own rate.

    >>> from analysis.neighbours import from_pairs
    >>> pair = from_pairs(np.array([0]), np.array([1]), 3)
    >>> events, exposure = np.array([0.0, 20.0, 30.0]), np.array([10.0, 90.0, 100.0])
    >>> marshall_local(events, exposure, pair).round(3).tolist()
    [0.196, 0.204, 0.3]
    """
    known = _known(events, exposure)
    check_square(neighbours, len(events))
    near = neighbours if known.all() else csr_array(neighbours[known][:, known])
    near = near.astype(bool).astype(float)
    own = 1.0 - near.diagonal()
    places = near.sum(axis=1) + own
    return _shrunk(events, exposure, known, lambda part: near @ part + own * part, places)


def gamma_poisson(
    events: Floats, exposure: Floats, noise: float = 0.0, coverage: float = 0.9
) -> Rates | None:
    """Return posterior mean and central interval of each rate, three arrays of shape (places,).

    The posterior is gamma(n + shape, d + prior exposure) under the prior of
    ``analysis.rates.gamma_prior``; ``noise`` is the variance that protection added to ``events``
    n. Units and unknown places as ``marshall``. None when nothing was counted. ValueError as
    ``marshall``, or when ``coverage`` does not lie between 0 and 1.
    Sources: Marshall (1991); Clayton and Kaldor (1987), Empirical Bayes estimates of
    age-standardized relative risks for use in disease mapping.

    >>> events, exposure = np.array([2.0, 200.0, 50.0]), np.array([10.0, 1000.0, 1000.0])
    >>> rates = gamma_poisson(events, exposure)
    >>> rates.low.round(3).tolist(), rates.high.round(3).tolist()
    ([0.058, 0.176, 0.041], [0.272, 0.222, 0.064])
    """
    known = _known(events, exposure)
    _check_coverage(coverage)
    n, d = events[known], exposure[known]
    prior = gamma_prior(n, d, noise)
    if prior is None:
        return None
    full = np.full((3, len(known)), np.nan)
    full[:, known] = smoothed(n, d, prior), *interval(n, d, prior, noise, coverage)
    return Rates(*full)


def beta_prior(successes: Floats, trials: Floats) -> BetaPrior | None:
    """Return the beta distribution of true shares by the method of moments.

    With p = x/n, m = sum x/N, N = sum n and S = sum n (p - m)^2 over k places, the correlation of
    two trials in one place is c = (S/(m (1 - m)) - (k - 1))/(N - sum n^2/N - (k - 1)); then
    a + b = 1/c - 1 within LEAST_TRIALS and MOST_TRIALS, and a = m (a + b). ``successes`` x and
    ``trials`` n have shape (places,). A place without successes (NaN) or trials (NaN or 0) does
    not count. None without any success or any failure. ValueError when shapes differ, a number is
    negative or there are more successes than trials.
    Source: Kleinman (1973), Proportions with extraneous variance: single and independent samples.

    Shares that differ no more than chance would have them get the strongest prior.

    >>> prior = beta_prior(np.array([1.0, 10.0]), np.array([10.0, 100.0]))
    >>> round(prior.mean, 3), round(prior.successes + prior.failures)
    (0.1, 10000)
    """
    known = _known_shares(successes, trials)
    x, n = successes[known], trials[known]
    if not 0 < x.sum() < n.sum():
        return None
    places, total = len(n), n.sum()
    mean = x.sum() / total
    excess = (n * (x / n - mean) ** 2).sum() / (mean * (1 - mean)) - (places - 1)
    room = total - (n**2).sum() / total - (places - 1)
    size = room / excess - 1 if excess > 0 and room > 0 else MOST_TRIALS
    size = float(min(max(size, LEAST_TRIALS), MOST_TRIALS))
    return BetaPrior(float(mean) * size, float(1 - mean) * size)


def beta_binomial(
    successes: Floats, trials: Floats, prior: BetaPrior, coverage: float = 0.9
) -> Rates:
    """Return posterior mean and central interval of each share, three arrays of shape (places,).

    The posterior of x ``successes`` in n ``trials`` is beta(a + x, b + n - x), with mean
    (a + x)/(a + b + n); ``coverage`` is the probability inside. Unknown places as ``beta_prior``
    get NaN. ValueError as ``beta_prior``, or when ``coverage`` does not lie between 0 and 1.
    Source: Gelman et al. (2013), Bayesian Data Analysis, sections 2.4 and 5.3.

    No success in one trial, under a flat prior: the rule of succession gives 1/3.

    >>> rates = beta_binomial(np.array([0.0]), np.array([1.0]), BetaPrior(1.0, 1.0))
    >>> rates.mean.round(3).tolist(), rates.low.round(3).tolist(), rates.high.round(3).tolist()
    ([0.333], [0.025], [0.776])
    """
    known = _known_shares(successes, trials)
    _check_coverage(coverage)
    pairs, back = np.unique(
        np.column_stack([successes[known], trials[known]]), axis=0, return_inverse=True
    )
    a = prior.successes + pairs[:, 0]
    b = prior.failures + pairs[:, 1] - pairs[:, 0]
    tail = (1 - coverage) / 2
    low, high = betaincinv(a, b, tail), betaincinv(a, b, 1 - tail)
    full = np.full((3, len(known)), np.nan)
    full[:, known] = np.stack([a / (a + b), low, high])[:, back.reshape(-1)]
    return Rates(*full)


def _shrunk(
    events: Floats, exposure: Floats, known: Mask, total: Total, places: Floats | float
) -> Floats:
    """Return rates drawn to the mean of what ``total`` sums over ``places`` of the known ones."""
    if known.all() and known.size:
        return _drawn(events, exposure, total, places)
    rates = np.full(events.shape, np.nan)
    if known.any():
        rates[known] = _drawn(events[known], exposure[known], total, places)
    return rates


def _drawn(n: Floats, d: Floats, total: Total, places: Floats | float) -> Floats:
    exposed = total(d)
    m = total(n) / exposed
    # Around one mean for all, the sum of squares loses no digits.
    centre = np.mean(m)
    squares = total((n - centre * d) ** 2 / d) / exposed - (m - centre) ** 2
    spread = np.maximum(squares - m * places / exposed, 0.0)
    prior = np.divide(m, spread, out=np.full_like(spread, ALIKE), where=spread > 0)
    # The same as m + s2/(s2 + m/d) (r - m), in fewer steps.
    return np.asarray((n + m * prior) / (d + prior))


def _known(events: Floats, exposure: Floats, group: NDArray[np.int64] | None = None) -> Mask:
    shapes = {part.shape for part in (events, exposure, group) if part is not None}
    if events.ndim != 1 or len(shapes) > 1:
        raise ValueError("events, exposure and group must have one shape (places,)")
    known = (events >= 0) & (exposure > 0) & np.isfinite(events) & np.isfinite(exposure)
    if not known.all() and ((events < 0).any() or (exposure < 0).any()):
        raise ValueError("events and exposure cannot be negative")
    return known


def _known_shares(successes: Floats, trials: Floats) -> Mask:
    known = _known(successes, trials)
    if (successes > trials).any():
        raise ValueError("there cannot be more successes than trials")
    return known


def _check_coverage(coverage: float) -> None:
    if not 0 < coverage < 1:
        raise ValueError(f"coverage must lie between 0 and 1, not {coverage}")
