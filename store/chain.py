"""The hash chain of a log: each line carries a digest of itself and all lines before it.

Changing, removing or inserting a line breaks the chain from there on. A cut-off tail shows only
against a head (number and digest of the last line) that was noted elsewhere.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from store.access import Line

BEGINNING = "0" * 64
BATCH = 5_000


@dataclass(frozen=True)
class Broken:
    """The first line of a log that does not fit: ``time`` and ``action`` as far as readable."""

    sequence: int
    time: str
    action: str
    why: str

    def __str__(self) -> str:
        """Return the line and what is wrong with it, in words."""
        return f"line {self.sequence} ({self.time or '?'}, {self.action or '?'}): {self.why}"


@dataclass(frozen=True)
class Chain:
    """A log as verified: lines up to the first broken one, and the digest of the last of them."""

    count: int
    head: str
    broken: Broken | None = None


def digest_of(previous: str, line: Line) -> str:
    """Return the sha256 of the digest before a line and the line as canonical JSON."""
    names = [column.key for column in line.__table__.columns if column.key != "digest"]
    fields = {name: getattr(line, name) for name in names} | {"log": line.__tablename__}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), default=repr)
    return sha256(f"{previous}{text}".encode()).hexdigest()


def head_of(session: Session, log: type[Line]) -> tuple[int, str]:
    """Return number and digest of a log's last line; (0, BEGINNING) when it is empty."""
    query = select(log.sequence, log.digest).order_by(log.sequence.desc()).limit(1)
    last = session.execute(query).first()
    return (last.sequence, last.digest) if last else (0, BEGINNING)


def append(session: Session, line: Line) -> None:
    """Add ``line`` at the end of its log, within a transaction that holds the write lock."""
    number, head = head_of(session, type(line))
    line.sequence = number + 1
    line.digest = digest_of(head, line)
    session.add(line)
    session.flush()


def _lines(session: Session, log: type[Line]) -> Iterator[Line | int]:
    """Give the lines in order; for one that cannot be read, the number that it should have."""
    after, size = 0, BATCH
    while True:
        query = select(log).where(log.sequence > after).order_by(log.sequence).limit(size)
        try:
            found = list(session.scalars(query))
        except (SQLAlchemyError, ValueError):
            session.rollback()
            if size == 1:
                yield after + 1
                return
            size = 1
            continue
        yield from found
        if not found:
            return
        after = found[-1].sequence
        session.expunge_all()


def _fault(line: Line, expected: int, previous: str, noted: tuple[int, str] | None) -> str:
    """Return what is wrong with a line that should be number ``expected``, empty when nothing."""
    if line.sequence != expected:
        return f"lines {expected} to {line.sequence - 1} before it are gone"
    if line.digest != digest_of(previous, line):
        return "it was changed, or the line before it was replaced"
    if noted and line.sequence == noted[0] and line.digest != noted[1]:
        return "it is not the line that was noted: the log was written anew"
    return ""


def verify(engine: Engine, log: type[Line], noted: tuple[int, str] | None = None) -> Chain:
    """Recompute a log's chain; ``noted`` is a head (number, digest) that it must still contain."""
    count, head = 0, BEGINNING
    with Session(engine) as session:
        for line in _lines(session, log):
            if isinstance(line, int):
                return Chain(count, head, Broken(line, "", "", "it cannot be read"))
            why = _fault(line, count + 1, head, noted)
            if why:
                time, action = line.about
                return Chain(count, head, Broken(line.sequence, str(time), str(action), why))
            count, head = line.sequence, line.digest
    if noted and noted[0] > count:
        why = f"the log ends at line {count}, so its tail was cut off"
        return Chain(count, head, Broken(noted[0], "", "", why))
    return Chain(count, head)
