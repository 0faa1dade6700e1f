"""The audit log (who did what, from where) and the processing log (what was done to whose data).

What cannot be logged must not happen: every function raises LogFailedError when it cannot write.
"""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from errors import WeerbeeldError
from store import chain
from store.access import AuditLine, Line, ProcessingLine
from store.chain import Broken, Chain, Head
from store.queueing import write_in_turn

__all__ = ["Broken", "Chain", "LogFailedError", "LogName", "Result", "audit", "processing"]
__all__ += ["audit_line", "safe_text", "verify_chain"]

LogName = Literal["audit", "processing"]
Result = Literal["ok", "refused", "failed"]

LOGS: dict[LogName, type[Line]] = {"audit": AuditLine, "processing": ProcessingLine}

LONGEST = 500
"""Characters of one field that are kept; what is longer says how much was left out."""

_trace: ContextVar[str | None] = ContextVar("trace", default=None)


class LogFailedError(WeerbeeldError):
    """A line could not be written, so what it was about must not go on."""


def safe_text(text: str) -> str:
    """Return ``text`` fit for a log: no control or invisible characters, LONGEST at most.

    Those characters, and the backslash itself, are written as in a Python string.
    """
    shown = "".join(
        c if c.isprintable() and c != "\\" else c.encode("unicode_escape").decode()
        for c in text[:LONGEST]
    )
    return shown if len(text) <= LONGEST else f"{shown}… (+{len(text) - LONGEST} characters)"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _write(engine: Engine, line: Line) -> None:
    written = write_in_turn(engine, line)
    if isinstance(written.error, WeerbeeldError | SQLAlchemyError | OSError) or not written.done:
        why = written.error or "Its turn was broken off."
        raise LogFailedError(f"The log could not be written, so nothing was done. {why}")
    if written.error:
        raise written.error


def audit_line(*, action: str, object: str, result: Result, origin: str, actor: str) -> AuditLine:  # noqa: A002
    """Return a line of the audit log, to append in the transaction that it is about."""
    texts = {"action": action, "object": object, "origin": origin, "actor": actor}
    safe = {name: safe_text(text) for name, text in texts.items()}
    return AuditLine(at=_now(), result=result, **safe)


def audit(
    engine: Engine,
    *,
    action: str,
    object: str,  # noqa: A002
    result: Result,
    origin: str,
    actor: str,
) -> None:
    """Write one line of the audit log, on disk when this returns."""
    line = audit_line(action=action, object=object, result=result, origin=origin, actor=actor)
    _write(engine, line)


@contextmanager
def processing(
    engine: Engine, *, activity: str, operation: str, subject: str | None = None
) -> Iterator[None]:
    """Log that an operation on personal data begins, and how it ends.

    ``activity`` is the id of the processing activity in the organisation's register,
    ``operation`` the name of what is done, ``subject`` a pseudonym. Operations inside another
    share its trace.
    """
    trace = _trace.get() or secrets.token_hex(16)
    number, start = secrets.token_hex(8), _now()

    def write(status: str, end: str | None) -> None:
        line = ProcessingLine(
            trace=trace,
            operation=number,
            status=status,
            name=safe_text(operation),
            start=start,
            end=end,
            activity=safe_text(activity),
            subject=None if subject is None else safe_text(subject),
        )
        _write(engine, line)

    write("unset", None)
    token = _trace.set(trace)
    try:
        yield
    except BaseException:
        write("error", _now())
        raise
    else:
        write("ok", _now())
    finally:
        _trace.reset(token)


def verify_chain(engine: Engine, log: LogName, noted: Iterable[Head] = ()) -> Chain:
    """Recompute a log's chain; ``noted`` are heads that it must still contain."""
    return chain.verify(engine, LOGS[log], noted)
