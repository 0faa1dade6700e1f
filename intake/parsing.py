"""Parses each column of text as the type that its kind of record gives it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from intake.arrays import Floats, there
from intake.arrays import column as arrow
from intake.dates import parse_date
from intake.fault_collector import CellFaults
from intake.headers import POINT
from intake.numbers import LARGEST, UNSURE_EXPECTED, Numbers
from intake.surveying import Writing
from intake.text_table import Part, TextTable
from intake.texts import read_text
from records import Column, RecordKind

BOOLEANS = {
    **dict.fromkeys(("ja", "j", "yes", "y", "true", "waar", "1"), True),
    **dict.fromkeys(("nee", "n", "no", "false", "onwaar", "0"), False),
}

Columns = Mapping[str, pa.Array]
"""Typed columns of records, shape (n,) each, null where empty: text, days, whole numbers (64 bits),
floats, and yes or no."""


@dataclass(frozen=True)
class Parsed:
    """Some records of a delivery with typed columns.

    ``columns`` has every column of the kind; what could not be parsed is empty there, and marked.
    ``point`` holds x and y as delivered, NaN where missing, or None for kinds without a point.
    """

    columns: Columns
    point: tuple[Floats, Floats] | None


class Parser:
    """Reads the parts of ``table`` as they were written; ``date_forms`` are those met so far."""

    def __init__(self, table: TextTable, kind: RecordKind, writing: Writing) -> None:
        self.date_forms: set[str] = set()
        self._typed, self._kind, self._writing = table.typed, kind, writing

    def parse(self, part: Part, cells: CellFaults) -> Parsed:
        """Return the typed columns of a part; what cannot be parsed is marked as a fault."""
        for name in self._writing.unsure:
            cells.add(name, Numbers(part.column(name)).unsure, UNSURE_EXPECTED)
        columns = {}
        for column in self._kind.columns:
            values = part.column(column.name)
            if column.type == "text":
                parsed = read_text(part, column, self._writing.texts[column.name], cells)
            else:
                parsed = self._value(values, column)
            unread = there(values) & ~there(parsed)
            cells.add(column.name, unread, column.expected.en)
            columns[column.name] = parsed
        return Parsed(columns, self._point(part, cells) if self._kind.located else None)

    def _value(self, values: pa.Array, column: Column) -> pa.Array:
        """Return a column in its own type, empty where ``values`` cannot be read as that."""
        if column.type == "date":
            return self._dates(values)
        if column.type == "boolean":
            return _booleans(values)
        numbers = self._numbers(values, column.name)
        fine = np.abs(numbers) < LARGEST
        if column.type == "integer":
            fine &= numbers == np.floor(numbers)
            return arrow(np.where(fine, numbers, 0).astype(np.int64), fine)
        return arrow(numbers, fine)

    def _numbers(self, values: pa.Array, name: str) -> Floats:
        mark = "point" if name in self._typed else self._writing.mark
        return Numbers(values).read(mark or "point")

    def _dates(self, values: pa.Array) -> pa.Array:
        codes, texts = _coded(values)
        found = [parse_date(text) for text in texts]
        self.date_forms.update(date[1] for date in found if date)
        days = np.array([date and date[0] for date in found], dtype="datetime64[D]")
        return arrow(days).take(codes)

    def _point(self, part: Part, cells: CellFaults) -> tuple[Floats, Floats]:
        x, y = (self._numbers(part.column(name), name) for name in POINT)
        for name, numbers in zip(POINT, (x, y), strict=True):
            if name in part.columns:
                missing = np.isnan(numbers)
                cells.add(name, missing & there(part.column(name)), "a number")
                cells.add(name, missing, "a coordinate")
        return x, y


def _booleans(values: pa.Array) -> pa.Array:
    codes, texts = _coded(values)
    meant = [BOOLEANS.get(text.casefold()) for text in texts]
    known = np.array([value is not None for value in meant], dtype=bool)
    return arrow(np.array(meant, dtype=bool), known).take(codes)


def _coded(values: pa.Array) -> tuple[pa.Array, list[str]]:
    """Return per row the position of its text among the distinct texts, null where empty."""
    coded = values.dictionary_encode()
    return coded.indices, coded.dictionary.to_pylist()
