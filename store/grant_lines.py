"""The lines of the audit log without which no grant holds, and whether log and grants agree.

Each line begins with the numbers of the grants that it is about. One that gives a grant also has
the grant's mark: a digest of all that was given, so that a changed row no longer fits its line.
"""

import json
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.access import AuditLine
from store.grants import Grant, GrantBook

GIVING = ("grant add", "grant confirm", "grant carry")
REVOKE = "grant revoke"

_GIVES = re.compile(r"#(\d+) ([0-9a-f]{32}): ")
_REVOKES = re.compile(r"#(\d+(?:,\d+)*): ")


def mark_of(grant: Grant) -> str:
    """Return the digest of all that was given, 32 hexadecimal characters."""
    given = [
        *(grant.id, grant.person, grant.role, grant.area, grant.organisation, grant.purpose),
        *(grant.given_by, grant.given_at.isoformat(), grant.until.isoformat()),
        *(grant.alone, grant.confirmed_by),
    ]
    return sha256(json.dumps(given).encode()).hexdigest()[:32]


def giving(grant: Grant, words: str) -> str:
    """Return the object of the line that gives a grant."""
    return f"#{grant.id} {mark_of(grant)}: {words}"


def revoking(numbers: Iterable[int], words: str) -> str:
    """Return the object of the line that revokes grants."""
    return f"#{','.join(map(str, numbers))}: {words}"


def gives(line: AuditLine | None, grant: Grant) -> bool:
    """Return whether a line of the log gives this grant, as it stands in the store."""
    if line is None or line.action not in GIVING or line.result != "ok":
        return False
    if line.sequence != grant.line:
        return False
    found = _GIVES.match(line.object)
    return found is not None and found.groups() == (str(grant.id), mark_of(grant))


def differences(book: GrantBook) -> Iterator[str]:
    """Give in words where the grants and the audit log do not agree; nothing when they do."""
    given, revoked = _told(book)
    rows = _rows(book)
    for grant in rows:
        name = f"grant {grant.id} ({grant.person} {grant.role} {grant.area})".replace(" )", ")")
        if not grant.waits and not gives(given.get(grant.id), grant):
            yield f"{name} is not given by any line of the log as it stands, so it opens nothing"
        if grant.revoked_at is None and grant.id in revoked:
            yield f"{name} was revoked by line {revoked[grant.id]} and still holds: revoke it again"
        if grant.revoked_at is not None and grant.id not in revoked:
            yield f"{name} ended, and no line of the log revokes it"
    kept = {grant.id for grant in rows}
    for number, line in sorted(given.items()):
        if number not in kept:
            yield f"line {line.sequence} of the log gives grant {number}, which is gone"


def _told(book: GrantBook) -> tuple[dict[int, AuditLine], dict[int, int]]:
    """Return the lines that give each grant, and the number of the line that revokes it."""
    given: dict[int, AuditLine] = {}
    revoked: dict[int, int] = {}
    query = select(AuditLine).where(AuditLine.action.in_((*GIVING, REVOKE)))
    with Session(book.log) as session:
        for line in session.scalars(query.order_by(AuditLine.sequence)):
            if line.action == REVOKE and (found := _REVOKES.match(line.object)):
                numbers = [int(number) for number in found.group(1).split(",")]
                if line.result == "ok":
                    revoked |= dict.fromkeys(numbers, line.sequence)
                elif line.result == "failed":
                    for number in numbers:
                        revoked.pop(number, None)
            elif line.action != REVOKE and (found := _GIVES.match(line.object)):
                if line.result == "ok":
                    given[int(found.group(1))] = line
                elif line.result == "failed":
                    given.pop(int(found.group(1)), None)
    return given, revoked


def _rows(book: GrantBook) -> list[Grant]:
    if book.grants is None:
        return []
    with Session(book.grants) as session:
        return list(session.scalars(select(Grant).order_by(Grant.id)))
