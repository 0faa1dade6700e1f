"""Gathers the cells of a sheet into columns, and notes which hold no reliable value."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from intake.arrays import TEXT
from intake.excel_cells import MOST_DIGITS, Cell, CellType, SheetLayout
from intake.faults import Fault, file_fault, masked_if_identifier, too_many
from intake.headers import Header
from intake.limits import MOST_FAULTS, MOST_TEXT
from intake.numbers import UNSURE_EXPECTED
from intake.text_table import Part, Spoilt, trimmed
from records import RecordKind

BATCH = 20_000

LOST: dict[CellType, tuple[str, str]] = {
    "formula": (
        "a formula that was never calculated",
        "a value: open the file in Excel, calculate it and save it",
    ),
    "error": ("", "a value: the formula of this cell gives an error"),
    "percent": ("a percentage", "a plain number: say 12.5 or 0.125, not 12.5%"),
    "long": (
        f"a number of over {MOST_DIGITS} digits",
        f"the whole value as text: Excel keeps {MOST_DIGITS} digits of a number",
    ),
}
AS_TEXT = ("a date", "text: Excel took this for a date, format the column as text")
MERGED = ("a merged cell", "a value in each row and column: unmerge the cells")


class Columns:
    """The columns that are read, filled row by row. ``lines`` has the row number of each record."""

    def __init__(self, kind: RecordKind, header: Header) -> None:
        self.lines: list[int] = []
        self.spoilt: list[Spoilt] = []
        self.faults: list[Fault] = []
        self._positions = header.positions
        types = {column.name: column.type for column in kind.columns}
        self._numeric = {name for name, type_ in types.items() if type_ in ("decimal", "integer")}
        self._numeric.update(name for name in header.positions if name not in types)
        self._texts = {name for name, type_ in types.items() if type_ == "text"}
        self._waiting: dict[str, list[str | None]] = {name: [] for name in header.positions}
        self._chunks: dict[str, list[pa.Array]] = {name: [] for name in header.positions}
        self._types = {name: Counter[CellType]() for name in header.positions}
        self._numbers: dict[str, list[int]] = {
            name: [] for name in self._texts & {*header.positions}
        }
        self._marked: dict[str, list[int]] = {name: [] for name in header.positions}
        self._nameless: list[int] = []
        self._named = set(range(len(header.positions) + len(header.not_read)))
        self._size = 0

    def add(self, row: int, cells: dict[int, Cell]) -> None:
        """Add a row; cells in columns without a name are left out and remarked on."""
        if not cells.keys() <= self._named:
            self._nameless.append(row)
        at = len(self.lines)
        self.lines.append(row)
        for name, place in self._positions.items():
            cell = cells.get(place)
            if cell is None:
                self._waiting[name].append(None)
                continue
            type_, text = cell
            self._types[name][type_] += 1
            self._waiting[name].append(text)
            if type_ in LOST:
                found, expected = LOST[type_]
                self._spoil(at, name, found or f"'{masked_if_identifier(text)}'", expected)
            elif type_ == "date" and name in self._texts:
                self._spoil(at, name, *AS_TEXT)
            elif type_ == "number" and name in self._texts:
                self._numbers[name].append(at)
            elif type_ == "text" and name in self._numeric and ("." in text or "," in text):
                self._marked[name].append(at)
        if len(self.lines) % BATCH == 0:
            self._pack()

    def finish(self, layout: SheetLayout) -> None:
        """Mark what only the whole sheet shows: merged cells, and texts among numbers."""
        self._pack()
        for name in self.typed():
            for at in self._marked[name]:
                self._spoil(at, name, "text with a comma or point among numbers", UNSURE_EXPECTED)
        lines = np.array(self.lines)
        for top, bottom, left, right in layout.merged:
            first, last = np.searchsorted(lines, [top, bottom + 1]).tolist()
            for name, place in self._positions.items():
                if left <= place <= right:
                    for at in range(first, last):
                        self._spoil(at, name, *MERGED)
                        if self.faults:
                            return

    def _spoil(self, row: int, name: str, found: str, expected: str) -> None:
        if len(self.spoilt) < MOST_FAULTS:
            self.spoilt.append(Spoilt(row, name, found, expected))
        elif not self.faults:
            self.faults.append(too_many())

    def _pack(self) -> None:
        for name, values in self._waiting.items():
            packed = trimmed(pa.array(values, TEXT))
            self._size += packed.nbytes
            self._chunks[name].append(packed)
            values.clear()
        if self._size > MOST_TEXT:
            raise file_fault(
                f"text that unpacks to over {MOST_TEXT:,} bytes", "less of it: deliver it in parts"
            )

    def as_part(self) -> Part:
        """Return all records, as trimmed text, with the row of each as Excel shows it."""
        numbers = {}
        for name, rows in self._numbers.items():
            if rows:
                numbers[name] = np.zeros(len(self.lines), dtype=bool)
                numbers[name][rows] = True
        return Part(
            columns={name: pa.concat_arrays(parts) for name, parts in self._chunks.items()},
            lines=np.array(self.lines, dtype=np.int64),
            numbers=numbers,
            spoilt=tuple(self.spoilt),
        )

    def typed(self) -> frozenset[str]:
        """Return the columns that hold numbers, so that their decimal mark is a point."""
        return frozenset(name for name, types in self._types.items() if types["number"])

    def remarks(self) -> Iterator[str]:
        """Give remarks on what was left out."""
        empty = self.lines[-1] - self.lines[0] + 1 - len(self.lines)
        if empty:
            yield f"{empty:,} empty rows were skipped"
        if self._nameless:
            yield (
                f"{len(self._nameless):,} rows have values in columns without a name, which were "
                f"not read (the first is row {self._nameless[0]:,})"
            )
