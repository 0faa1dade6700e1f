"""Keeps checked records until all of a delivery is judged: in memory, or in a file without a name.

It holds what is kept anyway, with pseudonyms. The file ends with the process, however that ends.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from itertools import chain
from tempfile import TemporaryFile
from types import TracebackType
from typing import BinaryIO, Self, cast

import pyarrow as pa
import pyarrow.parquet as pq

from intake.parquet_out import ROWS_A_GROUP, parquet_writer, stored_table, writable
from intake.parsing import Columns
from intake.points import Points
from intake.text_table import PART
from records import RecordKind
from store.home import Home
from store.key_file import Ring


class Draft:
    """The records of a delivery as they would be kept, of ``partner`` and with these ``keys``."""

    def __init__(self, kind: RecordKind, partner: str, keys: Ring, home: Home) -> None:
        self.keys = keys
        self._kind, self._partner, self._home = kind, partner, home
        self.rows = 0
        self._waiting: list[pa.Table] = []
        self._file: BinaryIO | None = None
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._writer:
            self._writer.close()
        if self._file:
            self._file.close()

    def clear(self) -> None:
        """Forget the records so far."""
        self.__exit__(None, None, None)
        self.rows, self._waiting, self._file, self._writer = 0, [], None, None

    def add(self, columns: Columns, points: Points | None) -> None:
        """Add checked records; WeerbeeldError when the disk does not take them."""
        table = stored_table(columns, self._kind, points, self._partner, self.keys)
        self._waiting.append(table)
        self.rows += len(table)
        if sum(map(len, self._waiting)) >= ROWS_A_GROUP:
            with writable(self._home.work):
                self._write()

    def finish(self) -> None:
        """Add no more."""
        if self._writer:
            with writable(self._home.work):
                if self._waiting:
                    self._write()
                self._writer.close()

    def _write(self) -> None:
        """Write those that wait to the file, as one group of rows."""
        table = pa.concat_tables(self._waiting)
        if self._file is None or self._writer is None:
            folders = (self._home.work, self._home.root)
            folder = next((one for one in folders if os.access(one, os.W_OK)), None)
            self._file = cast(BinaryIO, TemporaryFile(dir=folder))  # noqa: SIM115 - closed with this
            self._writer = parquet_writer(self._file, table.schema)
        self._writer.write_table(table, row_group_size=len(table))
        self._waiting = []

    def parts(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Give columns of the records, once they are finished."""
        if self._file:
            file = pq.ParquetFile(self._file)
            yield from file.iter_batches(PART, columns=list(names), use_threads=False)
        else:
            yield from pa.concat_tables(self._waiting).select(names).to_batches(PART)

    def reader(self, names: Sequence[str]) -> pa.RecordBatchReader:
        """Return columns of the records, once they are finished, as DuckDB reads them."""
        parts = self.parts(names)
        first = next(parts)
        return pa.RecordBatchReader.from_batches(first.schema, chain([first], parts))

    def copy_to(self, out: BinaryIO) -> None:
        """Write the records to a file, once they are finished."""
        if self._file:
            self._file.seek(0)
            shutil.copyfileobj(self._file, out)
        else:
            table = pa.concat_tables(self._waiting)
            with parquet_writer(out, table.schema) as writer:
                writer.write_table(table)
