"""Takes looks at the areas of one level, lets them stand, and makes figures of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import duckdb
import numpy as np
import pandas as pd

from indicators.contract import Count
from release.looks import DRAWN, KEY_RANGE, empty_keys, mixed, over_windows
from release.periods import PeriodKind, kinds_at
from release.standing import Standing


@dataclass(frozen=True)
class Looking:
    """One count at one level. ``con`` holds its ``units``, and ``place``, ``period``, ``area_key``.

    ``value``: amounts of money or weight, of which no windows are added up: the largest subject of
    a window is not that of its quarters.
    """

    con: duckdb.DuckDBPyConnection
    count: Count
    level: str
    value: bool = False

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
        counted: pd.DataFrame = self.con.execute(
            f"{self._per_look(self._kinds)}"
            " SELECT area_id, look, sum(amount)::DOUBLE AS amount, sum(units)::BIGINT AS units,"
            f" (sum(key) % {KEY_RANGE})::BIGINT AS key, max(amount)::DOUBLE AS largest,"
            " coalesce(max(amount, 2)[2], 0)::DOUBLE AS second, count(*) AS subjects,"
            f" (md5_number_lower(arg_max(subject, amount)) % {KEY_RANGE})::BIGINT AS owner"
            " FROM per_look GROUP BY ALL"
        ).df()
        return counted

    def strata(self) -> pd.DataFrame:
        """Return what each look at an area holds now by stratum: one a quarter, or day of a stock.

        ``units`` has the stratum as its subject.
        """
        counted: pd.DataFrame = self.con.execute(
            f"{self._per_look(('quarter',))}"
            " SELECT area_id, look, subject AS stratum, amount::DOUBLE AS amount,"
            f" units::BIGINT AS units, (key % {KEY_RANGE})::BIGINT AS key, 0.0 AS largest,"
            " 0.0 AS second, 0 AS subjects, 0 AS owner FROM per_look"
        ).df()
        return counted

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
        name = f"{self.level}.{crc32(stratum.encode()):08x}"
        return self._stand(looks, standing, name, kinds)

    def figures(self, looks: pd.DataFrame) -> pd.DataFrame:
        """Return area_id, period_id and DRAWN of the periods that ``looks`` make up."""
        found = looks.merge(self._periods, on="look")
        own = found[found["kind"].isin(kinds_at(self.level))][["area_id", "period_id", *DRAWN]]
        if not self.adds:
            return own
        windows = over_windows(self.con, _quarters(found), empty_keys(self.con, self.level))
        return pd.concat([own, windows], ignore_index=True).fillna(0)

    def windows_of(self, stratum: str, looks: pd.DataFrame) -> pd.DataFrame:
        """Return area_id, period_id, units and key of 12-month windows of one stratum."""
        found = looks.merge(self._periods, on="look")
        if not self.adds:
            return found[found["kind"] == "year"]
        keys = empty_keys(self.con, self.level)
        number = np.full(len(keys), crc32(stratum.encode()), dtype=np.int64)
        own = pd.Series(mixed(np.asarray(keys, dtype=np.int64), number), keys.index)
        return over_windows(self.con, _quarters(found), own)

    @property
    def _kinds(self) -> tuple[PeriodKind, ...]:
        kinds = kinds_at(self.level)
        if not self.adds:
            return kinds
        return ("month", "quarter") if "month" in kinds else ("quarter",)

    @property
    def _stock_day(self) -> str:
        """The column of ``period`` with the day of its stocks; of public ones the day it ends."""
        return '"end"' if self.count.open else "look"

    @cached_property
    def _periods(self) -> pd.DataFrame:
        look = f"{self._stock_day}::VARCHAR" if self.count.when == "moment" else "code"
        found: pd.DataFrame = self.con.execute(
            f"SELECT id AS period_id, kind, last_quarter, {look} AS look FROM period ORDER BY id"
        ).df()
        return found

    def _stand(
        self, looks: pd.DataFrame, standing: Standing, name: str, kinds: Sequence[PeriodKind]
    ) -> pd.DataFrame:
        codes = standing.codes(self.con, self.level)
        every = sorted(set(self._periods.loc[self._periods["kind"].isin(kinds), "look"]))
        now = looks[looks["look"].isin(every)].merge(codes, on="area_id")
        return standing.stand(self.count, name, now, every, adds=self.adds).merge(codes, on="area")

    def _per_look(self, kinds: Sequence[PeriodKind]) -> str:
        """Return SQL that adds up ``units`` per area, look and subject, as ``per_look``."""
        grouped = (
            f"WITH grouped AS (SELECT {self.level} AS area_id, date, subject,"
            " sum(amount) AS amount, sum(units) AS units, sum(key) AS key"
            f" FROM units JOIN place USING (place) WHERE {self.level} > 0 GROUP BY ALL)"
        )
        if self.count.when == "moment":
            return (
                f"{grouped}, per_look AS (SELECT area_id, date::VARCHAR AS look, subject, amount,"
                f" units, key FROM grouped WHERE date IN (SELECT {self._stock_day} FROM period))"
            )
        listed = ", ".join(f"'{kind}'" for kind in kinds)
        return (
            f"{grouped}, per_look AS (SELECT area_id, p.code AS look, subject,"
            " sum(amount) AS amount, sum(units) AS units, sum(key) AS key FROM grouped u"
            f" JOIN period p ON {WHEN[self.count.when]} AND p.kind IN ({listed}) GROUP BY ALL)"
        )


WHEN = {
    "date": 'u.date BETWEEN p.start AND p."end"',
    "moment": 'u.date = p."end"',
    "period": "u.date = p.code",
    "always": "true",
}
"""How the rows of a count meet a period, by ``Count.when``."""


def _quarters(found: pd.DataFrame) -> pd.DataFrame:
    return found[found["kind"] == "quarter"].rename(columns={"last_quarter": "quarter"})
