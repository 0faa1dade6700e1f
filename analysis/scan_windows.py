"""Circles around places that grow by nearest neighbours, in chunks of centres that fit a cache."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]

CENTRES = 256
NEIGHBOURS = 64
"""So many neighbours are asked for at least."""
TIE = 1e-9
"""Places whose distances differ by less than this share enter a circle together."""


class Circles(NamedTuple):
    """Circles around ``centres`` (b,): circle k holds the places ``nearest[:, :k + 1]`` (b, k).

    ``allowed`` (b, k) says which of them count: not too large, and holding all places at the same
    distance or none.
    """

    centres: NDArray[np.int64]
    nearest: NDArray[np.int32]
    allowed: NDArray[np.bool_]


def circles(points: Floats, sizes: Floats, share: float) -> Iterator[Circles]:
    """Yield the circles around each of ``points`` (n, 2), CENTRES of them at a time.

    A circle holds at most ``share`` of the sum of ``sizes`` (n,), the population at risk. Places
    at the same distance from the centre enter together: a circle is what lies within a radius
    (Kulldorff 1997). Centres keep the order of ``points``.

    Around the first of four places in a row, with at most half of the population.

    >>> (chunk,) = circles(np.column_stack([np.arange(4.0), np.zeros(4)]), np.ones(4), share=0.5)
    >>> chunk.nearest[0].tolist(), chunk.allowed[0].tolist()
    ([0, 1], [True, True])
    """
    tree = cKDTree(points)
    most = share * sizes.sum() * (1 + TIE)
    reach = NEIGHBOURS
    for start in range(0, len(points), CENTRES):
        centres = np.arange(start, min(start + CENTRES, len(points)))
        while True:
            neighbours = np.arange(1, min(reach, len(points)) + 1)
            distances, nearest = (np.asarray(a) for a in tree.query(points[centres], neighbours))
            within = np.cumsum(sizes[nearest], axis=1) <= most
            if reach >= len(points) or not within[:, -1].any():
                break
            reach *= 2
        complete = distances[:, 1:] > distances[:, :-1] * (1 + TIE)
        complete = np.pad(complete, ((0, 0), (0, 1)), constant_values=reach >= len(points))
        longest = int(within.sum(axis=1).max())
        reach = max(NEIGHBOURS, longest + longest // 4)
        kept = slice(0, longest)
        yield Circles(centres, nearest[:, kept].astype(np.int32), (within & complete)[:, kept])
