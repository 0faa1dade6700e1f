"""The rate of several places together, from counts that were published with known noise.

The noise of places is independent, so that of their sum is its convolution; from there it is the
interval of `analysis.noisy_rates`, under a prior that says nearly nothing: many places together
need no mean to fall back on, and those whom somebody chose are not drawn from all.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc, gammaln

from analysis.behind import NEVER
from analysis.noisy_rates import (
    _BINOMIAL,
    _POISSON,
    MOST_SHARE,
    Rates,
    _candidates,
    _mixture,
    _Model,
)
from analysis.rates import LEAST_SHAPE, Prior

Floats = NDArray[np.float64]

JEFFREYS = 0.5
"""Shape of the prior of a sum; of shares also of its failures."""

HARDLY = 1e-9
"""An exposure that weighs nothing, where 0 would have no logarithm."""

REACH, NODES = 6.0, 48
"""Counts behind a sum lie within so many deviations of its noise; so many of them are enough."""

NEARLY = 0.9
"""An interval may be this part of another, as a logarithm, and still be taken for it: between
units of w and of 2w lies a factor of 0.7."""


def rate_of_sum(
    shown: Floats,
    exposure: Floats,
    table: Floats,
    width: Floats,
    *,
    share: bool = False,
    coverage: float = 0.9,
) -> Rates:
    """Return the rate of places together and its central interval, three arrays of shape (1,).

    ``shown`` counts and ``exposure`` (places,) and ``table`` are as in ``posterior_rates``;
    ``width`` (places,) says in units of how many each count was protected. Behind the sum s lies a
    count c with weight P(s | c) P(c). P(s | c) is the convolution of the deviations of all places,
    each of which has its part of c by exposure, Poisson; P(c) is that of a gamma(1/2) prior of the
    rate. It gives the rate gamma(c + 1/2, d), and the interval is that of the gamma with the mean
    and variance of this mixture. ``share``: the same with beta(c + 1/2, d - c + 1/2). These are
    Jeffreys' priors, whose intervals cover what they say whatever the rate: Brown, Cai and DasGupta
    (2001, Interval estimation for a binomial proportion; 2003, for Poisson). Units of more than one
    count as quasi-Poisson, as there.

    Three places of 30 in 100 without protection, and with one that takes off or adds up to 9: the
    rate stays, the interval is as wide as of 90 with a variance of 90 + 3 * 30.

    >>> shown, exposure, alone = np.full(3, 30.0), np.full(3, 100.0), np.ones(3)
    >>> for table in (np.ones((1, 1)), np.full((1, 19), 1 / 19)):
    ...     rates = rate_of_sum(shown, exposure, table, alone)
    ...     [round(float(value[0]), 2) for value in rates]
    [0.3, 0.25, 0.36]
    [0.3, 0.23, 0.38]
    """
    model = _BINOMIAL if share else _POISSON
    below = np.maximum(np.maximum(exposure, shown) if share else exposure, HARDLY)
    total, whole = float(shown.sum()), float(below.sum())
    counts = _nodes(total, table, width)
    chance = _chance_of_sum(total, counts, below / whole, table, width)
    units = float(width @ shown) / total if total > 0 else 1.0
    prior = Prior(JEFFREYS, 2 * JEFFREYS if share else HARDLY)
    weight = model.log_chance(counts[None, :], np.array([whole]), prior) + np.log(chance)
    return _mixture(counts / units, np.array([whole / units]), weight, prior, model, coverage)


def least_widths(
    shown: Floats,
    exposure: Floats,
    bounds: tuple[Floats, Floats],
    table: Floats,
    least: int,
    *,
    share: bool = False,
) -> Floats:
    """Return the least width of units that explains the interval of each place, shape (places,).

    ``bounds`` hold the ends of the interval that ``posterior_rates`` gave each place, NaN where it
    has none; a count of whole units has ``least`` or more. That fell back on a prior of LEAST_SHAPE
    events or more, so no interval is wider than with LEAST_SHAPE. Units are powers of two.

    An interval of 40 in 100 as a count of its own has, and one that only 10 units of 4 explain:

    >>> shown, exposure, none = np.full(2, 40.0), np.full(2, 100.0), np.ones((2, 1))
    >>> low, high = np.array([0.31, 0.22]), np.array([0.51, 0.63])
    >>> least_widths(shown, exposure, (low, high), none, 5).tolist()
    [1.0, 4.0]
    """
    model = _BINOMIAL if share else _POISSON
    below = np.maximum(exposure, shown) if share else exposure
    prior, width = _weakest(shown, below, model), np.ones(len(shown))
    published = NEARLY * _spread(*bounds, share=share)
    while True:
        counts, chance = _candidates(np.round(shown / width), table)
        over = np.maximum(below / width, HARDLY)
        weight = model.log_chance(counts, over, prior) + chance
        found = _mixture(counts, over, weight, prior, model, 0.9)
        too_narrow = _spread(found.low, found.high, share=share) < published
        fits = (shown % (2 * width) == 0) & (shown >= least * 2 * width)
        if not (wider := too_narrow & fits).any():
            return width
        width = np.where(wider, 2 * width, width)


def _weakest(shown: Floats, exposure: Floats, model: _Model) -> Prior:
    """Return the prior of least weight that places are given, around what they have together."""
    mean = (shown.sum() + JEFFREYS) / max(float(exposure.sum()), HARDLY)
    mean = min(mean, MOST_SHARE) if model is _BINOMIAL else mean
    rarer = min(mean, 1 - mean) if model is _BINOMIAL else mean
    return Prior(LEAST_SHAPE / rarer * mean, LEAST_SHAPE / rarer)


def _spread(low: Floats, high: Floats, *, share: bool) -> Floats:
    """Return how far apart two rates are, as a logarithm; of shares of their odds."""
    with np.errstate(invalid="ignore", divide="ignore"):
        odds = np.log((1 - low) / (1 - high)) if share else 0.0
        return np.asarray(np.nan_to_num(np.log(high / low) + odds, posinf=0.0))


def _nodes(total: float, table: Floats, width: Floats) -> Floats:
    """Return counts that may lie behind a sum, rising by equal steps, NODES or so of them."""
    squares = np.arange(-(table.shape[1] // 2), table.shape[1] // 2 + 1) ** 2
    reach = np.ceil(REACH * np.sqrt((table @ squares).max() * (width**2).sum()))
    below = min(total, reach)
    unit = float(np.gcd.reduce(width.astype(int)))
    step = unit * max(1.0, np.ceil((below + reach) / unit / NODES))
    return np.asarray(total + step * np.arange(-np.floor(below / step), np.floor(reach / step) + 1))


def _chance_of_sum(
    total: float, counts: Floats, parts: Floats, table: Floats, width: Floats
) -> Floats:
    """Return P(total | count), shape of ``counts``: by the characteristic functions of deviations.

    Of places that have ``parts`` (places,) of a count, Poisson.
    """
    most = table.shape[1] // 2
    length = 2 ** int(np.ceil(np.log2(2 * np.abs(total - counts).max() + 2 * most + 2)))
    steps = np.arange(length // 2 + 1)
    whole = np.ones((len(counts), len(steps)), dtype=complex)
    for unit in np.unique(width):
        angles = 2 * np.pi / length * np.outer(np.arange(-most, most + 1), steps * unit)
        waves = table @ np.exp(1j * angles)
        for part in parts[width == unit] / unit:
            whole *= _poisson(counts * part, len(table) - 1) @ waves
    back = np.exp(-2j * np.pi / length * np.outer(total - counts, steps))
    twice = np.where((steps == 0) | (steps == length // 2), 1.0, 2.0)
    chance: Floats = np.real(whole * back) @ twice / length
    return np.maximum(chance, NEVER)


def _poisson(mean: Floats, last: int) -> Floats:
    """Return the chance of each count from 0 to ``last``, or more, shape (means, last + 1)."""
    usual, counts = np.maximum(mean, HARDLY)[:, None], np.arange(last + 1)
    chance = np.exp(counts * np.log(usual) - usual - gammaln(counts + 1))
    chance[:, -1] += gammainc(last + 1, usual[:, 0])
    return np.asarray(chance)
