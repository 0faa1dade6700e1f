"""Emerging hot spots: what the history of a place among its neighbours looks like.

Each place is classed by how often, how recently and how steadily it stood out, so that a new hot
spot is not taken for one that has been there for years.
"""

from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.trend import mann_kendall

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

NO_FIGURE = -1
"""Class of a place without a figure in the final period."""


class Pattern(IntEnum):
    """The 17 classes of Esri's Emerging Hot Spot Analysis."""

    NONE = 0
    NEW_HOT = 1
    CONSECUTIVE_HOT = 2
    INTENSIFYING_HOT = 3
    PERSISTENT_HOT = 4
    DIMINISHING_HOT = 5
    SPORADIC_HOT = 6
    OSCILLATING_HOT = 7
    HISTORICAL_HOT = 8
    NEW_COLD = 9
    CONSECUTIVE_COLD = 10
    INTENSIFYING_COLD = 11
    PERSISTENT_COLD = 12
    DIMINISHING_COLD = 13
    SPORADIC_COLD = 14
    OSCILLATING_COLD = 15
    HISTORICAL_COLD = 16


class Window(StrEnum):
    """The values with which a neighbourhood is compared."""

    STEP = "step"
    """Those of the same period."""

    NEIGHBOURHOOD = "neighbourhood"
    """Those of the periods of the neighbourhood."""

    CUBE = "cube"
    """Those of all periods."""


