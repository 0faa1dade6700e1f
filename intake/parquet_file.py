"""Read a Parquet delivery into text columns, so that everything after is as for CSV."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from intake.faults import Fault, file_fault
from intake.headers import known_names, match_header, plain
from intake.table import TEXT, Table, trimmed
from records import RecordKind

MAGIC = b"PAR1"
LARGEST_EXACT = 2.0**53


def read_parquet(data: bytes, kind: RecordKind) -> Table:
    """Return the delivery as text; DeliveryRefused when the file is damaged or has no records.

    Only the columns of ``kind`` are read. Typed values become text in one way: ISO dates, a
    decimal point, true and false.
    """
    if not data.endswith(MAGIC) or len(data) < 3 * len(MAGIC):
        raise file_fault("a Parquet file without its end: it is truncated", "the complete file")
    try:
        file = pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
        fields = list(file.schema_arrow.names)
        header = match_header(fields, kind, None)
        wanted = [fields[place] for place in header.places.values()]
        raw = file.read(columns=list(dict.fromkeys(wanted)))
        raw.validate(full=True)
    except Exception:
        raise file_fault("a damaged Parquet file", "a Parquet file that can be read") from None
    if not known_names(kind).intersection(map(plain, fields)):
        raise file_fault("no known column name", "the column names of this kind of record")
    if raw.num_rows == 0:
        raise file_fault("only column names", "at least one record")
    columns: dict[str, pa.ChunkedArray] = {}
    typed: set[str] = set()
    faults: list[Fault] = []
    for name, place in header.places.items():
        values = raw.column(raw.schema.names.index(fields[place]))
        if not _is_text(values.type):
            typed.add(name)
        try:
            columns[name] = pa.chunked_array([trimmed(part) for part in _as_text(values).chunks])
        except pa.ArrowException:
            columns[name] = pa.chunked_array([pa.nulls(raw.num_rows, TEXT)])
            faults.append(Fault(None, name, f"values of type {values.type}", "text or numbers"))
    return Table(
        header=header,
        columns=columns,
        lines=np.arange(1, raw.num_rows + 1),
        row_word="row",
        typed=frozenset(typed),
        faults=tuple(faults),
    )


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return kind in (pa.string(), pa.large_string(), pa.string_view())


def _as_text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(values.type):
        values = pc.cast(values, values.type.value_type)
    if pa.types.is_floating(values.type):
        values = _whole_where_possible(pc.cast(values, pa.float64()))
    return pc.cast(values, TEXT)


def _whole_where_possible(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return floats without fractions as integers: a nullable number of pandas is no fraction."""
    values = pc.if_else(pc.is_nan(values), pa.scalar(None, pa.float64()), values)
    whole = pc.and_(
        pc.equal(values, pc.round(values)), pc.less(pc.abs(values), pa.scalar(LARGEST_EXACT))
    )
    all_whole = pc.all(whole, min_count=0).as_py()
    return pc.cast(values, pa.int64()) if all_whole else values
