"""Gemeenten in which two things rise together that two partners tell of, each on its own word."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from demo.arrays import Floats, Ints


@dataclass(frozen=True)
class Pair:
    """Two indicators of independent partners, and how large the gemeenten are where both rise.

    So large that the base rate gives 30 of either in 12 months, by ``places`` gemeenten.
    """

    indicators: tuple[str, str]
    least: int
    most: int
    places: int


PAIRS: tuple[Pair, ...] = (
    Pair(("FI01", "BD01"), 45_000, 75_000, 4),
    Pair(("FI01", "VG01"), 155_000, 260_000, 2),
)
"""Money flows with firms that take cash, and with homes bought without a mortgage."""


def choose_pairs(inhabitants: Floats, taken: Collection[int]) -> dict[Pair, Ints]:
    """Return for each of PAIRS the rows of its gemeenten, spread over those of its size.

    ``inhabitants`` are per gemeente, shape (342,); none of ``taken`` is chosen.
    """
    free = ~np.isin(np.arange(len(inhabitants)), list(taken))
    found = {}
    for pair in PAIRS:
        fits = np.flatnonzero(free & (inhabitants >= pair.least) & (inhabitants <= pair.most))
        steps = np.linspace(0, len(fits) - 1, pair.places).astype(int)
        found[pair] = fits[np.unique(steps)]
        free[found[pair]] = False
    return found
