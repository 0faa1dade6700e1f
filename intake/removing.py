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

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from errors import WeerbeeldError
from intake.arrays import column
from intake.comparing import comparison, parquet
from intake.parquet_out import rewrite
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
        left_behind.append(records_path(home, delivery))
        _remove(home, found)
        session.add(
            Removal(
                delivery_id=delivery.id,
                revision=delivery.revision,
                rows=len(found.rows),
                at=datetime.now(UTC),
                why=why,
            )
        )
    return left_behind


def _remove(home: Home, found: RecordsToRemove) -> None:
    """Write a new file of a delivery without these records, and let its row say what it holds."""
    delivery = found.delivery
    old, dated = records_path(home, delivery), kind_named(delivery.kind).dated
    rows, first, last = 0, date.max, date.min

    def kept(part: pa.Table, begin: int) -> pa.Table:
        nonlocal rows, first, last
        here = slice(*np.searchsorted(found.rows, [begin, begin + len(part)]))
        keep = np.ones(len(part), dtype=bool)
        keep[found.rows[here] - begin] = False
        left = part.filter(column(keep))
        rows += len(left)
        if len(left):
            dates = pc.min_max(left[dated]).as_py()
            first, last = min(first, dates["min"]), max(last, dates["max"])
        return left

    delivery.revision += 1
    rewrite(old, records_path(home, delivery), kept, f"The records of {delivery.file_name}")
    delivery.rows = rows
    if rows:
        delivery.first_date, delivery.last_date = first, last


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
    for delivery in deliveries:
        _refuse_lost(home, delivery)
    versions = " UNION ALL ".join(
        f"SELECT {delivery.sequence} AS sequence, file_row_number AS row, {key},"
        f' "{kind.dated}" AS dated, coalesce({condition}, false) AS hit'
        f" FROM {parquet(records_path(home, delivery), ', file_row_number = true')}"
        for delivery in deliveries
    )
    picked = f"arg_max(hit, sequence) OVER (PARTITION BY {key}){' OR hit' if replaced else ''}"
    with comparison(
        home, f"Records of {kind.name} by {deliveries[0].partner} cannot be read"
    ) as con:
        if not con.execute(f"SELECT bool_or(hit) FROM ({versions})").fetchall()[0][0]:
            return []
        query = f"SELECT sequence, row, dated FROM ({versions}) QUALIFY {picked}"
        found = con.execute(query).fetchnumpy()
    of_delivery = ((d, found["sequence"] == d.sequence) for d in deliveries)
    return [
        RecordsToRemove(delivery, np.sort(found["row"][here]), *_ends(found["dated"][here]))
        for delivery, here in of_delivery
        if here.any()
    ]


def _ends(days: NDArray[np.datetime64]) -> tuple[date, date]:
    """Return the first and the last day."""
    first, last = (end.astype("datetime64[D]").item() for end in (days.min(), days.max()))
    return first, last


def _refuse_lost(home: Home, delivery: Delivery) -> None:
    path = records_path(home, delivery)
    if not path.exists():
        raise WeerbeeldError(
            f"The records of {delivery.file_name} are not in {path}. Restore them from a backup."
        )
