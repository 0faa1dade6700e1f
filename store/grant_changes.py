"""Reads and changes the grants; a change counts once its line stands in the audit log.

Log and grants are two stores, so the line is written first, within the change: a kill between the
two leaves a line without its change, which ``grant_lines.differences`` names.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from errors import WeerbeeldError
from store.access import AuditLine
from store.chain import append
from store.engine import appending, understandable, writing
from store.grant_lines import gives
from store.grants import Grant, GrantBook, Pilot, Review, SessionEnd, cannot_be_read
from store.logs import LogFailedError, Result, audit_line

Say = Callable[[str, str, Result], AuditLine]
"""Makes a line from action, object and result, with who changes the grants and from where."""


@contextmanager
def _reading(book: GrantBook) -> Iterator[Session | None]:
    if book.grants is None:
        yield None
        return
    try:
        with Session(book.grants, expire_on_commit=False) as session:
            yield session
    except DBAPIError as error:
        raise cannot_be_read(error) from None


def grants_in_force(book: GrantBook, today: date, person: str | None = None) -> list[Grant]:
    """Return the grants that hold on ``today``, of one person or of all, by person and role."""
    return told_apart(book, today, person)[0]


def told_apart(
    book: GrantBook, today: date, person: str | None = None
) -> tuple[list[Grant], list[Grant]]:
    """Return the grants that hold on ``today``, and those that only seem to.

    A grant that no line of the audit log gives does not hold, whoever wrote it.
    """
    holding: list[Grant] = []
    seeming: list[Grant] = []
    with understandable(book.log), Session(book.log) as log:
        for grant in _open(book, today, person):
            if not grant.waits:
                given = gives(log.get(AuditLine, grant.line), grant)
                (holding if given else seeming).append(grant)
    return holding, seeming


def grants_waiting(book: GrantBook, today: date) -> list[Grant]:
    """Return the grants that a second person has yet to confirm."""
    return [grant for grant in _open(book, today, None) if grant.waits]


def _open(book: GrantBook, today: date, person: str | None) -> list[Grant]:
    query = select(Grant).where(Grant.revoked_at.is_(None), Grant.until >= today)
    if person is not None:
        query = query.where(Grant.person == person)
    with _reading(book) as session:
        order = (Grant.person, Grant.role, Grant.area)
        return list(session.scalars(query.order_by(*order))) if session else []


def pilot_at(book: GrantBook, today: date) -> Pilot | None:
    """Return the pilot of one person that runs on ``today``."""
    query = select(Pilot).where(Pilot.ended_at.is_(None), Pilot.until >= today)
    with _reading(book) as session:
        return session.scalars(query.order_by(Pilot.id.desc())).first() if session else None


def last_review(book: GrantBook) -> Review | None:
    """Return the last time that all grants were gone through."""
    with _reading(book) as session:
        return (
            session.scalars(select(Review).order_by(Review.at.desc())).first() if session else None
        )


def sessions_end(book: GrantBook, person: str) -> datetime | None:
    """Return the moment before which no sign-in of ``person`` holds any more."""
    query = select(func.max(SessionEnd.at)).where(SessionEnd.person.in_((person, "")))
    with _reading(book) as session:
        return session.scalar(query) if session else None


@contextmanager
def changing(book: GrantBook, say: Say) -> Iterator["Change"]:
    """Give a change of the grants, alone; it takes effect at the end, or not at all.

    When the end fails after the line was written, a second line says that it failed.
    """
    change = Change(book.log, say)
    try:
        with writing(book.kept) as session:
            change.session = session
            yield change
    except LogFailedError:
        raise
    except Exception:
        for action, what in change.said:
            change.write(action, what, "failed")
        raise


class Change:
    """One change of the grants: what it does to ``session``, and what it said in the log."""

    session: Session

    def __init__(self, log: Engine, say: Say) -> None:
        self._log, self._say = log, say
        self.said: list[tuple[str, str]] = []

    def write(self, action: str, what: str, result: Result = "ok") -> int:
        """Write a line and return its number; LogFailedError when that fails."""
        line = self._say(action, what, result)
        try:
            with appending(self._log) as log:
                number = append(log, line)
        except WeerbeeldError as error:
            raise LogFailedError(
                f"The log could not be written, so nothing was done. {error}"
            ) from None
        if result == "ok":
            self.said.append((action, what))
        return number


def revoke(change: Change, numbers: list[int], by: str) -> None:
    """Mark grants as revoked now, by id."""
    for grant in change.session.scalars(select(Grant).where(Grant.id.in_(numbers))):
        grant.revoked_at, grant.revoked_by = datetime.now(UTC), by


def made_line(actor: str, origin: str) -> Say:
    """Return what makes the lines of one person."""

    def say(action: str, what: str, result: Result) -> AuditLine:
        return audit_line(action=action, object=what, result=result, origin=origin, actor=actor)

    return say
