"""A new key for the pseudonyms of a home, in place: each pseudonym gets a pseudonym of its own.

Identifiers are nowhere, so the earlier keys stay in the ring, and new deliveries go through all.
Who knows the earlier keys alone can no longer tell whether somebody is in the records.
"""

import shutil
from pathlib import Path

import pyarrow as pa
from sqlalchemy import select
from sqlalchemy.orm import Session

from errors import WeerbeeldError
from intake.accepting import changing_store, known_keys, remove_orphans, used_mark
from intake.parquet_out import rewrite
from intake.pseudonyms import VARIABLE, pseudonym_key_file, pseudonyms
from records import kind_named
from store.console import processed
from store.home import Home
from store.key_file import Ring, ring_mark
from store.work import Delivery, records_path


def rotate_pseudonym_key(home: Home) -> str:
    """Give every record a pseudonym by a new key, and return the mark of the keys.

    A kill leaves all as it was, or all done. Raises WeerbeeldError when nothing was taken in yet,
    the keys so far are not there, or the environment holds no new one behind them.
    """
    with processed(home, "operations", "rotate the key of the pseudonyms"):
        with changing_store(home) as session:
            remove_orphans(session, home)
            before, new = _keys(session, home)
            mark = ring_mark((*before, new))
            left_behind = [
                _renew(home, delivery, new, mark)
                for delivery in session.scalars(select(Delivery).order_by(Delivery.sequence))
            ]
        pseudonym_key_file(home).settle(mark)
        for path in left_behind:
            path.unlink(missing_ok=True)
        shutil.rmtree(home.counts, ignore_errors=True)
    return mark


def _keys(session: Session, home: Home) -> tuple[Ring, bytes]:
    """Return the keys so far, and the new one."""
    file, used = pseudonym_key_file(home), used_mark(session)
    if used is None:
        raise WeerbeeldError(
            f"Nothing was taken in to {home.root} yet, so there is no key to rotate."
        )
    if not file.in_environment:
        before = known_keys(session, home) or ()
        return before, file.propose(before)
    ring = file.ring() or ()
    if ring_mark(ring[:-1]) != used:
        raise WeerbeeldError(
            f"{VARIABLE} holds the keys. Set it to the keys so far and the new one behind them, "
            "with a comma between, and rotate again."
        )
    return ring[:-1], ring[-1]


def _renew(home: Home, delivery: Delivery, key: bytes, mark: str) -> Path:
    """Write the records of a delivery with new pseudonyms, and return the file of before."""
    old = records_path(home, delivery)
    names = kind_named(delivery.kind).pseudonymised

    def renewed(part: pa.Table, _: int) -> pa.Table:
        for name in names:
            place = part.schema.get_field_index(name)
            fresh = pseudonyms(part[name].combine_chunks(), (key,))
            part = part.set_column(place, name, fresh)
        return part

    delivery.revision += 1
    delivery.key_check = mark
    said = f"No key was changed: the records of {delivery.file_name}"
    rewrite(old, records_path(home, delivery), renewed, said)
    return old
