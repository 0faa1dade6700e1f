"""Uvicorn's connections with limits: a request comes at once, and a websocket sends no flood.

What costs nothing to send must cost little to receive. These limits stand before any of our own
code and before Streamlit, which starts a thread for every message that asks for a page.
"""

from asyncio import Transport
from typing import Any
from weakref import WeakKeyDictionary

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from web.budget import Budget
from web.sockets import FLOODED

REQUEST_SECONDS = 10
"""A connection that brings no whole request for so long is closed."""

MOST_WAITING = 256
"""Connections that may wait for their request; beyond it the one that waits longest is closed."""

MESSAGES, MESSAGES_PER_SECOND = 120, 20
"""What one websocket may send at once and for long, far above what a reader's clicks bring."""

MESSAGE_BYTES = 20_000
"""A message costs one, and one more for every so many bytes."""

SLICE = 4096
"""Bytes that are read before the budget is looked at again."""

_waiting: WeakKeyDictionary[ServerState, "dict[Requests, None]"] = WeakKeyDictionary()


class Requests(H11Protocol):
    """A connection that is closed when it keeps its request, or most of it, to itself.

    Only time without a whole request counts: an answer may take as long as it takes.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*args, **kwargs)
        self._deadline: Any = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on; bytes that are no whole request give no more time."""
        super().data_received(data)
        if self._answering:
            self._stop_waiting()

    def handle_websocket_upgrade(self, event: Any) -> None:  # noqa: ANN401 - uvicorn's own
        """Hand the connection over: its request is whole."""
        self._stop_waiting()
        super().handle_websocket_upgrade(event)

    def on_response_complete(self) -> None:
        """Wait for the next request on the same connection."""
        super().on_response_complete()
        if not self._answering and not self.transport.is_closing():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    @property
    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(REQUEST_SECONDS, self.transport.close)
        waiting = _waiting.setdefault(self.server_state, {})
        waiting[self] = None
        if len(waiting) > MOST_WAITING:
            oldest = next(iter(waiting))
            oldest._stop_waiting()
            oldest.transport.close()

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        _waiting.get(self.server_state, {}).pop(self, None)


class Sockets(WebSocketsSansIOProtocol):
    """A websocket that is cut off when it sends more than its budget: pings and parts count too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*args, **kwargs)
        self._budget = Budget(MESSAGES, MESSAGES_PER_SECOND)
        self._cut_off = False
        received = self.conn.events_received
        self.conn.events_received = lambda: self._within(received())  # type: ignore[method-assign]

    def data_received(self, data: bytes) -> None:
        """Read piece by piece, so that a flood is noticed before all of it is parsed."""
        for start in range(0, len(data), SLICE):
            if self._cut_off:
                return
            super().data_received(data[start : start + SLICE])

    def _within(self, events: list[Any]) -> list[Any]:
        """Return the events when the budget has room for them; else cut the connection off."""
        sizes = [len(event.data) for event in events if hasattr(event, "opcode")]
        if not sizes or self._budget.spend(len(sizes) + sum(sizes) / MESSAGE_BYTES):
            return events
        self._cut_off = True
        if self.handshake_initiated:
            self.scope["state"][FLOODED] = True
        self.transport.abort()
        return []
