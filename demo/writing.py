"""Deliveries as files: CSV as Dutch office software writes it, or Parquet."""

from pathlib import Path
from typing import Self

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


class Files:
    """Writes deliveries into ``folder``, one file each, to which records may be added in pieces.

    CSV has semicolons, decimal commas, dates as 2026-06-30, ja and nee, and x;y in whole RD New
    metres for kinds with a place; Parquet has lon and lat in degrees.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, pq.ParquetWriter] = {}
        self._begun: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self._open.values():
            writer.close()

    def add(self, name: str, frame: pd.DataFrame, kind: RecordKind) -> None:
        """Add records to the file called ``name``, whose ending says what it is."""
        if name.endswith(".parquet"):
            self._add_parquet(name, frame, kind)
        else:
            _csv_table(frame, kind).to_csv(
                self.folder / name,
                sep=";",
                decimal=",",
                index=False,
                lineterminator="\n",
                mode="a" if name in self._begun else "w",
                header=name not in self._begun,
            )
        self._begun.add(name)

    def _add_parquet(self, name: str, frame: pd.DataFrame, kind: RecordKind) -> None:
        table = _parquet_table(frame, kind)
        if name not in self._open:
            path = self.folder / name
            self._open[name] = pq.ParquetWriter(path, table.schema, compression="zstd")
        self._open[name].write_table(table)


def _csv_table(frame: pd.DataFrame, kind: RecordKind) -> pd.DataFrame:
    columns = {column.name: _csv_column(frame, column) for column in kind.columns}
    if kind.located:
        columns |= {"x": frame["x"].to_numpy(), "y": frame["y"].to_numpy()}
    return pd.DataFrame(columns)


def _parquet_table(frame: pd.DataFrame, kind: RecordKind) -> pa.Table:
    fields = {
        column.name: pa.array(frame[column.name], _ARROW[column.type], from_pandas=True)
        for column in kind.columns
    }
    lon, lat = to_lonlat(frame["x"].to_numpy(), frame["y"].to_numpy())
    return pa.table({**fields, "lon": np.round(lon, 6), "lat": np.round(lat, 6)})
