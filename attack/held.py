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
from release.noise import LEVELS
from release.periods import QUARTERS
from release.widths import widths

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


@dataclass(frozen=True)
class _Cells:
    """The published figures of one area: arrays of shape (n,)."""

    period: Ints
    kind: NDArray[np.str_]
    records: Ints
    subjects: Ints
    most: Ints
    shown: Floats

    @classmethod
    def of(cls, group: pd.DataFrame) -> "_Cells":
        period, records, subjects, most = (
            group[name].to_numpy(dtype=np.int64)
            for name in ("period_id", "records", "subjects", "most")
        )
        kind, shown = group["kind"].to_numpy(dtype=str), group["shown"].to_numpy(dtype=np.float64)
        return cls(period, kind, records, subjects, most, shown)


class HeldFigures:
    """The figures of one side of an indicator, to be found by what they hold."""

    def __init__(self, seen: KnownRelease, counted: SideCells) -> None:
        self.seen, self.counted = seen, counted
        self.places = seen.places.set_index("place")
        cells = counted.cells[counted.cells["shown"].notna()]
        self.cells = {
            key: _Cells.of(group) for key, group in cells.groupby(["level", "area_id"], sort=False)
        }
        self.periods = seen.periods.reindex(range(seen.periods.index.max() + 1))
        self.start, self.end, self.look = (
            pd.to_datetime(self.periods[name]) for name in ("start", "end", "look")
        )
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
        for level, name in LEVELS.items():
            areas = places[name].to_numpy() if name in places else np.zeros(0, dtype=np.int64)
            for area in np.unique(areas[areas > 0]):
                cells = self.cells.get((level, int(area)))
                if cells is None:
                    continue
                held = self._held(target[areas == area], cells.period)
                if not held.any():
                    continue
                left = self._others(cells, held, name, int(area), target) if present else cells.most
                odds = self._odds(cells, held, left, level, present=present)
                alone[level] = alone.get(level, 0.0) + odds[0]
                together[level] = together.get(level, 0.0) + odds[1]
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
            return np.asarray(self.periods["code"].to_numpy()[periods] == date)
        day = np.datetime64(pd.Timestamp(str(date)))
        if when == "moment":
            return np.asarray(self.look.to_numpy()[periods] >= day)
        return np.asarray(
            (self.start.to_numpy()[periods] <= day) & (day <= self.end.to_numpy()[periods])
        )

    def _odds(
        self, cells: _Cells, held: Ints, left: Ints, level: int, *, present: bool
    ) -> tuple[float, float]:
        """Return log odds by each figure's own table, and by normal noise with what they share.

        ``left``: the most records that another subject has in each figure.
        """
        one, k = (held > 0).astype(np.int64), self.seen.k
        as_it_is = _Hypothesis.of(cells.records, cells.subjects, cells.most, k)
        if present:
            fewer = np.maximum(cells.subjects - one, 0)
            records = np.maximum(cells.records - held, fewer)
            with_it, without = as_it_is, _Hypothesis.of(records, fewer, left, k)
        else:
            most = np.maximum(cells.most, held)
            with_it = _Hypothesis.of(cells.records + held, cells.subjects + one, most, k)
            without = as_it_is
        odds = np.zeros(len(held))
        for kind in np.unique(cells.kind[held > 0]):
            rows = (held > 0) & (cells.kind == kind)
            table = self.seen.noise[level, kind]
            logs = [
                np.log(chances(cells.shown[rows], case.exact[rows], table, case.width[rows]) + TINY)
                for case in (with_it, without)
            ]
            odds[rows] = logs[0] - logs[1]
        alone = float(odds[held > 0].sum() / self._repeats(cells, held > 0))
        return alone, self._together(cells, with_it, without, held > 0, level, odds)

    def _others(
        self, cells: _Cells, held: Ints, name: str, area: int, target: pd.DataFrame
    ) -> Ints:
        """Return the most records that a subject has in each figure when the target is gone."""
        largest = np.flatnonzero((held > 1) & (held >= cells.most))
        if not self.counted.subjects or not len(largest):
            return cells.most
        left, subject = cells.most.copy(), self.counted.subjects[0]
        here = self.units[self.units[name] == area]
        others = here[here[subject] != target[subject].iloc[0]]
        dates = others["date"].unique()
        for row in largest:
            period = cells.period[row : row + 1]
            inside = [date for date in dates if self._holds(date, period)[0]]
            counts = others[others["date"].isin(inside)].groupby(subject)["units"].sum()
            left[row] = int(counts.max()) if len(counts) else 0
        return left

    def _repeats(self, cells: _Cells, holds: NDArray[np.bool_]) -> float:
        """Return how many figures say the same: windows that overlap, periods with one look."""
        if self.counted.when == "moment":
            looks = np.unique(self.look.to_numpy()[cells.period[holds]])
            return float(holds.sum() / max(len(looks), 1))
        windows = int((cells.kind[holds] == "year").sum())
        return float(max(holds.sum() / max(holds.sum() - windows + 1, 1), 1.0))

    def _together(
        self,
        cells: _Cells,
        with_it: _Hypothesis,
        without: _Hypothesis,
        holds: NDArray[np.bool_],
        level: int,
        odds: Floats,
    ) -> float:
        """Return log odds by normal noise, with what figures share; months stand apart."""
        months = (cells.kind == "month") & (self.counted.when != "moment")
        shared = ~months
        signal = (with_it.exact - without.exact)[shared]
        if not signal.any():
            return float(odds[holds].sum())
        width = np.maximum(with_it.width, without.width)[shared]
        covariance = self._covariance(cells, shared, level) * np.outer(width, width)
        off = cells.shown[shared] - without.exact[shared]
        weight = np.linalg.solve(covariance, signal)
        return float(weight @ (off - signal / 2)) + float(odds[holds & months].sum())

    def _covariance(self, cells: _Cells, rows: NDArray[np.bool_], level: int) -> Floats:
        kind, period = cells.kind[rows], cells.period[rows]
        variance = np.array([self.seen.noise[level, name].variance for name in kind])
        if self.counted.when == "moment":
            looks = self.look.to_numpy()[period]
            alike = (looks[:, None] == looks[None, :]).astype(float)
            return np.asarray(alike * variance[0] + ROUNDING * np.eye(len(kind)))
        last = self.end.iloc[period]
        quarter = (last.dt.year * QUARTERS + last.dt.quarter).to_numpy()
        long = np.where(kind == "year", QUARTERS, 1)
        first = quarter - long + 1
        overlap = np.minimum(quarter[:, None], quarter[None, :]) - np.maximum(
            first[:, None], first[None, :]
        )
        per_quarter = float((variance / long).mean())
        return np.asarray(per_quarter * np.maximum(overlap + 1, 0) + ROUNDING * np.eye(len(kind)))
