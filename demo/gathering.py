"""Firms with many establishments and buyers with many purchases: who counts once, however often."""

from collections.abc import Sequence

import numpy as np

from demo.arrays import Ints

CHAIN = (60,)
"""Establishments of a chain that is everywhere."""

LOCAL_FIRMS, LOCAL_BUYERS = 20, 30
LOCAL_SIZES = (5, 15)
INVESTOR = (40,)
"""Purchases of one buyer in one gemeente; LOCAL_BUYERS buy as many as LOCAL_SIZES says there."""


def local_sizes(number: int, rng: np.random.Generator) -> list[int]:
    """Return how many records each of ``number`` owners has in one gemeente."""
    return [int(size) for size in rng.integers(LOCAL_SIZES[0], LOCAL_SIZES[1] + 1, number)]


def gathered(
    owners: Ints, places: Ints, free: Ints, sizes: Sequence[int], rng: np.random.Generator
) -> Ints:
    """Return ``owners`` (n,) of records, some of which own as many as ``sizes`` in one place.

    ``places`` (n,) are numbers of places, ``free`` the rows that may change hands; a larger place
    is chosen more often, and one with too few free rows never.
    """
    owners, left = owners.copy(), rng.permutation(free)
    for size in sizes:
        counts = np.bincount(places[left])
        chance = np.where(counts >= size, counts, 0)
        place = rng.choice(len(counts), p=chance / chance.sum())
        here = np.flatnonzero(places[left] == place)[:size]
        owners[left[here]] = owners[left[here[0]]]
        left = np.delete(left, here)
    return owners
