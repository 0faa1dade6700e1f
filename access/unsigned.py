"""Keeps lines of who did not sign in from filling the log: written up to a bound, then counted.

Only for what anybody can cause, again and again, without saying who: refused links and windows,
and looks at invented or public data. What somebody who signed in reads is always written.
"""

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock, Timer
from typing import Any

from store.logs import Result

MOST = 2_000
"""Lines that are written in full within one period."""

PERIOD_SECONDS = 3_600
MOST_ORIGINS = 1_000

NOBODY = "unknown"
"""The actor of what nobody signed in for."""

Write = Callable[[str, str, Result], None]
"""Writes a line about (action, object, result)."""

Writer = Callable[[str, str], Write]
"""Returns what writes lines of (actor, origin)."""


class Unsigned:
    """The lines without sign-in of one process.

    A period begins with its first line. At its end, and when the process stops, ``settle`` writes
    how many lines were only counted, one line per result.
    """

    def __init__(
        self,
        writer: Writer,
        most: int = MOST,
        period: float = PERIOD_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._writer, self._most, self._period, self._clock = writer, most, period, clock
        self._lock = Lock()
        self._end = 0.0
        self._written = 0
        self._counted: dict[Result, Counter[str]] = {}
        self._origins: Counter[str] = Counter()
        self._timer: Any = None

    def write(self, actor: str, origin: str, line: tuple[str, str, Result]) -> None:
        """Write a line about (action, object, result), or count it when there were too many."""
        with self._lock:
            if self._clock() >= self._end:
                self._settle()
                self._end, self._written = self._clock() + self._period, 0
            self._written += 1
            over = self._written - self._most
            if over > 0:
                self._count(origin, line)
        if over <= 0:
            self._writer(actor, origin)(*line)
        elif over == 1:
            said = f"more than {self._most} lines without sign-in: further ones are counted"
            self._writer(NOBODY, origin)("count", said, "refused")

    def settle(self) -> None:
        """Write how many lines were counted and not written, if any."""
        with self._lock:
            self._settle()

    def _count(self, origin: str, line: tuple[str, str, Result]) -> None:
        action, _, result = line
        self._counted.setdefault(result, Counter())[action] += 1
        if origin in self._origins or len(self._origins) < MOST_ORIGINS:
            self._origins[origin] += 1
        if self._timer is None:
            self._timer = Timer(max(self._end - self._clock(), 0.0), self.settle)
            self._timer.daemon = True
            self._timer.start()

    def _settle(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        since = datetime.fromtimestamp(self._end - self._period, UTC).isoformat(timespec="seconds")
        for result in list(self._counted):
            actions = ", ".join(f"{a} {n}" for a, n in self._counted[result].most_common())
            said = f"{self._counted[result].total()} lines without sign-in since {since}: {actions}"
            ((most, _),) = self._origins.most_common(1)
            self._writer(NOBODY, most)("count", said, result)
            del self._counted[result]
        self._origins.clear()
