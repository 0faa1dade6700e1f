"""Do the indicators of a score belong together, or does one repeat or oppose another?"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

REDUNDANT = 0.92
"""Above this correlation two indicators count one thing twice (the limit of the JRC in
its audits of composite indicators, such as that of the Global Innovation Index)."""

ONE_SIDED = 1.645
"""Normal quantile of 95%."""


class Coherence(NamedTuple):
    """How indicators hang together; see `coherence`."""

    correlation: Floats
    alpha: float
    item_rest: Floats
    redundant: list[tuple[int, int]]
    opposed: list[tuple[int, int]]


def coherence(values: Floats) -> Coherence:
    """Return the checks below for ``values`` (places, indicators), all pointing the same way.

    ``redundant`` are the pairs with a correlation above REDUNDANT, ``opposed`` those with one that
    is below 0 at the one-sided 5% level: artanh(r) sqrt(n - 3) < -1.645 over n places with both,
    so that few pairs are named for chance alone. ValueError unless two-dimensional. Sources:
    OECD/JRC (2008), step 4; Fisher (1921), On the probable error of a coefficient of
    correlation, for the test.

    The second indicator repeats the first, the third opposes both.

    >>> x = np.arange(10.0)
    >>> found = coherence(np.column_stack([x, 2 * x + 1, -x]))
    >>> found.redundant, found.opposed
    ([(0, 1)], [(0, 2), (1, 2)])
    """
    matrix, count = _pairwise(values)
    upper = np.triu(np.ones(matrix.shape, bool), 1)
    with np.errstate(divide="ignore"):
        opposed = np.arctanh(matrix) * np.sqrt(np.maximum(count - 3, 1e-12)) < -ONE_SIDED
    return Coherence(
        matrix,
        cronbach_alpha(values),
        item_rest(values),
        _pairs(upper & (matrix > REDUNDANT)),
        _pairs(upper & opposed),
    )


def correlation(values: Floats) -> Floats:
    """Return the Pearson correlation of each two indicators, shape (indicators, indicators).

    Over the places that have both (NaN left out per pair); NaN with fewer than two of those or
    without spread. ValueError unless ``values`` has shape (places, indicators). Source: OECD/JRC
    (2008), step 4.

    >>> correlation(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])).round(6).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    return _pairwise(values)[0]


def cronbach_alpha(values: Floats) -> float:
    """Return Cronbach's alpha of ``values`` (places, indicators), over places that have them all.

    k/(k - 1) (1 - sum of the variances/variance of the sum): 1 when all say the same, about 0 when
    they have nothing in common, below 0 when they oppose one another. NaN with fewer than two
    indicators or complete places or without spread. Put indicators on one scale first. ValueError
    unless two-dimensional. Source: Cronbach (1951), Coefficient alpha and the internal structure
    of tests.

    Three places, two indicators that agree, and two that only partly do.

    >>> round(cronbach_alpha(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])), 6)
    1.0
    >>> round(cronbach_alpha(np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 3.0]])), 6)
    0.666667
    """
    _check(values)
    complete = values[np.isfinite(values).all(axis=1)]
    places, items = complete.shape
    if places < 2 or items < 2:
        return np.nan
    spread = complete.sum(axis=1).var(ddof=1)
    if spread == 0:
        return np.nan
    return float(items / (items - 1) * (1 - complete.var(axis=0, ddof=1).sum() / spread))


def item_rest(values: Floats) -> Floats:
    """Return each indicator's correlation with the mean of the others, shape (indicators,).

    The mean is over the other figures that the place has; NaN as in `correlation`. Put indicators
    on one scale first. ValueError unless ``values`` has shape (places, indicators). Source:
    Nunnally and Bernstein (1994), Psychometric Theory, chapter 8 (corrected item-total).

    >>> values = np.array([[1.0, 1.0, 3.0], [2.0, 2.0, 2.0], [3.0, 3.0, 1.0]])
    >>> item_rest(values[:, :2]).round(6).tolist()
    [1.0, 1.0]
    """
    _check(values)
    known = np.isfinite(values)
    filled = np.where(known, values, 0.0)
    others = known.sum(axis=1, keepdims=True) - known
    rest = filled.sum(axis=1, keepdims=True) - filled
    mean = np.divide(rest, others, out=np.full(values.shape, np.nan), where=others > 0)
    pairs = (np.column_stack(pair) for pair in zip(values.T, mean.T, strict=True))
    return np.array([correlation(pair)[0, 1] for pair in pairs])


def _pairwise(values: Floats) -> tuple[Floats, Floats]:
    """Return the correlations and the number of places behind each."""
    _check(values)
    known = np.isfinite(values).astype(float)
    middle = np.where(known > 0, values, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    x = np.where(known > 0, values - middle, 0.0)
    count = known.T @ known
    safe = np.maximum(count, 1)
    # Over the places with both: sums of row i's indicator, of its square, and of the products.
    total, square = x.T @ known, (x * x).T @ known
    covariance = x.T @ x - total * total.T / safe
    spread = square - total**2 / safe
    spread[spread <= 1e-12 * square] = 0
    scale = np.sqrt(spread * spread.T)
    usable = (count > 1) & (scale > 0)
    found = np.divide(covariance, scale, out=np.full(count.shape, np.nan), where=usable)
    return np.clip(found, -1, 1), count


def _pairs(chosen: NDArray[np.bool_]) -> list[tuple[int, int]]:
    return [(int(i), int(j)) for i, j in np.argwhere(chosen)]


def _check(values: Floats) -> None:
    if values.ndim != 2:
        raise ValueError(f"values must have shape (places, indicators), not {values.shape}")
