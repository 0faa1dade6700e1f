"""The upper hull of a function of whole numbers: the least concave one above it."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def upper_hull(counts: Floats, chance: Floats) -> list[tuple[float, float]]:
    """Return slope and offset of each piece of the upper hull of a log chance of counts.

    >>> upper_hull(np.array([0.0, 1.0, 2.0]), np.array([0.0, -3.0, -2.0]))
    [(-1.0, 0.0)]
    """
    kept: list[int] = []
    for number in range(len(counts)):
        while len(kept) > 1 and _slope(counts, chance, kept[-2], kept[-1]) <= _slope(
            counts, chance, kept[-1], number
        ):
            kept.pop()
        kept.append(number)
    if len(kept) == 1:
        return [(0.0, float(chance[0]))]
    pieces = [(_slope(counts, chance, a, b), a) for a, b in pairwise(kept)]
    return [(slope, float(chance[at] - slope * counts[at])) for slope, at in pieces]


def _slope(counts: Floats, chance: Floats, start: int, end: int) -> float:
    return float((chance[end] - chance[start]) / (counts[end] - counts[start]))
