"""A delivery as it was written: columns of text, before they are parsed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from intake.faults import Fault
from intake.headers import Header

TEXT = pa.large_string()

EXCEL = "xlsx"
"""The value of ``encoding`` for an Excel file, which holds text and typed values."""

Booleans = NDArray[np.bool_]
Lines = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A cell that the file holds no value for, at position ``row`` of the records."""

    row: int
    column: str
    found: str
    expected: str


@dataclass(frozen=True)
class TextTable:
    """The columns of a delivery as trimmed text (``TEXT``, null where empty), shape (n,) each.

    ``lines`` holds the line (CSV) or row (Excel, Parquet) of each record. ``typed`` columns were
    numbers, dates or booleans in the file, so that how they are written needs no recognising.
    ``numbers``: which cells of a column were numbers, shape (n,), for columns that had any.
    ``row_word`` is what messages call a record's position: line or row. ``faults`` are those of
    the file's structure, ``spoilt`` those of single cells; ``remarks`` go to the receipt.
    """

    header: Header
    columns: dict[str, pa.ChunkedArray]
    lines: Lines
    row_word: str
    encoding: str | None = None
    separator: str | None = None
    typed: frozenset[str] = frozenset()
    numbers: Mapping[str, Booleans] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    spoilt: tuple[Spoilt, ...] = ()
    remarks: tuple[str, ...] = ()


def trimmed(values: pa.Array) -> pa.Array:
    """Return text without the white space around it, null where nothing is left."""
    text = pc.utf8_trim_whitespace(pc.cast(values, TEXT))
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, TEXT), text)
