"""A score made under other choices: the one place where those choices are written down.

`analysis.robustness` draws them at random, `analysis.sensitivity` asks which of them matters.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from analysis.normalisation import min_max, rank_scores, t_scores
from analysis.outliers import Treatment, treated, treatment

Floats = NDArray[np.float64]

INPUTS = ("normalisation", "weights", "aggregation", "left out", "data")
"""The choices, in the order of a point in the unit cube."""

FLOOR = 1.0
"""Least figure in a geometric mean, of 100: a place that is lowest in one thing still has a score
(OECD/JRC 2008, step 6)."""


@dataclass(frozen=True)
class Figures:
    """What a score is made of: figures with their intervals, and the weights as published.

    ``mean``, ``low`` and ``high`` have shape (places, indicators), 0 or more (rates, shares), more
    counting for more; NaN is no figure, and a figure without an interval is certain. ``weights``
    (indicators,) count within their group, ``groups`` (indicators,) number the focus areas, which
    count equally. ``coverage`` is the probability inside [low, high].
    """

    mean: Floats
    low: Floats
    high: Floats
    weights: Floats
    groups: NDArray[np.int64]
    coverage: float = 0.9


class Varied(NamedTuple):
    """What differs between runs; ``weights`` is how far each may go, 0.25 being a quarter."""

    normalisation: bool = True
    weights: float = 0.25
    aggregation: bool = True
    left_out: bool = True
    data: bool = True


EVERYTHING = Varied()
NOTHING = Varied(False, 0.0, False, False, False)


@dataclass(frozen=True)
class Prepared:
    """Figures ready for many runs: `prepared` makes it, `scores` uses it.

    ``centre`` and ``spread`` are those of the cube root of each figure, shape (places,
    indicators), stored a column after the other because every run goes over whole columns.
    """

    mean: Floats
    known: NDArray[np.bool_]
    centre: Floats
    spread: Floats
    treatments: tuple[Treatment, ...]
    weights: Floats
    member: Floats


def prepared(figures: Figures) -> Prepared:
    """Return ``figures`` checked and ready for `scores`.

    A rate's posterior is a gamma, whose cube root is all but normal (Wilson and Hilferty 1931), so
    the interval gives centre (low^1/3 + high^1/3)/2 and spread (high^1/3 - low^1/3)/(2 z), z being
    the normal quantile of the coverage: exact at both limits, and a median that is 7% off for one
    expected event, 1% for three. ValueError for shapes that do not fit, a figure below 0,
    a low above its high, a negative weight or a coverage that is no probability.

    A figure of 8 with the interval from 1 to 27 has a cube root of 2, as far from 1 as from 3.

    >>> one = np.array([[8.0]])
    >>> figures = Figures(one, np.array([[1.0]]), np.array([[27.0]]), np.ones(1), np.zeros(1, int))
    >>> ready = prepared(figures)
    >>> ready.centre.round(3).tolist(), ready.spread.round(3).tolist()
    ([[2.0]], [[0.608]])
    """
    _check(figures)
    mean = np.asfortranarray(np.where(np.isfinite(figures.mean), figures.mean, np.nan))
    z = ndtri((1 + figures.coverage) / 2)
    low, high = np.cbrt(figures.low), np.cbrt(figures.high)
    unsure = np.isfinite(low) & np.isfinite(high) & (high > low)
    centre = np.where(unsure, (low + high) / 2, np.cbrt(mean))
    spread = np.where(unsure, (high - low) / (2 * z), 0.0)
    member = figures.groups[:, None] == np.unique(figures.groups)
    return Prepared(
        mean,
        np.isfinite(mean),
        np.asfortranarray(np.where(np.isfinite(mean), centre, np.nan)),
        np.asfortranarray(spread),
        tuple(treatment(column) for column in mean.T),
        figures.weights.astype(float),
        member.astype(float),
    )


def scores(ready: Prepared, point: Floats, varied: Varied = EVERYTHING, seed: int = 0) -> Floats:
    """Return every place's score under the choices of ``point``, shape (places,), NaN without one.

    ``point`` (5,) in [0, 1) follows INPUTS: normalisation by percentile rank, min-max or T-score
    (the last two after treating outliers), weights times 1 +- ``varied.weights``, arithmetic or
    geometric means, one indicator left out or none (each as likely), figures drawn from their
    intervals. Numbers for weights and data only pick a draw of the random numbers of ``seed``.
    What is not varied is as published: percentile ranks, weights, arithmetic, all indicators, mean
    figures; the score is then that of `analysis.composite.contributions`. ValueError unless
    ``point`` has five numbers from 0 up to 1. Sources: OECD/JRC (2008), step 7; Saisana, Saltelli
    and Tarantola (2005), Uncertainty and sensitivity analysis techniques as tools for the quality
    assessment of composite indicators, for the trigger per choice.

    With the choices as published the first place scores (12.5 + 3 x 87.5)/4.

    >>> mean = np.array([[1.0, 7.0], [2.0, 6.0], [3.0, 5.0], [4.0, 4.0]])
    >>> figures = Figures(mean, mean, mean, np.array([1.0, 3.0]), np.zeros(2, int))
    >>> scores(prepared(figures), np.zeros(5), NOTHING).tolist()
    [68.75, 56.25, 43.75, 31.25]
    """
    if point.shape != (len(INPUTS),) or not ((point >= 0) & (point < 1)).all():
        raise ValueError("a point holds five numbers from 0 up to 1")
    values = _drawn(ready, _chance(seed, 0, point[4])) if varied.data else ready.mean
    scaled = _scaled(values, ready.treatments, int(point[0] * 3) if varied.normalisation else 0)
    nudge = _chance(seed, 1, point[1]).uniform(-1, 1, len(ready.weights))
    weights = ready.weights * (1 + varied.weights * nudge)
    if varied.left_out:
        out = int(point[3] * (len(weights) + 1))
        weights = np.where(np.arange(len(weights)) == out, 0.0, weights)
    return _aggregated(scaled, ready, weights, varied.aggregation and point[2] >= 0.5)


def _check(figures: Figures) -> None:
    mean, low, high = figures.mean, figures.low, figures.high
    if mean.ndim != 2 or low.shape != mean.shape or high.shape != mean.shape:
        raise ValueError("mean, low and high must share the shape (places, indicators)")
    if figures.weights.shape != mean.shape[1:] or figures.groups.shape != mean.shape[1:]:
        raise ValueError("weights and groups must have shape (indicators,)")
    if any((part < 0).any() for part in (mean, low, high, figures.weights)):
        raise ValueError("figures and weights must be 0 or more")
    if (low > high).any():
        raise ValueError("low must not be above high")
    if not 0 < figures.coverage < 1:
        raise ValueError(f"coverage must lie between 0 and 1, not {figures.coverage}")


def _chance(seed: int, purpose: int, trigger: float) -> np.random.Generator:
    return np.random.default_rng([seed, purpose, int(trigger * 2**53)])


def _drawn(ready: Prepared, chance: np.random.Generator) -> Floats:
    # Transposed so that the draw has the columns one after the other, as the rest.
    root = chance.standard_normal(ready.spread.T.shape).T
    root *= ready.spread
    root += ready.centre
    np.maximum(root, 0, out=root)
    return np.asarray(root * root * root)


def _scaled(values: Floats, treatments: tuple[Treatment, ...], method: int) -> Floats:
    if method == 0:
        return rank_scores(values)
    held = np.empty_like(values)
    for column, how in enumerate(treatments):
        held[:, column] = treated(values[:, column], how)
    return min_max(held) if method == 1 else t_scores(held)


def _aggregated(scaled: Floats, ready: Prepared, weights: Floats, geometric: bool) -> Floats:
    if geometric:
        scaled = np.log(np.maximum(scaled, FLOOR))
    shares = weights[:, None] * ready.member
    total = ready.known @ shares
    added = np.where(ready.known, scaled, 0.0) @ shares
    part = np.divide(added, total, out=np.zeros_like(added), where=total > 0)
    present = (total > 0).sum(axis=1)
    score = np.divide(part.sum(axis=1), present, out=np.full(len(part), np.nan), where=present > 0)
    return np.asarray(np.exp(score) if geometric else score)
