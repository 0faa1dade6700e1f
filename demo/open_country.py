"""Random points anywhere inside a gemeente, for what happens outside built-up areas."""

import numpy as np
import shapely

from demo.arrays import Ints
from geo import areas

INSIDE_M = 30.0


def scatter(gemeente: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Return a point (RD New, whole metres) strictly inside each gemeente (a row), shape (n,)."""
    inner = areas.gemeenten().geometry.buffer(-INSIDE_M).to_numpy()
    shapely.prepare(inner)
    west, south, east, north = shapely.bounds(inner).T
    x = np.zeros(len(gemeente), dtype=np.int64)
    y = np.zeros(len(gemeente), dtype=np.int64)
    left = np.arange(len(gemeente))
    while left.size:
        at = gemeente[left]
        x[left] = np.rint(rng.uniform(west[at], east[at]))
        y[left] = np.rint(rng.uniform(south[at], north[at]))
        left = left[~shapely.contains_xy(inner[at], x[left], y[left])]
    return x, y
