"""Reads an Excel delivery into columns of text, with the row that Excel shows for each record.

The receipt names the sheet and the row of column names that were read. Where several sheets could
be meant, the delivery is refused.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from errors import shortened
from intake.excel_cells import Cell, SheetLayout, Values, rows_of
from intake.excel_columns import Columns
from intake.excel_package import DamagedError, Package, Sheet
from intake.faults import DeliveryRefused, Fault, file_fault, masked_if_identifier
from intake.headers import known_names, listed_names, match_header, plain
from intake.limits import LAST_ROW
from intake.memory import bounded_memory
from intake.text_table import EXCEL, Content, TextTable, sliced
from records import RecordKind

UNREADABLE = (
    *(DamagedError, zipfile.BadZipFile, zlib.error, struct.error),
    *(OSError, EOFError, ValueError, LookupError, RuntimeError),
)
"""What zipfile and expat raise about damage."""

TOP = 50
"""The column names are looked for in so many filled rows: letterheads may stand above them."""

FEWEST = 2
"""A row with at least so many known names is taken for the row of column names."""

NAMED = 20
"""Most sheets that the receipt names as not read."""


@dataclass(frozen=True)
class _Head:
    """The sheet that holds the records, the row of its column names, and what stands above."""

    sheet: Sheet
    row: int
    fields: list[str]
    above: int
    others: tuple[Sheet, ...]


def read_excel(content: Content, kind: RecordKind) -> TextTable:
    """Return the delivery as text; DeliveryRefused when no one sheet holds such records.

    Cells that hold no value (errors of formulas, merged cells, numbers of which Excel has lost
    digits) become faults at their row and column. A sheet is read whole: a million rows at most.
    """
    data = content if isinstance(content, bytes) else content.read_bytes()
    try:
        with bounded_memory():
            return _table(data, kind)
    except DeliveryRefused:
        raise
    except MemoryError:
        found = "a file that unpacks to more than the memory of this machine"
        raise file_fault(found, "less of it: deliver it in parts") from None
    except UNREADABLE:
        raise file_fault("a damaged Excel file", "an Excel file that Excel opens") from None


def _table(data: bytes, kind: RecordKind) -> TextTable:
    package = Package(data)
    values = Values(package)
    head = _head(package, values, kind)
    header = match_header(head.fields, kind, head.row)
    layout = SheetLayout()
    columns = Columns(kind, header)
    for row, cells in rows_of(package, head.sheet.part, values, layout):
        if row > head.row:
            columns.add(row, cells)
    columns.finish(layout)
    if not columns.lines:
        raise file_fault("only a row of column names", "at least one record below it", head.row)
    return TextTable(
        header=header,
        parts=partial(sliced, columns.as_part()),
        row_word="row",
        encoding=EXCEL,
        typed=columns.typed(),
        faults=tuple(columns.faults),
        remarks=(*_read(head), *_hidden(head, layout), *columns.remarks()),
    )


def _head(package: Package, values: Values, kind: RecordKind) -> _Head:
    """Return the one visible sheet with a row of column names; DeliveryRefused for none or more."""
    found: list[_Head] = []
    for sheet in package.sheets:
        if sheet.hidden:
            continue
        rows = list(islice(rows_of(package, sheet.part, values, SheetLayout()), TOP))
        counts = [_known(cells, kind) for _, cells in rows]
        if rows and max(counts) >= FEWEST:
            place = counts.index(max(counts))
            row, cells = rows[place]
            fields = [cells[c][1] if c in cells else "" for c in range(max(cells) + 1)]
            others = tuple(other for other in package.sheets if other is not sheet)
            found.append(_Head(sheet, row, fields, place, others))
    if len(found) == 1:
        return found[0]
    if not package.sheets:
        raise DamagedError
    if found:
        expected = "one sheet with records of this kind: hide or remove the others"
        raise DeliveryRefused(
            Fault(None, "", f"{_called(h.sheet)}: column names on row {h.row:,}", expected)
            for h in found
        )
    expected = f"{FEWEST} or more column names of this kind of record on a row, among the first"
    raise DeliveryRefused(
        Fault(
            None,
            "",
            _called(sheet),
            f"{expected} {TOP} filled rows of a visible sheet: {listed_names(kind)}",
        )
        for sheet in package.sheets
    )


def _known(cells: dict[int, Cell], kind: RecordKind) -> int:
    names = {plain(text) for type_, text in cells.values() if type_ == "text"}
    return len(names & known_names(kind))


def _called(sheet: Sheet) -> str:
    return (
        f"{'hidden ' if sheet.hidden else ''}sheet '{masked_if_identifier(shortened(sheet.name))}'"
    )


def _read(head: _Head) -> Iterator[str]:
    above = f"; {head.above:,} filled rows above it were not read" if head.above else ""
    yield f"read: {_called(head.sheet)}, column names on row {head.row:,}{above}"
    if head.others:
        rest = len(head.others) - NAMED
        named = ", ".join(map(_called, head.others[:NAMED]))
        yield f"not read: {named}{f' and {rest:,} more' if rest > 0 else ''}"


def _hidden(head: _Head, layout: SheetLayout) -> Iterator[str]:
    count = sum(head.row < row <= LAST_ROW for row in layout.hidden)
    if count:
        yield f"{count:,} hidden rows (of a filter, perhaps) were read as well"


def rows_at_top(data: bytes) -> list[list[str]]:
    """Return the texts of the first filled rows of each visible sheet: column names are in one."""
    try:
        with bounded_memory():
            package = Package(data)
            values = Values(package)
            return [
                [text for kind, text in cells.values() if kind == "text"]
                for sheet in package.sheets
                if not sheet.hidden
                for _, cells in islice(rows_of(package, sheet.part, values, SheetLayout()), TOP)
            ]
    except UNREADABLE:
        raise file_fault("a damaged Excel file", "an Excel file that Excel opens") from None
