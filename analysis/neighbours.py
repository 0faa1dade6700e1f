"""Who is whose neighbour, as a sparse matrix: sums over neighbourhoods are then products."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, diags_array
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


def from_pairs(first: Ints, second: Ints, n: int, *, itself: bool = False) -> csr_array:
    """Return the symmetric binary weights of ``n`` places, shape (n, n).

    w_ij = w_ji = 1 for each pair of places ``first``[k] and ``second``[k] (two arrays of one
    shape (pairs,), numbers from 0 to n - 1; a pair may come twice), w_ii = 1 with ``itself``, and
    0 elsewhere. ValueError when shapes differ, a number lies outside or a pair is one place.
    Source: Cliff and Ord (1981), Spatial Processes, chapter 1.

    >>> from_pairs(np.array([0, 1]), np.array([1, 2]), 3).toarray().tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    """
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(f"pairs need two arrays of one length, not {first.shape}, {second.shape}")
    if first.size and not 0 <= min(first.min(), second.min()) <= max(first.max(), second.max()) < n:
        raise ValueError(f"a pair names a place outside 0 to {n - 1}")
    if (first == second).any():
        raise ValueError("a pair cannot be one place: say itself=True")
    own = np.arange(n if itself else 0)
    place = np.concatenate([first, second, own]), np.concatenate([second, first, own])
    weights = csr_array(coo_array((np.ones(len(place[0])), place), shape=(n, n)))
    weights.data[:] = 1.0
    return weights


def within_distance(x: Floats, y: Floats, metres: float) -> csr_array:
    """Return the binary weights of places at most ``metres`` apart, shape (n, n).

    ``x`` and ``y`` (n,) are plane coordinates in metres. A place without coordinates (NaN) has
    no neighbours, nor is a place its own. ValueError when shapes differ or ``metres`` is not
    above 0. Source: Getis and Ord (1992), The analysis of spatial association by use of distance
    statistics (the distance band).

    >>> x, y = np.array([0.0, 300.0, 900.0]), np.zeros(3)
    >>> within_distance(x, y, 500).toarray().tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(f"coordinates need two arrays of one length, not {x.shape}, {y.shape}")
    if not metres > 0:
        raise ValueError(f"a distance must be above 0 metres, not {metres}")
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    points = np.column_stack([x[known], y[known]])
    pairs = cKDTree(points).query_pairs(metres, output_type="ndarray")
    return from_pairs(known[pairs[:, 0]], known[pairs[:, 1]], len(x))


def row_standardised(w: csr_array) -> csr_array:
    """Return weights w_ij / sum_j w_ij, shape (n, n): products become means of neighbours.

    A place without neighbours keeps an empty row. ValueError when a weight is negative or ``w``
    is not square. Source: Anselin (1988), Spatial Econometrics, chapter 3.

    >>> row = from_pairs(np.array([0, 1]), np.array([1, 2]), 3)
    >>> row_standardised(row).toarray().tolist()
    [[0.0, 1.0, 0.0], [0.5, 0.0, 0.5], [0.0, 1.0, 0.0]]
    """
    check_square(w, w.shape[0])
    if (w.data < 0).any():
        raise ValueError("weights cannot be negative")
    total = w.sum(axis=1)
    share = np.divide(1.0, total, out=np.zeros(len(total)), where=total > 0)
    return csr_array(diags_array(share) @ w)


def is_row_standardised(w: csr_array) -> bool:
    """Return whether all rows of ``w`` (n, n) with neighbours sum to 1 (to 1e-9).

    Weights that are all 1 count as binary, also when nobody has more than one neighbour.
    Source: as row_standardised.

    >>> row = from_pairs(np.array([0, 1]), np.array([1, 2]), 3)
    >>> is_row_standardised(row), is_row_standardised(row_standardised(row))
    (False, True)
    """
    total = w.sum(axis=1)
    return not (w.data == 1).all() and bool(np.allclose(total[total != 0], 1, rtol=0, atol=1e-9))


def among(w: csr_array, known: Mask) -> csr_array:
    """Return the weights among the ``known`` (n,) places only, shape (known, known).

    Row-standardised weights are standardised anew over the neighbours that remain. ValueError
    when shapes do not fit. Source: as row_standardised.

    >>> row = from_pairs(np.array([0, 1]), np.array([1, 2]), 3)
    >>> among(row, np.array([True, True, False])).toarray().tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    check_square(w, len(known))
    if known.all():
        return w
    remaining = csr_array(w[known][:, known])
    return row_standardised(remaining) if is_row_standardised(w) else remaining


def check_square(w: csr_array, n: int) -> None:
    """Raise ValueError unless ``w`` has shape (``n``, ``n``). Source: none, a check."""
    if w.shape != (n, n):
        raise ValueError(f"weights of shape {w.shape} do not fit {n} places")
