"""A client that asks services politely and with patience; only a whole answer counts."""

import time
from collections.abc import Callable
from contextlib import closing
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import version
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import IO, TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, MaxRetryError
from urllib3.util.retry import Retry

from opendata.contract import SourceFailedError
from opendata.http.failures import refused, unanswered, without_query
from opendata.http.network import Network

RETRIED = (408, 425, 429, 500, 502, 503, 504)
"""Statuses that may pass by themselves (RFC 9110, RFC 6585)."""

MOVED = (301, 302, 303, 307, 308)
MOST_MOVES = 5
AT_ONCE = 4
CHUNK = 256 * 1024
LARGEST_ANSWER = 512 * 2**20
LARGEST_FILE = 4 * 2**30

T = TypeVar("T")


class Client:
    """Asks services over one network. ``stop`` ends all questions, also those of other threads."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._session = _session()
        self._stopped = Event()
        self._turns: dict[str, Lock] = {}
        self._proxies = dict.fromkeys(("http", "https"), network.proxy) if network.proxy else None

    def stop(self) -> None:
        """End every question at its next chance."""
        self._stopped.set()

    def ask(
        self, url: str, headers: dict[str, str], into: IO[bytes], largest: int
    ) -> requests.Response:
        """Write the answer of ``url`` to ``into``; return its status (200 or 304) and headers.

        Raises SourceFailedError when no whole answer of at most ``largest`` bytes comes.
        """
        retries = Retry(
            total=self._network.retries,
            backoff_factor=self._network.backoff,
            backoff_max=self._network.longest_wait,
            retry_after_max=self._network.longest_wait,
            status_forcelist=RETRIED,
        )
        while True:
            into.seek(0)
            into.truncate()
            raw, error = None, None
            try:
                with closing(self._send(url, headers)) as response:
                    if response.status_code not in RETRIED:
                        self._take(url, response, into, largest)
                        return response
                    raw = response.raw
                    failed = refused(url, response)
            except (requests.ConnectionError, requests.Timeout, HTTPError, TimeoutError) as problem:
                error, failed = problem, unanswered(url, problem)
                if isinstance(problem, requests.exceptions.SSLError):
                    raise failed from None
            except requests.RequestException as problem:
                raise unanswered(url, problem) from None
            try:
                retries = retries.increment("GET", url, response=raw, error=error)
            except (MaxRetryError, HTTPError, OSError):
                raise failed from None
            asked_for = retries.get_retry_after(raw) if raw is not None else None
            self._wait(asked_for or retries.get_backoff_time())

    def _send(self, url: str, headers: dict[str, str]) -> requests.Response:
        """Return the answer of ``url``, also where the service moved it; its body is to be read."""
        for _ in range(MOST_MOVES):
            self._take_turn(url)
            response = self._in_time(self._get(self._address(url), headers))
            if response.status_code not in MOVED:
                return response
            response.close()
            url = urljoin(url, response.headers.get("Location", ""))
        raise SourceFailedError(f"{without_query(url)} sends on from place to place.", "refused")

    def _get(self, address: str, headers: dict[str, str]) -> Callable[[], requests.Response]:
        limits = (self._network.connect, self._network.silence)
        return lambda: self._session.get(
            address,
            headers=headers,
            stream=True,
            timeout=limits,
            proxies=self._proxies,
            allow_redirects=False,
        )

    def _in_time(self, call: Callable[[], T]) -> T:
        """Return what ``call`` gives; TimeoutError where even looking up a name takes too long."""
        given: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

        def work() -> None:
            try:
                given.put((call(), None))
            except BaseException as error:
                given.put((None, error))

        Thread(target=work, daemon=True).start()
        try:
            answer, error = given.get(timeout=self._network.connect + self._network.silence)
        except Empty:
            raise TimeoutError("no answer in time") from None
        if error is not None:
            raise error
        return answer  # type: ignore[return-value]

    def _address(self, url: str) -> str:
        """Return where to ask for ``url``: there, or at the mirror."""
        if not url.startswith("https://"):
            raise SourceFailedError(f"{without_query(url)} is no https address.", "refused")
        mirror = self._network.mirror.rstrip("/")
        return f"{mirror}/{url.removeprefix('https://')}" if mirror else url

    def _take_turn(self, url: str) -> None:
        """Wait until the host was left alone for a moment."""
        with self._turns.setdefault(urlsplit(url).netloc, Lock()):
            self._wait(self._network.pause)

    def _wait(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise SourceFailedError("Stopped.", "stopped")

    def _take(self, url: str, response: requests.Response, into: IO[bytes], largest: int) -> None:
        """Write the body to ``into``; urllib3 checks that it is as long as the service said."""
        if response.status_code == 304:
            return
        if response.status_code != 200:
            raise refused(url, response)
        end, size = time.monotonic() + self._network.whole, 0
        while chunk := response.raw.read1(CHUNK, decode_content=True):
            size += len(chunk)
            into.write(chunk)
            if size > largest:
                found = f"more than {largest / 2**20:,.0f} MB"
                raise SourceFailedError(f"{without_query(url)} gave {found}.", "too_large")
            if time.monotonic() > end:
                raise TimeoutError(f"no whole answer within {self._network.whole:g} seconds")
            self._wait(0)


def _session() -> requests.Session:
    """Return a session that keeps nothing, and sends nothing of us but our name."""
    session = requests.Session()
    session.headers["User-Agent"] = f"Weerbeeld/{version('weerbeeld')}"
    session.auth = lambda request: request  # else requests sends what ~/.netrc has for a host
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.mount("https://", HTTPAdapter(pool_maxsize=AT_ONCE))
    session.mount("http://", HTTPAdapter(pool_maxsize=AT_ONCE))
    return session
