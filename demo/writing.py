"""Deliveries as files: CSV as Dutch office software writes it, or Parquet."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import ArrayLike

from geo.coordinates import to_lonlat
from records import Column, RecordKind

_ARROW = {
    "text": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "decimal": pa.float64(),
    "boolean": pa.bool_(),
}


def _csv_column(frame: pd.DataFrame, column: Column) -> ArrayLike:
    values = frame[column.name]
    if column.type == "date":
        values = values.dt.strftime("%Y-%m-%d")
    if column.type == "boolean":
        values = values.map({True: "ja", False: "nee"})
    plain: ArrayLike = values.to_numpy()
    return plain


def write_csv(frame: pd.DataFrame, kind: RecordKind, path: Path) -> None:
    """Write the kind's columns, and x;y in whole RD New metres for kinds with a place.

    Semicolons, decimal commas, dates as 2026-06-30, ja and nee.
    """
    columns = {column.name: _csv_column(frame, column) for column in kind.columns}
    if kind.located:
        columns |= {"x": frame["x"].to_numpy(), "y": frame["y"].to_numpy()}
    table = pd.DataFrame(columns)
    table.to_csv(path, sep=";", decimal=",", index=False, lineterminator="\n")


def write_parquet(frame: pd.DataFrame, kind: RecordKind, path: Path) -> None:
    """Write the kind's columns, and lon, lat in degrees."""
    fields = {
        column.name: pa.array(frame[column.name], _ARROW[column.type], from_pandas=True)
        for column in kind.columns
    }
    lon, lat = to_lonlat(frame["x"].to_numpy(), frame["y"].to_numpy())
    table = pa.table({**fields, "lon": np.round(lon, 6), "lat": np.round(lat, 6)})
    pq.write_table(table, path, compression="zstd")
