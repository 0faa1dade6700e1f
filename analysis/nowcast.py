"""Nowcast: recent periods hold fewer events only because many are not registered yet.

How late the events of earlier periods were registered says how complete each recent one is, and
how sure that is.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom

Floats = NDArray[np.float64]

UNSEEN = 0.5
"""Events added to a count for its interval (Jeffreys), so that none seen is not none for sure."""


class Completeness(NamedTuple):
    """Share (0-1) of the events of each period that is registered.

    ``share`` and the standard ``deviation`` of its estimate have shape (places, periods), or
    (periods,) for one place; ``dispersion`` is how many times more registrations vary than when
    each event has a delay of its own, at least 1.
    """

    share: Floats
    deviation: Floats
    dispersion: float


class Nowcast(NamedTuple):
    """Events once all are registered and their interval: three arrays of the shape of counts."""

    mean: Floats
    low: Floats
    high: Floats


class _Delays(NamedTuple):
    """Events registered after exactly and within each delay, (places, delays), and dispersion."""

    after: Floats
    within: Floats
    dispersion: float


def completeness(triangle: Floats, strength: float = 100.0) -> Completeness:
    """Return how complete each period is, from a reporting triangle with the oldest period first.

    ``triangle`` (places, periods, delays), or (periods, delays) for one place, counts the events
    of a period that were registered so many periods later; after the last delay no more come. A
    cell beyond the last period lies ahead and holds NaN or 0; where another cell is NaN, it and
    the later delays of its period do not count.

    Of events registered within d periods a share g took exactly d: n/N, summed over the periods
    that have reached d. The share registered within d is the product of 1 - g over later delays,
    which is the chain ladder. Each g of a place has a beta posterior with N/phi registrations of
    its own and ``strength`` of those of all other places together (0 for none), so that delays
    have a generalised Dirichlet distribution; its mean and variance give those of the product.
    phi = max(1, sum (n - N g)^2 / (N g (1 - g)) / degrees of freedom), over the periods and
    delays of all places together. Delays are taken to be alike in all periods: leave out periods
    with another way of registering. NaN where nothing was registered to learn a delay from.
    ValueError for an impossible triangle or ``strength``.
    Sources: Lawless (1994), Adjustments for reporting delays and the prediction of occurred but
    not reported events; England and Verrall (2002), Stochastic claims reserving in general
    insurance, section 2; Wong (1998), Generalized Dirichlet distribution in Bayesian analysis.

    Of each month half of the events are registered at once and half a month later, so the last
    month is half complete.

    >>> triangle = np.array([[50.0, 50.0], [50.0, 50.0], [50.0, np.nan]])
    >>> completeness(triangle).share.tolist()
    [1.0, 1.0, 0.5]
    """
    _check(triangle, strength)
    places = triangle if triangle.ndim == 3 else triangle[None]
    found = _delays(places)
    others = [part.sum(axis=0) - part for part in (found.after, found.within)]
    usual = np.divide(others[0], others[1], out=np.zeros_like(others[0]), where=others[1] > 0)
    prior = np.where(others[1] > 0, strength, 0.0)
    a = prior * usual + found.after / found.dispersion
    total = prior + found.within / found.dispersion
    rest = total - a
    with np.errstate(divide="ignore", invalid="ignore"):
        first = _product_of_later(rest / total)
        second = _product_of_later(rest * (rest + 1) / (total * (total + 1)))
    deviation = np.sqrt(np.maximum(second - first**2, 0.0))
    periods, delays = places.shape[1:]
    reached = np.minimum(np.arange(periods)[::-1], delays - 1)
    shape = triangle.shape[:-1]
    return Completeness(
        first[:, reached].reshape(shape), deviation[:, reached].reshape(shape), found.dispersion
    )


def complete(counts: Floats, known: Completeness, coverage: float = 0.9) -> Nowcast:
    """Return the events that ``counts``, those registered so far, will have become.

    Mean n/c for n registered events and a share c; the interval is that of n plus a negative
    binomial of mean (n + UNSEEN)(1 - c)/c and variance phi (n + UNSEEN)(1 - c)/c^2 +
    (n + UNSEEN)^2 v/c^4, with phi the dispersion and v the variance of c: for phi 1 and v 0 the
    posterior of the unregistered events under Jeffreys' prior. ``counts`` has the shape of the
    share; a complete period stays as it is, NaN stays NaN. ``coverage`` is the probability inside,
    more where few are missing, as limits are whole events. ValueError when shapes differ, a count
    is negative or ``coverage`` not between 0 and 1.
    Sources: Lawless (1994); England and Verrall (2002), over-dispersed Poisson model; Höhle and
    an der Heiden (2014), Bayesian nowcasting during the STEC O104:H4 outbreak in Germany, 2011.

    >>> triangle = np.array([[50.0, 50.0], [50.0, 50.0], [50.0, np.nan]])
    >>> found = complete(np.array([100.0, 100.0, 50.0]), completeness(triangle))
    >>> found.mean.tolist(), found.low.tolist(), found.high.tolist()
    ([100.0, 100.0, 100.0], [100.0, 100.0, 82.0], [100.0, 100.0, 122.0])
    """
    if counts.shape != known.share.shape:
        raise ValueError(f"counts {counts.shape} and share {known.share.shape} differ in shape")
    if (counts < 0).any() or not 0 < coverage < 1:
        raise ValueError(f"counts must not be negative and coverage {coverage} be within 0 and 1")
    share = np.where(known.share > 0, known.share, np.nan)
    all_of_them = (counts + UNSEEN) / share
    unseen = all_of_them * (1 - share)
    variance = known.dispersion * unseen / share + (all_of_them * known.deviation / share) ** 2
    ahead = variance > unseen
    m, v = unseen[ahead], variance[ahead]
    low, high = np.where(np.isnan(share), np.nan, np.stack([counts, counts]))
    low[ahead] += nbinom.ppf((1 - coverage) / 2, m**2 / (v - m), m / v)
    high[ahead] += nbinom.ppf((1 + coverage) / 2, m**2 / (v - m), m / v)
    return Nowcast(counts / share, low, high)


def _delays(places: Floats) -> _Delays:
    count, periods, delays = places.shape
    after, within = np.zeros((2, count, delays))
    sofar = np.zeros((count, periods))
    distance, freedom = 0.0, 0
    for delay in range(min(periods, delays)):
        reached = periods - delay
        cell = places[:, :reached, delay]
        sofar = sofar[:, :reached] + cell
        counted = np.isfinite(sofar)
        n, most = np.where(counted, cell, 0.0), np.where(counted, sofar, 0.0)
        after[:, delay], within[:, delay] = n.sum(axis=1), most.sum(axis=1)
        n, most = n.sum(axis=0), most.sum(axis=0)
        some = most > 0
        share = n.sum() / max(most.sum(), 1.0)
        if 0 < share < 1:
            expected = most[some] * share
            distance += float(((n[some] - expected) ** 2 / (expected * (1 - share))).sum())
            freedom += int(some.sum()) - 1
    return _Delays(after, within, max(1.0, distance / freedom) if freedom else 1.0)


def _product_of_later(factors: Floats) -> Floats:
    """Return for each delay the product of the factors of all later delays."""
    later = np.concatenate([factors[:, 1:], np.ones((len(factors), 1))], axis=1)
    return np.cumprod(later[:, ::-1], axis=1)[:, ::-1]


def _check(triangle: Floats, strength: float) -> None:
    if triangle.ndim not in (2, 3) or 0 in triangle.shape[-2:]:
        raise ValueError(f"a triangle has periods and delays, not shape {triangle.shape}")
    if (triangle < 0).any() or strength < 0:
        raise ValueError("counts of events and the strength of other places must not be negative")
    periods, delays = triangle.shape[-2:]
    ahead = np.arange(periods)[:, None] + np.arange(delays) >= periods
    if (triangle[..., ahead] > 0).any():
        raise ValueError("events registered after the last period: is the oldest period first?")
