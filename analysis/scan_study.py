"""The places that a scan looks at: checked, and ordered so that neighbours stand side by side."""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Scalar = TypeVar("Scalar", bound=np.generic)


class Run(NamedTuple):
    """Periods ``first`` up to and including ``last``: the height of a cylinder."""

    first: int
    last: int


def total_over(values: NDArray[Scalar], run: Run) -> NDArray[Scalar]:
    """Return the sum of ``values`` (places, periods, ...) over a run: (places, ...).

    >>> total_over(np.array([[1.0, 2.0, 4.0]]), Run(1, 2)).tolist()
    [6.0]
    """
    if run.first == run.last:
        return np.asarray(values[:, run.first])
    return np.asarray(values[:, run.first : run.last + 1].sum(axis=1, dtype=values.dtype))


class Study(NamedTuple):
    """Places with figures; ``places`` (n,) are their positions in the arrays that were given.

    ``points`` (n, 2), ``cases`` and ``expected`` (n, periods), ``population`` (n,). Expected
    counts add up to ``total``, the number of cases; cells without a figure count nothing. ``alike``
    (n,) numbers the groups of places that chance may exchange, None where it draws cases instead.
    """

    places: NDArray[np.int64]
    points: Floats
    cases: Floats
    expected: Floats
    population: Floats
    total: int
    alike: NDArray[np.int64] | None = None


def study(
    points: Floats,
    cases: Floats,
    expected: Floats,
    population: Floats | None,
    alike: NDArray[np.int64] | None = None,
) -> Study:
    """Return the study of ``cases`` and ``expected`` (places, periods), which NaN may leave out.

    A cell counts where both have a figure, a place where it has such a cell, a point and a
    ``population`` (by default what it expects), the people at risk of Kulldorff (1997); ``points``
    (places, 2) are in one unit of length. ValueError for shapes that do not match, counts below
    zero or not whole, cases where none are expected, and nothing expected or nobody at all.

    Expected counts are scaled to the number of cases; a place with NaN takes no part.

    >>> points = np.array([[0.0, 0], [1, 0], [2, 0]])
    >>> cases, expected = np.array([[4.0], [np.nan], [2]]), np.array([[10.0], [10], [20]])
    >>> found = study(points, cases, expected, None)
    >>> sorted(found.places.tolist()), found.total, sorted(found.expected.ravel().tolist())
    ([0, 2], 6, [2.0, 4.0])
    """
    points, cases, expected = (np.asarray(a, dtype=np.float64) for a in (points, cases, expected))
    if cases.ndim != 2 or cases.shape != expected.shape or points.shape != (len(cases), 2):
        raise ValueError(
            f"points {points.shape}, cases {cases.shape} and expected {expected.shape} do not match"
        )
    counted = np.isfinite(cases) & np.isfinite(expected)
    if alike is not None and np.shape(alike) != (len(cases),):
        raise ValueError(f"alike {np.shape(alike)} is not one for each place")
    known = np.asarray(counted.any(axis=1) & np.isfinite(points).all(axis=1))
    if population is not None:
        if np.shape(population) != (len(cases),):
            raise ValueError(f"population {np.shape(population)} is not one for each place")
        known &= np.isfinite(population)
    counted &= known[:, None]
    cases, expected = np.where(counted, cases, 0.0), np.where(counted, expected, 0.0)
    _check(cases, expected)
    sizes = expected.sum(axis=1) if population is None else np.asarray(population, np.float64)
    places = np.flatnonzero(known)
    if (sizes[places] < 0).any() or not sizes[places].sum() > 0:
        raise ValueError("a population is below zero, or all of them are zero")
    places = places[cKDTree(points[places]).indices]
    total = cases.sum()
    scaled = expected[places] * (total / expected.sum())
    return Study(
        places,
        points[places],
        cases[places],
        scaled,
        sizes[places],
        round(float(total)),
        None if alike is None else np.asarray(alike)[places],
    )


def _check(cases: Floats, expected: Floats) -> None:
    if (cases < 0).any() or (expected < 0).any():
        raise ValueError("a count is below zero")
    if (cases != np.floor(cases)).any():
        raise ValueError("cases must be whole numbers")
    if not expected.sum() > 0:
        raise ValueError("nothing is expected anywhere")
    if ((expected == 0) & (cases > 0)).any():
        raise ValueError("there are cases where none are expected")
