"""Counts the open websockets, and paces those of who did not sign in, before Streamlit sees them.

Every websocket is a session of Streamlit with a thread and memory of its own. Who signed in must
not suffer from who did not, so what is open to everybody is limited per network and in all.
"""

from asyncio import sleep
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from ipaddress import ip_address, ip_network

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bilingual import Text
from errors import WeerbeeldError
from web.browsers import Browsers
from web.budget import Budget
from web.notice import notice

ANONYMOUS, PER_NETWORK, PER_SIGN_IN = 100, 30, 20
"""Sockets at once: of all who did not sign in, of one network of theirs, of one sign-in."""

OPENED, OPENED_PER_SECOND = 60, 3
"""Sockets that one network or sign-in may open at once and for long."""

PACED, PACED_PER_SECOND = 100, 10
"""Messages that one network without sign-in may send at once and for long; others wait."""

MOST_KNOWN = 10_000
"""Networks and sign-ins whose budgets are remembered; those with nothing spent are forgotten."""

TOO_MANY = Text(
    "Er staan al te veel vensters van dit adres open. Sluit er een, of probeer het zo opnieuw.",
    "Too many windows of this address are open already. Close one, or try again in a moment.",
)

FLOODED = "flooded"
"""The mark in a websocket's state when it was cut off, because it sent too much."""

Note = Callable[[str, str, str], None]
"""Notes a socket that was refused: the number of its browser, its network, and why."""


def network_of(address: str) -> str:
    """Return the network of an address: itself, or for IPv6 the /64 that one customer gets.

    >>> network_of("192.0.2.7"), network_of("2001:db8:1:2:3::4"), network_of("?")
    ('192.0.2.7', '2001:db8:1:2::/64', 'unknown')
    """
    with suppress(ValueError):
        found = ip_address(address)
        return address if found.version == 4 else str(ip_network(f"{found}/64", strict=False))
    return "unknown"


class Budgets:
    """One budget for each network or sign-in."""

    def __init__(self, most: float, per_second: float) -> None:
        self._form = most, per_second
        self._held: dict[str, Budget] = {}

    def of(self, who: str) -> Budget:
        """Return the budget of a network or sign-in."""
        if len(self._held) >= MOST_KNOWN:
            self._held = {name: held for name, held in self._held.items() if not held.full}
        return self._held.setdefault(who, Budget(*self._form))


class Turnstile:
    """ASGI middleware around all websockets."""

    def __init__(self, app: ASGIApp, browsers: Browsers, note: Note) -> None:
        self._app = app
        self._browsers = browsers
        self._note = note
        self._open: Counter[str] = Counter()
        self._opened = Budgets(OPENED, OPENED_PER_SECOND)
        self._paced = Budgets(PACED, PACED_PER_SECOND)
        self._anonymous = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a websocket in when there is room for it, and pace it."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        browser = self._browsers.number(asked.cookies)
        network = network_of(asked.client.host if asked.client else "")
        signed_in = self._browsers.signed_in(browser)
        who = f"sign-in {browser}" if signed_in else network
        if not self._room(who, anonymous=not signed_in):
            await self._noted(browser, network, "too many windows")
            await notice(HTTPStatus.TOO_MANY_REQUESTS, TOO_MANY)(scope, receive, send)
            return
        self._count(who, 1, anonymous=not signed_in)
        try:
            paced = receive if signed_in else self._pacing(receive, self._paced.of(who))
            await self._app(scope, paced, send)
        finally:
            self._count(who, -1, anonymous=not signed_in)
            if scope.get("state", {}).get(FLOODED):
                await self._noted(browser, network, "too many messages")

    async def _noted(self, *what: str) -> None:
        with suppress(WeerbeeldError):
            await run_in_threadpool(self._note, *what)

    def _room(self, who: str, *, anonymous: bool) -> bool:
        most = PER_NETWORK if anonymous else PER_SIGN_IN
        if self._open[who] >= most or (anonymous and self._anonymous >= ANONYMOUS):
            return False
        return self._opened.of(who).spend()

    def _count(self, who: str, change: int, *, anonymous: bool) -> None:
        self._open[who] += change
        if not self._open[who]:
            del self._open[who]
        self._anonymous += change if anonymous else 0

    def _pacing(self, receive: Receive, budget: Budget) -> Receive:
        """Return a ``receive`` that hands messages out no faster than the budget allows."""

        async def paced() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                await sleep(budget.wait())
            return message

        return paced
