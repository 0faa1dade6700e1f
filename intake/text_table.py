"""A delivery as it was written: columns of text, in parts, before they are parsed."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from intake.arrays import EMPTY, NOTHING, TEXT, Booleans
from intake.faults import Fault
from intake.headers import Header

EXCEL = "xlsx"
"""The value of ``encoding`` for an Excel file, which holds text and typed values."""

PART = 100_000
"""Records that are read and checked at a time, or about so many."""

Lines = NDArray[np.int64]

Content = bytes | Path
"""What was delivered: a file, or what one holds."""


def opened(content: Content) -> BinaryIO:
    """Return the content as a stream that can be gone through from its beginning."""
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A cell that the file holds no value for, at position ``row`` of the records of a part."""

    row: int
    column: str
    found: str
    expected: str


@dataclass(frozen=True)
class Part:
    """Some records of a delivery, in their order: trimmed text (``TEXT``, null where empty).

    ``columns`` and ``lines``, the line (CSV) or row (Excel, Parquet) of each record, have shape
    (n,). ``numbers``: which cells of a column were numbers, shape (n,), for columns that had any.
    ``faults`` are those of lines that are no record, ``empty`` counts the lines without any value.
    ``read``: how much of the file was read with this part, from 0 to 1.
    """

    columns: Mapping[str, pa.Array]
    lines: Lines
    numbers: Mapping[str, Booleans] = field(default_factory=dict)
    spoilt: tuple[Spoilt, ...] = ()
    faults: tuple[Fault, ...] = ()
    empty: int = 0
    read: float = 1.0

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> pa.Array:
        """Return a column, empty where the file does not have it."""
        return self.columns[name] if name in self.columns else pa.nulls(len(self), TEXT)


@dataclass(frozen=True)
class TextTable:
    """A delivery that was recognised and can be gone through, part by part, more than once.

    ``typed`` columns were numbers, dates or booleans in the file, so that how they are written
    needs no recognising. ``row_word`` is what messages call a record's position: line or row.
    ``faults`` and ``remarks`` are those of the file as a whole.
    """

    header: Header
    parts: Callable[[], Iterator[Part]]
    row_word: str
    encoding: str | None = None
    separator: str | None = None
    typed: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()

    def whole(self) -> Part:
        """Return all of it as one part; for files that are known to be small."""
        parts = list(self.parts())
        lines = np.concatenate([part.lines for part in parts])
        starts = np.cumsum([0, *map(len, parts)])
        return Part(
            columns={
                name: pa.concat_arrays([part.column(name) for part in parts])
                for name in self.header.positions
            },
            lines=lines,
            spoilt=tuple(
                replace(cell, row=cell.row + int(start))
                for part, start in zip(parts, starts, strict=False)
                for cell in part.spoilt
            ),
            faults=tuple(fault for part in parts for fault in part.faults),
            empty=sum(part.empty for part in parts),
        )


def sliced(whole: Part) -> Iterator[Part]:
    """Give what is in memory already in parts."""
    spoilt: dict[int, list[Spoilt]] = {}
    for cell in whole.spoilt:
        spoilt.setdefault(cell.row // PART, []).append(replace(cell, row=cell.row % PART))
    for number, start in enumerate(range(0, len(whole), PART)):
        here = slice(start, start + PART)
        yield Part(
            columns={name: values[here] for name, values in whole.columns.items()},
            lines=whole.lines[here],
            numbers={name: marked[here] for name, marked in whole.numbers.items()},
            spoilt=tuple(spoilt.get(number, ())),
            read=min(start + PART, len(whole)) / len(whole),
        )


def trimmed(values: pa.Array) -> pa.Array:
    """Return text without the white space around it, null where nothing is left."""
    text = pc.utf8_trim_whitespace(pc.cast(values, TEXT))
    return pc.if_else(pc.equal(text, EMPTY), NOTHING, text)
