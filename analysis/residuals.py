"""Residuals: how far each published count lies from what can be expected of its place.

Tests for patterns take places as alike. Smoothed rates are not: they are skewed and vary more
where more is counted, so that such tests find patterns among towns that merely lie together.
Residuals are about standard normal wherever enough is expected.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammaln, ndtri

from analysis.behind import NEVER, behind, distinct, pieces

Floats = NDArray[np.float64]

SHAPES = np.geomspace(0.25, 256.0, 11)
"""How much places differ by themselves: the widest prior has a variance of 4 squared means."""

LEAST_JUDGED = 3.0
"""Below this a published count is nearly always 0 or k, and no longer like a normal deviate."""

LEAST_SCANNED = 1.0
"""A scan adds counts up, and so can look at places that expect less."""

FITTED = 5000
"""So many places are enough to estimate how much places differ."""

FARTHEST = 1e-12


class Residuals(NamedTuple):
    """Three arrays of shape (places,), NaN for places where too little is expected, and a shape.

    ``deviate`` is about standard normal without a pattern, for Gi* and Moran's I. ``cases`` and
    ``expected`` are those of a plain Poisson count as precise as the published one, for a scan.
    ``shape`` says how much places differ by themselves: the smaller, the more.
    """

    deviate: Floats
    cases: Floats
    expected: Floats
    shape: float


def residuals(
    shown: Floats,
    exposure: Floats,
    table: Floats,
    shape: float | None = None,
    width: Floats | float = 1.0,
) -> Residuals | None:
    """Return the residuals of ``shown`` counts given ``exposure``; None when nothing was counted.

    Counts are taken as negative binomial with mean E = exposure sum(shown)/sum(exposure) and the
    ``shape`` a, or that of SHAPES with the largest likelihood, then as published through ``table``,
    as in ``posterior_rates``. With u = P(less) + P(same)/2 the deviate is the normal
    quantile of u: a mid-p quantile residual (Dunn and Smyth 1996, Randomized quantile residuals;
    Lancaster 1961, Significance tests in discrete distributions). With V = E + E^2/a + the noise's
    variance at E, ``expected`` is E^2/V and ``cases`` shown E/V, to whole numbers: same ratio, and
    a variance equal to the mean (effective counts; Kish 1965, Survey Sampling, section 8.2).
    Deviates need E of LEAST_JUDGED, cases of LEAST_SCANNED; NaN below, and without exposure.
    ``width``: counts come in units of so many (places,), and so are all of these counted.

    Ten places that expect 22 each, published without protection (the table adds 0): nine have 20,
    one has 40.

    >>> shown, unprotected = np.array([20.0] * 9 + [40.0]), np.array([[0.0, 1.0, 0.0]])
    >>> found = residuals(shown, np.ones(10), unprotected, shape=100.0)
    >>> found.deviate[[0, -1]].round(1).tolist()
    [-0.3, 3.1]
    >>> found.cases[[0, -1]].tolist(), found.expected[[0, -1]].round(1).tolist()
    ([16.0, 33.0], [18.0, 18.0])
    """
    known = exposure > 0
    if not known.any() or shown[known].sum() <= 0:
        return None
    mean = np.round(shown[known]).sum() / exposure[known].sum()
    unit = np.broadcast_to(width, shown.shape)
    scanned = np.flatnonzero(known)[mean * exposure[known] / unit[known] >= LEAST_SCANNED]
    counts = np.round(shown[scanned] / unit[scanned])
    expected = mean * exposure[scanned] / unit[scanned]
    shape = _shape(counts, expected, table) if shape is None else shape
    part = expected / _shown_variance(expected, table, shape)
    full = np.full((3, len(shown)), np.nan)
    full[1:, scanned] = np.round(counts * part), expected * part
    judged = expected >= LEAST_JUDGED
    less, same = _less_and_same(counts[judged], expected[judged], table, shape)
    full[0, scanned[judged]] = ndtri((less + same / 2).clip(FARTHEST, 1 - FARTHEST))
    return Residuals(full[0], full[1], full[2], shape)


def _shape(counts: Floats, expected: Floats, table: Floats) -> float:
    """Return the shape of SHAPES with the largest likelihood, of at most FITTED places."""
    step = max(1, -(-len(counts) // FITTED))
    some = counts[::step], expected[::step]
    fits = [
        np.log(np.maximum(_less_and_same(*some, table, shape)[1], NEVER)).sum() for shape in SHAPES
    ]
    return float(SHAPES[int(np.argmax(fits))])


def _less_and_same(
    shown: Floats, expected: Floats, table: Floats, shape: float
) -> tuple[Floats, Floats]:
    """Return the chance of a smaller published count, and of this one, shape (places,)."""
    pairs = distinct(shown, expected)
    found = np.empty((2, len(pairs.first)))
    smaller = table.cumsum(axis=1) - table
    for piece in pieces(len(pairs.first)):
        true = behind(pairs.first[piece], table)
        chance = _negative_binomial(true.counts, pairs.second[piece][:, None], shape)
        found[0, piece] = (chance * true.looked_up(smaller)).sum(axis=1)
        found[1, piece] = (chance * true.looked_up(table)).sum(axis=1)
    surely = pairs.first - table.shape[1] // 2 - 1
    known = surely >= 0
    found[0, known] += betainc(shape, surely[known] + 1, shape / (shape + pairs.second[known]))
    less, same = found[:, pairs.back]
    return less, same


def _negative_binomial(counts: Floats, expected: Floats, shape: float) -> Floats:
    """Return the chance of whole ``counts``; their numbers of ways are looked up."""
    whole = np.arange(counts.max(initial=0) + 1)
    ways = (gammaln(whole + shape) - gammaln(shape) - gammaln(whole + 1))[counts.astype(np.int64)]
    own = shape * np.log(shape / (shape + expected))
    return np.asarray(np.exp(ways + own + counts * np.log(expected / (shape + expected))))


def _shown_variance(expected: Floats, table: Floats, shape: float) -> Floats:
    """Return the variance of the published count of places, shape (places,)."""
    deviation = np.arange(table.shape[1]) - table.shape[1] // 2
    noise = table @ deviation**2 - (table @ deviation) ** 2
    each, back = np.unique(expected, return_inverse=True)
    added = np.empty(len(each))
    for piece in pieces(len(each)):
        chance = _negative_binomial(np.arange(len(table) - 1.0), each[piece][:, None], shape)
        added[piece] = chance @ noise[:-1] + (1 - chance.sum(axis=1)) * noise[-1]
    return np.asarray(expected + expected**2 / shape + added[back])
