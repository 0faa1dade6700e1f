"""A downloaded file as a table of a statistics service, so that a source reads both alike.

The files that are known: StatLine's *onbewerkte dataset* (codes: ``WijkenEnBuurten``,
``AantalInwoners_5``), its *CSV met* or *zonder statistische symbolen* (names: ``Wijken en
buurten``, ``Bevolking/Aantal inwoners (aantal)``), and others with the names that a source lists.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from errors import shortened
from opendata.contract import SourceFailedError
from opendata.files.codes import area_codes, period_code
from opendata.files.numbers import NO_FIGURE, is_of_numbers, numbers_of, refuse_unsure
from opendata.files.opened_file import open_table
from opendata.tables.columns import TOTAL, WHOLE, Category, Dimension, Measure, squeezed
from opendata.tables.statistics_table import Chosen, StatisticsTable

AREAS = (
    *("Codering", "gwb_code_10", "gwb_code", "buurtcode", "BU_CODE", "wijkcode", "WK_CODE"),
    *("gemeentecode", "GM_CODE", "statcode", "RegioS", "WijkenEnBuurten"),
    *("gemeentenaam", "gemeente", "regio"),
)
"""Columns of areas, those with codes first; what is written alike but for case counts as one."""

PERIODS = ("Perioden", "periode", "jaar", "kwartaal", "maand", "peildatum")

_CODED = re.compile(r"(?P<name>.+?)_\d+")
_NAMED = re.compile(r"(?P<path>.+?)(?:\s*\((?P<unit>[^()]*)\))?")
_WHOLE_TITLE = re.compile(r"Totaal|Totale\b|Total\b|Alle\b|A-U\b", re.IGNORECASE)
_SILENT = re.compile(r"ID|.*(naam|code|regio)(_\d+)?|.*_naam|recs|opmerking\w*", re.IGNORECASE)
"""Columns beside the figures that say nothing about them but where they are."""


@dataclass(frozen=True)
class Layout:
    """What a source knows of its files beside StatLine's own names.

    ``dimensions``: what its table is given by, beside areas and periods. ``titles``: of categories,
    by their code. ``measures``: the column of the table that a name in other files stands for.
    """

    dimensions: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()

    @property
    def listed(self) -> str:
        """The names of columns that are known, for a message."""
        own = (*self.dimensions, *self.wanted, *self.measures)
        return f"areas: {', '.join(AREAS)}; periods: {', '.join(PERIODS)}; {', '.join(own)}"


class FileTable(StatisticsTable):
    """The table in ``file``. ``unknown``: how many of its rows are of areas that nobody knows."""

    hint = (
        " From StatLine, download 'CSV zonder statistische symbolen' (names) or the 'onbewerkte"
        " dataset' (codes)."
    )

    def __init__(self, file: Path, layout: Layout) -> None:
        self._layout = layout
        self._aliases = {squeezed(name): measure for name, measure in layout.measures.items()}
        self._file = open_table(file, self._is_known, layout.listed)
        super().__init__(self._file.where)
        self._area_column = self._column(AREAS, "areas")
        period = self._found(PERIODS)
        self._period_column = period
        self._frame = self._rows_of_areas()

    @property
    def title(self) -> str:
        """The names of the file, and what stands above its columns."""
        return self._file.title

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Every column that is not what figures are given by."""
        given = {dimension.key for dimension in self.dimensions}
        return tuple(
            self._measure(str(name)) for name in self._file.rows.columns if name not in given
        )

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Areas, periods where there are any, and those of the source that the file has."""
        found = [Dimension(self._area_column, self._area_column, "area")]
        if self._period_column:
            found.append(Dimension(self._period_column, self._period_column, "period"))
        for name in self._layout.dimensions:
            if (column := self._found((name,))) is not None:
                found.append(Dimension(column, column, "other"))
        return tuple(found)

    def strange_columns(self) -> list[str]:
        """Return the columns of text that this source does not know: they may split its figures."""
        return [
            measure.key
            for measure in self.measures
            if squeezed(measure.key) not in self._aliases
            and not _CODED.fullmatch(measure.key)
            and "(" not in measure.key
            and not _SILENT.fullmatch(measure.key)
            and not is_of_numbers(self._frame[measure.key])
        ]

    def category(self, dimension: Dimension, name: str) -> Category:
        """Return the category with this code or title; the whole also by how its title begins."""
        there = self.categories(dimension)
        if name == TOTAL and not any(form.fullmatch(c.code) for form in WHOLE for c in there):
            whole = [c for c in there if _WHOLE_TITLE.match(c.title)]
            if len(whole) == 1:
                return whole[0]
        return super().category(dimension, name)

    def _read_categories(self, dimension: Dimension) -> list[Category]:
        values = self._frame[dimension.key].dropna().unique()
        titles = self._layout.titles if dimension.kind == "other" else {}
        return [Category(str(value), titles.get(str(value), str(value))) for value in values]

    def rows(self, measures: Sequence[Measure], chosen: Chosen) -> pd.DataFrame:
        """Return the rows of the chosen categories; SourceFailedError when there is one twice."""
        frame = self._frame
        for dimension, categories in chosen.items():
            frame = frame[frame[dimension.key].isin([c.code for c in categories])]
        keys = [dimension.key for dimension in self.dimensions]
        twice = frame[frame.duplicated(keys)]
        if len(twice):
            place = " ".join(map(str, twice[keys].iloc[0]))
            raise SourceFailedError(
                f"{self.where} has more than one row of {place}: is it split by a column that is"
                f" not known here? It has: {self._file.there}."
            )
        columns = {measure.key: self._values(frame[measure.key]) for measure in measures}
        return frame[keys].assign(**columns).reset_index(drop=True)

    def _values(self, column: "pd.Series[str]") -> "pd.Series[Any]":
        """Return numbers, None for no figure, and as text what is neither."""
        if not _CODED.fullmatch(str(column.name)):
            refuse_unsure(column, self.where)
        text = column.astype(object).where(column.notna() & ~column.isin(NO_FIGURE), None)
        numbers = numbers_of(column)
        return text.where(numbers.isna(), numbers.astype(object))

    def _rows_of_areas(self) -> pd.DataFrame:
        """Return the rows with codes of areas and periods, and count those of unknown areas."""
        rows = self._file.rows
        rows = rows[rows[self._area_column].notna()]
        codes = area_codes(rows[self._area_column])
        self.unknown = int(codes.isna().sum())
        if codes.notna().sum() == 0:
            raise SourceFailedError(f"{self.where} {_no_areas(rows[self._area_column])}")
        if self.unknown and squeezed(self._area_column) == squeezed("WijkenEnBuurten"):
            raise SourceFailedError(
                f"{self.where} names wijken and buurten without their codes, and many are called"
                " the same. Download the 'onbewerkte dataset', or add the column Codering."
            )
        frame = rows.assign(**{self._area_column: codes})[codes.notna()]
        for dimension in self.dimensions:
            if dimension.kind == "period":
                frame[dimension.key] = self._periods_in(frame[dimension.key])
            elif dimension.kind == "other":
                frame[dimension.key] = frame[dimension.key].str.strip()
        return frame

    def _periods_in(self, column: "pd.Series[str]") -> "pd.Series[str]":
        codes = {text: period_code(text) for text in column.dropna().unique()}
        for text, code in codes.items():
            if code is None and not re.fullmatch(r"\d{4}\w+", text, re.ASCII):
                raise SourceFailedError(
                    f"{self.where} has the period '{shortened(text)}'. Expected a year (2025), a"
                    " quarter (2025 1e kwartaal), a month (2025 januari), or their codes."
                )
        if column.isna().any():
            raise SourceFailedError(f"{self.where} has rows without a period.")
        return column.map(lambda text: codes[text] or text)

    def _measure(self, name: str) -> Measure:
        alias = self._aliases.get(squeezed(name))
        if alias:
            return Measure(name, alias.title, alias.groups, alias.unit)
        if coded := _CODED.fullmatch(name):
            return Measure(name, coded["name"].removeprefix("k_"), None, None)
        named = _NAMED.fullmatch(name)
        path = re.split(r"[/|]", named["path"] if named else name)
        unit = named["unit"] if named else None
        return Measure(name, path[-1].strip(), tuple(path[:-1]) or None, unit)

    def _is_known(self, name: str) -> bool:
        bare = squeezed(_bare(name))
        own = (*AREAS, *PERIODS, *self._layout.dimensions, *self._layout.wanted)
        return bare in {squeezed(known) for known in own} or squeezed(name) in self._aliases

    def _found(self, names: Iterable[str]) -> str | None:
        """Return the column of the first of ``names`` that the file has."""
        there: dict[str, str] = {}
        for column in map(str, self._file.rows.columns):
            there.setdefault(squeezed(_bare(column)), column)
            there.setdefault(squeezed(column), column)
        return next((there[squeezed(n)] for n in names if squeezed(n) in there), None)

    def _column(self, names: Sequence[str], what: str) -> str:
        if (found := self._found(names)) is not None:
            return found
        raise SourceFailedError(
            f"{self.where} has no column of {what}. Known are: {', '.join(names)}. It has:"
            f" {self._file.there}."
        )


def _bare(name: str) -> str:
    """Return the name of a column without its number, its unit and the groups above it."""
    if coded := _CODED.fullmatch(name):
        return coded["name"] if not name.casefold().startswith("gwb_") else name
    named = _NAMED.fullmatch(name)
    return re.split(r"[/|]", named["path"] if named else name)[-1]


def _no_areas(areas: "pd.Series[str]") -> str:
    there = ", ".join(shortened(str(area)) for area in areas.head(3))
    return (
        f"names no area that there is, but: {there or 'nothing'}. Expected codes such as GM0599,"
        " WK059901 or BU05990110, or names of gemeenten."
    )
