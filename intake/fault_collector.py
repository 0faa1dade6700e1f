"""Collects the faults of a delivery: at most one for each cell, the first that is found."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import numpy as np

from intake.arrays import Booleans, Integers
from intake.arrays import column as arrow
from intake.faults import Fault, masked, masked_if_identifier, too_many
from intake.limits import MOST_FAULTS
from intake.text_table import Part, Spoilt, TextTable
from records import RecordKind


class FaultCollector:
    """The faults of all parts of ``table``.

    A column that is missing as a whole gives one fault instead of one for each cell. Once there
    are MOST_FAULTS faults, further cells are marked as faulty without a fault of their own, and
    the collector is ``full``.
    """

    def __init__(self, table: TextTable, kind: RecordKind) -> None:
        self.row_word = table.row_word
        self.names = table.header.names
        self.full = False
        self.masked = {column.name for column in kind.columns if column.pseudonymised}
        self._faults: list[Fault] = [*table.header.faults, *table.faults]
        lost = {fault.column for fault in self._faults if fault.column}
        self.lost = frozenset(column for column, name in self.names.items() if name in lost)

    def add(self, faults: Iterable[Fault], more: bool = False) -> None:
        """Add faults for which there is room; ``more``: there were others, without room."""
        self._faults += faults
        self.full = self.full or more

    def add_whole(self, found: str, expected: str) -> None:
        """Add a fault of the file as a whole: none of its rows can be taken in."""
        self._faults.append(Fault(None, "", found, expected, whole=True))

    @property
    def room(self) -> int:
        """How many faults more are kept."""
        return max(MOST_FAULTS - len(self._faults), 0)

    @property
    def any(self) -> bool:
        """Whether there is any fault so far."""
        return bool(self._faults)

    def faults(self) -> tuple[Fault, ...]:
        """Return every fault: those of the whole file first, then by line and column."""
        names = {name: position for position, name in enumerate(self.names.values())}
        found = [*self._faults, too_many()] if self.full else self._faults
        return tuple(
            sorted(found, key=lambda fault: (fault.line or 0, names.get(fault.column, -1)))
        )


class CellFaults:
    """The cells of one part that are at fault; each new one is a fault for the collector."""

    def __init__(self, part: Part, collector: FaultCollector) -> None:
        self.lines = part.lines
        self.row_word = collector.row_word
        self._part, self._collector = part, collector
        self._cells: dict[str, Booleans] = {
            column: np.ones(len(part), dtype=bool) for column in collector.lost
        }
        self._mark_spoilt(part.spoilt)

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
        rows: Booleans,
        expected: str,
        found: Callable[[Integers], list[str]] | None = None,
        outside: bool = False,
    ) -> None:
        """Add a fault for a column in ``rows`` (booleans, shape (n,)); a marked cell is skipped.

        A fault reports the delivered value, or what ``found`` returns for the positions of rows.
        ``outside``: the partner may not deliver these rows.
        """
        if not rows.any():
            return
        cells = self._cells.setdefault(column, np.zeros(len(self.lines), dtype=bool))
        fresh = np.flatnonzero(rows & ~cells)
        cells[fresh] = True
        room = self._collector.room
        shown = found(fresh[:room]) if found else self.found(column, fresh[:room])
        name = self._collector.names.get(column, column)
        self._collector.add(
            (
                Fault(line, name, text, expected, outside=outside)
                for line, text in zip(self.lines[fresh[:room]].tolist(), shown, strict=True)
            ),
            more=len(fresh) > room,
        )

    def clean_rows(self) -> Booleans:
        """Return which rows have no marked cell, shape (n,)."""
        clean = np.ones(len(self.lines), dtype=bool)
        for cells in self._cells.values():
            clean &= ~cells
        return clean

    def found(self, column: str, rows: Integers) -> list[str]:
        """Return what stands in a column at the positions ``rows``, identifiers masked."""
        values = self._part.column(column).take(arrow(rows)).to_pylist()
        hide = masked if column in self._collector.masked else masked_if_identifier
        return ["(empty)" if value is None else f"'{hide(value)}'" for value in values]


def _said(said: Mapping[int, str], rows: Integers) -> list[str]:
    return [said[row] for row in rows.tolist()]
