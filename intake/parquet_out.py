"""Records as they are kept: in one Parquet file, which is written whole or not at all."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from errors import WeerbeeldError
from folders import make_folder
from geo.hexagons import index_points
from intake.arrays import column, floats, texts
from intake.parsing import Columns
from intake.points import Points
from intake.pseudonyms import pseudonyms
from records import RecordKind
from records.contract import ColumnType
from store.key_file import Ring

STORED: dict[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "decimal": pa.decimal128(18, 2),
    "boolean": pa.bool_(),
}

DRAFT_SUFFIX = ".parquet.tmp"

ROWS_A_GROUP = 2**17
"""Records that are packed together: about as many as DuckDB counts at a time."""


def stored_table(
    columns: Columns, kind: RecordKind, points: Points | None, partner: str, keys: Ring
) -> pa.Table:
    """Return checked records as they are kept: pseudonyms, lon, lat, cell, and the partner."""
    kept: dict[str, pa.Array] = {}
    for one in kind.columns:
        values = columns[one.name]
        if one.pseudonymised:
            values = pseudonyms(values, keys)
        elif one.type == "decimal":
            values = pc.round(values, 2)
        kept[one.name] = pc.cast(values, STORED[one.type])
    if points is not None:
        kept |= {"lon": column(points.lon), "lat": column(points.lat)}
        kept["cell"] = column(index_points(points.lon, points.lat))
    everywhere = column(np.zeros(len(columns[kind.dated]), dtype=np.int64))
    kept["partner"] = pc.cast(texts([partner]).take(everywhere), STORED["text"])
    return pa.table(kept)


def is_rounded(values: pa.Array) -> bool:
    """Return whether any number is rounded to the two decimals that are kept."""
    numbers = floats(values.drop_null())
    cut = np.abs(numbers - numbers.round(2))
    return bool((cut > 1e-9 * (1 + np.abs(numbers))).any())


def rewrite(old: Path, new: Path, change: Callable[[pa.Table, int], pa.Table], said: str) -> None:
    """Write to ``new`` what ``change`` makes of each part of ``old``, given where it begins.

    A WeerbeeldError begins with ``said`` when the old file cannot be read.
    """

    def fill(out: BinaryIO) -> None:
        begin = 0
        with _readable(old, said):
            file = pq.ParquetFile(old)
        parts = file.iter_batches(ROWS_A_GROUP, use_threads=False)
        with parquet_writer(out, file.schema_arrow) as writer:
            while True:
                with _readable(old, said):
                    part = next(parts, None)
                if part is None:
                    return
                writer.write_table(change(pa.Table.from_batches([part]), begin))
                begin += len(part)

    write_whole(fill, new)


@contextmanager
def _readable(path: Path, said: str) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException):
        raise WeerbeeldError(
            f"{said} cannot be read from {path}. Restore them from a backup."
        ) from None


def parquet_writer(out: BinaryIO, schema: pa.Schema) -> pq.ParquetWriter:
    """Return what writes records to ``out``, part by part."""
    return pq.ParquetWriter(out, schema, compression="zstd")


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Turn an error of the disk into a WeerbeeldError that names the folder."""
    try:
        yield
    except OSError as error:
        raise WeerbeeldError(
            f"The records cannot be written below {folder}: {error.strerror or error}. "
            "Nothing was stored; check the disk and the rights on this folder."
        ) from None


def write_whole(fill: Callable[[BinaryIO], object], path: Path) -> None:
    """Let ``fill`` write a file; a reader sees all of it or the file that was there before."""
    make_folder(path.parent)
    draft = path.with_suffix(DRAFT_SUFFIX)
    try:
        with draft.open("wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
