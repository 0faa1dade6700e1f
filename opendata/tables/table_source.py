"""A source that is one table: which columns and categories are which figures, as data."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from typing import ClassVar

import pandas as pd

from opendata import left_out as why
from opendata.contract import (
    COLUMNS,
    Fetcher,
    OpenSource,
    SourceData,
    SourceFailedError,
    UpdateRequest,
)
from opendata.tables.calls import Category
from opendata.tables.columns import Dimension, Measure
from opendata.tables.gathered_figures import Gathering
from opendata.tables.periods import Period, read_period
from opendata.tables.statistics_table import StatisticsTable
from records.figures import PUBLIC


@dataclass(frozen=True)
class FigureColumn:
    """A figure: the name and unit of its column, and per dimension the categories to sum.

    ``note`` follows the attribution of the figure.
    """

    figure: str
    measure: str
    unit: str = ""
    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class _Resolved:
    reading: FigureColumn
    measure: Measure
    of: Mapping[Dimension, tuple[Category, ...]]


class TableSource(OpenSource):
    """A source whose figures are columns of one table over areas and periods.

    ``area_kinds``: how the codes of the areas begin that are asked for. ``period_kinds``: the
    first of these kinds that the table has is read. ``no_figure``: what a null means, in words.
    """

    area_kinds: ClassVar[tuple[str, ...]] = ("NL", "GM")
    period_kinds: ClassVar[tuple[str, ...]] = ("JJ",)
    no_figure: ClassVar[str] = why.MISSING

    @abstractmethod
    def open(self, fetcher: Fetcher) -> StatisticsTable:
        """Return the table."""

    @abstractmethod
    def readings(self, table: StatisticsTable) -> list[FigureColumn]:
        """Return what is read from the table, by name."""

    def fetch(self, fetcher: Fetcher, asked: UpdateRequest) -> SourceData:
        """Return the figures of every area and period since ``asked.since``.

        States are brought from that year on, and always the newest. SourceFailedError when a name
        is not in the table's metadata, or an answer is not as asked.
        """
        table = self.open(fetcher)
        resolved = [_resolve(table, reading) for reading in self.readings(table)]
        period_key, periods = self._periods(table, asked)
        if not periods:
            return SourceData(pd.DataFrame(columns=list(COLUMNS)))
        frame = table.rows(
            list({one.measure.key: one.measure for one in resolved}.values()),
            {
                table.areas: self._areas(table),
                period_key: list(periods),
                **{d: _together(d, resolved, table) for d in table.dimensions if d.kind == "other"},
            },
        )
        gathering = Gathering(self.attribution)
        for one in resolved:
            rows = _summed(frame, one, [table.areas.key, period_key.key])
            for code, here in rows.groupby(period_key.key, observed=True, sort=False):
                gathering.take(
                    one.reading.figure,
                    next(period for c, period in periods.items() if c.code == code),
                    here[table.areas.key].astype(object).to_list(),
                    here[one.measure.key].to_list(),
                    self.no_figure,
                    one.reading.note,
                )
        return gathering.brought(table.where)

    def _areas(self, table: StatisticsTable) -> list[Category]:
        areas = [c for c in table.categories(table.areas) if c.code[:2] in self.area_kinds]
        if not areas:
            raise SourceFailedError(f"{table.where} has no areas {', '.join(self.area_kinds)}.")
        return areas

    def _periods(
        self, table: StatisticsTable, asked: UpdateRequest
    ) -> tuple[Dimension, dict[Category, Period]]:
        if table.periods is None:
            raise SourceFailedError(f"{table.where} has no periods.")
        there = table.categories(table.periods)
        kinds = [kind for kind in self.period_kinds if any(kind in c.code for c in there)]
        if not kinds:
            wanted = " or ".join(self.period_kinds)
            raise SourceFailedError(f"{table.where} has no periods {wanted}, but {there[-1].code}.")
        read = {c: read_period(c.code) for c in there if kinds[0] in c.code}
        periods = {c: period for c, period in read.items() if period}
        flow = any(PUBLIC[figure].measure == "flow" for figure in self.brings)
        first = asked.since if flow else asked.since.replace(month=1, day=1)
        recent = {c: period for c, period in periods.items() if period.start >= first}
        if not recent and not flow:
            newest = max(periods, key=lambda c: periods[c].start)
            recent = {newest: periods[newest]}
        return table.periods, recent


def _resolve(table: StatisticsTable, reading: FigureColumn) -> _Resolved:
    """Find the column and the categories of a reading by name in the table's metadata."""
    of = {
        (dimension := table.dimension(name)): tuple(table.category(dimension, c) for c in picked)
        for name, picked in reading.of.items()
    }
    for dimension in table.dimensions:
        if dimension.kind == "other" and dimension not in of:
            raise SourceFailedError(
                f"{table.where} has a dimension '{dimension.title}' that it had not before: which"
                f" of its categories is {reading.figure}?"
            )
    return _Resolved(reading, table.measure(reading.measure, unit=reading.unit), of)


def _together(
    dimension: Dimension, resolved: list[_Resolved], table: StatisticsTable
) -> list[Category]:
    """Return the categories that any reading needs, in the order of the table."""
    needed = {category for one in resolved for category in one.of[dimension]}
    return [category for category in table.categories(dimension) if category in needed]


def _summed(frame: pd.DataFrame, one: _Resolved, places: list[str]) -> pd.DataFrame:
    """Return the rows of a reading, its categories added up; null where one of them is."""
    for dimension, categories in one.of.items():
        frame = frame[frame[dimension.key].isin([c.code for c in categories])]
    parts = prod(len(categories) for categories in one.of.values())
    if parts == 1:
        return frame
    numbers = frame.assign(**{one.measure.key: pd.to_numeric(frame[one.measure.key])})
    grouped = numbers.groupby(places, observed=True, sort=False)[one.measure.key]
    return grouped.sum(min_count=parts).reset_index()
