"""Collects the faults of a delivery: at most one for each cell, the first that is found."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from intake.faults import Fault, masked, masked_if_identifier, too_many
from intake.limits import MOST_FAULTS
from intake.text_table import Spoilt, TextTable
from records import RecordKind

Booleans = NDArray[np.bool_]
Rows = NDArray[np.int64]


class FaultCollector:
    """The cells of ``table`` that are at fault, and a fault for each.

    A column that is missing as a whole gives one fault instead of one for each cell. Once there
    are MOST_FAULTS faults, further cells are marked as faulty without a fault of their own.
    """

    def __init__(self, table: TextTable, kind: RecordKind) -> None:
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
            self.add(column, rows, expected, partial(_said, said))

    def add(
        self,
        column: str,
        rows: ArrayLike,
        expected: str,
        found: Callable[[Rows], list[str]] | None = None,
    ) -> None:
        """Add a fault for a column in ``rows`` (booleans, shape (n,)); a marked cell is skipped.

        A fault reports the delivered value, or what ``found`` returns for the positions of rows.
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

    def add_whole(self, found: str, expected: str) -> None:
        """Add a fault of the file as a whole: none of its rows can be taken in."""
        self._faults.append(Fault(None, "", found, expected, whole=True))

    def cells(self, column: str) -> Booleans:
        """Return which rows of a column are marked, shape (n,)."""
        return self._cells.setdefault(column, np.zeros(len(self.lines), dtype=bool))

    def clean_rows(self) -> Booleans:
        """Return which rows have no marked cell, shape (n,)."""
        clean = np.ones(len(self.lines), dtype=bool)
        for cells in self._cells.values():
            clean &= ~cells
        return clean

    def found(self, column: str, rows: Rows) -> list[str]:
        """Return what stands in a column at the positions ``rows``, identifiers masked."""
        if column not in self._table.columns:
            return ["(empty)"] * len(rows)
        values = pc.take(self._table.columns[column], pa.array(rows)).to_pylist()
        hide = masked if column in self._masked else masked_if_identifier
        return ["(empty)" if value is None else f"'{hide(value)}'" for value in values]

    def faults(self) -> tuple[Fault, ...]:
        """Return every fault: those of the whole file first, then by line and column."""
        names = {name: position for position, name in enumerate(self._table.header.names.values())}
        found = [*self._faults, too_many()] if self._full else self._faults
        return tuple(
            sorted(found, key=lambda fault: (fault.line or 0, names.get(fault.column, -1)))
        )


def _said(said: Mapping[int, str], rows: Rows) -> list[str]:
    return [said[row] for row in rows.tolist()]
