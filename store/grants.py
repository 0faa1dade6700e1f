"""Reads and changes the grants; a change and its line in the audit log commit together."""

from datetime import UTC, date, datetime

from sqlalchemy import Engine, or_, select, update
from sqlalchemy.orm import Session

from store.access import AuditLine, Grant
from store.chain import append
from store.engine import understandable, writing


def grants_in_force(engine: Engine, today: date, person: str | None = None) -> list[Grant]:
    """Return the grants that hold on ``today``, of one person or of all, by person and role."""
    query = select(Grant).where(Grant.revoked_at.is_(None))
    query = query.where(or_(Grant.until.is_(None), Grant.until >= today))
    if person is not None:
        query = query.where(Grant.person == person)
    query = query.order_by(Grant.person, Grant.role, Grant.area)
    with understandable(engine), Session(engine, expire_on_commit=False) as session:
        return list(session.scalars(query))


def keep_grant(engine: Engine, grant: Grant, line: AuditLine) -> None:
    """Add a grant, with ``line`` in the audit log."""
    with writing(engine) as session:
        append(session, line)
        session.add(grant)


def end_grants(engine: Engine, numbers: list[int], by: str, line: AuditLine) -> None:
    """Revoke grants by id, with ``line`` in the audit log."""
    with writing(engine) as session:
        append(session, line)
        session.execute(
            update(Grant)
            .where(Grant.id.in_(numbers), Grant.revoked_at.is_(None))
            .values(revoked_at=datetime.now(UTC), revoked_by=by)
        )
