"""The hash chain of a log: each line carries a digest of itself and all lines before it.

Changing, removing or inserting a line breaks the chain from there on. That lines were cut
off at the end shows only beside a head (number and digest of the last line) noted elsewhere.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import Connection, Engine, Select, Table, insert, select
from sqlalchemy.exc import SQLAlchemyError

from store.access import Line

BEGINNING = "0" * 64
BATCH = 5_000

OF_THE_CHAIN = ("sequence", "digest")
"""What ``append`` adds to a line."""

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=repr).encode

Fields = dict[str, Any]
"""A line by column."""

Head = tuple[int, str]
"""Number and digest of the last line of a log."""


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
    """A verified log: how many lines are sound, from the first on, and the digest of the last."""

    count: int
    head: str
    broken: Broken | None = None


def digest_of(previous: str, log: type[Line], fields: Fields) -> str:
    """Return the sha256 of the digest before a line and the line as canonical JSON."""
    content = {name: value for name, value in fields.items() if name != "digest"}
    text = _canonical(content | {"log": log.__tablename__})
    return sha256(f"{previous}{text}".encode()).hexdigest()


def head_of(connection: Connection, log: type[Line]) -> Head:
    """Return number and digest of a log's last line; (0, BEGINNING) when it is empty."""
    last = connection.execute(_last(log)).first()
    return (last[0], last[1]) if last else (0, BEGINNING)


def append(connection: Connection, line: Line) -> int:
    """Add ``line`` at the end of its log and return its number.

    The connection holds the write lock. A page writes many lines, and a session would take twice
    as long for each.
    """
    log, table = type(line), cast(Table, line.__table__)
    number, head = head_of(connection, log)
    names = [column.key for column in table.columns if column.key not in OF_THE_CHAIN]
    fields = {name: getattr(line, name) for name in names} | {"sequence": number + 1}
    connection.execute(insert(table), fields | {"digest": digest_of(head, log, fields)})
    return number + 1


@cache
def _last(log: type[Line]) -> Select[int, str]:
    return select(log.sequence, log.digest).order_by(log.sequence.desc()).limit(1)


def _lines(connection: Connection, log: type[Line]) -> Iterator[Fields | int]:
    """Give the lines in order; in place of a line that cannot be read, its number."""
    table, after, size = cast(Table, log.__table__), 0, BATCH
    while True:
        wanted = select(table).where(table.c.sequence > after)
        try:
            result = connection.execute(wanted.order_by(table.c.sequence).limit(size))
            names = list(result.keys())
            found = [dict(zip(names, row, strict=True)) for row in result]
        except (SQLAlchemyError, ValueError):
            connection.rollback()
            if size == 1:
                yield after + 1
                return
            size = 1
            continue
        yield from found
        if not found:
            return
        after = found[-1]["sequence"]


def _fault(
    log: type[Line], line: Fields, expected: int, previous: str, noted: Mapping[int, str]
) -> str:
    """Return what is wrong with a line that should be number ``expected``, empty when nothing."""
    if line["sequence"] != expected:
        return f"lines {expected} to {line['sequence'] - 1} before it are gone"
    if line["digest"] != digest_of(previous, log, line):
        return "it was changed, or the line before it was replaced"
    if noted.get(expected, line["digest"]) == line["digest"]:
        return ""
    return "it is not the line that was noted: the log was written anew"


def verify(engine: Engine, log: type[Line], noted: Iterable[Head] = ()) -> Chain:
    """Recompute a log's chain; ``noted`` are heads that it must still contain."""
    count, head, must = 0, BEGINNING, dict(noted)
    with engine.connect() as connection:
        for line in _lines(connection, log):
            if isinstance(line, int):
                return Chain(count, head, Broken(line, "", "", "it cannot be read"))
            why = _fault(log, line, count + 1, head, must)
            if why:
                time, action = (str(line[name]) for name in log.ABOUT)
                return Chain(count, head, Broken(line["sequence"], time, action, why))
            count, head = count + 1, line["digest"]
    if must and max(must) > count:
        why = f"the log ends at line {count}, so its tail was cut off"
        return Chain(count, head, Broken(max(must), "", "", why))
    return Chain(count, head)
