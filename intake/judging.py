"""Judges a delivery without faults beside earlier ones: what to say of it, what to confirm."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from errors import WeerbeeldError, readable
from intake.accepting import reading_store
from intake.drafting import Draft
from intake.jumps import jumps
from intake.told_before import told_before
from records import RecordKind
from store.home import Home
from store.work import Delivery, records_path

Files = list[tuple[int, Path]]
"""The sequence and file of deliveries."""


@dataclass(frozen=True)
class Judgement:
    """``remarks`` are only said; ``doubts`` are reasons to keep a delivery out until confirmed."""

    remarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class UnconfirmedError(WeerbeeldError):
    """A delivery that is well-formed and hard to believe; nothing of it was stored."""

    def __init__(self, name: str, partner: str, doubts: Sequence[str]) -> None:
        listed = "\n".join(f"  {doubt}" for doubt in doubts)
        super().__init__(
            readable(
                f"{name} is not taken in yet; nothing was stored. It is well-formed, but hard to "
                f"believe:\n{listed}\nLook into it with {partner}. When it is right all the same, "
                "take it in with --confirm."
            )
        )


def judge(home: Home, partner: str, kind: RecordKind, draft: Draft, dry_run: bool) -> Judgement:
    """Return what is to be said of a delivery, and what to be confirmed, before it is accepted."""
    own, others = _deliveries(home, partner, kind.name)
    doubts = jumps(kind, draft, own, home)
    remarks: list[str] = []
    if kind.located and others:
        found = told_before(kind, draft, others, home)
        remarks, doubts = found.remarks(dry_run), [*doubts, *found.copies()]
    return Judgement(tuple(remarks), tuple(doubts))


def _deliveries(home: Home, partner: str, kind: str) -> tuple[Files, dict[str, Files]]:
    """Return the files of a kind by the partner itself and by others."""
    if not home.has_work_store:
        return [], {}
    with reading_store(home) as session:
        by_partner = _by_partner(session, home, kind) if session else {}
        return by_partner.pop(partner, []), by_partner


def _by_partner(session: Session, home: Home, kind: str) -> dict[str, Files]:
    found: defaultdict[str, Files] = defaultdict(list)
    for delivery in session.scalars(select(Delivery).where(Delivery.kind == kind)):
        path = records_path(home, delivery)
        if path.exists():
            found[delivery.partner].append((delivery.sequence, path))
    return dict(found)
