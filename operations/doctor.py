"""Checks each part of an installation, and says what to do where something is wrong."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from sqlalchemy.exc import SQLAlchemyError

from errors import WeerbeeldError
from operations.authority_check import check_authority
from operations.check_of_streets import check_streets
from operations.checks import (
    Check,
    check_digests,
    check_disk,
    check_freshness,
    check_left_over,
    check_rights,
    check_versions,
    check_work_store,
)
from operations.checks_of_access import check_grants, check_sealed
from store.home import Home


def examine(home: Home, today: date | None = None) -> Iterator[Check]:
    """Give the checks of ``home``, changing nothing; a check that fails to run counts as broken."""
    if not home.root.is_dir():
        yield Check("home", "broken", f"{home.root} is not there. Check WEERBEELD_HOME.")
        return
    day = today or datetime.now(UTC).date()
    yield from _guarded("versions", lambda: check_versions(home))
    yield from _guarded("rights", lambda: check_rights(home))
    yield from _guarded("disk", lambda: check_disk(home))
    store = list(_guarded("work store", lambda: check_work_store(home)))
    yield from store
    yield from _guarded("digests", lambda: check_digests(home))
    yield from _guarded("streets", lambda: check_streets(home))
    yield from _guarded("grants", lambda: check_grants(home, day))
    yield from _guarded("seals", lambda: check_sealed(home, day))
    if any(check.what == "work store" and check.state == "ok" for check in store):
        yield from _guarded("freshness", lambda: check_freshness(home, day))
        yield from _guarded("left over", lambda: check_left_over(home, day))
        yield from _guarded("authority", lambda: check_authority(home))


def _guarded(what: str, checks: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    try:
        yield from checks()
    except (WeerbeeldError, SQLAlchemyError, OSError) as error:
        yield Check(what, "broken", f"cannot be looked at: {error}")
