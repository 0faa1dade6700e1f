"""Collect the faults of a delivery cell by cell: one fault a cell, the first that is seen."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from intake.faults import Fault, careful, masked, too_many
from intake.limits import MOST_FAULTS
from intake.table import Spoilt, Table
from records import RecordKind

Booleans = NDArray[np.bool_]
Rows = NDArray[np.int64]


class Marks:
    """Which cells of ``table`` are at fault; what was delivered there is looked up in it.

    A column that is missing as a whole is said once, and not again for each of its cells. Beyond
    MOST_FAULTS cells are marked and not said.
    """

    def __init__(self, table: Table, kind: RecordKind) -> None:
        self._table = table
        self.lines = table.lines
        self.row_word = table.row_word
        self._full = False
        self._masked = {column.name for column in kind.columns if column.pseudonymised}
        self._faults: list[Fault] = [*table.header.faults, *table.faults]
        lost = {fault.column for fault in self._faults if fault.column}
        self._cells: dict[str, Booleans] = {
            column: np.ones(len(table.lines), dtype=bool)
            for column, name in table.header.names.items()
            if name in lost
        }
        self._mark_spoilt(table.spoilt)

    def _mark_spoilt(self, spoilt: Iterable[Spoilt]) -> None:
        groups: dict[tuple[str, str], dict[int, str]] = {}
        for cell in spoilt:
            groups.setdefault((cell.column, cell.expected), {}).setdefault(cell.row, cell.found)
        for (column, expected), said in groups.items():
            rows = np.zeros(len(self.lines), dtype=bool)
            rows[list(said)] = True
            self.mark(column, rows, expected, partial(_said, said))

    def mark(
        self,
        column: str,
        rows: ArrayLike,
        expected: str,
        found: Callable[[Rows], list[str]] | None = None,
    ) -> None:
        """Mark a column in ``rows`` (booleans, shape (n,)), but not where it is marked already.

        ``found`` gives what to say per row, where the delivered value is not enough.
        """
        cells = self.cells(column)
        fresh = np.flatnonzero(np.asarray(rows, dtype=bool) & ~cells)
        cells[fresh] = True
        room = max(MOST_FAULTS - len(self._faults), 0)
        self._full = self._full or len(fresh) > room
        fresh = fresh[:room]
        shown = found(fresh) if found else self.found(column, fresh)
        name = self._table.header.names.get(column, column)
        self._faults += [
            Fault(line, name, text, expected)
            for line, text in zip(self.lines[fresh].tolist(), shown, strict=True)
        ]

    def cells(self, column: str) -> Booleans:
        """Return which rows of a column are marked, shape (n,)."""
        return self._cells.setdefault(column, np.zeros(len(self.lines), dtype=bool))

    def clean_rows(self) -> Booleans:
        """Return which rows have no mark in any column, shape (n,)."""
        clean = np.ones(len(self.lines), dtype=bool)
        for cells in self._cells.values():
            clean &= ~cells
        return clean

    def found(self, column: str, rows: Rows) -> list[str]:
        """Return what stands in a column at the positions ``rows``, identifiers masked."""
        if column not in self._table.columns:
            return ["(empty)"] * len(rows)
        values = pc.take(self._table.columns[column], pa.array(rows)).to_pylist()
        hide = masked if column in self._masked else careful
        return ["(empty)" if value is None else f"'{hide(value)}'" for value in values]

    def faults(self) -> tuple[Fault, ...]:
        """Return every fault: those of the whole file first, then by line and column."""
        names = {name: place for place, name in enumerate(self._table.header.names.values())}
        found = [*self._faults, too_many()] if self._full else self._faults
        return tuple(
            sorted(found, key=lambda fault: (fault.line or 0, names.get(fault.column, -1)))
        )


def _said(said: Mapping[int, str], rows: Rows) -> list[str]:
    return [said[row] for row in rows.tolist()]
