"""Hot and cold spots: places whose surroundings hold more, or less, than chance would bring."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.neighbours import check_square, is_row_standardised

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

ROUNDING = 1e-12
"""A variance this small beside its own terms is what rounding leaves of none."""


def gi(values: Floats, w: csr_array, *, general: bool = False) -> Floats:
    """Return the z of Gi, the sum over neighbours without the place itself, shape (places,).

    z = (sum_j w_ij x_j - W m)/(s sqrt(W (N - W)/(N - 1))) with W = sum_j w_ij over j other than
    i, and N, m and s the number, mean and population standard deviation of ``values`` (places,)
    of the other places. ``w`` (places, places) is binary or row-standardised; its diagonal does
    not count. That variance is the one of binary weights (Getis and Ord 1992). PySAL takes it for
    row-standardised weights too, and so does this: z then lies too near 0, by about the root of
    the number of neighbours. ``general`` puts N sum_j w_ij^2 - W^2 for W (N - W), which holds for
    all weights (Ord and Getis 1995); the z of row-standardised weights is then that of binary
    ones. NaN is no neighbour and gets NaN, like a place without neighbours, or with all others,
    or where the values of the others are equal; row-standardised weights are standardised anew.
    ValueError when shapes do not fit, or weights are of another kind without ``general``.
    Sources: Getis and Ord (1992), The analysis of spatial association by use of distance
    statistics; Ord and Getis (1995), Local spatial autocorrelation statistics.

    The six points of the documentation of PySAL's esda, neighbours within 15.

    >>> from analysis.neighbours import within_distance
    >>> x, y = np.array([10.0, 20, 40, 15, 30, 30]), np.array([10.0, 10, 10, 20, 20, 30])
    >>> values = np.array([2.0, 3, 3.2, 5, 8, 7])
    >>> gi(values, within_distance(x, y, 15)).round(4).tolist()
    [-1.0137, -0.0436, 1.3156, -0.3141, 1.1537, 1.7783]
    """
    known = _check(values, w, general)
    centred = _centred(values, known)
    n = known.sum() - 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = -centred / n
        square = ((centred**2).sum() - centred**2) / n
        variance = np.where(square - mean**2 > ROUNDING * square, square - mean**2, np.nan)
        return _z(_sums(centred, known, w, -w.diagonal(), general), n, mean, variance)


def gi_star(values: Floats, w: csr_array, *, general: bool = False) -> Floats:
    """Return the z of Gi*, the sum over neighbours and the place itself, shape (places,).

    As ``gi``, but over all j, with N, m and s those of all known ``values``. A place that is not
    its own neighbour in ``w`` gets the largest weight of its row, 1 in an empty one, and
    row-standardised rows then sum to 1 again. NaN is no neighbour and gets NaN, like all places
    when values are equal. ValueError as ``gi``.
    Sources: Getis and Ord (1992) and Ord and Getis (1995), as ``gi``.

    The same six points as for ``gi``.

    >>> from analysis.neighbours import within_distance
    >>> x, y = np.array([10.0, 20, 40, 15, 30, 30]), np.array([10.0, 10, 10, 20, 20, 30])
    >>> values = np.array([2.0, 3, 3.2, 5, 8, 7])
    >>> gi_star(values, within_distance(x, y, 15)).round(4).tolist()
    [-1.3973, -0.2892, 0.6506, -0.2892, 1.2345, 2.0242]
    """
    known = _check(values, w, general)
    centred = _centred(values, known)
    n = known.sum() * 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = (centred**2).sum() / n
        return _z(_sums(centred, known, w, _own(w), general), n, 0.0, variance)


def _check(values: Floats, w: csr_array, general: bool) -> Mask:
    """Return which places have a value."""
    if values.ndim != 1:
        raise ValueError(f"values must have shape (places,), not {values.shape}")
    check_square(w, len(values))
    if not general and not (_is_binary(w) or is_row_standardised(w)):
        raise ValueError("weights are neither binary nor row-standardised: say general=True")
    return np.isfinite(values)


def _is_binary(w: csr_array) -> bool:
    return bool((w.data == 1).all())


def _centred(values: Floats, known: Mask) -> Floats:
    """Return values around their mean, 0 where unknown: z is the same and variances exact."""
    there = values if known.all() else values[known]
    # The mean of equal values may be rounded: their differences to it are no spread.
    if not there.size or np.ptp(there) == 0:
        return np.zeros(len(values))
    centred = values - there.mean()
    return centred if there is values else np.where(known, centred, 0.0)


def _own(w: csr_array) -> Floats:
    """Return the weight that each place is to get for itself."""
    if _is_binary(w):
        return 1.0 - w.diagonal()
    most = np.ones(w.shape[0])
    filled = np.diff(w.indptr) > 0
    most[filled] = np.maximum.reduceat(w.data, w.indptr[:-1][filled])
    return np.asarray(np.where(w.diagonal() == 0, most, 0.0))


def _sums(
    centred: Floats, known: Mask, w: csr_array, own: Floats, general: bool
) -> tuple[Floats, Floats, Floats]:
    """Return sum w x, sum w and the sum w^2 that the variance takes, over known neighbours.

    ``own`` is added to the diagonal.
    """
    there = known.astype(float)
    total = w @ centred + own * centred
    weight = np.where(known, w @ there + own, np.nan)
    square = weight
    if general:
        diagonal = w.diagonal()
        square = w.power(2) @ there + (diagonal + own) ** 2 - diagonal**2
    elif not _is_binary(w):
        total, square = total / weight, weight / weight
        weight = square
    return total, weight, square


def _z(
    sums: tuple[Floats, Floats, Floats],
    n: float,
    mean: Floats | float,
    variance: Floats | float,
) -> Floats:
    """Return z where there is any spread, NaN elsewhere."""
    total, weight, square = sums
    reach = n * square
    spread = reach - weight**2
    spread[spread <= ROUNDING * reach] = np.nan
    return np.asarray((total - weight * mean) / np.sqrt(spread * (variance / (n - 1))))
