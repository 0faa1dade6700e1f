"""The known patterns: labelled places, and how often each indicator happens where and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from demo.arrays import Ints
from demo.pairs import Pair
from demo.settlements import Settlements
from demo.variation import Rates, gamma_field
from geo import areas

FROM = "2025-01"
RATE_RATIO = 3.0

Level = Literal["hex9", "hex8", "hex7", "gemeente"]
Kind = Literal["planted", "control"]
KINDS: tuple[Kind, Kind] = ("planted", "control")
LEVELS: dict[str, Level] = {
    "VG01": "hex9",
    "VG02": "hex8",
    "BD01": "hex9",
    "BD03": "hex9",
    "LO01": "hex8",
    "CV01": "hex7",
    "KR01": "gemeente",
    "DR03": "gemeente",
    "TB03": "gemeente",
    "FI01": "gemeente",
}
"""Where each pattern is judged. Gemeenten are labelled once: the scarcest choice comes first."""

SPREAD: dict[str, float] = {
    "VG01": 0.60,
    "VG02": 0.85,
    "BD01": 0.30,
    "BD03": 0.20,
    "TB03": 0.60,
    "FI01": 0.25,
    "LO01": 0.25,
    "CV01": 1.0,
    "DR03": 0.90,
    "KR01": 0.40,
}
"""How much places without a label differ (coefficient of variation of the true rate)."""


@dataclass(frozen=True)
class Label:
    """One planted or control place; ``unit`` is an H3 cell or a row of the gemeenten."""

    indicator: str
    kind: Kind
    level: Level
    unit: int
    code: str
    name: str

    @property
    def rate_ratio(self) -> float:
        """How many times the base rate holds here from FROM on."""
        return RATE_RATIO if self.kind == "planted" else 1.0


class Plan:
    """The labels of all indicators, and the rates that follow from them.

    ``pairs`` are the gemeenten in which two indicators rise together, ``decoys`` those in which
    much rises for an innocent reason; both by row of the gemeenten.
    """

    def __init__(
        self,
        s: Settlements,
        labels: Sequence[Label],
        seed: int,
        pairs: Mapping[Pair, Ints] | None = None,
        decoys: Mapping[str, Ints] | None = None,
    ) -> None:
        self.labels = tuple(labels)
        self.pairs = pairs or {}
        self.decoys = decoys or {}
        self._seed = seed
        self._gemeente = s.gemeente
        self._units: dict[Level, Ints] = {
            "hex9": s.cell,
            "hex8": s.hex8,
            "hex7": s.hex7,
            "gemeente": s.gemeente,
        }

    def units(self, level: Level) -> Ints:
        """Return the unit of each row of Settlements at ``level``."""
        return self._units[level]

    def rates(self, indicator: str) -> Rates:
        """Return the multipliers of ``indicator`` per row of Settlements."""
        return self._rates(indicator, self._units[LEVELS[indicator]], self._gemeente)

    def gemeente_rates(self, indicator: str) -> Rates:
        """Return the multipliers of ``indicator`` per gemeente, shape (342,)."""
        every = np.arange(len(areas.gemeenten()))
        return self._rates(indicator, every, every)

    def _rates(self, indicator: str, units: Ints, gemeente: Ints) -> Rates:
        rng = np.random.default_rng([self._seed, 200 + list(LEVELS).index(indicator)])
        mine = [label for label in self.labels if label.indicator == indicator]
        labelled = np.isin(units, [label.unit for label in mine])
        planted = np.isin(units, [label.unit for label in mine if label.kind == "planted"])
        before = np.where(labelled, 1.0, gamma_field(rng, units, SPREAD[indicator]))
        paired = ~labelled & np.isin(gemeente, self._rising(indicator))
        after = before * np.where(paired, RATE_RATIO, 1.0)
        return Rates(before, np.where(planted, RATE_RATIO, after), labelled)

    def _rising(self, indicator: str) -> list[int]:
        """Return the gemeenten in which an indicator rises as one of a pair."""
        mine = [rows for pair, rows in self.pairs.items() if indicator in pair.indicators]
        return [int(row) for rows in mine for row in rows]
