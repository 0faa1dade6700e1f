"""The list that an organisation goes through each year: every grant, and whether it is used."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from access.grants import today_utc, written
from store.access import AuditLine
from store.grant_changes import grants_in_force
from store.grants import Grant, GrantBook

HEADS = ("grant", "person", "role", "organisation", "purpose", "until", "given by", "given on")
MORE = ("confirmed by", "alone", "last sign-in")


def review_rows(book: GrantBook) -> Iterator[tuple[str, ...]]:
    """Give the heads, and then a row for each grant in force; what ends soonest on top."""
    held = sorted(grants_in_force(book, today_utc()), key=lambda grant: grant.until)
    seen = _last_seen(book)
    yield (*HEADS, *MORE)
    for grant in held:
        yield tuple(map(str, _cells(grant, seen.get(grant.person, "never"))))


def _cells(grant: Grant, seen: str) -> tuple[object, ...]:
    given = (grant.given_by, grant.given_at.date(), grant.confirmed_by or "", grant.alone, seen)
    about = (grant.organisation, grant.purpose, grant.until)
    return (grant.id, grant.person, written(grant), *about, *given)


def _last_seen(book: GrantBook) -> dict[str, str]:
    """Return the day of the last sign-in of each person, as the log knows it."""
    query = select(AuditLine.actor, func.max(AuditLine.at)).where(AuditLine.action == "sign in")
    query = query.where(AuditLine.result == "ok").group_by(AuditLine.actor)
    with Session(book.log) as session:
        return {actor: at[:10] for actor, at in session.execute(query)}
