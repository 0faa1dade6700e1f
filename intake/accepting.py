"""Accepts a checked delivery: writes the file with its records first, then the row that counts.

It all happens under the write lock of the work store, which ends with the process: a kill at any
moment leaves at most a file without a row, which the next intake removes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from errors import WeerbeeldError
from intake.drafting import Draft
from intake.parquet_out import DRAFT_SUFFIX, writable, write_whole
from intake.pseudonyms import (
    VARIABLE,
    existing_keys,
    make_key,
    pseudonym_key_file,
    throwaway_key,
)
from store.engine import migrate, open_for_writing, understandable, work_engine, writing
from store.home import Home
from store.key_file import Ring, ring_mark
from store.work import Delivery, records_path

RowMaker = Callable[[int, str], Delivery]
"""Makes the row of a delivery from its sequence number and its ``key_check``."""


@dataclass(frozen=True)
class Accepted:
    """A delivery in the store, and whether it was there before."""

    delivery: Delivery
    already: bool


def look_up(home: Home, delivery_id: str, tidy: bool) -> Delivery | None:
    """Return the delivery if it was accepted before; ``tidy`` removes what a kill left behind."""
    if not home.has_work_store:
        return None
    with changing_store(home) if tidy else reading_store(home) as session:
        if session is None:
            return None
        if tidy:
            remove_orphans(session, home)
        return _find(session, home, delivery_id)


def accept(
    home: Home, delivery_id: str, row: RowMaker, draft: Draft, log: Callable[[], object]
) -> Accepted | None:
    """Store a delivery, unless it is there already; None when the keys are no longer the draft's.

    ``log`` is called before anything is written. Raises WeerbeeldError when the key is not that of
    earlier deliveries, or nothing can be written.
    """
    with changing_store(home) as session:
        remove_orphans(session, home)
        if earlier := _find(session, home, delivery_id):
            return Accepted(earlier, already=True)
        keys = known_keys(session, home) or make_key(home, *draft.keys)
        if keys != draft.keys:
            return None
        last = session.scalar(select(func.max(Delivery.sequence))) or 0
        delivery = session.get(Delivery, delivery_id) or row(last + 1, ring_mark(keys))
        if delivery.revision:
            raise WeerbeeldError(
                f"The records of {delivery.file_name} are not in {records_path(home, delivery)}. "
                "Some of them were removed after it was taken in, so taking it in anew would bring "
                "those back: restore the file from a backup instead."
            )
        log()
        write_whole(draft.copy_to, records_path(home, delivery))
        session.add(delivery)
    return Accepted(delivery, already=False)


def keys_to_use(home: Home) -> Ring:
    """Return the keys of the pseudonyms, or, where there are none yet, one that may become it."""
    keys = None
    if home.has_work_store:
        with reading_store(home) as session:
            keys = known_keys(session, home) if session else None
    return keys or existing_keys(home) or throwaway_key()


@contextmanager
def changing_store(home: Home) -> Iterator[Session]:
    """Give a session that holds the write lock; it commits at the end, or changes nothing."""
    engine = open_for_writing(home)
    try:
        with writable(home.work), writing(engine) as session:
            yield session
    finally:
        engine.dispose()


@contextmanager
def reading_store(home: Home) -> Iterator[Session | None]:
    """Give a session that only reads, or None when the store holds no deliveries yet.

    A store of an earlier version is brought up to date first.
    """
    engine = work_engine(home)
    try:
        with understandable(engine), Session(engine, expire_on_commit=False) as session:
            known = inspect(engine).has_table(Delivery.__tablename__)
            if known:
                migrate(engine)
            yield session if known else None
    finally:
        engine.dispose()


def _find(session: Session, home: Home, delivery_id: str) -> Delivery | None:
    delivery = session.get(Delivery, delivery_id)
    return delivery if delivery and records_path(home, delivery).exists() else None


def known_keys(session: Session, home: Home) -> Ring | None:
    """Return the keys of the pseudonyms, None before the first delivery.

    WeerbeeldError when they are not those of the earlier deliveries.
    """
    used = used_mark(session)
    if used is None:
        return existing_keys(home)
    keys = pseudonym_key_file(home).settle(used)
    if keys is None:
        raise WeerbeeldError(
            "The key of the pseudonyms is not the one that earlier deliveries were taken in with, "
            f"so that their records would not link up. Restore {home.key_file}, or set "
            f"{VARIABLE} to the earlier key."
        )
    return keys


def used_mark(session: Session) -> str | None:
    """Return the mark of the keys that deliveries were taken in with, None without deliveries."""
    return session.scalar(select(Delivery.key_check).order_by(Delivery.sequence.desc()).limit(1))


def remove_orphans(session: Session, home: Home) -> None:
    """Remove files of records that no row names; the caller holds the write lock."""
    kept = {records_path(home, delivery) for delivery in session.scalars(select(Delivery))}
    for pattern in ("*/*.parquet", f"*/*{DRAFT_SUFFIX}"):
        for path in home.records.glob(pattern):
            if path not in kept:
                path.unlink(missing_ok=True)
