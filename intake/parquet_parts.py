"""Reads a Parquet file in parts, and refuses what would unpack to more than the limits.

A file of some bytes can state a long value once and repeat it for millions of rows. So repeated
values are kept as references to one copy, and their size is added up before they are copied.
"""

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from intake.faults import file_fault
from intake.limits import LONGEST_FIELD, MOST_TEXT
from intake.text_table import PART, Content

LONGEST_FIXED = 64
"""Bytes of a value of fixed length: decimals take 16, identifiers 36. Such values are not kept as
references, so longer ones are not read."""

UNFIT = ("DECIMAL", "VARIANT", "GEOMETRY", "GEOGRAPHY")
"""Types stored as bytes that are not kept as references to one copy."""

REFERENCE = 4
"""Bytes that a reference takes at most, and the length of a text at least."""

BYTES_A_CHARACTER = 4
BUFFER = 2**20
LARGEST_NAMES = 10 * 2**20
MOST_ITEMS = 100_000


def open_file(content: Content) -> pq.ParquetFile:
    """Return the file, in which repeated texts stay references to one copy.

    Its pages are read one by one: a column may be one chunk as large as the file.
    """

    def opened(**more: object) -> pq.ParquetFile:
        return pq.ParquetFile(
            pa.BufferReader(content) if isinstance(content, bytes) else pa.OSFile(str(content)),
            buffer_size=BUFFER,
            thrift_string_size_limit=LARGEST_NAMES,
            thrift_container_size_limit=MOST_ITEMS,
            **more,
        )

    with opened() as file:
        texts = [
            leaf.path
            for number, leaf in enumerate(_leaves(file))
            if leaf.physical_type == "BYTE_ARRAY" and _may_repeat(file, number)
        ]
    return opened(page_checksum_verification=True, read_dictionary=texts)


def _may_repeat(file: pq.ParquetFile, column: int) -> bool:
    """Return whether the values of a column take so little that they can be references.

    Other columns are not read as such: Arrow then keeps all of a group of rows in memory.
    """
    groups = map(file.metadata.row_group, range(file.metadata.num_row_groups))
    size = sum(group.column(column).total_uncompressed_size for group in groups)
    rows = file.metadata.num_rows
    return bool(rows <= PART or size < REFERENCE * rows)


def _leaves(file: pq.ParquetFile) -> list[pq.ColumnSchema]:
    return [file.schema.column(number) for number in range(len(file.schema.names))]


def is_text(kind: pa.DataType | None) -> bool:
    """Return whether a column holds text, also where repeated texts are references."""
    if kind is not None and pa.types.is_dictionary(kind):
        kind = kind.value_type
    return kind in (pa.string(), pa.large_string(), pa.string_view())


def readable_types(file: pq.ParquetFile) -> list[pa.DataType | None]:
    """Return the type of each field, None for those that are lists, parts, or too long."""
    unfit = {leaf.path for leaf in _leaves(file) if not _is_short(leaf)}
    return [
        None if name in unfit or not _is_plain(kind) else kind
        for name, kind in zip(file.schema_arrow.names, file.schema_arrow.types, strict=True)
    ]


def _is_short(leaf: pq.ColumnSchema) -> bool:
    """Return whether values are short or kept as references; decimals in bytes are neither."""
    if leaf.physical_type == "BYTE_ARRAY":
        return str(leaf.logical_type.type) not in UNFIT
    return bool(leaf.physical_type != "FIXED_LEN_BYTE_ARRAY" or 0 < leaf.length <= LONGEST_FIXED)


def _is_plain(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return kind.value_type in (pa.string(), pa.binary())
    return not (pa.types.is_nested(kind) or isinstance(kind, pa.BaseExtensionType))


def parts(file: pq.ParquetFile, names: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """Give the rows of the columns ``names`` in parts, each found to be sound.

    In one thread, so that running out of memory is an error and not the end of the process.
    """
    columns = list(dict.fromkeys(names))
    for groups in _groups(file):
        for part in file.iter_batches(PART, groups, columns, use_threads=False):
            part.validate(full=True)
            yield part


def _groups(file: pq.ParquetFile) -> Iterator[list[int]]:
    """Give the groups of rows, some at a time: a reader keeps something of each that it read."""
    groups: list[int] = []
    rows = 0
    for number in range(file.metadata.num_row_groups):
        groups.append(number)
        rows += file.metadata.row_group(number).num_rows
        if rows >= PART:
            yield groups
            groups, rows = [], 0
    if groups:
        yield groups


def refuse_long(name: str, values: pa.Array, before: int) -> int:
    """Return the bytes of text in ``values``; DeliveryRefused when a value or the sum is too long.

    ``before`` counts the bytes of text that were read already.
    """
    lengths = pc.binary_length(values.dictionary if pa.types.is_dictionary(values.type) else values)
    if (pc.max(lengths).as_py() or 0) > LONGEST_FIELD * BYTES_A_CHARACTER:
        found = f"a value of over {LONGEST_FIELD:,} characters in {name}"
        raise file_fault(found, "shorter values")
    if pa.types.is_dictionary(values.type):
        lengths = pc.take(lengths, values.indices)
    size = int(pc.sum(pc.cast(lengths, pa.int64())).as_py() or 0)
    if before + size > MOST_TEXT:
        found = f"text that unpacks to over {MOST_TEXT:,} bytes"
        raise file_fault(found, "less of it: deliver it in parts")
    return size
