"""Lines as a map reads them: steps from point to point in whole numbers, which pack small."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines, or outlines of areas without holes, one after the other.

    ``lengths`` (k,) are the numbers of points of each line, ``steps`` (p, 2) the steps in longitude
    and latitude from one point to the next over all lines, the first from zero, in 1/``degree``
    degrees.
    """

    degree: int
    lengths: NDArray[np.uint32]
    steps: NDArray[np.int32]


def lines_of(shapes: Sequence[BaseGeometry], degree: int) -> Lines:
    """Return line strings or rings in degrees as ``Lines``."""
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    whole = np.rint(points * degree).astype(np.int32)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int32))
    return Lines(degree, np.bincount(owner, minlength=len(shapes)).astype(np.uint32), steps)
