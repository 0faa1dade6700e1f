"""What a reader asked for before signing in, to show it after: a page and choices, no address.

It is kept here by the number in the browser's cookie, so nothing can be redirected elsewhere.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

LIFETIME_SECONDS = 15 * 60
MOST = 10_000
MOST_CHOICES, LONGEST = 20, 200


@dataclass(frozen=True)
class Wish:
    """The path of a page, and the choices in its link."""

    page: str
    choices: dict[str, str]


class DeepLinks:
    """One wish a browser, the last."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[float, Wish]] = {}
        self._lock = Lock()

    def keep(self, browser: str, page: str, choices: Mapping[str, str]) -> None:
        """Keep what a browser asked for; what is too much to be a link of ours is left out."""
        if not browser:
            return
        fit = {n: v for n, v in choices.items() if len(n) <= LONGEST and len(v) <= LONGEST}
        wish = Wish(page, dict(list(fit.items())[:MOST_CHOICES]))
        with self._lock:
            self._kept.pop(browser, None)
            self._kept[browser] = (self._clock() + LIFETIME_SECONDS, wish)
            while len(self._kept) > MOST:
                self._kept.pop(next(iter(self._kept)))

    def take(self, browser: str) -> Wish | None:
        """Return what a browser asked for, once; None when nothing, or too long ago."""
        with self._lock:
            end, wish = self._kept.pop(browser, (0.0, None))
        return wish if self._clock() < end else None
