"""Firms in clusters: a shopping centre or business estate fills a hexagon with some fifty."""

import numpy as np

from demo.arrays import Floats, Ints

CLUSTER = (46, 67)
"""Least number of firms of a cluster, and one more than the most."""


def clustered(
    size: int, chance: Floats, gemeente: Ints, scale: float, rng: np.random.Generator
) -> Ints:
    """Return a row for each of ``size`` firms, as many per gemeente as the sum of ``chance``
    over its rows asks: in whole clusters first, what is left over spread by ``chance``.

    ``chance`` and ``gemeente`` are per row, shape (n,); clusters shrink with ``scale``.
    """
    total = np.bincount(gemeente, chance)
    quota = rng.multinomial(size, total / total.sum())
    order = np.argsort(gemeente, kind="stable")
    first = np.searchsorted(gemeente[order], np.arange(len(quota) + 1))
    rows: list[Ints] = []
    for number, wanted in enumerate(quota.tolist()):
        if not wanted:
            continue
        own = order[first[number] : first[number + 1]]
        share = chance[own] / chance[own].sum()
        sizes = np.maximum(rng.integers(*CLUSTER, wanted) * scale, 1).astype(np.int64)
        fits = min(int(np.searchsorted(np.cumsum(sizes), wanted, "right")), (share > 0).sum())
        places = rng.choice(own, fits, replace=False, p=share)
        rows.append(np.repeat(places, sizes[:fits]))
        rows.append(rng.choice(own, wanted - int(sizes[:fits].sum()), p=share))
    return np.concatenate(rows)
