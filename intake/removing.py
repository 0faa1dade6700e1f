"""Remove records from the deliveries that hold them: all at once, or none when it is cut short.

Each delivery gets a new file beside the old one, and one transaction makes the rows point to the
new files. A record that was delivered in several versions goes in all of them: otherwise an
earlier version would come back to life when the last one goes.
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
"""Gives the SQL condition on the records of a kind that must go, None when none of it can."""


@dataclass(frozen=True)
class Doomed:
    """Records of one delivery that must go: positions in its file, first and last date."""

    delivery: Delivery
    rows: NDArray[np.int64]
    first: date
    last: date


def find(
    session: Session, home: Home, condition: Condition, kinds: Collection[str], replaced: bool
) -> list[Doomed]:
    """Return the records whose last version meets ``condition``, in all their versions.

    ``replaced``: versions that meet it go as well when a later one that does not replaced them.
    """
    known = session.scalars(select(Delivery).order_by(Delivery.kind, Delivery.partner))
    doomed: list[Doomed] = []
    for (name, _), group in groupby(known, key=lambda delivery: (delivery.kind, delivery.partner)):
        sql = condition(kind_named(name)) if name in kinds else None
        if sql is not None:
            doomed += _doomed(list(group), home, kind_named(name), sql, replaced)
    return doomed


def remove(session: Session, home: Home, doomed: Iterable[Doomed], why: str) -> list[Path]:
    """Write the deliveries without their doomed records, to exist once ``session`` commits.

    Returns the files that no row points to from then on.
    """
    left_behind = []
    for found in doomed:
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


def per_kind(doomed: Iterable[Doomed]) -> dict[str, int]:
    """Return how many records of each kind are doomed."""
    counts: Counter[str] = Counter()
    for found in doomed:
        counts[found.delivery.kind] += len(found.rows)
    return dict(counts)


def _doomed(
    deliveries: list[Delivery], home: Home, kind: RecordKind, condition: str, replaced: bool
) -> list[Doomed]:
    """Return what is doomed of all deliveries of one kind by one partner."""
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
        Doomed(
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
