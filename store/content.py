"""Two hashes of a release: of its content (the figures) and of its file, byte for byte.

Two builds that publish the same figures have the same content hash. The hash of the file stands
beside it, so that any changed byte shows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection, Table, select

from store.release import Base, Figure, Pattern, Score, Stability

HASHED: tuple[type[Base], ...] = (Figure, Pattern, Score, Stability)
"""Tables of numbers only, with what is published about places."""


Rows = Sequence[tuple[float | None, ...]] | npt.NDArray[np.float64]
BATCH = 50_000


def _table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)


def _digest(rows_of: Callable[[Table], Iterator[Rows]]) -> str:
    """Return the sha256 over the rows of HASHED, each table in order of its keys."""
    digest = sha256()
    for table in map(_table, HASHED):
        digest.update(",".join([table.name, *(column.name for column in table.columns)]).encode())
        for rows in rows_of(table):
            numbers = np.array(rows, "<f8") + 0.0
            numbers[np.isnan(numbers)] = np.nan  # one of many bit patterns that mean the same
            digest.update(numbers.tobytes())
    return digest.hexdigest()


def content_of_frames(frames: Mapping[type[Base], Iterable[pd.DataFrame]]) -> str:
    """Return the content hash of figures and scores to be written; a missing number is NaN.

    The frames of a table follow one another in the order of its keys.
    """

    def rows_of(table: Table) -> Iterator[Rows]:
        keys = [column.name for column in table.primary_key]
        for frame in by_name[table.name]:
            ordered = frame.sort_values(keys) if len(frame) else frame
            for start in range(0, len(ordered), BATCH):
                piece = ordered.iloc[start : start + BATCH]
                yield piece[[column.name for column in table.columns]].astype("float64").to_numpy()

    by_name = {model.__tablename__: found for model, found in frames.items()}
    return _digest(rows_of)


def content_of(connection: Connection) -> str:
    """Return the content hash of a written release, read back from its tables."""

    def rows_of(table: Table) -> Iterator[Rows]:
        query = select(table).order_by(*table.primary_key).compile(connection)
        on_server = ("rows",) if connection.dialect.name == "postgresql" else ()
        cursor = connection.connection.cursor(*on_server)  # six times faster than Row
        cursor.execute(str(query))
        while rows := cursor.fetchmany(BATCH):
            yield rows
        cursor.close()

    return _digest(rows_of)


def checksum_path(release: Path) -> Path:
    """Return where the checksums of a release's file stand."""
    return release.with_suffix(".sha256")


def file_hash(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as source:
        return file_digest(source, "sha256").hexdigest()
