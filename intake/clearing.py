"""Carry out a removal of records: found, logged, removed, and gone from all that rests on them."""

import shutil
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass, field

from intake.accepting import changing, remove_orphans
from intake.removing import Condition, Doomed, find, per_kind, remove
from records import KINDS
from store.console import log_change, processed
from store.home import Home
from store.publication import publication_lock
from store.releases import note_withdrawn, resting_on, step_back, sweep


@dataclass(frozen=True)
class Order:
    """Which records must go and why; ``activity`` and ``subject`` are for the processing log.

    ``replaced``: also versions that a later delivery corrected. ``withdraws``: releases that rest
    on the records go as well.
    """

    activity: str
    why: str
    condition: Condition
    kinds: Collection[str] = field(default_factory=lambda: KINDS)
    subject: str | None = None
    replaced: bool = False
    withdraws: bool = False


@dataclass(frozen=True)
class Cleared:
    """What was removed, and the releases that were withdrawn with it."""

    doomed: list[Doomed]
    withdrawn: tuple[str, ...] = ()


def clear(home: Home, order: Order) -> Cleared:
    """Remove what ``order`` says, or nothing at all when it is cut short.

    Raises WeerbeeldError when a build is busy, when records were lost, and when the removal
    cannot be logged: then nothing is removed.
    """
    with (
        publication_lock(home),
        processed(home, order.activity, "delete", order.subject),
        ExitStack() as logged,
    ):
        sweep(home)
        shutil.rmtree(home.work / "spill", ignore_errors=True)
        with changing(home) as session:
            remove_orphans(session, home)
            doomed = find(session, home, order.condition, order.kinds, order.replaced)
            if not doomed:
                return Cleared([])
            for kind, rows in per_kind(doomed).items():
                what = f"{rows} {kind} records"
                said = f"delete {what}: {order.why}"
                logged.enter_context(processed(home, order.activity, said, order.subject))
                log_change(home, f"{order.activity} delete", what)
            left_behind = remove(session, home, doomed, order.why)
            changed = {d.delivery.sequence: d.delivery.revision for d in doomed}
            releases = resting_on(home, changed) if order.withdraws else set()
            step_back(home, releases)
            note_withdrawn(session, releases, order.why)
        for path in left_behind:
            path.unlink(missing_ok=True)
        shutil.rmtree(home.counts, ignore_errors=True)
        sweep(home)
        return Cleared(doomed, tuple(sorted(releases)))
