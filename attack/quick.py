"""The quick attack: does a release hide what it says it hides? Asked before it becomes current.

It takes seconds and no solver, and needs no attacker who knows much. A build whose release gives a
count away stops here, whatever mistake made it so: noise that is the same everywhere, a count that
was never protected, a table that is not the published one.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from attack.certificate import Cells
from attack.knowledge import KnownRelease, SideCells
from release.noise import Noise
from store.release import LEVEL_NUMBERS

JUDGED = ("gemeente", "riec")
"""Levels of which every area is published, however little it holds: nothing is picked there."""

LEAST_CELLS = 100
"""With fewer cells the spread of their noise says little."""

LEAST_SPREAD = 0.3
"""Noise must spread at least this part of what its table says; it is about 1 as it should be."""

ROOM = 3.0
"""A numerator is judged where its denominator leaves it room for so many deviations: elsewhere it
may be cut to it, whatever its noise."""


def faults(seen: KnownRelease, sides: Iterable[SideCells]) -> list[str]:
    """Return what is wrong with a release, a sentence each; [] where nothing is found.

    ``sides`` are those of the release, which may come one at a time.

    That nothing from 1 to k-1 is shown, that every small count keeps k possible values
    (`attack.certificate`), and that the noise differs from place to place as its table says.
    """
    found: list[str] = []
    cells = Cells()
    for counted in sides:
        found += _faults_of(seen, counted)
        cells.add(seen, counted)
    proof = cells.proof()
    if proof.certain < proof.protected:
        narrow = proof.protected - proof.certain
        found.append(
            f"{narrow:,} of {proof.protected:,} small counts keep fewer than {seen.k} possible "
            "values"
        )
    return found


def _faults_of(seen: KnownRelease, counted: SideCells) -> Iterator[str]:
    name = f"the {counted.side} of {counted.code}"
    small = int(counted.cells["shown"].between(1, seen.k - 1).sum())
    if small:
        yield f"{name} shows {small:,} counts from 1 to {seen.k - 1}"
    for level in JUDGED:
        spread = noise_spread(seen, counted, level)
        if spread is not None and spread < LEAST_SPREAD:
            yield (
                f"the noise of {name} at level {level} spreads {spread:.0%} of what its table "
                "says: counts are shown exactly, or all with the same deviation"
            )


def noise_spread(seen: KnownRelease, counted: SideCells, level: str) -> float | None:
    """Return the spread of the deviations in the last window, over what the noise table says.

    Deviations are compared within a row of the table, so that one that all share counts as none.
    None where fewer than LEAST_CELLS can be compared.
    """
    windows = seen.periods[seen.periods["kind"] == "year"]
    number = LEVEL_NUMBERS[level]
    cells = counted.cells
    own = cells[
        (cells["period_id"] == windows["end"].idxmax())
        & (cells["level"] == number)
        & cells["shown"].notna()
        & (cells["exact"] > 0)
    ]
    noise = seen.noise[number, "year"]
    room = own["exact"] + ROOM * np.sqrt(noise.variance) * own["width"]
    return _spread(own[own["beside"].isna() | (own["beside"] >= room)], noise)


def _spread(cells: pd.DataFrame, noise: Noise) -> float | None:
    deviations = noise.deviations()
    mean = noise.table @ deviations
    variances = noise.table @ deviations**2 - mean**2
    units, shown = cells["exact"] / cells["width"], cells["shown"] / cells["width"]
    row = units.round().clip(upper=len(noise.table) - 1).to_numpy(dtype=np.int64)
    groups = pd.Series((shown - units).to_numpy(dtype=float)).groupby(row)
    free = groups.size() - 1
    if free.sum() < LEAST_CELLS:
        return None
    found = (groups.var(ddof=0) * groups.size()).sum()
    expected = (free * variances[free.index.to_numpy()]).sum()
    return float(found / expected)
