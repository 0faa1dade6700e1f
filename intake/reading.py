"""Read a delivered file: from a path to bytes, and from bytes to text columns."""

from pathlib import Path

from errors import WeerbeeldError, printable
from intake.csv_file import read_csv
from intake.parquet_file import MAGIC, read_parquet
from intake.progress import Progress, silent
from intake.table import Table
from records import RecordKind


def read_bytes(file: Path) -> bytes:
    """Return the content of ``file``; WeerbeeldError when there is no such file to read."""
    shown = printable(str(file))
    try:
        if file.is_dir():
            raise WeerbeeldError(f"{shown} is a folder. Name one CSV or Parquet file in it.")
        if not file.exists():
            raise WeerbeeldError(f"There is no file {shown}. Check the name and the folder.")
        if not file.is_file():
            raise WeerbeeldError(f"{shown} is not an ordinary file. Save the delivery as a file.")
        return file.read_bytes()
    except OSError as error:
        raise WeerbeeldError(
            f"{shown} cannot be read: {error.strerror or error}. Check the rights on it."
        ) from None


def read_table(data: bytes, kind: RecordKind, progress: Progress = silent) -> Table:
    """Return the delivery as text columns; the content decides the format, not the name."""
    if data.startswith(MAGIC):
        return read_parquet(data, kind)
    return read_csv(data, kind, progress)
