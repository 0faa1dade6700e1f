"""A source that is one table, and where in it each figure stands: its column and categories."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import ClassVar

import pandas as pd

from bilingual import Text
from opendata import left_out as why
from opendata.contract import (
    COLUMNS,
    Fetcher,
    OpenSource,
    SourceData,
    SourceFailedError,
    UpdateRequest,
)
from opendata.files.periods import Period, read_period
from opendata.tables.columns import Category, Dimension, Measure
from opendata.tables.file_table import FileTable, Layout
from opendata.tables.gathered_figures import GatheredFigures
from opendata.tables.statistics_table import StatisticsTable
from records.figures import PUBLIC


@dataclass(frozen=True)
class FigureColumn:
    """Where a figure stands in a table: the column's title and unit, the categories to sum.

    ``categories`` names those of each dimension by code or title. ``note`` follows the
    attribution of the figure.
    """

    figure: str
    title: str
    unit: str = ""
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class _FoundColumn:
    """A column with its measure and categories, as the table's metadata has them."""

    column: FigureColumn
    measure: Measure
    categories: Mapping[Dimension, tuple[Category, ...]]


class TableSource(OpenSource):
    """A source whose figures are columns of one table over areas and periods.

    ``area_kinds``: how the codes of the areas begin that are asked for. ``period_kinds``: the
    first of these kinds that the table has is read. ``no_figure``: what a null means. ``layout``:
    what a file of this table has beside areas and periods.
    """

    area_kinds: ClassVar[tuple[str, ...]] = ("NL", "GM")
    period_kinds: ClassVar[tuple[str, ...]] = ("JJ",)
    no_figure: ClassVar[Text] = why.MISSING
    layout: ClassVar[Layout] = Layout()

    @abstractmethod
    def open(self, fetcher: Fetcher) -> StatisticsTable:
        """Return the table."""

    @abstractmethod
    def figure_columns(self, table: StatisticsTable) -> list[FigureColumn]:
        """Return where each figure stands in the table."""

    def fetch(self, fetcher: Fetcher, request: UpdateRequest) -> SourceData:
        """Return the figures of every area and period since ``request.since``.

        States come from the first day of that year on, and always the newest. SourceFailedError
        when a name is not in the table's metadata, or an answer is not as asked. A file needs not
        have every figure.
        """
        gathered = GatheredFigures(self.attribution)
        if request.file:
            table: StatisticsTable = self._in_file(request.file, gathered)
            found = _there(table, self.figure_columns(table), gathered)
        else:
            table = self.open(fetcher)
            found = [_find(table, column) for column in self.figure_columns(table)]
        period_key, periods = self.periods(table, request)
        if not periods and request.file:
            raise SourceFailedError(f"{table.where} has nothing since {request.since}.")
        if not periods:
            return SourceData(pd.DataFrame(columns=list(COLUMNS)))
        frame = table.rows(
            list({one.measure.key: one.measure for one in found}.values()),
            {
                table.areas: self._areas(table),
                period_key: list(periods),
                **{d: _needed(d, found, table) for d in table.dimensions if d.kind == "other"},
            },
        )
        for one in found:
            rows = _summed(frame, one, [table.areas.key, period_key.key])
            for code, here in rows.groupby(period_key.key, observed=True, sort=False):
                gathered.add(
                    one.column.figure,
                    next(period for c, period in periods.items() if c.code == code),
                    here[table.areas.key].astype(object).to_list(),
                    here[one.measure.key].to_list(),
                    self.no_figure,
                    one.column.note,
                )
        return gathered.source_data(table.where)

    def _in_file(self, file: Path, gathered: GatheredFigures) -> FileTable:
        """Return the table in a file; SourceFailedError when more splits it than is known."""
        table = FileTable(file, self.layout)
        if strange := table.strange_columns():
            raise SourceFailedError(
                f"{table.where} has columns that this source does not know: {', '.join(strange)}."
                " Do they split its figures? Leave them out of the download."
            )
        gathered.left_out.add(why.FORMER, table.unknown)
        return table

    def _areas(self, table: StatisticsTable) -> list[Category]:
        areas = [c for c in table.categories(table.areas) if c.code[:2] in self.area_kinds]
        if not areas:
            raise SourceFailedError(f"{table.where} has no areas {', '.join(self.area_kinds)}.")
        return areas

    def periods(
        self, table: StatisticsTable, request: UpdateRequest
    ) -> tuple[Dimension, dict[Category, Period]]:
        """Return the dimension of periods, and which of them are asked for."""
        if table.periods is None:
            raise SourceFailedError(f"{table.where} has no periods.{table.hint}")
        there = table.categories(table.periods)
        kinds = [kind for kind in self.period_kinds if any(kind in c.code for c in there)]
        if not kinds:
            wanted = " or ".join(self.period_kinds)
            raise SourceFailedError(f"{table.where} has no periods {wanted}, but {there[-1].code}.")
        read = {c: read_period(c.code) for c in there if kinds[0] in c.code}
        periods = {c: period for c, period in read.items() if period}
        flow = any(PUBLIC[figure].measure == "flow" for figure in self.brings)
        first = request.since if flow else request.since.replace(month=1, day=1)
        recent = {c: period for c, period in periods.items() if period.start >= first}
        if not recent and not flow:
            newest = max(periods, key=lambda c: periods[c].start)
            recent = {newest: periods[newest]}
        return table.periods, recent


def _find(table: StatisticsTable, column: FigureColumn) -> _FoundColumn:
    """Find the measure and the categories of a column by name in the table's metadata."""
    categories = {
        (dimension := table.dimension(name)): tuple(table.category(dimension, c) for c in picked)
        for name, picked in column.categories.items()
    }
    for dimension in table.dimensions:
        if dimension.kind == "other" and dimension not in categories:
            raise SourceFailedError(
                f"{table.where} has a dimension '{dimension.title}' that it had not before: which"
                f" of its categories is {column.figure}?"
            )
    return _FoundColumn(column, table.measure(column.title, unit=column.unit), categories)


def _there(
    table: StatisticsTable, columns: list[FigureColumn], gathered: GatheredFigures
) -> list[_FoundColumn]:
    """Return the columns that a file has; SourceFailedError when it has none of them."""
    found, faults = [], []
    for column in columns:
        try:
            found.append(_find(table, column))
        except SourceFailedError as fault:
            faults.append(fault)
    if not found:
        raise faults[0]
    gathered.left_out.add(why.NO_COLUMN, len(faults))
    return found


def _needed(
    dimension: Dimension, found: list[_FoundColumn], table: StatisticsTable
) -> list[Category]:
    """Return the categories that any column needs, in the order of the table."""
    needed = {category for one in found for category in one.categories[dimension]}
    return [category for category in table.categories(dimension) if category in needed]


def _summed(frame: pd.DataFrame, one: _FoundColumn, places: list[str]) -> pd.DataFrame:
    """Return the rows of a column, its categories added up; null where one of them is."""
    for dimension, categories in one.categories.items():
        frame = frame[frame[dimension.key].isin([c.code for c in categories])]
    parts = prod(len(categories) for categories in one.categories.values())
    if parts == 1:
        return frame
    numbers = frame.assign(**{one.measure.key: pd.to_numeric(frame[one.measure.key])})
    grouped = numbers.groupby(places, observed=True, sort=False)[one.measure.key]
    return grouped.sum(min_count=parts).reset_index()
