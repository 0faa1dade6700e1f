"""Reads a Parquet delivery into columns of text, so that all that follows is as for CSV."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from intake.faults import DeliveryRefused, Fault, file_fault
from intake.headers import known_names, listed_names, match_header, plain
from intake.limits import MOST_ROWS
from intake.memory import bounded_memory
from intake.parquet_parts import is_text, open_file, parts, readable_types, refuse_long
from intake.parquet_values import TypedColumn, as_text
from intake.text_table import Content, Part, TextTable, opened
from records import RecordKind

MAGIC = b"PAR1"


def read_parquet(content: Content, kind: RecordKind) -> TextTable:
    """Return the delivery as text; DeliveryRefused when the file is damaged or has no records.

    Only the columns of ``kind`` are read. Typed values become text in one way: ISO dates, a
    decimal point, true and false.
    """
    with opened(content) as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(-min(size, len(MAGIC)), os.SEEK_END)
        if size < 3 * len(MAGIC) or stream.read() != MAGIC:
            raise file_fault("a Parquet file without its end: it is truncated", "the complete file")
    with _understood():
        return _table(content, kind)


def _table(content: Content, kind: RecordKind) -> TextTable:
    file = open_file(content)
    fields, rows = file.schema_arrow.names, file.metadata.num_rows
    header = match_header(fields, kind, None)
    if not known_names(kind).intersection(map(plain, fields)):
        expected = f"the column names of this kind of record: {listed_names(kind)}"
        raise file_fault("no known column name", expected)
    if rows > MOST_ROWS:
        raise file_fault(f"{rows:,} records", f"at most {MOST_ROWS:,}: deliver it in parts")
    if rows <= 0:
        raise file_fault("only column names", "at least one record")
    types = readable_types(file)
    typed = {
        name: TypedColumn(types[at])
        for name, at in header.positions.items()
        if types[at] is not None and not is_text(types[at])
    }
    _look(file, {name: fields[header.positions[name]] for name in typed}, typed)
    texts = {column.name for column in kind.columns if column.type == "text"}
    odd = {name for name, at in header.positions.items() if types[at] is None}
    odd |= {name for name, column in typed.items() if column.broken}
    odd |= {name for name in typed.keys() & texts if not typed[name].fit_for_text}
    return TextTable(
        header=header,
        parts=partial(
            _parts,
            content,
            {name: fields[at] for name, at in header.positions.items() if name not in odd},
            typed,
            frozenset(texts & typed.keys()),
        ),
        row_word="row",
        typed=frozenset(n for n, at in header.positions.items() if not is_text(types[at])),
        faults=tuple(
            _unreadable(name, file.schema_arrow.field(at).type)
            for name, at in header.positions.items()
            if name in odd
        ),
    )


def _look(
    file: pq.ParquetFile, columns: Mapping[str, str], typed: Mapping[str, TypedColumn]
) -> None:
    """Let typed columns look at all their values: only then is it known whether any is odd."""
    for part in parts(file, columns.values()) if columns else ():
        for name, column in columns.items():
            typed[name].look(_column(part, column))


def _parts(
    content: Content,
    columns: Mapping[str, str],
    typed: Mapping[str, TypedColumn],
    numbers: frozenset[str],
) -> Iterator[Part]:
    """Give the records; DeliveryRefused when the file is damaged, or unpacks to too much."""
    texts = _texts(content, columns, typed)
    while True:
        with _understood():
            part = next(texts, None)
        if part is None:
            return
        marked = dict.fromkeys(numbers, np.ones(len(part), dtype=bool))
        yield replace(part, numbers=marked)


def _texts(
    content: Content, columns: Mapping[str, str], typed: Mapping[str, TypedColumn]
) -> Iterator[Part]:
    file = open_file(content)
    rows, read, size = file.metadata.num_rows, 0, 0
    for part in parts(file, columns.values()):
        texts = {}
        for name, column in columns.items():
            values = _column(part, column)
            if name in typed:
                texts[name] = typed[name].text(values)
            else:
                size += refuse_long(name, values, size)
                texts[name] = as_text(values)
        lines = np.arange(read + 1, read + part.num_rows + 1)
        read += part.num_rows
        yield Part(texts, lines, read=read / rows)
    if read != rows:
        raise pa.ArrowInvalid(f"{read} rows instead of {rows}")


def _column(part: pa.RecordBatch, name: str) -> pa.Array:
    return part.column(part.schema.names.index(name))


def _unreadable(name: str, kind: pa.DataType) -> Fault:
    return Fault(None, name, f"values of type {kind}", "text or numbers")


@contextmanager
def _understood() -> Iterator[None]:
    """Turn what reading a damaged or vast file raises into DeliveryRefused."""
    try:
        with bounded_memory():
            yield
    except DeliveryRefused:
        raise
    except MemoryError:
        found = "a file that unpacks to more than the memory of this machine"
        raise file_fault(found, "less of it: deliver it in parts") from None
    except Exception:
        raise file_fault("a damaged Parquet file", "a Parquet file that can be read") from None
