"""What the example of a kind of record is: how its records are made, and how partners send them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
import pandas as pd

from demo.patterns import Plan
from demo.settlements import Settlements
from demo.sites import Site

Maker = Callable[["Example"], pd.DataFrame]


@dataclass(frozen=True)
class Example:
    """The country that all example records are about; ``scale`` multiplies their number.

    A kind may be made from the records of another, such as inspections from businesses.
    """

    settlements: Settlements
    sites: Sequence[Site]
    plan: Plan
    seed: int
    scale: float
    _made: dict[Maker, pd.DataFrame] = field(default_factory=dict, repr=False)

    def rng(self, step: int | str) -> np.random.Generator:
        """Return the random numbers of one step; a new maker takes the name of its kind."""
        number = step if isinstance(step, int) else 1000 + crc32(step.encode())
        return np.random.default_rng([self.seed, number])

    def records(self, make: Maker) -> pd.DataFrame:
        """Return the records that ``make`` makes of this example; they are made once."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]


@dataclass(frozen=True)
class Delivery:
    """The records of one file, with x and y (RD New) where they have a place."""

    partner: str
    name: str
    frame: pd.DataFrame


@dataclass(frozen=True)
class KindExample:
    """The example deliveries of one kind, taken in by ``order``.

    They are CSV with x and y in RD New, or Parquet with lon and lat.
    """

    kind: str
    order: int
    deliveries: Callable[[Example], Iterable[Delivery]]
    parquet: bool = False


def by_year(partner: str, frame: pd.DataFrame, dated: str) -> Iterator[Delivery]:
    """Give a delivery per year of the date column ``dated``."""
    for year, part in frame.groupby(frame[dated].dt.year, sort=True):
        yield Delivery(partner, str(year), part)


def by_partner(frame: pd.DataFrame) -> Iterator[Delivery]:
    """Give a delivery per partner, in the column ``partner``."""
    for partner, part in frame.groupby("partner", sort=True):
        yield Delivery(str(partner), "2023-2026", part)
