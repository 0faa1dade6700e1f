"""A proof over every cell at once that no small count can be pinned down.

Take any protected count and add 1, 2, ..., k-1 subjects to it. If every published figure that
counts them, at any level, in any period and in any release, could still have been shown as it was,
then at least k values remain possible, whatever else an attacker knows.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from attack.chances import chances
from attack.knowledge import KnownRelease, SideCells
from release.noise import Tables

WHERE = ["level", "gemeente", "riec"]


@dataclass(frozen=True)
class Certificate:
    """Numbers of cells: ``published``; ``limiting`` (see ``limiting_cells``, and those ``absent``);
    ``protected`` (1 to k-1 subjects); and ``certain``: those with at least k possible values.
    """

    published: int
    limiting: int
    protected: int
    certain: int


def limiting_cells(cells: pd.DataFrame, noise: Tables, k: int) -> NDArray[np.bool_]:
    """Return which published cells could not be shown so with k-1 subjects more, shape (n,).

    A figure that stands says what was counted when it was drawn, so more subjects then.
    """
    result = np.zeros(len(cells), dtype=bool)
    for (level, kind), own in noise.items():
        here = (cells["level"] == level) & (cells["kind"] == kind)
        rows = (here & cells["shown"].notna()).to_numpy()
        shown, drawn, width = (cells[name].to_numpy()[rows] for name in ("shown", "drawn", "width"))
        for more in range(1, k):
            result[rows] |= chances(shown, drawn + more, own, width) == 0
    return result


@dataclass
class Cells:
    """What a proof needs of the cells that were looked at so far."""

    published: int = 0
    limiting: int = 0
    limits: list[pd.DataFrame] = field(default_factory=list)
    small: list[pd.DataFrame] = field(default_factory=list)

    def add(self, seen: KnownRelease, counted: SideCells) -> None:
        """Look at the cells of one side of a release."""
        cells = counted.cells
        limits = limiting_cells(cells, seen.noise, seen.k) | cells["absent"].to_numpy()
        self.published += int(cells["shown"].notna().sum())
        self.limiting += int(limits.sum())
        self.limits.append(cells.loc[limits, WHERE])
        self.small.append(cells.loc[cells["subjects"].between(1, seen.k - 1), WHERE])

    def proof(self) -> Certificate:
        """Return the certificate over all of them."""
        if not self.limits:
            return Certificate(0, 0, 0, 0)
        uncertain = pd.concat(self.limits)
        certain = sum(int((~_touched(small, uncertain)).sum()) for small in self.small)
        return Certificate(self.published, self.limiting, sum(map(len, self.small)), certain)


def certify(releases: tuple[KnownRelease, ...]) -> Certificate:
    """Return the certificate over all cells of all releases.

    No protected cell is certain in a gemeente whose subjects a limiting cell may count.
    """
    cells = Cells()
    for seen in releases:
        for counted in seen.sides:
            cells.add(seen, counted)
    return cells.proof()


def _touched(cells: pd.DataFrame, uncertain: pd.DataFrame) -> "pd.Series[bool]":
    if (uncertain["level"] == 0).any():
        return pd.Series(True, index=cells.index)
    regions = uncertain.loc[uncertain["level"] == 1, "riec"]
    own = uncertain.loc[uncertain["level"] > 1, "gemeente"]
    return cells["riec"].isin(regions) | cells["gemeente"].isin(own)
