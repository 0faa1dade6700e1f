"""What a table of noise says of counts that stand while what they count moves on."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

REACH = 3.0
"""Counts further than this many deviations behind are left out of account."""


def widened(table: Floats, deviation: float) -> Floats:
    """Return P(deviation | count) of counts that were drawn when they were other, as ``table``.

    They differ by about ``deviation`` counts, normal, at most REACH times that. Row c is the mean
    of the rows of the counts that it may have been drawn from; none was below 0.

    >>> exact = np.pad(np.ones((3, 1)), ((0, 0), (1, 1)))
    >>> widened(exact, 1 / 3).round(2).tolist()
    [[0.0, 0.99, 0.01], [0.01, 0.98, 0.01], [0.01, 0.98, 0.01]]
    """
    reach = int(np.ceil(REACH * deviation))
    last, most = len(table) - 1, table.shape[1] // 2
    found = np.zeros_like(table)
    for count in range(last + 1):
        for behind in range(-min(reach, count), reach + 1):
            row = table[min(count + behind, last)]
            weight = np.exp(-((behind / deviation) ** 2) / 2)
            first, end = max(behind, 0), min(behind, 0)
            found[count, first : 2 * most + 1 + end] += weight * row[-end : 2 * most + 1 - first]
    return np.asarray(found / found.sum(axis=1, keepdims=True))
