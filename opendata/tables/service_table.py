"""A table of a statistics service, asked for in calls; every answer is held against its call."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar

import pandas as pd

from opendata.contract import Fetcher
from opendata.tables.calls import Call, split
from opendata.tables.columns import Measure
from opendata.tables.odata_answers import Row
from opendata.tables.row_checks import checked_rows
from opendata.tables.statistics_table import Chosen, StatisticsTable

CALLS_AT_ONCE = 8
"""Answers in memory together: some tables have millions of rows."""


class ServiceTable(StatisticsTable):
    """One table at one host. ``most_rows``: what one call may answer."""

    most_rows: ClassVar[int]

    def __init__(self, fetcher: Fetcher, host: str, table: str) -> None:
        super().__init__(f"Table {table} of {host}")
        self.fetcher = fetcher
        self.host = host
        self.table = table

    @abstractmethod
    def _read(self, calls: Sequence[Call], measures: Sequence[Measure]) -> list[list[Row]]:
        """Return the rows of each call, with a column for each dimension and measure."""

    def rows(self, measures: Sequence[Measure], chosen: Chosen) -> pd.DataFrame:
        """Return the rows of the chosen categories, asked for in as many calls as that takes.

        SourceFailedError when a call answers nothing, rows that were not asked for, or a row twice.
        """
        wanted = {d: list(chosen.get(d, self.categories(d))) for d in self.dimensions}
        order = [d.key for d in self.dimensions if d.kind == "period"]
        order += [d.key for d in self.dimensions if d.kind == "area"]
        calls = split(
            {d.key: (wanted[d], self.categories(d)) for d in self.dimensions},
            order,
            self.most_rows,
        )
        codes = {d.key: [c.code for c in self.categories(d)] for d in self.dimensions}
        frames = [
            checked_rows(self.where, call, answer, codes, [measure.key for measure in measures])
            for some in _in_batches(calls)
            for call, answer in zip(some, self._read(some, measures), strict=True)
        ]
        keys = [*(d.key for d in self.dimensions), *(m.key for m in measures)]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=keys)


def _in_batches(calls: Sequence[Call]) -> Iterator[Sequence[Call]]:
    for start in range(0, len(calls), CALLS_AT_ONCE):
        yield calls[start : start + CALLS_AT_ONCE]
