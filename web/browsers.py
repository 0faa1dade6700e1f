"""The number in a browser's cookie: new at each sign-in, and what the server knows by it."""

import secrets
import time
from collections.abc import Callable, Mapping
from threading import Lock

from web.sign_ins import SignIns

SESSION_COOKIES = "_streamlit_user"
"""How the names of the cookies begin in which Streamlit keeps the signed claims of a sign-in."""

FRESH_SECONDS = 120
"""How long a browser that comes back from the sign-in service counts as signed in, unseen yet."""

MOST = 10_000


def cookie_name(*, over_tls: bool) -> str:
    """Return the name of the cookie; over TLS one that no other host or path can set."""
    return "__Host-weerbeeld" if over_tls else "weerbeeld_browser"


class Browsers:
    """Which browsers are signed in, by the number in their cookie."""

    def __init__(
        self, name: str, sign_ins: SignIns, clock: Callable[[], float] = time.time
    ) -> None:
        self.name = name
        self._sign_ins = sign_ins
        self._clock = clock
        self._fresh: dict[str, float] = {}
        self._keys: dict[str, str] = {}
        self._lock = Lock()

    def number(self, cookies: Mapping[str, str]) -> str:
        """Return the number among a request's cookies, '' when there is none."""
        return cookies.get(self.name, "")

    def carried(self, cookies: Mapping[str, str]) -> str:
        """Return all by which a browser is known: its number, and the cookies of its sign-in.

        '' without a number. Who has only one of the two is another browser.
        """
        number = self.number(cookies)
        held = sorted(n for n in cookies if n.startswith(SESSION_COOKIES))
        return "; ".join([number, *(f"{n}={cookies[n]}" for n in held)]) if number else ""

    def renew(self) -> str:
        """Return a new number, of a browser that just signed in."""
        number = new_number()
        with self._lock:
            self._fresh[number] = self._clock() + FRESH_SECONDS
            _shorten(self._fresh)
        return number

    def bind(self, number: str, key: str) -> None:
        """Remember the sign-in of a browser, by its key in ``SignIns``."""
        if number:
            with self._lock:
                self._keys[number] = key
                _shorten(self._keys)

    def signed_in(self, number: str) -> bool:
        """Return whether the sign-in of a browser holds, or is so new that it was not seen yet."""
        with self._lock:
            key, until = self._keys.get(number), self._fresh.get(number, 0.0)
        return self._clock() < until if key is None else self._sign_ins.why_ended(key) is None

    def person(self, number: str) -> str | None:
        """Return who signed in with a browser, also when that ended; None when unknown."""
        with self._lock:
            key = self._keys.get(number)
        return None if key is None else self._sign_ins.whose(key)


def new_number() -> str:
    """Return a random number for a browser."""
    return secrets.token_urlsafe(24)


def _shorten(held: dict[str, float] | dict[str, str]) -> None:
    """Forget the oldest beyond MOST."""
    while len(held) > MOST:
        held.pop(next(iter(held)))
