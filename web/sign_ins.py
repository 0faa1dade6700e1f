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

Why = Literal["expired", "idle", "signed out", "ended", "weak"]

REMEMBERED_SECONDS = 24 * 60 * 60
"""How long after its token's end a sign-in still says whose it was, for the log."""

CLAIMS = ("iss", "sub", "aud", "iat", "exp", "nonce")
"""The claims that identify a sign-in; the nonce is new each time."""


class SignInEndedError(WeerbeeldError):
    """A sign-in no longer holds, or never did; ``unnoted`` is whose, until that is logged."""

    def __init__(self, why: Why, unnoted: str = "") -> None:
        super().__init__(f"This sign-in no longer holds ({why}). Sign in again.")
        self.why = why
        self.unnoted = unnoted


@dataclass
class _Held:
    person: str
    until: float
    active: float
    began: float
    ended: Why | None = None
    welcomed: bool = False


@dataclass(frozen=True)
class Visit:
    """A sign-in that holds; ``first`` until ``welcome`` was called for it."""

    key: str
    person: str
    first: bool


class SignIns:
    """The sign-ins of this process. Times in seconds.

    Where ``levels`` is not empty, the service must say (``acr``) that a person signed in at one of
    these levels; a token that does not say so lets nobody in.
    """

    def __init__(
        self,
        idle_seconds: float,
        clock: Callable[[], float] = time.time,
        levels: frozenset[str] = frozenset(),
    ) -> None:
        self._idle = idle_seconds
        self._clock = clock
        self._levels = levels
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
            held = self._held.setdefault(key, _Held(person, until, active, active))
            if self._levels and str(claims.get("acr")) not in self._levels:
                held.ended = "weak"
                unnoted, held.welcomed = "" if held.welcomed else person, True
                raise SignInEndedError("weak", unnoted)
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
            return held.ended
        return "idle" if now - held.active >= self._idle else None

    def end(self, key: str, why: Why = "signed out") -> None:
        """End a sign-in, in every tab that carries it."""
        with self._lock:
            if key in self._held:
                self._held[key].ended = why

    def end_before(self, key: str, ends: Callable[[str], float]) -> None:
        """End a sign-in that began before the moment that ``ends`` gives for its person."""
        with self._lock:
            held = self._held.get(key)
        if held is not None and not held.ended and held.began <= ends(held.person):
            self.end(key, "ended")

    def _forget_the_past(self) -> None:
        """Forget sign-ins whose token expired long ago: they are refused for that alone."""
        past = self._clock() - REMEMBERED_SECONDS
        self._held = {key: held for key, held in self._held.items() if held.until > past}
