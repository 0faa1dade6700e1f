"""Take in one delivery: read, recognise, check all of it, and only then keep it."""

from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from errors import printable
from intake.accepting import accept, keys_to_use, look_up
from intake.authority import Authority, authority_of
from intake.drafting import Draft
from intake.examining import Examined, examine
from intake.faults import DeliveryRefused, masked
from intake.judging import Judgement, UnconfirmedError, judge
from intake.progress import Progress, silent
from intake.reading import DeliveredFile, delivered
from intake.receipt import Receipt
from intake.rejecting import rejected_path, write_rejected
from records import RecordKind, kind_named
from records.free_text import personal_in
from store.console import log_change, processed, refusals_logged
from store.home import Home
from store.work import Delivery

LONGEST_NAME = 255


@dataclass(frozen=True)
class _Offer:
    """A file handed in as a delivery: its kind, its partner, and how it is to be judged."""

    kind: RecordKind
    partner: str
    file: DeliveredFile
    today: date
    accept_valid: bool
    confirm: bool
    authority: Authority

    @property
    def id(self) -> str:
        """The delivery's id, made from its kind, its partner and its bytes."""
        text = f"{self.kind.name}\n{self.partner}\n{self.file.sha256}"
        return sha256(text.encode()).hexdigest()[:16]

    @property
    def name(self) -> str:
        """The name of the file, fit to be shown: masked when it holds data of persons."""
        name, suffix = printable(self.file.path.stem), printable(self.file.path.suffix)
        shown = f"{masked(name) if personal_in(name) else name}{suffix}"
        return shown[:LONGEST_NAME]

    @property
    def log_name(self) -> str:
        """Its name in the audit log, without the file name: that could hold an identifier."""
        return f"{self.kind.name} from {self.partner}, delivery {self.id}"


def receive(  # noqa: PLR0913
    kind: str,
    file: Path,
    partner: str,
    home: Home,
    dry_run: bool = False,
    progress: Progress | None = None,
    today: date | None = None,
    *,
    accept_valid: bool = False,
    confirm: bool = False,
    set_aside: Collection[str] = (),
) -> Receipt:
    """Take in ``file`` with records of ``kind`` from ``partner``, whole or not at all.

    A dry run does everything except writing, to the logs as well. The same delivery a second time
    changes nothing. With ``accept_valid`` the sound rows are taken in; those at fault are written
    to a file beside ``file``, with what is wrong with them. ``set_aside`` names the partners of
    which so much happens to rows outside their authority too. What is well-formed but hard to
    believe is only taken in with ``confirm``.

    Raises DeliveryRefused with every fault found, UnconfirmedError, and another WeerbeeldError when
    kind, partner or file do not exist, or the store or a log cannot be written.
    """
    record_kind = kind_named(kind)
    authority = authority_of(partner, record_kind, home.boundaries, set_aside)
    day = today or datetime.now().astimezone().date()
    read = delivered(file)
    offer = _Offer(record_kind, partner, read, day, accept_valid, confirm, authority)
    with ExitStack() as logged:
        if not dry_run:
            logged.enter_context(processed(home, "intake", f"receive {kind}"))
            logged.enter_context(refusals_logged(home, "intake", offer.log_name))
        return _receive(offer, home, dry_run, progress or silent)


def _receive(offer: _Offer, home: Home, dry_run: bool, progress: Progress) -> Receipt:
    if known := look_up(home, offer.id, tidy=not dry_run):
        return _receipt(known, already_known=True, dry_run=dry_run)
    while True:
        keys, organisation = keys_to_use(home), offer.partner.partition(":")[0]
        with Draft(offer.kind, organisation, keys, home) as draft:
            examined = _examine(offer, draft, progress)
            receipt = _judged(offer, examined, draft, home, dry_run, progress)
        if receipt:
            return receipt


def _examine(offer: _Offer, draft: Draft, progress: Progress) -> Examined:
    try:
        with offer.file.unchanged() as file:
            examined = examine(
                file,
                offer.kind,
                offer.today,
                progress,
                offer.accept_valid,
                offer.authority,
                draft,
            )
    except DeliveryRefused as refusal:
        raise DeliveryRefused(refusal.faults, offer.name, refusal.row_word) from None
    draft.finish()
    return examined


def _judged(
    offer: _Offer, examined: Examined, draft: Draft, home: Home, dry_run: bool, progress: Progress
) -> Receipt | None:
    """Take in a delivery without faults; None when the keys changed meanwhile, for once more."""

    def row(sequence: int, key_check: str) -> Delivery:
        return Delivery(
            id=offer.id,
            sequence=sequence,
            kind=offer.kind.name,
            partner=offer.partner,
            file_name=offer.name,
            sha256=offer.file.sha256,
            received_at=datetime.now(UTC),
            rows=examined.sound.rows,
            first_date=examined.sound.first_date,
            last_date=examined.sound.last_date,
            encoding=examined.table.encoding,
            separator=examined.table.separator,
            crs=examined.crs,
            invented=examined.sound.invented,
            key_check=key_check,
            rejected=examined.rejected_rows,
        )

    judgement = judge(home, offer.partner, offer.kind, draft, dry_run)
    beside = rejected_path(offer.file.path) if examined.rejected else None
    if dry_run:
        return _receipt(row(0, ""), examined, judgement, beside, dry_run=True)
    if judgement.doubts and not offer.confirm:
        raise UnconfirmedError(offer.name, offer.partner, judgement.doubts)
    if examined.rejected:
        write_rejected(examined.rejected, offer.file.path)
    progress("writing", 0, 1)
    confirmed = f", confirmed in spite of {len(judgement.doubts)}" if judgement.doubts else ""
    log = partial(log_change, home, "intake", f"{offer.log_name}{confirmed}")
    accepted = accept(home, offer.id, row, draft, log)
    if accepted is None:
        return None
    return _receipt(accepted.delivery, examined, judgement, beside, already_known=accepted.already)


def _receipt(
    delivery: Delivery,
    examined: Examined | None = None,
    judgement: Judgement | None = None,
    beside: Path | None = None,
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
        mark=examined.writing.mark if examined else None,
        date_forms=examined.date_forms if examined else (),
        not_read=examined.table.header.not_read if examined else (),
        remarks=(
            *(examined.remarks() if examined else ()),
            *(judgement.remarks if judgement else ()),
        ),
        doubts=judgement.doubts if judgement else (),
        already_known=already_known,
        dry_run=dry_run,
        rejected=delivery.rejected,
        rejected_file=printable(beside.name) if beside else "",
    )
