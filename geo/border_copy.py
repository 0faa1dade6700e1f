"""A copy of a GeoPackage that cannot be read where it is.

A database in write-ahead mode is read only where SQLite may write beside it: not in a folder that
is read-only, on a share or a disc. What a program has not written back yet (-wal) goes along.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from geo.border_limits import LARGEST_FILE
from geo.border_zip import BESIDE

WRITE_AHEAD = b"\x02\x02"
"""Bytes 18 and 19 of a SQLite database in write-ahead mode."""


@contextmanager
def settled(path: Path) -> Iterator[Path]:
    """Give ``path``, or a copy of it in a temporary folder when it is in write-ahead mode."""
    if path.suffix.lower() != ".gpkg" or not _write_ahead(path):
        yield path
        return
    beside = path.with_name(path.name + BESIDE)
    parts = [part for part in (path, beside) if part.exists()]
    size = sum(part.stat().st_size for part in parts)
    if size > LARGEST_FILE:
        raise OSError(f"{size:,} bytes where at most {LARGEST_FILE:,} are read")
    with TemporaryDirectory(prefix="weerbeeld-") as folder:
        for part in parts:
            shutil.copyfile(part, Path(folder) / part.name)
        yield Path(folder) / path.name


def _write_ahead(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(20)[18:] == WRITE_AHEAD
