"""Hot and cold spots: places whose surroundings hold more, or less, than chance would bring."""

from functools import cached_property

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
    return GetisOrd(w, general=general).gi(values)


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
    return GetisOrd(w, general=general).gi_star(values)


class GetisOrd:
    """``gi`` and ``gi_star`` for many values over the same weights, which are looked at once.

    ValueError as they say.
    """

    def __init__(self, w: csr_array, *, general: bool = False) -> None:
        check_square(w, w.shape[0])
        self._w = w
        self._general = general
        self._last: tuple[Mask, Floats] | None = None
        self._binary = bool((w.data == 1).all())
        if not (general or self._binary or is_row_standardised(w)):
            raise ValueError("weights are neither binary nor row-standardised: say general=True")

    def gi(self, values: Floats) -> Floats:
        """Return what ``gi`` does."""
        known, centred = self._given(values)
        n, without = np.count_nonzero(known) - 1.0, -self._diagonal
        with np.errstate(divide="ignore", invalid="ignore"):
            weight, root = self._rows(known, without, n)
            mean = -centred / n
            square = ((centred**2).sum() - centred**2) / n
            variance = np.where(square - mean**2 > ROUNDING * square, square - mean**2, np.nan)
            total = self._w @ centred + without * centred
            return np.asarray((total - weight * mean) / root / np.sqrt(variance / (n - 1)))

    def gi_star(self, values: Floats) -> Floats:
        """Return what ``gi_star`` does."""
        known, centred = self._given(values)
        n = np.count_nonzero(known) * 1.0
        with np.errstate(divide="ignore", invalid="ignore"):
            deviation = np.sqrt((centred**2).sum() / n / (n - 1))
            total = self._w @ centred + self._own * centred
            return np.asarray(total / (self._root(known, n) * deviation))

    def _given(self, values: Floats) -> tuple[Mask, Floats]:
        """Return which places have a value, and values around their mean: 0 where unknown.

        z is the same around the mean, and variances are exact.
        """
        if values.ndim != 1:
            raise ValueError(f"values must have shape (places,), not {values.shape}")
        check_square(self._w, len(values))
        known = np.isfinite(values)
        there = values if known.all() else values[known]
        # The mean of equal values may be rounded: their differences to it are no spread.
        if not there.size or np.ptp(there) == 0:
            return known, np.zeros(len(values))
        centred = values - there.mean()
        return known, centred if there is values else np.where(known, centred, 0.0)

    @cached_property
    def _diagonal(self) -> Floats:
        return np.asarray(self._w.diagonal())

    @cached_property
    def _own(self) -> Floats:
        """The weight that each place is to get for itself."""
        if self._binary:
            return 1.0 - self._diagonal
        w = self._w
        most = np.ones(w.shape[0])
        filled = np.diff(w.indptr) > 0
        most[filled] = np.maximum.reduceat(w.data, w.indptr[:-1][filled])
        return np.where(self._diagonal == 0, most, 0.0)

    def _root(self, known: Mask, n: float) -> Floats:
        """Return the root that ``_rows`` gives for Gi*: mostly, the same places are known again."""
        if self._last is None or not np.array_equal(self._last[0], known):
            self._last = known, self._rows(known, self._own, n)[1]
        return self._last[1]

    def _rows(self, known: Mask, own: Floats, n: float) -> tuple[Floats, Floats]:
        """Return sum w over known neighbours, and the root of n times sum w^2 less its square.

        ``own`` is added to the diagonal. NaN where no order of the values could differ.
        """
        there = known.astype(float)
        weight = np.where(known, self._w @ there + own, np.nan)
        square = weight if self._binary else weight**2
        if self._general:
            diagonal = self._diagonal
            square = self._w.power(2) @ there + (diagonal + own) ** 2 - diagonal**2
        spread = n * square - weight**2
        return weight, np.sqrt(np.where(spread > ROUNDING * n * square, spread, np.nan))
