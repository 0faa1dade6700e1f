"""Takes the grants of version 0.1 over from the access store into a store of their own, once.

The web process could write there, so only a grant that a line of the audit log gives is taken
over. One without a last day ends a year from now.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from store.access import AuditLine, FormerGrant
from store.console import ORIGIN, os_account
from store.engine import writing
from store.grant_changes import Change, changing, made_line
from store.grant_lines import giving
from store.grants import Carried, Grant, GrantBook, GrantsFolder, open_grants_for_writing
from store.logs import safe_text

DAYS = 365
ORGANISATION = "not recorded (version 0.1)"
PURPOSE = "not recorded: given by version 0.1; grant it anew with its purpose"


def open_grants(home: GrantsFolder) -> GrantBook:
    """Return the grants to change them, with those of version 0.1 taken over."""
    book = open_grants_for_writing(home)
    with Session(book.kept) as session:
        done = session.get(Carried, 1) is not None
    if not done:
        _carry(book)
    return book


def _carry(book: GrantBook) -> None:
    now = datetime.now(UTC)
    in_force = select(FormerGrant).where(
        FormerGrant.revoked_at.is_(None),
        or_(FormerGrant.until.is_(None), FormerGrant.until >= now.date()),
    )
    with changing(book, made_line(os_account(), ORIGIN)) as change:
        if change.session.get(Carried, 1) is not None:
            return
        with Session(book.log) as log:
            for former in log.scalars(in_force.order_by(FormerGrant.id)):
                _take_over(change, former, log, now)
        change.session.add(Carried(id=1, at=now))
    with writing(book.log) as log:
        log.execute(delete(FormerGrant))


def _take_over(change: Change, former: FormerGrant, log: Session, now: datetime) -> None:
    role = f"{former.role}:{former.area}" if former.area else former.role
    last = f" until {former.until}" if former.until else ""
    line = select(AuditLine.sequence).where(
        AuditLine.action == "grant add",
        AuditLine.result == "ok",
        AuditLine.actor == safe_text(former.given_by),
        AuditLine.object == safe_text(f"{former.person} {role}{last}"),
    )
    if log.scalars(line).first() is None:
        what = f"{former.person} {role}: no line of the log gives it"
        change.write("grant carry", what, "refused")
        return
    grant = Grant(
        person=former.person,
        role=former.role,
        area=former.area,
        organisation=ORGANISATION,
        purpose=PURPOSE,
        given_by=former.given_by,
        given_at=former.given_at,
        until=former.until or now.date() + timedelta(days=DAYS),
        alone="carried",
    )
    change.session.add(grant)
    change.session.flush()
    words = f"{former.person} {role} until {grant.until}, of version 0.1"
    grant.line = change.write("grant carry", giving(grant, words))
