"""Does a score follow a trait of the people who live in a place, rather than signals?

A score that mostly repeats such a trait would judge people by it; that must be seen before it is
published.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

Floats = NDArray[np.float64]

THRESHOLD = 0.5
"""A correlation that is surely above this is a large one (Cohen 1988, chapter 3): the order of the
scores then shares at least a quarter of its variance with the trait."""


class Associations(NamedTuple):
    """Each score with each trait: arrays of shape (scores, traits).

    ``rho`` is Spearman's correlation, ``low`` and ``high`` its interval, ``places`` how many had
    both, ``flagged`` whether it is surely strong.
    """

    rho: Floats
    low: Floats
    high: Floats
    places: NDArray[np.int64]
    flagged: NDArray[np.bool_]


def associations(
    scores: Floats, traits: Floats, threshold: float = THRESHOLD, coverage: float = 0.95
) -> Associations:
    """Return the rank correlation of each score with each trait of the places.

    ``scores`` (places, scores) and ``traits`` (places, traits), in any units; NaN leaves the place
    out of that pair. rho is the Pearson correlation of the ranks, equal figures sharing a rank;
    the interval is tanh(artanh(rho) -+ z sqrt((1 + rho^2/2)/(n - 3))). A pair is flagged when all
    of the interval lies beyond ``threshold`` on one side: few places alone are no reason. It says
    that score and trait go together, not why. NaN (and no flag) with fewer than four places or
    without spread. ValueError for shapes that do not fit, a threshold outside [0, 1) or a coverage
    that is no probability. Sources: Spearman (1904); Bonett and Wright (2000), Sample size
    requirements for estimating Pearson, Kendall and Spearman correlations.

    One score that follows a trait of ten places, and one that does not.

    >>> trait = np.arange(10.0)
    >>> scores = np.column_stack([trait**2, [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]])
    >>> found = associations(scores, trait[:, None])
    >>> found.rho.round(2).tolist()
    [[1.0], [0.39]]
    >>> found.flagged.tolist()
    [[True], [False]]
    """
    if scores.ndim != 2 or traits.ndim != 2 or len(scores) != len(traits):
        raise ValueError("scores and traits must have shape (places, ...) over the same places")
    if not 0 < coverage < 1 or not 0 <= threshold < 1:
        raise ValueError("coverage must lie between 0 and 1, threshold from 0 up to 1")
    shape = (scores.shape[1], traits.shape[1])
    rho, places = np.full(shape, np.nan), np.zeros(shape, np.int64)
    for row, score in enumerate(scores.T):
        for column, trait in enumerate(traits.T):
            both = np.isfinite(score) & np.isfinite(trait)
            places[row, column] = both.sum()
            rho[row, column] = _spearman(score[both], trait[both])
    spread = np.sqrt((1 + rho**2 / 2) / np.maximum(places - 3, 1))
    reach = ndtri((1 + coverage) / 2) * spread
    # At -1 and 1 the transform is infinite; the interval is then the point itself.
    middle = np.arctanh(np.clip(rho, -1 + 1e-15, 1 - 1e-15))
    low, high = np.tanh(middle - reach), np.tanh(middle + reach)
    return Associations(rho, low, high, places, (low > threshold) | (high < -threshold))


def _spearman(score: Floats, trait: Floats) -> float:
    if len(score) < 4:
        return np.nan
    first, second = (rankdata(part) - (len(part) + 1) / 2 for part in (score, trait))
    scale = np.sqrt((first @ first) * (second @ second))
    return float(first @ second / scale) if scale > 0 else np.nan
