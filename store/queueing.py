"""Writes lines that threads bring to a log at the same time in one transaction.

A line is on disk before its writer goes on. One wait for the disk then serves all lines that came
during the wait before: a hundred readers bring thirty a second.
"""

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from store.access import Line
from store.chain import append
from store.engine import appending


@dataclass(eq=False)
class Brought:
    """A line, whether it was its turn, and what went wrong with it."""

    line: Line
    done: bool = False
    error: Exception | None = None


@dataclass(eq=False)
class _Queue:
    """What waits for one store; who holds the turn writes it all."""

    turn: Lock = field(default_factory=Lock)
    waiting: deque[Brought] = field(default_factory=deque)


_queues: WeakKeyDictionary[Engine, _Queue] = WeakKeyDictionary()
_making = Lock()


def write_in_turn(engine: Engine, line: Line) -> Brought:
    """Add a line at the end of its log, on disk when this returns; else the answer says why not."""
    with _making:
        queue = _queues.setdefault(engine, _Queue())
    own = Brought(line)
    queue.waiting.append(own)
    with queue.turn:
        if not own.done:
            _write(engine, [queue.waiting.popleft() for _ in range(len(queue.waiting))])
    return own


def _write(engine: Engine, every: list[Brought]) -> None:
    """Write lines together, or none of them: nothing is shown that no line tells of."""
    for brought in every:
        brought.error = OSError("The line was not written.")  # unless what follows ends well
    try:
        with appending(engine) as connection:
            for brought in every:
                append(connection, brought.line)
        for brought in every:
            brought.error = None
    except Exception as error:
        for brought in every:
            brought.error = error
    finally:
        for brought in every:
            brought.done = True
