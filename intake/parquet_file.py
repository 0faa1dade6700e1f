"""Reads a Parquet delivery into columns of text, so that all that follows is as for CSV."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from intake.faults import DeliveryRefused, Fault, file_fault
from intake.headers import Header, known_names, listed_names, match_header, plain
from intake.limits import MOST_ROWS
from intake.memory import bounded_memory
from intake.parquet_parts import is_text, open_file, parts, readable_types, refuse_long
from intake.text_table import TEXT, TextTable, trimmed
from records import RecordKind

MAGIC = b"PAR1"
LARGEST_EXACT = {pa.float16(): 2.0**11, pa.float32(): 2.0**24, pa.float64(): 2.0**53}
"""Whole numbers up to here keep all their digits."""


def read_parquet(data: bytes, kind: RecordKind) -> TextTable:
    """Return the delivery as text; DeliveryRefused when the file is damaged or has no records.

    Only the columns of ``kind`` are read. Typed values become text in one way: ISO dates, a
    decimal point, true and false.
    """
    if not data.endswith(MAGIC) or len(data) < 3 * len(MAGIC):
        raise file_fault("a Parquet file without its end: it is truncated", "the complete file")
    try:
        with bounded_memory():
            return _table(open_file(data), kind)
    except DeliveryRefused:
        raise
    except MemoryError:
        found = "a file that unpacks to more than the memory of this machine"
        raise file_fault(found, "less of it: deliver it in parts") from None
    except Exception:
        raise file_fault("a damaged Parquet file", "a Parquet file that can be read") from None


def _table(file: pq.ParquetFile, kind: RecordKind) -> TextTable:
    fields = file.schema_arrow.names
    header = match_header(fields, kind, None)
    if not known_names(kind).intersection(map(plain, fields)):
        expected = f"the column names of this kind of record: {listed_names(kind)}"
        raise file_fault("no known column name", expected)
    rows = file.metadata.num_rows
    if rows > MOST_ROWS:
        raise file_fault(f"{rows:,} records", f"at most {MOST_ROWS:,}: deliver it in parts")
    if rows <= 0:
        raise file_fault("only column names", "at least one record")
    types = readable_types(file)
    read = {name: at for name, at in header.positions.items() if types[at] is not None}
    columns, broken = _columns(file, {name: fields[at] for name, at in read.items()})
    empty = pa.chunked_array([pa.nulls(rows, TEXT)])
    texts = {column.name for column in kind.columns if column.type == "text"}
    broken |= {n for n in texts & read.keys() if not _fit_for_text(types[read[n]], columns.get(n))}
    typed = frozenset(n for n, at in header.positions.items() if not is_text(types[at]))
    odd = [name for name in header.positions if name in broken or name not in read]
    return TextTable(
        header=header,
        columns={name: empty if name in odd else columns[name] for name in header.positions},
        lines=np.arange(1, rows + 1),
        row_word="row",
        typed=typed,
        numbers={name: np.ones(rows, dtype=bool) for name in typed & texts},
        faults=tuple(_unreadable(name, file, header) for name in odd),
    )


def _unreadable(name: str, file: pq.ParquetFile, header: Header) -> Fault:
    kind = file.schema_arrow.field(header.positions[name]).type
    return Fault(None, name, f"values of type {kind}", "text or numbers")


def _fit_for_text(type_: pa.DataType, values: pa.ChunkedArray | None) -> bool:
    """Return whether a column may hold identifiers and codes: text, or numbers without a fraction.

    A float holds few digits, and days and yes or no are no codes.
    """
    if values is None or pa.types.is_temporal(type_) or pa.types.is_boolean(type_):
        return False
    if not (pa.types.is_floating(type_) or pa.types.is_decimal(type_)):
        return True
    if not pc.all(pc.match_substring_regex(values, r"^-?\d+$"), min_count=0).as_py():
        return False
    largest = pc.max(pc.abs(pc.cast(values, pa.float64()))).as_py() or 0
    return bool(largest < LARGEST_EXACT.get(type_, np.inf))


def _columns(
    file: pq.ParquetFile, wanted: dict[str, str]
) -> tuple[dict[str, pa.ChunkedArray], set[str]]:
    """Return columns as text by name, and the names of those that cannot be text.

    Columns of text are converted part by part, so that their copies are never all in memory. A
    column of numbers is converted whole: only then is it known whether any has a fraction.
    """
    chunks: dict[str, list[pa.Array]] = {name: [] for name in wanted}
    broken: set[str] = set()
    size = 0
    for part in parts(file, list(wanted.values())):
        for name, column in wanted.items():
            values = part.column(part.schema.names.index(column))
            if is_text(values.type):
                size += refuse_long(name, values, size)
                values = _made_text(values)
            if values is None:
                broken.add(name)
            elif name not in broken:
                chunks[name].append(values)
    finished: dict[str, pa.ChunkedArray] = {}
    for name in wanted.keys() - broken:
        text = _made_text(pa.chunked_array(chunks[name]))
        if text is None:
            broken.add(name)
        else:
            finished[name] = text
    return finished, broken


def _made_text(values: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray | None:
    """Return values as trimmed text, None when they cannot be that."""
    if values.type == TEXT:
        return values
    try:
        if pa.types.is_dictionary(values.type):
            values = pc.cast(values, values.type.value_type)
        if pa.types.is_floating(values.type):
            largest = LARGEST_EXACT[values.type]
            values = _whole_where_possible(pc.cast(values, pa.float64()), largest)
        elif pa.types.is_decimal(values.type):
            values = _without_empty_fraction(values)
        return trimmed(values)
    except pa.ArrowException:
        return None


def _whole_where_possible(values: pa.ChunkedArray, largest: float) -> pa.ChunkedArray:
    """Return floats as integers when none has a fraction, as pandas writes integers with gaps."""
    values = pc.if_else(pc.is_nan(values), pa.scalar(None, pa.float64()), values)
    whole = pc.and_(pc.equal(values, pc.round(values)), pc.less(pc.abs(values), pa.scalar(largest)))
    all_whole = pc.all(whole, min_count=0).as_py()
    return pc.cast(values, pa.int64()) if all_whole else pc.cast(values, pa.float64())


def _without_empty_fraction(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return decimals without their fraction when it is zero in all of them."""
    try:
        return pc.cast(values, pa.decimal256(values.type.precision, 0))
    except pa.ArrowInvalid:
        return values
