"""Removes records from the deliveries that hold them: all, or none when it is interrupted.

Each delivery gets a new file beside the old one, and one transaction makes the rows point to the
new files. A record that was delivered in several versions is removed in all of them:
otherwise an earlier version would count again once the last one is gone.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from errors import WeerbeeldError
from intake.parquet_out import write_whole
from records import RecordKind, kind_named
from store.home import Home
from store.work import Delivery, Removal, records_path

Condition = Callable[[RecordKind], str | None]
"""Returns the SQL condition for the records of a kind to remove; None when it has none."""


@dataclass(frozen=True)
class RecordsToRemove:
    """Records of one delivery that must be removed: positions in its file, first and last date."""

    delivery: Delivery
    rows: NDArray[np.int64]
    first: date
    last: date


def find(
    session: Session, home: Home, condition: Condition, kinds: Collection[str], replaced: bool
) -> list[RecordsToRemove]:
    """Return the records whose last version meets ``condition``, in all their versions.

    With ``replaced``, a version that meets it is returned as well when a later one does not.
    """
    known = session.scalars(select(Delivery).order_by(Delivery.kind, Delivery.partner))
    to_remove: list[RecordsToRemove] = []
    for (name, _), group in groupby(known, key=lambda delivery: (delivery.kind, delivery.partner)):
        sql = condition(kind_named(name)) if name in kinds else None
        if sql is not None:
            to_remove += _to_remove(list(group), home, kind_named(name), sql, replaced)
    return to_remove


def remove(
    session: Session, home: Home, to_remove: Iterable[RecordsToRemove], why: str
) -> list[Path]:
    """Write new files of the deliveries without these records; return the old files.

    The new files count, and the old ones may be deleted, once ``session`` commits.
    """
    left_behind = []
    for found in to_remove:
        delivery = found.delivery
        old = records_path(home, delivery)
        table = pq.read_table(old)
        keep = np.ones(table.num_rows, dtype=bool)
        keep[found.rows] = False
        kept = table.filter(pa.array(keep))
        delivery.revision += 1
        delivery.rows = kept.num_rows
        if kept.num_rows:
            dates = pc.min_max(kept[kind_named(delivery.kind).dated]).as_py()
            delivery.first_date, delivery.last_date = dates["min"], dates["max"]
        write_whole(kept, records_path(home, delivery))
        session.add(
            Removal(
                delivery_id=delivery.id,
                revision=delivery.revision,
                rows=len(found.rows),
                at=datetime.now(UTC),
                why=why,
            )
        )
        left_behind.append(old)
    return left_behind


def per_kind(to_remove: Iterable[RecordsToRemove]) -> dict[str, int]:
    """Return how many records of each kind are to be removed."""
    counts: Counter[str] = Counter()
    for found in to_remove:
        counts[found.delivery.kind] += len(found.rows)
    return dict(counts)


def _to_remove(
    deliveries: list[Delivery], home: Home, kind: RecordKind, condition: str, replaced: bool
) -> list[RecordsToRemove]:
    """Return what to remove from the deliveries of one kind by one partner."""
    key = ", ".join(f'"{name}"' for name in kind.key)
    files = [_file(home, delivery) for delivery in deliveries]
    versions = " UNION ALL ".join(
        f"SELECT {delivery.sequence} AS sequence, file_row_number AS row, {key},"
        f' "{kind.dated}" AS dated, coalesce({condition}, false) AS hit'
        f" FROM read_parquet('{file}', file_row_number = true)"
        for delivery, file in zip(deliveries, files, strict=True)
    )
    picked = f"arg_max(hit, sequence) OVER (PARTITION BY {key}){' OR hit' if replaced else ''}"
    try:
        with duckdb.connect(config={"temp_directory": str(home.work / "spill")}) as con:
            if not con.execute(f"SELECT bool_or(hit) FROM ({versions})").fetchall()[0][0]:
                return []
            query = f"SELECT sequence, row, dated FROM ({versions}) QUALIFY {picked}"
            found = con.execute(query).df()
    except duckdb.Error as error:
        raise WeerbeeldError(
            f"Records of {kind.name} by {deliveries[0].partner} cannot be read: "
            f"{str(error).splitlines()[0]}. Restore them from a backup."
        ) from None
    return [
        RecordsToRemove(
            delivery,
            np.sort(rows["row"].to_numpy(dtype=np.int64)),
            rows["dated"].min().date(),
            rows["dated"].max().date(),
        )
        for delivery in deliveries
        if len(rows := found[found["sequence"] == delivery.sequence])
    ]


def _file(home: Home, delivery: Delivery) -> str:
    """Return the file of a delivery as text within single quotes."""
    path = records_path(home, delivery)
    if not path.exists():
        raise WeerbeeldError(
            f"The records of {delivery.file_name} are not in {path}. Restore them from a backup."
        )
    return str(path).replace("'", "''")
