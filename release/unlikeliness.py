"""How unlikely each figure of a 12-month window is where all is usual, of shown counts only.

What is usual is taken from the last window; noise, width, what stands behind and what is still to
come in are reckoned with as in the rates themselves.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.usual import Usual, unlikely, usual
from release.grouping import group_rows
from release.noise import Noise

Floats = NDArray[np.float64]

CHANCE = "chance"
"""The column of figures that holds it; the build alone knows it."""


def unlikeliness(
    figures: pd.DataFrame,
    shown: Floats,
    exposure: Floats,
    width: Floats,
    noise: Callable[[int, int], Noise],
) -> Floats:
    """Return the chance of so high a count or higher, shape (figures,), NaN where none is judged.

    ``figures`` holds level (number) and period_id, of 12-month windows only; ``shown``,
    ``exposure`` and ``width`` have shape (figures,), and ``noise`` is that of a level and period.
    """
    chance = np.full(len(figures), np.nan)
    found: dict[int, Usual | None] = {}
    for (period, level), rows in reversed(group_rows(figures["period_id"], figures["level"])):
        table = noise(level, period).table
        own = shown[rows], np.maximum(np.nan_to_num(exposure[rows]), 0.0), table
        if level not in found:
            found[level] = usual(*own, width[rows])
        of = found[level]
        if of is not None:
            chance[rows] = unlikely(*own, of, width[rows])
    return chance
