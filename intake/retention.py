"""Delete the records whose retention period has ended."""

from dataclasses import dataclass
from datetime import date

from intake.accepting import looking
from intake.clearing import Order, clear
from intake.removing import Doomed, find, per_kind
from records import KINDS, RecordKind
from store.home import Home


@dataclass(frozen=True)
class Ended:
    """What has ended of one kind: the records, and the first start that is still kept."""

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


def run(home: Home, today: date, dry_run: bool = False) -> list[Ended]:
    """Delete and log what has ended on ``today``; a dry run only says what would go.

    The last version of a record decides. Releases stay: they hold protected counts, no records.
    """

    def condition(kind: RecordKind) -> str:
        return f"\"{kind.starts}\" < DATE '{kind.retention.first_kept(today)}'"

    if not home.has_work_store:
        return []
    if dry_run:
        with looking(home) as session:
            doomed = find(session, home, condition, KINDS, replaced=False) if session else []
    else:
        order = Order("retention", f"retention period ended on {today}", condition)
        doomed = clear(home, order).doomed
    return _summary(doomed, today)


def _summary(doomed: list[Doomed], today: date) -> list[Ended]:
    return [
        Ended(KINDS[kind], rows, KINDS[kind].retention.first_kept(today))
        for kind, rows in per_kind(doomed).items()
    ]
