"""Carries out a removal of records: finds, logs and removes them, with all that rests on them."""

import shutil
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass, field

from intake.accepting import changing_store, remove_orphans
from intake.removing import Condition, RecordsToRemove, find, per_kind, remove
from records import KINDS
from store.console import log_change, processed
from store.home import Home
from store.publication import publication_lock
from store.releases import sweep


@dataclass(frozen=True)
class RemovalOrder:
    """Which records must be removed and why; ``activity`` and ``subject`` go to the processing log.

    With ``replaced``, versions that a later delivery corrected are removed as well. Releases stay:
    they hold protected counts, and two of them side by side show no record (decision 0029).
    """

    activity: str
    why: str
    condition: Condition
    kinds: Collection[str] = field(default_factory=lambda: KINDS)
    subject: str | None = None
    replaced: bool = False


def clear(home: Home, order: RemovalOrder) -> list[RecordsToRemove]:
    """Remove what ``order`` says and return it; nothing is removed when it is interrupted.

    Raises WeerbeeldError when a build is busy, when records were lost, and when the removal
    cannot be logged.
    """
    with (
        publication_lock(home),
        processed(home, order.activity, "delete", order.subject),
        ExitStack() as logged,
    ):
        sweep(home)
        shutil.rmtree(home.work / "spill", ignore_errors=True)
        with changing_store(home) as session:
            remove_orphans(session, home)
            to_remove = find(session, home, order.condition, order.kinds, order.replaced)
            if not to_remove:
                return []
            for kind, rows in per_kind(to_remove).items():
                what = f"{rows} {kind} records"
                said = f"delete {what}: {order.why}"
                logged.enter_context(processed(home, order.activity, said, order.subject))
                log_change(home, f"{order.activity} delete", what)
            left_behind = remove(session, home, to_remove, order.why)
        for path in left_behind:
            path.unlink(missing_ok=True)
        shutil.rmtree(home.counts, ignore_errors=True)
        sweep(home)
        return to_remove
