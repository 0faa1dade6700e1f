"""An attacker who guesses: he knows every record but one, and asks what is likely about that one.

Was this purchase without a mortgage, is this business there? He knows what each figure that holds
the record was before noise, but for one; and he knows the noise. So he adds up what all figures of
one release say for and against, those that share noise together (`release.looks`): a window says
no more than its quarters. Half of his questions are about records that are counted and half about
ones that are not, so without the release he is right half of the time.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from attack.knowledge import KnownRelease, SideCells
from release.noise import Noise
from release.periods import QUARTERS
from store.release import LEVEL_NUMBERS

Floats = NDArray[np.float64]

TINY = 1e-12
ROUNDING = 1 / 3
"""Variance that rounding and blocked small values add to a shown count."""

GEMEENTE = LEVEL_NUMBERS["gemeente"]


@dataclass(frozen=True)
class Membership:
    """How often who knows all records but one is right about it: shares (0-1) of ``asked``.

    ``alone``: every figure by its own table, ``together``: with shared noise; ``local`` is the
    best of both from figures of gemeente and below only. ``error`` is the standard error.
    """

    code: str
    side: str
    asked: int
    alone: float
    together: float
    local: float

    @property
    def right(self) -> float:
        """The better of both ways of guessing."""
        return max(self.alone, self.together)

    @property
    def error(self) -> float:
        """The Monte Carlo standard error of the shares."""
        return float(np.sqrt(0.25 / max(self.asked, 1)))


@dataclass(frozen=True)
class _Evidence:
    """Log odds that the record is counted, by level: from figures alone, and taken together."""

    alone: dict[int, float]
    together: dict[int, float]


def ask(seen: KnownRelease, code: str, side: str, *, asked: int, seed: int) -> Membership:
    """Return how well an attacker guesses whether a record is counted in one side of an indicator.

    Of a numerator he asks about records of its denominator, half of them counted in it; of a
    denominator about ones that are there and ones that might be, at places where others are.
    """
    chance = np.random.default_rng([seed, len(code), len(side)])
    counted = seen.find(code, side)
    figures = _Figures(seen, counted)
    known = [e.side for e in seen.sides if e.code == code]
    wider = seen.find(code, "denominator") if "denominator" in known else counted
    right: dict[str, list[bool]] = {"alone": [], "together": [], "alone here": [], "here": []}
    for present, source in ((True, counted), (False, wider)):
        units = figures.askable(source.units)
        for target in _targets(units, chance, asked // 2):
            found = figures.evidence(target, present)
            for name, odds, least in (
                ("alone", found.alone, 0),
                ("together", found.together, 0),
                ("alone here", found.alone, GEMEENTE),
                ("here", found.together, GEMEENTE),
            ):
                total = sum(value for level, value in odds.items() if level >= least)
                guess = total > 0 if total else bool(chance.integers(2))
                right[name].append(guess == present)
    shares = {name: float(np.mean(found)) if found else 0.5 for name, found in right.items()}
    return Membership(
        code,
        side,
        len(right["alone"]),
        shares["alone"],
        shares["together"],
        max(shares["alone here"], shares["here"]),
    )


def _targets(units: pd.DataFrame, chance: np.random.Generator, count: int) -> list[Any]:
    weights = units["units"].to_numpy(dtype=float)
    if not weights.sum() > 0:
        return []
    rows = chance.choice(len(units), count, p=weights / weights.sum())
    return list(units.iloc[rows].itertuples(index=False))


class _Figures:
    """The figures of one side of an indicator, to be found by the record that they hold."""

    def __init__(self, seen: KnownRelease, counted: SideCells) -> None:
        self.seen, self.counted = seen, counted
        self.places = seen.places.set_index("place")
        cells = counted.cells[counted.cells["shown"].notna()]
        columns = ["period_id", "kind", "exact", "shown"]
        self.cells = {
            key: group[columns] for key, group in cells.groupby(["level", "area_id"], sort=False)
        }
        periods = seen.periods
        self.start, self.end, self.look = (
            pd.to_datetime(periods[name]) for name in ("start", "end", "look")
        )
        self.periods = periods

    def askable(self, units: pd.DataFrame) -> pd.DataFrame:
        """Return the records to ask about; of a stock those that were there from the first look."""
        known = units[units["place"].isin(self.places.index)]
        if self.counted.when != "moment":
            return known
        return known[pd.to_datetime(known["date"]) == self.look.min()]

    def evidence(self, target: Any, present: bool) -> _Evidence:  # noqa: ANN401 - a row of units
        """Return the log odds that ``target`` is counted; ``present``: whether it is."""
        alone, together = {}, {}
        places = self.places.loc[target.place].to_dict()
        for name, level in LEVEL_NUMBERS.items():
            area = int(places[name]) if name in places else 0
            cells = self.cells.get((level, area)) if area else None
            if cells is None:
                continue
            holds = self._holds(target.date, cells["period_id"].to_numpy())
            if not holds.any():
                continue
            exact = cells["exact"].to_numpy(dtype=np.int64)
            without = exact - holds.astype(np.int64) * int(present)
            tables = [self.seen.noise[level, kind] for kind in cells["kind"]]
            odds = _odds(cells["shown"].to_numpy(dtype=np.float64), without, tables, holds)
            alone[level] = float(odds[holds].sum() / self._repeats(cells, holds))
            together[level] = self._together(cells, without, holds, tables, odds)
        return _Evidence(alone, together)

    def _holds(self, date: object, periods: NDArray[np.int64]) -> NDArray[np.bool_]:
        when = self.counted.when
        if when == "period":
            return np.asarray(self.periods["code"].reindex(periods).to_numpy() == date)
        day = pd.Timestamp(str(date))
        if when == "moment":
            return np.asarray(self.look.reindex(periods) >= day)
        begin, end = self.start.reindex(periods), self.end.reindex(periods)
        return np.asarray((begin <= day) & (day <= end))

    def _repeats(self, cells: pd.DataFrame, holds: NDArray[np.bool_]) -> float:
        """Return how many figures say the same: windows that overlap, periods with one look."""
        own = cells[holds]
        if self.counted.when == "moment":
            looks = self.look.reindex(own["period_id"]).nunique()
            return len(own) / max(looks, 1)
        windows = int((own["kind"] == "year").sum())
        return max(len(own) / max(len(own) - windows + 1, 1), 1.0)

    def _together(
        self,
        cells: pd.DataFrame,
        without: NDArray[np.int64],
        holds: NDArray[np.bool_],
        tables: list[Noise],
        odds: Floats,
    ) -> float:
        """Return log odds by normal noise, with what figures share; months stand apart."""
        months = (cells["kind"] == "month").to_numpy() & (self.counted.when != "moment")
        shared = ~months
        signal = holds[shared].astype(float)
        if not signal.any():
            return float(odds[holds].sum())
        covariance = self._covariance(
            cells[shared], [t for t, s in zip(tables, shared, strict=True) if s]
        )
        off = cells["shown"].to_numpy()[shared] - without[shared]
        weight = np.linalg.solve(covariance, signal)
        return float(weight @ (off - signal / 2)) + float(odds[holds & months].sum())

    def _covariance(self, cells: pd.DataFrame, tables: list[Noise]) -> Floats:
        variance = np.array([table.variance for table in tables])
        periods = cells["period_id"].to_numpy()
        if self.counted.when == "moment":
            looks = self.look.reindex(periods).to_numpy()
            alike = (looks[:, None] == looks[None, :]).astype(float)
            return np.asarray(alike * variance[0] + ROUNDING * np.eye(len(cells)))
        last = self.end.reindex(periods)
        quarter = (last.dt.year * QUARTERS + last.dt.quarter).to_numpy()
        long = np.where(cells["kind"].to_numpy() == "year", QUARTERS, 1)
        first = quarter - long + 1
        overlap = np.minimum(quarter[:, None], quarter[None, :]) - np.maximum(
            first[:, None], first[None, :]
        )
        per_quarter = float((variance / long).mean())
        return np.asarray(per_quarter * np.maximum(overlap + 1, 0) + ROUNDING * np.eye(len(cells)))


def _odds(
    shown: Floats, without: NDArray[np.int64], tables: list[Noise], holds: NDArray[np.bool_]
) -> Floats:
    """Return log P(shown | with the record) - log P(shown | without), of figures that hold it."""
    found = np.zeros(len(shown))
    for row in np.flatnonzero(holds):
        table = tables[row]
        chances = []
        for count in (int(without[row]) + 1, int(without[row])):
            step = int(shown[row]) - count
            inside = abs(step) <= table.most and count >= 0
            chances.append(float(table.row(count)[step + table.most]) if inside else 0.0)
        found[row] = np.log(chances[0] + TINY) - np.log(chances[1] + TINY)
    return found
