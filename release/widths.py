"""How many units a count is, where one subject may have many records in it.

Who knows all but one subject must learn little about that one, however many records it has. So a
count is made in units of a width: the most that one subject has in it, up to a power of two, which
says how many that are within a factor of two only. It is rounded to whole units by its key, so that
its mean stays; what is left over would show the last record. In those units it is protected as any
count: with every subject a single record, a unit is a record.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from release.looks import KEY_RANGE, mixed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WIDTH = "width"
"""The column of protected counts that holds it; the build alone knows it."""

ROUNDING = 2
"""Mixed into a key to draw how its count is rounded, apart from its noise."""


def widths(subjects: Ints, most: Ints, k: int) -> Floats:
    """Return the width of counts, shape (n,): 1 below ``k`` subjects, where each counts once.

    >>> widths(np.array([9, 9, 9, 4]), np.array([1, 2, 5, 5]), 5).tolist()
    [1.0, 2.0, 8.0, 1.0]
    """
    power = np.ceil(np.log2(np.maximum(most, 1)))
    return np.where(subjects < k, 1.0, 2.0**power)


def in_units(
    records: Ints, subjects: Ints, most: Ints, keys: Ints, k: int
) -> tuple[Floats, Floats]:
    """Return counts of ``records`` in whole units, and the width of a unit, two of shape (n,).

    >>> units, width = in_units(np.array([7, 12, 12]), np.array([1, 9, 5]), np.array([7, 1, 4]),
    ...     np.zeros(3, dtype=np.int64), 5)
    >>> units.tolist(), width.tolist()
    ([1.0, 12.0, 3.0], [1.0, 1.0, 4.0])
    """
    width = widths(subjects, most, k)
    counted = np.where(subjects < k, subjects, records)
    drawn = mixed(keys, np.full_like(keys, ROUNDING)) / KEY_RANGE
    return np.floor(counted / width + drawn), width


def width_of(figures: pd.DataFrame) -> Floats:
    """Return the width of each figure, shape (n,); 1 where nothing was counted."""
    return np.maximum(np.nan_to_num(np.asarray(figures[WIDTH], dtype=np.float64)), 1.0)
