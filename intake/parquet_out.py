"""Write accepted records to one Parquet file, whole or not at all."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from folders import make_folder
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


def stored_table(
    frame: pd.DataFrame, kind: RecordKind, points: Points | None, partner: str, keys: Ring
) -> pa.Table:
    """Return checked records as they are kept: pseudonyms, lon, lat, cell, and the partner."""
    columns: dict[str, pa.Array] = {}
    for column in kind.columns:
        values = pa.chunked_array(pa.array(frame[column.name], from_pandas=True))
        if column.pseudonymised:
            values = pseudonyms(values, keys)
        elif column.type == "decimal":
            values = pc.round(values, 2)
        columns[column.name] = pc.cast(values, STORED[column.type])
    if points is not None:
        columns |= {"lon": pa.array(points.lon), "lat": pa.array(points.lat)}
        columns["cell"] = pa.array(points.cell)
    columns["partner"] = pa.array([partner] * len(frame), pa.string())
    return pa.table(columns)


def rounded_columns(frame: pd.DataFrame, kind: RecordKind) -> list[str]:
    """Return the decimal columns of which values are rounded to the two decimals that are kept."""
    decimal = [column.name for column in kind.columns if column.type == "decimal"]
    return [
        name
        for name in decimal
        if (np.abs(frame[name] - frame[name].round(2)) > 1e-9 * (1 + np.abs(frame[name]))).any()
    ]


def write_whole(table: pa.Table, path: Path) -> None:
    """Write ``table`` to ``path``; a reader sees all of it or the file that was there before."""
    make_folder(path.parent)
    draft = path.with_suffix(DRAFT_SUFFIX)
    try:
        with draft.open("wb") as file:
            pq.write_table(table, file, compression="zstd")
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
