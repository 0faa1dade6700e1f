"""Take in one delivery: read, recognise, check all of it, and only then keep it."""

from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from intake.accepting import accept, look_up, rehearse
from intake.area_codes import known_partner
from intake.examining import Examined, examine
from intake.faults import DeliveryRefused, printable
from intake.parquet_out import stored_table
from intake.progress import Progress, silent
from intake.reading import read_bytes
from intake.receipt import Receipt
from records import kind_named
from store.home import Home
from store.work import Delivery

LONGEST_NAME = 255


def receive(
    kind: str,
    file: Path,
    partner: str,
    home: Home,
    dry_run: bool = False,
    progress: Progress | None = None,
    today: date | None = None,
) -> Receipt:
    """Take in ``file`` with records of ``kind`` from ``partner``, whole or not at all.

    A dry run does everything except writing. The same delivery a second time changes nothing.
    Raises DeliveryRefused with every fault found, and another WeerbeeldError when kind, partner
    or file do not exist or the store cannot be used.
    """
    told = progress or silent
    record_kind, organisation = kind_named(kind), known_partner(partner)
    data = read_bytes(file)
    digest = sha256(data).hexdigest()
    delivery_id = sha256(f"{kind}\n{partner}\n{digest}".encode()).hexdigest()[:16]
    if known := look_up(home, delivery_id, tidy=not dry_run):
        return _receipt(known, already_known=True, dry_run=dry_run)
    day = today or datetime.now().astimezone().date()
    name = printable(file.name)[:LONGEST_NAME]
    try:
        examined = examine(data, record_kind, day, home.boundaries, told)
    except DeliveryRefused as refusal:
        raise DeliveryRefused(refusal.faults, name, refusal.row_word) from None

    def table(key: bytes) -> pa.Table:
        told("writing", 0, 1)
        return stored_table(
            examined.parsed.frame, record_kind, examined.placed, organisation.code, key
        )

    def row(sequence: int, key_check: str) -> Delivery:
        dated = examined.parsed.frame[record_kind.dated]
        return Delivery(
            id=delivery_id,
            sequence=sequence,
            kind=kind,
            partner=partner,
            file_name=name,
            sha256=digest,
            received_at=datetime.now(UTC),
            rows=len(dated),
            first_date=dated.min().date(),
            last_date=dated.max().date(),
            encoding=examined.table.encoding,
            separator=examined.table.separator,
            crs=examined.crs,
            invented=examined.invented,
            key_check=key_check,
        )

    if dry_run:
        rehearse(home, table)
        return _receipt(row(0, ""), examined, dry_run=True)
    accepted = accept(home, delivery_id, row, table)
    return _receipt(accepted.delivery, examined, already_known=accepted.already)


def _receipt(
    delivery: Delivery,
    examined: Examined | None = None,
    already_known: bool = False,
    dry_run: bool = False,
) -> Receipt:
    return Receipt(
        delivery_id=delivery.id,
        kind=delivery.kind,
        partner=delivery.partner,
        file_name=delivery.file_name,
        rows=delivery.rows,
        first_date=delivery.first_date,
        last_date=delivery.last_date,
        encoding=delivery.encoding,
        separator=delivery.separator,
        crs=delivery.crs,
        invented=delivery.invented,
        received_at=delivery.received_at,
        mark=examined.parsed.mark if examined else None,
        date_forms=examined.parsed.date_forms if examined else (),
        not_read=examined.table.header.not_read if examined else (),
        remarks=examined.remarks() if examined else (),
        already_known=already_known,
        dry_run=dry_run,
    )
