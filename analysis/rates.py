"""Rates that do not shout where little was counted, and how sure they are."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

Floats = NDArray[np.float64]

LEAST_SPREAD = 0.01
"""Places are taken to differ by at least this part of the mean, so that a prior exists."""


class Prior(NamedTuple):
    """Gamma distribution of the places' true rates: ``shape`` events over ``exposure``."""

    shape: float
    exposure: float

    @property
    def mean(self) -> float:
        """Mean rate over all places."""
        return self.shape / self.exposure


def gamma_prior(events: Floats, exposure: Floats) -> Prior | None:
    """Return the gamma distribution of true rates by the method of moments.

    With m = sum(n)/sum(d) and s2 = sum(d (n/d - m)^2)/sum(d) - m/mean(d): shape m^2/s2, exposure
    m/s2. ``events`` n and ``exposure`` d have shape (places,). None when nothing was counted.
    Source: Marshall (1991), Mapping disease and mortality rates using empirical Bayes estimators.
    """
    known = exposure > 0
    n, d = events[known], exposure[known]
    if not known.any() or n.sum() <= 0:
        return None
    mean = n.sum() / d.sum()
    spread = (d * (n / d - mean) ** 2).sum() / d.sum() - mean / d.mean()
    spread = max(spread, (LEAST_SPREAD * mean) ** 2)
    return Prior(mean**2 / spread, mean / spread)


def smoothed(events: Floats, exposure: Floats, prior: Prior) -> Floats:
    """Return empirical Bayes rates (n + shape)/(d + exposure), shape (places,); Marshall (1991)."""
    return np.asarray((events + prior.shape) / (exposure + prior.exposure))


def interval(
    events: Floats, exposure: Floats, prior: Prior, coverage: float = 0.9
) -> tuple[Floats, Floats]:
    """Return the central posterior interval of each rate, two arrays of shape (places,).

    The posterior of a Poisson count under a gamma prior is gamma(n + shape, d + exposure);
    Clayton and Kaldor (1987). ``coverage`` is the posterior probability inside.
    """
    pairs, back = np.unique(np.column_stack([events, exposure]), axis=0, return_inverse=True)
    shape, rate = pairs[:, 0] + prior.shape, pairs[:, 1] + prior.exposure
    tail = (1 - coverage) / 2
    low, high = (gammaincinv(shape, quantile) / rate for quantile in (tail, 1 - tail))
    position = back.reshape(-1)
    return low[position], high[position]
