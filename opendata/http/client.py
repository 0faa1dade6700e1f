"""One question to a service: politely, with patience, and only a whole answer counts."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import version
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import IO, TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import (
    DecodeError,
    HTTPError,
    IncompleteRead,
    MaxRetryError,
    ProtocolError,
    ReadTimeoutError,
)
from urllib3.util.retry import Retry

from errors import shortened
from opendata.contract import Fault, SourceFailedError

RETRIED = (408, 425, 429, 500, 502, 503, 504)
"""Statuses that may pass by themselves (RFC 9110, RFC 6585)."""

MOVED = (301, 302, 303, 307, 308)
MOST_MOVES = 5
AT_ONCE = 4
CHUNK = 256 * 1024
LARGEST_ANSWER = 512 * 2**20
LARGEST_FILE = 4 * 2**30

T = TypeVar("T")


@dataclass(frozen=True)
class Network:
    """How services are reached. ``proxy`` and ``mirror`` are addresses, or empty.

    With a mirror ``https://HOST/PATH`` is asked at ``{mirror}/HOST/PATH``. ``retries`` is how
    often an answer that did not come is asked for again; ``backoff`` seconds, doubling, pass
    before, or what the service asks for, at most ``longest_wait``. ``pause``: seconds between two
    questions to one host. ``connect`` and ``silence``: how long to wait for a connection and for
    the next bytes; ``whole`` for one whole answer.
    """

    proxy: str = ""
    mirror: str = ""
    retries: int = 4
    backoff: float = 1.0
    longest_wait: int = 120
    pause: float = 0.1
    connect: float = 10.0
    silence: float = 60.0
    whole: float = 3600.0

    def hasty(self, seconds: float) -> "Network":
        """Return this network for who would rather go on without: no wait over ``seconds``."""
        return replace(self, retries=0, connect=seconds, silence=seconds)


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
                    failed = _refused(url, response)
            except (requests.ConnectionError, requests.Timeout, HTTPError, TimeoutError) as problem:
                error, failed = problem, _unanswered(url, problem)
                if isinstance(problem, requests.exceptions.SSLError):
                    raise failed from None
            except requests.RequestException as problem:
                raise _unanswered(url, problem) from None
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
        raise SourceFailedError(f"{_shown(url)} sends on from place to place.", "refused")

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
            raise SourceFailedError(f"{_shown(url)} is no https address.", "refused")
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
            raise _refused(url, response)
        end, size = time.monotonic() + self._network.whole, 0
        while chunk := response.raw.read1(CHUNK, decode_content=True):
            size += len(chunk)
            into.write(chunk)
            if size > largest:
                found = f"more than {largest / 2**20:,.0f} MB"
                raise SourceFailedError(f"{_shown(url)} gave {found}.", "too_large")
            if time.monotonic() > end:
                raise TimeoutError(f"no whole answer within {self._network.whole:g} seconds")
            self._wait(0)


def _session() -> requests.Session:
    """Return a session that remembers and tells nothing of us but our name."""
    session = requests.Session()
    session.headers["User-Agent"] = f"Weerbeeld/{version('weerbeeld')}"
    session.auth = lambda request: request  # else requests sends what ~/.netrc has for a host
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.mount("https://", HTTPAdapter(pool_maxsize=AT_ONCE))
    session.mount("http://", HTTPAdapter(pool_maxsize=AT_ONCE))
    return session


def _refused(url: str, response: requests.Response) -> SourceFailedError:
    status = f"{response.status_code} {response.reason or ''}".strip()
    return SourceFailedError(f"{_shown(url)} answered {shortened(status)}.", "refused")


def _unanswered(url: str, problem: Exception) -> SourceFailedError:
    """Say in words why there is no whole answer."""
    cause = problem.args[0] if problem.args else problem
    host, fault = urlsplit(url).netloc, _fault(problem, cause)
    words = {
        "slow": f"{_shown(url)} did not answer in time.",
        "truncated": f"{_shown(url)} broke off before the end of its answer.",
        "unreachable": f"{host} cannot be reached: {shortened(str(_root(cause)), 160)}.",
    }
    return SourceFailedError(words[fault], fault)


def _fault(problem: Exception, cause: object) -> Fault:
    slow = (requests.Timeout, TimeoutError, ReadTimeoutError)
    if isinstance(problem, slow) or isinstance(cause, slow):
        return "slow"
    cut = (requests.exceptions.ChunkedEncodingError, ProtocolError, DecodeError)
    if isinstance(problem, cut) or isinstance(cause, IncompleteRead):
        return "truncated"
    return "unreachable"


def _root(cause: object) -> object:
    """Return the innermost reason that urllib3 gives."""
    reason = getattr(cause, "reason", None)
    return _root(reason) if isinstance(reason, Exception) else cause


def _shown(url: str) -> str:
    """Return an address without what it asks for, fit for a message."""
    parts = urlsplit(url)
    return shortened(f"{parts.netloc}{parts.path}", 120)
