"""Keeps the page that a reader requested before signing in, to show it afterwards.

The page and its choices are kept here, by the number in the browser's cookie; no address is, so
nobody can be redirected elsewhere.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

LIFETIME_SECONDS = 15 * 60
MOST = 10_000
MOST_CHOICES, LONGEST = 20, 200


@dataclass(frozen=True)
class PageRequest:
    """The path of a page, and the choices in its link."""

    page: str
    choices: dict[str, str]


class DeepLinks:
    """The last request of each browser."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[float, PageRequest]] = {}
        self._lock = Lock()

    def keep(self, browser: str, page: str, choices: Mapping[str, str]) -> None:
        """Keep a browser's request, without choices too long or too many for a link of ours."""
        if not browser:
            return
        fit = {n: v for n, v in choices.items() if len(n) <= LONGEST and len(v) <= LONGEST}
        request = PageRequest(page, dict(list(fit.items())[:MOST_CHOICES]))
        with self._lock:
            self._kept.pop(browser, None)
            self._kept[browser] = (self._clock() + LIFETIME_SECONDS, request)
            while len(self._kept) > MOST:
                self._kept.pop(next(iter(self._kept)))

    def move(self, browser: str, to: str) -> None:
        """Give what a browser asked for to its new number."""
        with self._lock:
            if browser in self._kept:
                self._kept[to] = self._kept.pop(browser)

    def take(self, browser: str) -> PageRequest | None:
        """Return what a browser asked for and forget it; None when nothing, or too long ago."""
        with self._lock:
            end, request = self._kept.pop(browser, (0.0, None))
        return request if self._clock() < end else None
