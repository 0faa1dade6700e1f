"""The composite score: a weighted mean of percentile ranks that explains itself."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def contributions(ranks: Floats, weights: Floats, groups: NDArray[np.int64]) -> Floats:
    """Return what each indicator adds to each place's score, shape (places, indicators).

    ``ranks`` (places, indicators) are percentile ranks with NaN where there is no figure,
    ``weights`` (indicators,) count within their group, ``groups`` (indicators,) number the focus
    areas, which count equally. Weights are shared out anew over what a place does have, so a
    place's contributions add up to its score exactly (OECD/JRC 2008, linear aggregation).
    A place without any figure gets zeros. Contributions are points of a score from 0 to 100.

    Two focus areas: the first has two indicators, the second one. The last place has no figure for
    the second indicator, so the first counts for all of its focus area.

    >>> ranks = np.array([[80.0, 40.0, 50.0], [80.0, np.nan, 50.0]])
    >>> parts = contributions(ranks, np.ones(3), np.array([0, 0, 1]))
    >>> parts.tolist()
    [[20.0, 10.0, 25.0], [40.0, 0.0, 25.0]]
    >>> parts.sum(axis=1).tolist()
    [55.0, 65.0]
    """
    known = np.isfinite(ranks)
    weighted = known * weights
    share = np.zeros_like(weighted, dtype=float)
    present = np.zeros(len(ranks))
    for group in np.unique(groups):
        members = groups == group
        total = weighted[:, members].sum(axis=1)
        filled = total > 0
        present += filled
        share[:, members] = np.divide(
            weighted[:, members],
            total[:, None],
            out=np.zeros_like(weighted[:, members], dtype=float),
            where=filled[:, None],
        )
    share = np.divide(share, present[:, None], out=share, where=present[:, None] > 0)
    return np.asarray(share * np.where(known, ranks, 0.0))
