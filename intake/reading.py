"""Reads a delivered file as columns of text, once it is one that can be read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import file_digest
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from errors import WeerbeeldError, printable
from intake.csv_file import read_csv
from intake.limits import LARGEST_CSV, LARGEST_EXCEL, LARGEST_PARQUET
from intake.parquet_file import MAGIC, read_parquet
from intake.text_table import Content, TextTable, opened
from records import RecordKind

ZIP = b"PK\x03\x04"
LARGEST = {MAGIC: LARGEST_PARQUET, ZIP: LARGEST_EXCEL}


@dataclass(frozen=True)
class DeliveredFile:
    """A file that can be read, with its digest (SHA-256).

    It is gone through more than once, so it must stay as it is: ``state`` shows whether it did.
    """

    path: Path
    sha256: str
    state: tuple[int, ...] = field(repr=False)

    @contextmanager
    def unchanged(self) -> Iterator[Path]:
        """Give the file to read; WeerbeeldError when it cannot be, or changes meanwhile."""
        try:
            yield self.path
        except Exception:
            self._refuse_changed()
            raise
        self._refuse_changed()

    def _refuse_changed(self) -> None:
        with _checked(self.path) as stream:
            if _state(stream) != self.state:
                raise WeerbeeldError(
                    f"{printable(str(self.path))} changed while it was read; nothing was stored. "
                    "Deliver it again when it is complete."
                )


def delivered(file: Path) -> DeliveredFile:
    """Return a file to read; WeerbeeldError when there is none, or too much of it."""
    with _checked(file) as stream:
        state = _state(stream)
        return DeliveredFile(file, file_digest(cast(BytesIO, stream), "sha256").hexdigest(), state)


def read_bytes(file: Path) -> bytes:
    """Return the content of ``file``; WeerbeeldError when there is none, or too much of it."""
    with _checked(file) as stream:
        return stream.read()


def _state(stream: BinaryIO) -> tuple[int, ...]:
    state = os.fstat(stream.fileno())
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns


@contextmanager
def _checked(file: Path) -> Iterator[BinaryIO]:
    """Give a file, open at its beginning; WeerbeeldError when it is none, or too large."""
    shown = printable(str(file))
    try:
        if file.is_dir():
            raise WeerbeeldError(f"{shown} is a folder. Name one CSV, Excel or Parquet file in it.")
        if not file.exists():
            raise WeerbeeldError(f"There is no file {shown}. Check the name and the folder.")
        if not file.is_file():
            raise WeerbeeldError(f"{shown} is not an ordinary file. Save the delivery as a file.")
        with file.open("rb") as stream:
            largest = LARGEST.get(stream.read(len(MAGIC)), LARGEST_CSV)
            if (size := stream.seek(0, os.SEEK_END)) > largest:
                raise WeerbeeldError(
                    f"{shown} has {size:,} bytes, and at most {largest:,} are read. Deliver it in "
                    "parts, or as Parquet."
                )
            stream.seek(0)
            yield stream
    except OSError as error:
        raise WeerbeeldError(
            f"{shown} cannot be read: {error.strerror or error}. Check the rights on it."
        ) from None


def read_table(content: Content, kind: RecordKind) -> TextTable:
    """Return the delivery as text columns; the content decides the format, not the name."""
    with opened(content) as stream:
        start = stream.read(len(MAGIC))
    if start == MAGIC:
        return read_parquet(content, kind)
    if start == ZIP:
        from intake.excel_file import read_excel

        return read_excel(content, kind)
    return read_csv(content, kind)
