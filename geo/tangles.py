"""Recognises borders that cross each other so often that mending them would fill the memory."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

SAMPLE = 200
"""Stretches of border that are looked at, evenly over the file."""

MOST_MET = 100
"""Other stretches that a stretch may meet on average; in the borders of CBS it meets eight."""

FEW = 2_000
"""A file with no more stretches of border than this is never tangled."""


def is_tangled(shapes: NDArray[Any]) -> bool:
    """Return whether the borders of ``shapes`` meet far more often than borders of areas do.

    For an even sample of stretches (between two corner points), it counts the stretches whose
    bounding boxes meet.
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
