"""What the figures that hold a record, or all records of a subject, say for and against it.

Those that share noise are taken together (`release.looks`): a window says no more than its
quarters. A subject that leaves takes its records along, and may leave the noise narrower: the
attacker weighs that too.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from attack.chances import chances
from attack.knowledge import KnownRelease, SideCells
from release.noise import LEVELS, Noise
from release.periods import QUARTERS
from release.widths import widths
from store.release import LEVEL_NUMBERS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TINY = 1e-12
ROUNDING = 1 / 3
"""Variance, in units of its width, that rounding and blocked small values add to a shown count."""


@dataclass(frozen=True)
class Evidence:
    """Log odds that something is counted, by level: from figures alone, and taken together."""

    alone: dict[int, float]
    together: dict[int, float]


@dataclass(frozen=True)
class _Hypothesis:
    """What the figures of an area count if it is so, and how wide their noise is then, (n,)."""

    exact: Floats
    width: Floats

    @classmethod
    def of(cls, records: Ints, subjects: Ints, most: Ints, k: int) -> "_Hypothesis":
        return cls(
            np.where(subjects < k, subjects, records).astype(float), widths(subjects, most, k)
        )


class HeldFigures:
    """The figures of one side of an indicator, to be found by what they hold."""

    def __init__(self, seen: KnownRelease, counted: SideCells) -> None:
        self.seen, self.counted = seen, counted
        self.places = seen.places.set_index("place")
        cells = counted.cells[counted.cells["shown"].notna()]
        columns = ["period_id", "kind", "records", "subjects", "most", "shown"]
        self.cells = {
            key: group[columns] for key, group in cells.groupby(["level", "area_id"], sort=False)
        }
        periods = seen.periods
        self.start, self.end, self.look = (
            pd.to_datetime(periods[name]) for name in ("start", "end", "look")
        )
        self.periods = periods
        self.units = counted.units.merge(seen.places, on="place")

    def askable(self, units: pd.DataFrame) -> pd.DataFrame:
        """Return the records to ask about; of a stock those that were there from the first look."""
        known = units[units["place"].isin(self.places.index)]
        if self.counted.when != "moment":
            return known
        return known[pd.to_datetime(known["date"]) == self.look.min()]

    def evidence(self, target: pd.DataFrame, *, present: bool) -> Evidence:
        """Return the log odds that ``target`` (rows of units) is counted; whether it is."""
        alone: dict[int, float] = {}
        together: dict[int, float] = {}
        places = self.places.loc[target["place"]]
        for name, level in LEVEL_NUMBERS.items():
            areas = places[name].to_numpy() if name in places else np.zeros(0, dtype=np.int64)
            for area in np.unique(areas[areas > 0]):
                cells = self.cells.get((level, int(area)))
                if cells is None:
                    continue
                held = self._held(target[areas == area], cells["period_id"].to_numpy())
                if not held.any():
                    continue
                found = self._odds(cells, held, level, int(area), target, present=present)
                alone[level] = alone.get(level, 0.0) + found[0]
                together[level] = together.get(level, 0.0) + found[1]
        return Evidence(alone, together)

    def _held(self, target: pd.DataFrame, periods: Ints) -> Ints:
        """Return how many records of the target each period counts, shape (n,)."""
        held = np.zeros(len(periods), dtype=np.int64)
        for date, units in zip(target["date"], target["units"], strict=True):
            held += self._holds(date, periods) * int(units)
        return held

    def _holds(self, date: object, periods: Ints) -> NDArray[np.bool_]:
        when = self.counted.when
        if when == "period":
            return np.asarray(self.periods["code"].reindex(periods).to_numpy() == date)
        day = pd.Timestamp(str(date))
        if when == "moment":
            return np.asarray(self.look.reindex(periods) >= day)
        begin, end = self.start.reindex(periods), self.end.reindex(periods)
        return np.asarray((begin <= day) & (day <= end))

    def _odds(
        self,
        cells: pd.DataFrame,
        held: Ints,
        level: int,
        area: int,
        target: pd.DataFrame,
        *,
        present: bool,
    ) -> tuple[float, float]:
        """Return log odds by each figure's own table, and by normal noise with what they share."""
        records, subjects, most = (
            cells[name].to_numpy(dtype=np.int64) for name in ("records", "subjects", "most")
        )
        one, k = (held > 0).astype(np.int64), self.seen.k
        if present:
            with_it = _Hypothesis.of(records, subjects, most, k)
            left = self._others(most, held, cells, level, area, target)
            fewer = np.maximum(subjects - one, 0)
            without = _Hypothesis.of(np.maximum(records - held, fewer), fewer, left, k)
        else:
            without = _Hypothesis.of(records, subjects, most, k)
            with_it = _Hypothesis.of(records + held, subjects + one, np.maximum(most, held), k)
        tables = [self.seen.noise[level, kind] for kind in cells["kind"]]
        shown = cells["shown"].to_numpy(dtype=np.float64)
        odds = _log_odds(shown, with_it, without, tables, held > 0)
        alone = float(odds[held > 0].sum() / self._repeats(cells, held > 0))
        return alone, self._together(cells, with_it, without, held > 0, tables, odds)

    def _others(
        self,
        most: Ints,
        held: Ints,
        cells: pd.DataFrame,
        level: int,
        area: int,
        target: pd.DataFrame,
    ) -> Ints:
        """Return the most records that a subject has in each figure when the target is gone."""
        left = most.copy()
        if len(self.counted.subjects) == 0 or not ((held > 1) & (held >= most)).any():
            return left
        subject = self.counted.subjects[0]
        here = self.units[self.units[LEVELS[level]] == area]
        others = here[here[subject] != target[subject].iloc[0]]
        for row in np.flatnonzero((held > 1) & (held >= most)):
            period = cells["period_id"].to_numpy()[row : row + 1]
            inside = np.array([self._holds(date, period)[0] for date in others["date"].unique()])
            dates = others["date"].unique()[inside] if len(inside) else []
            counts = others[others["date"].isin(dates)].groupby(subject)["units"].sum()
            left[row] = int(counts.max()) if len(counts) else 0
        return left

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
        with_it: _Hypothesis,
        without: _Hypothesis,
        holds: NDArray[np.bool_],
        tables: list[Noise],
        odds: Floats,
    ) -> float:
        """Return log odds by normal noise, with what figures share; months stand apart."""
        months = (cells["kind"] == "month").to_numpy() & (self.counted.when != "moment")
        shared = ~months
        signal = (with_it.exact - without.exact)[shared]
        if not signal.any():
            return float(odds[holds].sum())
        own = [table for table, one in zip(tables, shared, strict=True) if one]
        width = np.maximum(with_it.width, without.width)[shared]
        covariance = self._covariance(cells[shared], own) * np.outer(width, width)
        off = cells["shown"].to_numpy()[shared] - without.exact[shared]
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


def _log_odds(
    shown: Floats,
    with_it: _Hypothesis,
    without: _Hypothesis,
    tables: list[Noise],
    holds: NDArray[np.bool_],
) -> Floats:
    """Return log P(shown | with it) - log P(shown | without), of figures that hold it."""
    found = np.zeros(len(shown))
    for row in np.flatnonzero(holds):
        logs = [
            np.log(
                chances(
                    shown[row : row + 1],
                    case.exact[row : row + 1],
                    tables[row],
                    case.width[row : row + 1],
                )[0]
                + TINY
            )
            for case in (with_it, without)
        ]
        found[row] = logs[0] - logs[1]
    return found
