"""Brings a home of an earlier version up to date, store by store, and says what became of each."""

from collections.abc import Iterator
from datetime import UTC, datetime

from operations.seals import seal
from store.carrying import open_grants
from store.console import log_change
from store.database import prepare
from store.engine import open_for_writing, revision_of, understandable, work_engine
from store.grant_changes import told_apart
from store.grants import GrantBook
from store.home import Home
from store.publication import publication_lock, seal_lock
from store.releases import current_name, mirror, published


def upgrade(home: Home) -> Iterator[str]:
    """Bring every store of ``home`` up to date; give a line for each. Harmless to repeat.

    Each store moves in a transaction of its own and grants are carried over once, so that an
    upgrade that was interrupted goes on where it was. Nothing of a release changes.
    """
    with publication_lock(home):
        before = _revision(home)
        if home.database:
            prepare(home.database)
            yield "database: schemas, tables and rights are those of this version"
        yield _work_store(home, before)
        book = open_grants(home)
        try:
            yield _grants(book)
        finally:
            book.dispose()
        log_change(home, "upgrade", "every store")
        mirror(home)
        yield from _releases(home)
    with seal_lock(home):
        yield f"logs: sealed, seal {seal(home).number}"


def _work_store(home: Home, before: str) -> str:
    if not home.has_work_store:
        return "work store: there is none yet"
    open_for_writing(home).dispose()
    after = _revision(home)
    moved = f"moved from migration {before} to {after}" if before != after else "was up to date"
    return f"work store: {moved}"


def _revision(home: Home) -> str:
    """Return the migration of the work store, 'nothing' where there is none."""
    if not home.has_work_store:
        return "nothing"
    engine = work_engine(home)
    try:
        with understandable(engine), engine.connect() as connection:
            return revision_of(connection) or "nothing"
    finally:
        engine.dispose()


def _grants(book: GrantBook) -> str:
    held, seeming = told_apart(book, datetime.now(UTC).date())
    words = f"grants: {len(held)} in force"
    carried = sum(grant.alone == "carried" for grant in held)
    if carried:
        words += (
            f", {carried} of an earlier version without organisation and purpose: give those anew"
        )
    return f"{words}; {len(seeming)} given by nobody" if seeming else words


def _releases(home: Home) -> Iterator[str]:
    current = current_name(home)
    for release in published(home):
        if not release.of_this_form:
            needed = " It is current: run 'weerbeeld build'." if release.name == current else ""
            yield f"release {release.name}: only the version that built it reads it.{needed}"
        else:
            yield f"release {release.name}: readable as before"
