"""Indicators that count different things, brought to one scale so that they can be added.

Each function takes (places, indicators); a figure that is missing or infinite stays NaN and counts
for no other place.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.ranks import percentile_ranks

Floats = NDArray[np.float64]


def denominated(values: Floats, size: Floats) -> Floats:
    """Return ``values`` per unit of ``size``, shape (places, indicators).

    value / size; ``size`` has shape (places, indicators) or (places, 1), in its own units. NaN
    where size is missing or not above 0. ValueError when the shapes do not fit. Source: OECD/JRC
    (2008), Handbook on Constructing Composite Indicators, step 2 (scaling by size).

    >>> denominated(np.array([[5.0], [5.0]]), np.array([[100.0], [0.0]])).tolist()
    [[0.05], [nan]]
    """
    if values.ndim != 2 or size.shape not in (values.shape, (len(values), 1)):
        raise ValueError(f"size {size.shape} does not fit values {values.shape}")
    size = np.broadcast_to(size, values.shape)
    usable = np.isfinite(values) & np.isfinite(size) & (size > 0)
    return np.asarray(np.divide(values, size, out=np.full(values.shape, np.nan), where=usable))


def directed(values: Floats, direction: Floats) -> Floats:
    """Return ``values`` turned so that more always counts for more, shape (places, indicators).

    value x direction, with ``direction`` (indicators,) 1 or -1; ValueError for anything else.
    Source: OECD/JRC (2008), step 5.

    >>> directed(np.array([[2.0, 3.0]]), np.array([1.0, -1.0])).tolist()
    [[2.0, -3.0]]
    """
    if direction.shape != values.shape[1:] or not np.isin(direction, (-1, 1)).all():
        raise ValueError("direction must be 1 or -1 for each indicator")
    return _finite(values) * direction


def min_max(values: Floats) -> Floats:
    """Return each indicator stretched to 0-100, shape (places, indicators).

    100 (x - min)/(max - min); an indicator that is the same everywhere gives 50. Source: OECD/JRC
    (2008), step 5.

    >>> min_max(np.array([[2.0], [3.0], [6.0]])).tolist()
    [[0.0], [25.0], [100.0]]
    """
    values = _finite(values)
    least = np.fmin.reduce(values, axis=0, initial=np.nan)
    most = np.fmax.reduce(values, axis=0, initial=np.nan)
    spread = most - least
    varies = spread > 0
    scale, middle = np.where(varies, spread, 1.0), np.where(varies, 0.0, 50.0)
    return np.asarray((values - least) * (100 / scale) + middle)


def z_scores(values: Floats) -> Floats:
    """Return each indicator with mean 0 and standard deviation 1, shape (places, indicators).

    (x - mean)/s with s over n - 1; an indicator that is the same everywhere gives 0. Source:
    OECD/JRC (2008), step 5.

    >>> z_scores(np.array([[1.0], [2.0], [3.0]])).tolist()
    [[-1.0], [0.0], [1.0]]
    """
    values = _finite(values)
    known = np.isfinite(values)
    count = known.sum(axis=0)
    mean = np.where(known, values, 0.0).sum(axis=0) / np.maximum(count, 1)
    distance = values - mean
    squares = (np.where(known, distance, 0.0) ** 2).sum(axis=0)
    spread = np.sqrt(squares / np.maximum(count - 1, 1))
    # Equal figures can leave a rounding error of their mean: that is no spread.
    varies = spread > 1e-12 * np.abs(mean)
    return np.asarray(distance * np.where(varies, 1 / np.where(varies, spread, 1.0), 0.0))


def t_scores(values: Floats) -> Floats:
    """Return 50 + 10 z, shape (places, indicators): z-scores that stay above 0 in practice.

    Source: McCall (1922), How to Measure in Education, for the scale.

    >>> t_scores(np.array([[1.0], [2.0], [3.0]])).tolist()
    [[40.0], [50.0], [60.0]]
    """
    return np.asarray(50 + 10 * z_scores(values))


def rank_scores(values: Floats) -> Floats:
    """Return the percentile rank (0-100) of each figure in its indicator, (places, indicators).

    (mean rank - 0.5)/n x 100 as `analysis.ranks.percentile_ranks`, faster where no figures are
    equal. Source: OECD/JRC (2008), step 5.

    >>> rank_scores(np.array([[5.0], [7.0], [7.0], [9.0]])).tolist()
    [[12.5], [50.0], [50.0], [87.5]]
    """
    values = _finite(values)
    ranked = np.full_like(values, np.nan)
    for column, figures in enumerate(values.T):
        order = np.argsort(figures)
        # NaN sorts to the end and equals nothing.
        ordered = figures[order]
        if (ordered[1:] == ordered[:-1]).any():
            ranked[:, column] = percentile_ranks(figures)
            continue
        count = int(np.isfinite(ordered).sum())
        ranked[order[:count], column] = (np.arange(count) + 0.5) * (100 / max(count, 1))
    return ranked


def _finite(values: Floats) -> Floats:
    if values.ndim != 2:
        raise ValueError(f"values must have shape (places, indicators), not {values.shape}")
    return np.where(np.isfinite(values), values, np.nan)
