"""Reads a delivered file: from a path to bytes, and from bytes to columns of text."""

import os
from pathlib import Path

from errors import WeerbeeldError, printable
from intake.csv_file import read_csv
from intake.excel_file import read_excel
from intake.limits import LARGEST_CSV, LARGEST_EXCEL, LARGEST_PARQUET
from intake.parquet_file import MAGIC, read_parquet
from intake.progress import Progress, silent
from intake.text_table import TextTable
from records import RecordKind

ZIP = b"PK\x03\x04"
LARGEST = {MAGIC: LARGEST_PARQUET, ZIP: LARGEST_EXCEL}


def read_bytes(file: Path) -> bytes:
    """Return the content of ``file``; WeerbeeldError when there is none, or too much of it."""
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
            return stream.read()
    except OSError as error:
        raise WeerbeeldError(
            f"{shown} cannot be read: {error.strerror or error}. Check the rights on it."
        ) from None


def read_table(data: bytes, kind: RecordKind, progress: Progress = silent) -> TextTable:
    """Return the delivery as text columns; the content decides the format, not the name."""
    if data.startswith(MAGIC):
        return read_parquet(data, kind)
    if data.startswith(ZIP):
        return read_excel(data, kind)
    return read_csv(data, kind, progress)
