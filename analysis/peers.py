"""The places most like a place: its figure is read beside theirs, not only the country's."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.normalisation import z_scores
from analysis.outliers import Treatment, skewness, treated

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

SKEWED = 1.0
"""Above this skewness a feature is compared by its logarithm: cities differ by factors."""

AT_ONCE = 250_000
"""Distances held at once (2 MB), so that they stay near the processor."""


class Peers(NamedTuple):
    """The nearest places, nearest first: two arrays of shape (places, count).

    ``place`` numbers them, -1 (with a distance of NaN) where there are no more.
    """

    place: NDArray[np.int64]
    distance: Floats


def peers(
    features: Floats, count: int = 10, weights: Floats | None = None, whitened: bool = False
) -> Peers:
    """Return the ``count`` places that are most like each place, itself left out.

    ``features`` (places, features), in any units, are compared by `standardised`: d =
    sqrt(sum w (x - y)^2/sum w) over the features that both places have, with ``weights``
    (features,), all 1 by default (Euclid, with gaps left out per pair as Gower does; 1 is one
    standard deviation in every feature). ``whitened`` takes the features' correlations out first,
    so that what is measured twice does not count twice: Mahalanobis' distance over the square root
    of the number of features; a place with a gap then has no peers and is none. Equal distances
    keep the order of the places. ValueError for shapes that do not fit, a weight below 0, no
    weight at all, weights with ``whitened`` or a count below 1. Sources:
    Gower (1971), A general coefficient of similarity; Mahalanobis (1936), On the generalised
    distance in statistics; Everitt and others (2011), Cluster Analysis, chapter 3.

    Two villages and two cities: each is most like the other of its kind.

    >>> inhabitants = np.array([[9e3], [500e3], [8e3], [600e3]])
    >>> peers(inhabitants, count=1).place.ravel().tolist()
    [2, 3, 0, 1]
    """
    if features.ndim != 2 or count < 1:
        raise ValueError("features must have shape (places, features) and count be 1 or more")
    share = np.ones(features.shape[1]) if weights is None else weights
    if share.shape != features.shape[1:] or not (share >= 0).all() or not share.sum() > 0:
        raise ValueError("weights must be 0 or more, one for each feature and not all 0")
    if whitened and weights is not None:
        raise ValueError("whitened features have no weights of their own")
    scaled = standardised(features)
    if whitened:
        scaled = _whitened(scaled)
    places = len(scaled)
    nearest = np.full((places, count), -1)
    distance = np.full((places, count), np.nan)
    each = max(1, AT_ONCE // max(places, 1))
    for start in range(0, places, each):
        apart = _apart(scaled, slice(start, start + each), share)
        row, column, position = _nearest(apart, count)
        nearest[start + row, position] = column
        distance[start + row, position] = np.sqrt(apart[row, column])
    return Peers(nearest, distance)


def standardised(features: Floats) -> Floats:
    """Return each feature as z-score, of its logarithm where it is skewed, (places, features).

    A feature with skewness above SKEWED is ln(x - min + (max - min)/100) first, as
    `analysis.outliers.treated`; NaN stays. ValueError unless two-dimensional. Source: OECD/JRC
    (2008), steps 3 and 5.

    >>> standardised(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, np.nan]])).round(3).tolist()
    [[-1.0, -0.707], [0.0, 0.707], [1.0, nan]]
    """
    if features.ndim != 2:
        raise ValueError(f"features must have shape (places, features), not {features.shape}")
    even = np.where(np.isfinite(features), features, np.nan)
    for column, values in enumerate(even.T):
        if skewness(values) > SKEWED:
            even[:, column] = treated(values, Treatment(-np.inf, np.inf, True))
    return z_scores(even)


def _whitened(scaled: Floats) -> Floats:
    """Return features without correlation and with variance 1; places with a gap become NaN."""
    complete = np.isfinite(scaled).all(axis=1)
    found = np.full_like(scaled, np.nan)
    if complete.sum() < 2:
        return found
    kept = scaled[complete] - scaled[complete].mean(axis=0)
    # Directions without variance say nothing that the others do not.
    spread, directions = np.linalg.eigh(kept.T @ kept / (len(kept) - 1))
    real = spread > 1e-9 * max(float(spread.max()), 1e-300)
    scale = np.where(real, 1 / np.sqrt(np.where(real, spread, 1.0)), 0.0)
    found[complete] = (kept @ directions) * scale
    return np.asarray(found)


def _apart(scaled: Floats, rows: slice, weights: Floats) -> Floats:
    """Return the squared distance of ``rows`` to every place; itself and the unlike at infinity."""
    shape = (len(scaled[rows]), len(scaled))
    known = np.isfinite(scaled)
    filled = np.where(known, scaled, 0.0)
    total, shared = np.zeros(shape), np.zeros(shape)
    everywhere = 0.0
    for column, weight in enumerate(weights):
        square = filled[rows, column, None] - filled[:, column]
        square *= square
        square *= weight
        if known[:, column].all():
            everywhere += weight
        else:
            both = known[rows, column, None] & known[:, column]
            square *= both
            shared += weight * both
        total += square
    shared += everywhere
    apart = np.full(shape, np.inf)
    np.divide(total, shared, out=apart, where=shared > 0)
    # Equal distances must be equal, whatever the order in which they were added up.
    np.round(apart, 12, out=apart)
    own = np.arange(shape[0])
    apart[own, own + rows.start] = np.inf
    return apart


def _nearest(apart: Floats, count: int) -> tuple[Indices, Indices, Indices]:
    """Return row, column and place in the order of the ``count`` smallest of each row."""
    near = np.isfinite(apart)
    if count < apart.shape[1]:
        near &= apart <= np.partition(apart, count - 1, axis=1)[:, count - 1, None]
    row, column = np.nonzero(near)
    # Stable, so that equal distances stay in the order of the places.
    order = np.lexsort((apart[row, column], row))
    row, column = row[order], column[order]
    position = np.arange(len(row)) - np.searchsorted(row, row)
    kept = position < count
    return row[kept], column[kept], position[kept]
