"""Keeps which sign-ins still hold: not past their token's end, not idle too long, not signed out.

The browser only carries the token's claims, signed. When somebody was last active is kept here, in
the process: after a restart everybody signs in anew.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Literal

from errors import WeerbeeldError

Why = Literal["expired", "idle", "signed out"]
REMEMBERED_SECONDS = 24 * 60 * 60
"""How long after its token's end a sign-in still says whose it was, for the log."""

CLAIMS = ("iss", "sub", "aud", "iat", "exp", "nonce")
"""The claims that identify a sign-in; the nonce is new each time."""


class SignInEndedError(WeerbeeldError):
    """A sign-in no longer holds."""

    def __init__(self, why: Why) -> None:
        super().__init__(f"This sign-in no longer holds ({why}). Sign in again.")
        self.why = why


@dataclass
class _Held:
    person: str
    until: float
    active: float
    ended: bool = False
    welcomed: bool = False


@dataclass(frozen=True)
class Visit:
    """A sign-in that holds; ``first`` until ``welcome`` was called for it."""

    key: str
    person: str
    first: bool


class SignIns:
    """The sign-ins of this process. Times in seconds."""

    def __init__(self, idle_seconds: float, clock: Callable[[], float] = time.time) -> None:
        self._idle = idle_seconds
        self._clock = clock
        self._held: dict[str, _Held] = {}
        self._lock = Lock()

    def visit(self, claims: Mapping[str, object]) -> Visit:
        """Return the sign-in of a browser that carries ``claims``, active as of now.

        Raises SignInEndedError when it no longer holds or its claims are not complete.
        """
        person, until, since = (claims.get(name) for name in ("sub", "exp", "iat"))
        if not (isinstance(person, str) and person):
            raise SignInEndedError("expired")
        if not (isinstance(until, int | float) and isinstance(since, int | float)):
            raise SignInEndedError("expired")
        text = json.dumps([claims.get(name) for name in CLAIMS], sort_keys=True, default=str)
        key = sha256(text.encode()).hexdigest()
        with self._lock:
            self._forget_the_past()
            active = min(float(since), self._clock())
            held = self._held.setdefault(key, _Held(person, until, active))
        self.person(key)
        return Visit(key, person, not held.welcomed)

    def welcome(self, key: str) -> None:
        """Mark a sign-in as noted in the audit log."""
        with self._lock:
            self._held[key].welcomed = True

    def person(self, key: str) -> str:
        """Return whose sign-in this is, active as of now; SignInEndedError when it ended."""
        why = self.why_ended(key)
        if why:
            raise SignInEndedError(why)
        with self._lock:
            held = self._held[key]
            held.active = self._clock()
            return held.person

    def whose(self, key: str) -> str | None:
        """Return whose sign-in this is or was, None when it is not known any more."""
        with self._lock:
            held = self._held.get(key)
        return held.person if held else None

    def why_ended(self, key: str) -> Why | None:
        """Return why a sign-in no longer holds, None while it does. Looking is no activity."""
        with self._lock:
            held, now = self._held.get(key), self._clock()
        if held is None or now >= held.until:
            return "expired"
        if held.ended:
            return "signed out"
        return "idle" if now - held.active >= self._idle else None

    def end(self, key: str) -> None:
        """End a sign-in, in every tab that carries it."""
        with self._lock:
            if key in self._held:
                self._held[key].ended = True

    def _forget_the_past(self) -> None:
        """Forget sign-ins whose token expired long ago: they are refused for that alone."""
        past = self._clock() - REMEMBERED_SECONDS
        self._held = {key: held for key, held in self._held.items() if held.until > past}
