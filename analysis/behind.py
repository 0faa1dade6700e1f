"""The true counts that may lie behind published ones, looked at piece by piece."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEVER = 1e-300
"""A chance that has a logarithm where there is none."""

ROWS = 1_000
"""So many places are looked at together: what is made of them then fits in the processor's own
memory."""


class Pairs(NamedTuple):
    """Each pair of numbers once, by the first of them: ``first`` and ``second`` of shape (pairs,).

    ``back`` says which pair each place has, and ``times`` how many places have each.
    """

    first: Floats
    second: Floats
    back: Ints
    times: Ints


def distinct(first: Floats, second: Floats) -> Pairs:
    """Return the pairs of numbers that places (n,) have: most places of few share theirs.

    >>> found = distinct(np.array([3.0, 1, 3]), np.array([5.0, 7, 5]))
    >>> found.first.tolist(), found.second.tolist(), found.back.tolist(), found.times.tolist()
    ([1.0, 3.0], [7.0, 5.0], [1, 0, 1], [1, 2])
    """
    order = np.lexsort((second, first))
    one, other = first[order], second[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.cumsum(new) - 1
    return Pairs(one[new], other[new], back, np.bincount(back, minlength=int(new.sum())))


def pieces(number: int) -> Iterator[slice]:
    """Give the numbers below ``number`` in pieces of ROWS.

    >>> [(piece.start, piece.stop) for piece in pieces(1_500)]
    [(0, 1000), (1000, 2000)]
    """
    return (slice(start, start + ROWS) for start in range(0, number, ROWS))


class Behind(NamedTuple):
    """Counts behind published ones, worked out once for each published count.

    ``each`` holds them, of shape (published counts, columns), below 0 where there is none; ``row``
    and ``column`` say where a table of P(deviation | count) has the chance of the published count
    then; ``which`` is that of each place.
    """

    each: Floats
    row: Ints
    column: Ints
    which: Ints

    @property
    def counts(self) -> Floats:
        """The counts behind that of each place, 0 where there is none, (places, columns)."""
        return np.asarray(self.each.clip(0)[self.which])

    def looked_up(self, table: Floats) -> Floats:
        """Return what ``table`` says of each count, 0 where there is none, (places, columns)."""
        return np.asarray(self._each(table)[self.which])

    def log(self, table: Floats) -> Floats:
        """Return the logarithm of it; of NEVER where there is none."""
        return np.asarray(np.log(np.maximum(self._each(table), NEVER))[self.which])

    def _each(self, table: Floats) -> Floats:
        return np.where(self.each >= 0, table[self.row, self.column], 0.0)


def behind(shown: Floats, table: Floats) -> Behind:
    """Return the counts behind ``shown`` ones, whole and at least 0, of shape (places,).

    ``table`` has a row per count (the last also for larger ones) and a column per deviation from
    -m to m. No column is made that holds no count of any place.

    >>> behind(np.array([1.0, 0, 1]), np.zeros((4, 5))).counts.astype(int).tolist()
    [[3, 2, 1, 0], [2, 1, 0, 0], [3, 2, 1, 0]]
    """
    most = table.shape[1] // 2
    up = min(most, int(shown.max(initial=0)))
    published, which = np.unique(shown, return_inverse=True)
    each = published[:, None] - np.arange(-most, up + 1)
    row = each.clip(0, len(table) - 1).astype(np.int64)
    return Behind(each, row, np.arange(most + up + 1), which)
