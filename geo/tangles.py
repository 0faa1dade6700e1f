"""Recognise borders that cross one another so often that drawing them anew fills the memory."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

SAMPLE = 200
"""Stretches of border that are looked at, evenly over the file."""

MOST_MET = 100
"""Other stretches that one may meet, on average: eight do in the borders of CBS."""

FEW = 2_000
"""Stretches of border that may cross as they like."""


def is_tangled(shapes: NDArray[Any]) -> bool:
    """Say whether the borders of ``shapes`` meet far more often than borders of areas do.

    Of an even sample of stretches (two corner points each), those whose bounding box meets
    theirs are counted.
    """
    rings = shapely.get_rings(shapely.get_parts(shapes))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    start, end = points[:-1][same], points[1:][same]
    if len(start) <= FEW:
        return False
    low, high = np.minimum(start, end), np.maximum(start, end)
    sample = np.linspace(0, len(low) - 1, SAMPLE).astype(int)
    met = [int(((low <= high[one]) & (high >= low[one])).all(axis=1).sum()) for one in sample]
    return float(np.mean(met)) > MOST_MET
