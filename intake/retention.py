"""Delete the records whose retention period has ended."""

from dataclasses import dataclass
from datetime import date

from intake.accepting import reading_store
from intake.clearing import RemovalOrder, clear
from intake.removing import RecordsToRemove, find, per_kind
from records import KINDS, RecordKind
from store.home import Home


@dataclass(frozen=True)
class EndedRecords:
    """Records of one kind whose retention period has ended; starts before ``first_kept`` have."""

    kind: RecordKind
    rows: int
    first_kept: date

    def __str__(self) -> str:
        """Return the kind, its class and what has ended of it."""
        kept = self.kind.retention
        return (
            f"{self.kind.name}: {self.rows:,} records ({kept.name}, {kept.months} months; "
            f"{self.kind.starts} before {self.first_kept})"
        )


def run(home: Home, today: date, dry_run: bool = False) -> list[EndedRecords]:
    """Delete and log what has ended on ``today``; a dry run only says what would go.

    The last version of a record decides. Releases stay: they hold protected counts, no records.
    """

    def condition(kind: RecordKind) -> str:
        return f"\"{kind.starts}\" < DATE '{kind.retention.first_kept(today)}'"

    if not home.has_work_store:
        return []
    if dry_run:
        with reading_store(home) as session:
            to_remove = find(session, home, condition, KINDS, replaced=False) if session else []
    else:
        order = RemovalOrder("retention", f"retention period ended on {today}", condition)
        to_remove = clear(home, order)
    return _summary(to_remove, today)


def _summary(to_remove: list[RecordsToRemove], today: date) -> list[EndedRecords]:
    return [
        EndedRecords(KINDS[kind], rows, KINDS[kind].retention.first_kept(today))
        for kind, rows in per_kind(to_remove).items()
    ]
