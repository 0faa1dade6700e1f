"""Takes looks at the areas of one level, lets them stand, and makes figures of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import duckdb
import numpy as np
import pandas as pd

from indicators.contract import Count
from release.cubes import Cube, stock_day
from release.look_sql import PLACES, LookSql
from release.looks import DRAWN, SUMS, empty_keys, mixed, over_windows
from release.periods import PeriodKind, kinds_at
from release.standing import Standing
from release.window_subjects import stand_subjects, with_subjects

LOOK, STRATUM = "area_id, look", "area_id, look, stratum"

APART = 3
"""Mixed into the keys of a part of what is counted besides: see `Looking.part`."""


@dataclass(frozen=True)
class Looking:
    """One count at one level. ``con`` holds its cube, and ``place``, ``period``, ``area_key``.

    ``value``: amounts of money or weight, of which no windows are added up: the largest subject of
    a window is not that of its quarters. ``part``: a part of what another count counts. It has
    noise of its own, or one that is all of it would be shown as all of it, without a doubt.
    ``places``: the table with the areas of each place.
    """

    con: duckdb.DuckDBPyConnection
    count: Count
    level: str
    value: bool = False
    part: bool = False
    places: str = PLACES

    @property
    def adds(self) -> bool:
        """Whether a record is in one quarter only, so that windows are sums of quarters."""
        return self.count.when == "date" and not self.value

    def now(self) -> pd.DataFrame:
        """Return what each look at an area holds now: area_id, look and DRAWN.

        There is one for each quarter (and month, from gemeente up) where records add up, one a
        year at a stock, and else one for each period. ``key`` (mod 2^32) is that of the records,
        ``owner`` that of the subject with the largest amount.
        """
        counted = self._asked(self._sql(self._kinds, LOOK).looks(value=self.value))
        if self.part:
            keys = counted["key"].to_numpy(dtype=np.int64)
            counted["key"] = mixed(keys, np.full_like(keys, APART))
        return counted if self.value else counted.assign(largest=0.0, second=0.0, owner=0)

    def strata(self) -> pd.DataFrame:
        """Return what each look at an area holds now by stratum: one a quarter, or stock's day."""
        counted = self._asked(self._sql(("quarter",), STRATUM).looks(value=False))
        return counted.assign(largest=0.0, second=0.0, owner=0)

    def spans(self, *, by_stratum: bool = False) -> pd.DataFrame:
        """Return area_id, look, subjects and most of each 12-month window of what adds up, now.

        A subject of two quarters is one subject of the window, so quarters do not add up to it.
        """
        if not self.adds:
            return pd.DataFrame(columns=["area_id", "look", "stratum", "subjects", "most"])
        return self._asked(self._sql(("year",), STRATUM if by_stratum else LOOK).subjects())

    def standing(self, looks: pd.DataFrame, standing: Standing) -> pd.DataFrame:
        """Return the looks that stand, of those that `now` returns."""
        if not self.adds:
            return self._stand(looks, standing, self.level, self._kinds)
        parts = [
            self._stand(looks, standing, f"{self.level}.{kind}", (kind,)) for kind in self._kinds
        ]
        return pd.concat(parts, ignore_index=True)

    def standing_of(self, stratum: str, looks: pd.DataFrame, standing: Standing) -> pd.DataFrame:
        """Return the looks that stand, of those of one stratum."""
        kinds: tuple[PeriodKind, ...] = ("quarter",) if self.adds else self._kinds
        return self._stand(looks, standing, self._name(stratum), kinds)

    def figures(
        self, looks: pd.DataFrame, spans: pd.DataFrame, standing: Standing | None = None
    ) -> pd.DataFrame:
        """Return area_id, period_id and DRAWN of the periods that ``looks`` make up.

        ``spans`` is what `spans` returns; with ``standing`` what stands of it is taken.
        """
        found = looks.merge(self._periods, on="look")
        own = found[found["kind"].isin(kinds_at(self.level))][["area_id", "period_id", *DRAWN]]
        if not self.adds:
            return own
        keys = empty_keys(self.con, self.level)
        windows = self._windows(found, spans, keys, self.level, standing)
        return pd.concat([own, windows], ignore_index=True).fillna(0)

    def windows_of(
        self,
        stratum: str,
        looks: pd.DataFrame,
        spans: pd.DataFrame,
        standing: Standing | None = None,
    ) -> pd.DataFrame:
        """Return area_id, period_id and what is in it of 12-month windows of one stratum."""
        found = looks.merge(self._periods, on="look")
        if not self.adds:
            return found[found["kind"] == "year"]
        keys = empty_keys(self.con, self.level)
        number = np.full(len(keys), crc32(stratum.encode()), dtype=np.int64)
        own = pd.Series(mixed(np.asarray(keys, dtype=np.int64), number), keys.index)
        spans = spans[spans["stratum"] == stratum]
        return self._windows(found, spans, own, self._name(stratum), standing)

    @property
    def _kinds(self) -> tuple[PeriodKind, ...]:
        kinds = kinds_at(self.level)
        if not self.adds:
            return kinds
        return ("month", "quarter") if "month" in kinds else ("quarter",)

    def _name(self, stratum: str) -> str:
        return f"{self.level}.{crc32(stratum.encode()):08x}"

    @cached_property
    def _periods(self) -> pd.DataFrame:
        look = f"{stock_day(self.count)}::VARCHAR" if self.count.when == "moment" else "code"
        found: pd.DataFrame = self.con.execute(
            f"SELECT id AS period_id, kind, last_quarter, {look} AS look FROM period ORDER BY id"
        ).df()
        return found

    @property
    def _years(self) -> pd.DataFrame:
        return self._periods[self._periods["kind"] == "year"]

    def _sql(self, kinds: Sequence[str], by: str) -> LookSql:
        return LookSql(Cube(self.count), self.level, kinds, by, self.places)

    def _asked(self, select: str) -> pd.DataFrame:
        found: pd.DataFrame = self.con.execute(select).df()
        return found

    def _windows(
        self,
        found: pd.DataFrame,
        spans: pd.DataFrame,
        empty: "pd.Series[int]",
        name: str,
        standing: Standing | None,
    ) -> pd.DataFrame:
        quarters = found[found["kind"] == "quarter"].rename(columns={"last_quarter": "quarter"})
        windows = over_windows(self._years, quarters, empty)
        looks = self._years[["period_id", "look"]]
        held = with_subjects(windows.merge(looks, on="period_id"), spans)
        if standing is not None:
            known = held.merge(standing.codes(self.con, self.level), on="area_id")
            held = stand_subjects(standing, self.count, name, known)
        return held[["area_id", "period_id", *SUMS, "key", "subjects", "most"]]

    def _stand(
        self, looks: pd.DataFrame, standing: Standing, name: str, kinds: Sequence[PeriodKind]
    ) -> pd.DataFrame:
        codes = standing.codes(self.con, self.level)
        every = sorted(set(self._periods.loc[self._periods["kind"].isin(kinds), "look"]))
        now = looks[looks["look"].isin(every)].merge(codes, on="area_id")
        return standing.stand(self.count, name, now, every, adds=self.adds).merge(codes, on="area")