def space_time_gi_star(
    values: Floats, neighbours: csr_array, lag: int = 1, window: Window = Window.STEP
) -> Floats:
    """Return Gi* of each place and period, shape (places, periods), in standard deviations.

    The neighbourhood of a place is itself and its neighbours (the stored entries other than 0 of
    its row of ``neighbours``, (places, places)) in the same period and the ``lag`` periods
    before; all k known values in it weigh the same, so weights 1 and 1/k give the same z.
    z = (sum - k m) / (s sqrt((n k - k^2)/(n - 1))) with m and s the mean and the population
    standard deviation of the n known ``values`` (places, periods) in the ``window``. In the first
    ``lag`` periods the neighbourhood is smaller and z nearer to 0. With STEP, a rise of all
    places makes lagged values look low everywhere; NEIGHBOURHOOD compares like with like. NaN
    where the place itself is unknown, values are all equal or k reaches n. ValueError when shapes
    do not fit or ``lag`` is negative.
    Sources: Getis and Ord (1992), The analysis of spatial association by use of distance
    statistics; Ord and Getis (1995), Local spatial autocorrelation statistics; the lag and STEP
    are those of Parry and Locke, R package sfdep, the windows those of Esri, How Emerging Hot
    Spot Analysis works.

    Five places in a row, two periods: the first two rise together.

    >>> from analysis.neighbours import from_pairs
    >>> row = from_pairs(np.arange(4), np.arange(1, 5), 5)
    >>> values = np.array([[1.0, 9.0], [1.0, 9.0], [2.0, 2.0], [1.0, 1.0], [2.0, 2.0]])
    >>> space_time_gi_star(values, row, lag=0).round(2).tolist()
    [[-1.33, 1.99], [-0.33, 1.4], [-0.33, -0.41], [1.33, -1.99], [0.33, -1.4]]
    """
    _check(values, neighbours, lag)
    known = np.isfinite(values)
    if not known.any():
        return np.full(values.shape, np.nan)
    # Gi* does not change with the origin; values around 0 keep the variance exact.
    centred = np.where(known, values - values[known].mean(), 0.0)
    near = _with_itself(neighbours)
    total = _with_lags(near @ centred, lag)
    k = _with_lags(near @ known.astype(float), lag)
    reach = {Window.STEP: 0, Window.NEIGHBOURHOOD: lag, Window.CUBE: None}[window]
    n, first, second = (
        _over_window(part.sum(axis=0), reach) for part in (known.astype(float), centred, centred**2)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = first / n
        variance = second / n - mean**2
        spread = np.sqrt(variance * (n * k - k**2) / (n - 1))
        usable = known & (spread > 0) & (variance > 1e-12 * second / n)
        return np.where(usable, (total - k * mean) / spread, np.nan)


def classify(z: Floats, hot: Mask, cold: Mask, alpha: float = 0.05) -> NDArray[np.int8]:
    """Return the Pattern of each place, shape (places,); NO_FIGURE without a final ``z``.

    ``hot`` and ``cold`` say where ``z`` (all of shape (places, periods)) stands out
    significantly; ``z`` itself serves the Mann-Kendall test, significant when its two-sided
    p <= ``alpha``. Unknown periods count neither for nor against. For a place that is hot in the
    final period, the first that fits: new (never hot before); with at least 90% of the known
    periods hot: intensifying (z rises significantly), diminishing (falls) or persistent;
    consecutive (hot in the final periods only, at least two); oscillating (cold before);
    sporadic. Cold likewise, with rise and fall exchanged. Otherwise historical when at least 90%
    was hot, or cold. ValueError when shapes differ, a place is hot and cold at once or either
    without z, or ``alpha`` is not between 0 and 1.
    Source: Esri, How Emerging Hot Spot Analysis works (ArcGIS Pro). Its definitions overlap in
    three cases: a first hot period after a cold past is called new, a final cold period comes
    before a hot past, and a hot past without a hot final period is historical, never persistent.

    Ten periods: hot in the last only, hot in all, hot in all but the last, hot in none.

    >>> z = np.ones((4, 10))
    >>> hot = np.zeros((4, 10), bool)
    >>> hot[0, -1] = hot[1] = hot[2, :-1] = True
    >>> [Pattern(code).name for code in classify(z, hot, np.zeros((4, 10), bool))]
    ['NEW_HOT', 'PERSISTENT_HOT', 'HISTORICAL_HOT', 'NONE']
    """
    known = np.isfinite(z)
    _check_masks(known, hot, cold, alpha)
    test = mann_kendall(z)
    trend = np.where(test.p <= alpha, np.sign(test.s), 0)
    hot_class = _history(hot, cold, known, trend)
    cold_class = _history(cold, hot, known, -trend)
    cold_class = np.where(cold_class > 0, cold_class + Pattern.HISTORICAL_HOT, Pattern.NONE)
    found = np.select(
        [_now(hot), _now(cold), hot_class > 0], [hot_class, cold_class, hot_class], cold_class
    )
    return np.where(_now(known), found, NO_FIGURE).astype(np.int8)


def _history(hot: Mask, cold: Mask, known: Mask, trend: Floats) -> NDArray[np.int64]:
    """Return the class among the hot ones, 0 for none."""
    times = hot.sum(axis=1)
    now = _now(hot)
    mostly = (times > 0) & (10 * times >= 9 * known.sum(axis=1))
    broken = (np.logical_or.accumulate(hot, axis=1) & known & ~hot).any(axis=1)
    return np.select(
        [
            now & (times == 1),
            now & mostly & (trend > 0),
            now & mostly & (trend < 0),
            now & mostly,
            now & ~broken,
            now & cold.any(axis=1),
            now,
            mostly,
        ],
        [
            Pattern.NEW_HOT,
            Pattern.INTENSIFYING_HOT,
            Pattern.DIMINISHING_HOT,
            Pattern.PERSISTENT_HOT,
            Pattern.CONSECUTIVE_HOT,
            Pattern.OSCILLATING_HOT,
            Pattern.SPORADIC_HOT,
            Pattern.HISTORICAL_HOT,
        ],
        Pattern.NONE,
    )


def _now(mask: Mask) -> Mask:
    return mask[:, -1]


def _with_itself(neighbours: csr_array) -> csr_array:
    row, column = neighbours.nonzero()
    itself = np.arange(neighbours.shape[0])
    pairs = np.concatenate([row, itself]), np.concatenate([column, itself])
    near = csr_array((np.ones(len(pairs[0])), pairs), shape=neighbours.shape)
    near.data[:] = 1.0
    return near


def _with_lags(steps: Floats, lag: int) -> Floats:
    """Return sums over each period and the ``lag`` before it."""
    result = np.array(steps, dtype=float)
    for back in range(1, min(lag, steps.shape[1] - 1) + 1):
        result[:, back:] += steps[:, :-back]
    return result


def _over_window(steps: Floats, reach: int | None) -> Floats:
    """Return sums over each period and ``reach`` before it, or over all periods."""
    if reach is None:
        return np.full_like(steps, steps.sum())
    return np.asarray(_with_lags(steps[None], reach)[0])


def _check(values: Floats, neighbours: csr_array, lag: int) -> None:
    if values.ndim != 2:
        raise ValueError(f"values must have shape (places, periods), not {values.shape}")
    if neighbours.shape != (len(values), len(values)):
        raise ValueError(f"neighbours of {neighbours.shape} do not fit {len(values)} places")
    if lag < 0:
        raise ValueError(f"lag must be 0 or more periods, not {lag}")


def _check_masks(known: Mask, hot: Mask, cold: Mask, alpha: float) -> None:
    if known.ndim != 2 or not known.shape[1] or not known.shape == hot.shape == cold.shape:
        shapes = f"{known.shape}, {hot.shape} and {cold.shape}"
        raise ValueError(f"z, hot and cold must have one shape (places, periods), not {shapes}")
    if (hot & cold).any() or ((hot | cold) & ~known).any():
        raise ValueError("a place cannot be hot and cold in one period, nor either without z")
    if not 0 < alpha < 1:
        raise ValueError(f"alpha must lie between 0 and 1, not {alpha}")
