"""Smoothed rates and their intervals: where little was counted, a rate stays near the mean."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from analysis.behind import distinct

Floats = NDArray[np.float64]

LEAST_SHAPE, MOST_SHAPE = 1.0, 8.0
"""The prior weighs at least one expected event, or the noise of protection would decide ranks,
and at most eight, or any place with many counts would outrank the others."""


class Prior(NamedTuple):
    """Gamma distribution of the places' true rates: ``shape`` events over ``exposure``."""

    shape: float
    exposure: float

    @property
    def mean(self) -> float:
        """Mean rate over all places."""
        return self.shape / self.exposure


def gamma_prior(events: Floats, exposure: Floats, noise: float = 0.0) -> Prior | None:
    """Return the gamma distribution of true rates by the method of moments.

    With m = sum(n)/sum(d) and s2 = sum(d (n/d - m)^2)/sum(d) - (m k + e)/sum(d), where k is the
    number of places and e = noise sum(1/d) over places with n > 0: shape m^2/s2 within
    LEAST_SHAPE and MOST_SHAPE. ``events`` n and ``exposure`` d have shape (places,); ``noise`` is
    the variance that protection added to events. None when nothing was counted.
    Source: Marshall (1991), Mapping disease and mortality rates using empirical Bayes estimators,
    with the variance of a known measurement error taken off (Fuller 1987, section 1.2).

    >>> prior = gamma_prior(np.array([2.0, 200.0, 50.0]), np.array([10.0, 1000.0, 1000.0]))
    >>> round(float(prior.shape), 2), round(float(prior.mean), 3)
    (2.89, 0.125)
    """
    known = exposure > 0
    n, d = events[known], exposure[known]
    if not known.any() or n.sum() <= 0:
        return None
    mean = n.sum() / d.sum()
    error = noise * (1 / d[n > 0]).sum()
    spread = ((d * (n / d - mean) ** 2).sum() - mean * len(d) - error) / d.sum()
    shape = mean**2 / spread if spread > 0 else MOST_SHAPE
    shape = min(max(shape, LEAST_SHAPE), MOST_SHAPE)
    return Prior(shape, shape / mean)


def smoothed(events: Floats, exposure: Floats, prior: Prior) -> Floats:
    """Return empirical Bayes rates (n + shape)/(d + exposure), shape (places,); Marshall (1991).

    ``events`` n and ``exposure`` d have shape (places,), and the rates are events per unit of
    exposure; NaN stays NaN.

    Under a prior of 2 events in 20, none in 10 is no rate of 0 and 200 in 1,000 stays near 0.2.

    >>> events, exposure = np.array([0.0, 200.0]), np.array([10.0, 1000.0])
    >>> smoothed(events, exposure, Prior(2.0, 20.0)).round(3).tolist()
    [0.067, 0.198]
    """
    return np.asarray((events + prior.shape) / (exposure + prior.exposure))


def interval(
    events: Floats, exposure: Floats, prior: Prior, noise: float = 0.0, coverage: float = 0.9
) -> tuple[Floats, Floats]:
    """Return the central posterior interval of each rate, two arrays of shape (places,).

    The posterior of a Poisson count under a gamma prior is gamma(n + shape, d + exposure);
    Clayton and Kaldor (1987). ``noise``, the variance that protection added to events above zero,
    widens it: a gamma with the same mean and the variances added. ``coverage`` is the posterior
    probability inside.

    >>> events, exposure = np.array([0.0, 200.0]), np.array([10.0, 1000.0])
    >>> low, high = interval(events, exposure, Prior(2.0, 20.0))
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.012, 0.176], [0.158, 0.222])
    """
    pairs = distinct(events, exposure)
    count = pairs.first + prior.shape
    widened = 1 + np.where(pairs.first > 0, noise, 0.0) / count
    shape, rate = count / widened, (pairs.second + prior.exposure) / widened
    tail = (1 - coverage) / 2
    low, high = (gammaincinv(shape, quantile) / rate for quantile in (tail, 1 - tail))
    return low[pairs.back], high[pairs.back]
