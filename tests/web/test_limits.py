"""Who sends too much is stopped, and who signed in does not notice: a real server, real sockets."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

import pytest
from clock import Clock
from granting import give
from serving import Serving, serving
from sqlalchemy import select
from sqlalchemy.orm import Session
from streamlit.proto.BackMsg_pb2 import BackMsg
from visiting import Window, provider, visiting
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from store.access import AuditLine, open_access
from store.carrying import open_grants
from store.home import Home
from web import wire
from web.budget import Budget
from web.sockets import ANONYMOUS, PER_NETWORK, PER_SIGN_IN, Budgets, network_of

PATIENCE = 2.0
"""Seconds in which a signed-in reader's page must be there."""

CALM = 0.5
"""Seconds that the page takes at most on a machine with nothing else to do; else both count."""

BURST, IDLE, HALF_OPEN = 44_000, 200, 900


@dataclass(frozen=True)
class House:
    """A server that asks to sign in, and its home."""

    serving: Serving
    home: Home

    def lines(self) -> list[AuditLine]:
        with Session(open_access(self.home)) as session:
            return list(session.scalars(select(AuditLine).order_by(AuditLine.sequence)))


@pytest.fixture(scope="module")
def house(example_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The whole example, for who signs in."""
    folder = tmp_path_factory.mktemp("limits")
    home = Home(folder / "home")
    home.root.mkdir()
    home.releases.symlink_to(example_home.releases)
    with provider(folder) as sign_in, serving(home.root, folder, **sign_in) as served:
        give(open_grants(home), "rotterdam", "gemeente:GM0599")
        yield House(served, home)


@contextmanager
def reading(house: House) -> Iterator[Window]:
    """A reader who signed in, with a page open."""
    with visiting(house.serving) as visitor:
        visitor.sign_in("rotterdam")
        with visitor.window() as window:
            assert "U kijkt als" in window.run("methode")
            window.run("methode")
            yield window


def seconds(window: Window) -> float:
    """Return how long the reader's page takes now."""
    began = time.monotonic()
    assert "U kijkt als" in window.run("methode")
    return time.monotonic() - began


def stranger(house: House, address: str = "127.0.0.1") -> ClientConnection:
    """Open a websocket without any cookie, from an address of this machine."""
    made = socket.create_connection(("127.0.0.1", house.serving.port), source_address=(address, 0))
    target = f"ws://localhost:{house.serving.port}/_stcore/stream"
    try:
        return connect(target, sock=made, origin=Origin(house.serving.origin), compression=None)
    except InvalidStatus:
        made.close()
        raise


def asking_for_a_page() -> bytes:
    """Return the message with which a browser asks for a page."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    return bytes(message.SerializeToString())


def flood(house: House, address: str, message: bytes) -> int:
    """Send a message again and again as fast as it goes; return how many were taken."""
    with stranger(house, address) as stream:
        for sent in range(BURST):
            try:
                stream.send(message)
            except (ConnectionClosed, OSError):
                return sent
    return BURST


@contextmanager
def half_open(house: House, number: int) -> Iterator[list[socket.socket]]:
    """Keep connections open that never end their request."""
    with ExitStack() as kept:
        sockets = []
        for _ in range(number):
            made = kept.enter_context(socket.create_connection(("127.0.0.1", house.serving.port)))
            made.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            sockets.append(made)
        yield sockets


def test_a_burst_idle_sockets_and_half_open_requests_leave_readers_in_peace(house: House) -> None:
    taken: list[float] = []
    with reading(house) as window, ExitStack() as kept, half_open(house, HALF_OPEN) as slow:
        calm = sorted(seconds(window) for _ in range(3))[1]
        refused = [_refused(house, kept) for _ in range(IDLE)]
        bursts: list[int] = []
        flooding = threading.Thread(
            target=lambda: bursts.append(flood(house, "127.0.0.2", asking_for_a_page()))
        )
        flooding.start()
        until = time.monotonic() + 8
        while time.monotonic() < until:
            taken.append(seconds(window))
        flooding.join()
        assert bursts[0] < BURST
        assert set(refused) == {0, 429}
        assert refused.count(0) <= PER_NETWORK
        assert max(taken) < PATIENCE * max(1, calm / CALM), (calm, taken)
        assert sum(_closed(made) for made in slow) >= HALF_OPEN - wire.MOST_WAITING
    print(f"burst {bursts}; calm {calm:.2f} s, under load at most {max(taken):.2f} s of {taken}")


def _refused(house: House, kept: ExitStack, address: str = "127.0.0.1") -> int:
    """Open an idle websocket; return 0, or the status with which it was refused."""
    try:
        kept.enter_context(stranger(house, address))
    except InvalidStatus as refusal:
        return refusal.response.status_code
    return 0


def _closed(made: socket.socket) -> bool:
    made.settimeout(0)
    try:
        return made.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_a_flood_of_any_kind_is_cut_off_and_noted(house: House) -> None:
    """Pages, pings, and heartbeats that ask for nothing: each is cut off within its budget."""
    heartbeat = BackMsg()
    heartbeat.app_heartbeat = True
    for message in (asking_for_a_page(), bytes(heartbeat.SerializeToString()), b""):
        flood(house, "127.0.0.3", message)  # small ones may all be under way when it is cut off
    with stranger(house, "127.0.0.3") as stream:
        _pings(stream)
    time.sleep(0.5)
    found = [line for line in house.lines() if line.object == "too many messages"]
    assert len(found) >= 4
    assert {(line.actor, line.origin) for line in found[-4:]} == {("unknown", "socket 127.0.0.3")}
    assert {line.result for line in found} == {"refused"}


def _pings(stream: ClientConnection) -> int:
    """Return how many pings a websocket took."""
    for sent in range(BURST):
        try:
            stream.ping()
        except (ConnectionClosed, OSError):
            return sent
    return BURST


def test_who_signed_in_has_room_when_strangers_have_none(house: House) -> None:
    """Also for the same address: windows of a sign-in are counted by themselves."""
    with visiting(house.serving) as visitor, ExitStack() as kept:
        visitor.sign_in("rotterdam")
        statuses = [_refused(house, kept) for _ in range(PER_NETWORK + 5)]
        assert statuses[-1] == 429
        windows = [kept.enter_context(visitor.window()) for _ in range(PER_SIGN_IN)]
        assert "U kijkt als" in windows[-1].run("methode")
        with pytest.raises(InvalidStatus), visitor.window():
            pass
    refused = [line for line in house.lines() if line.object == "too many windows"]
    assert refused[-1].actor == "rotterdam"
    assert refused[0].actor == "unknown"


def test_strangers_in_all_are_limited(house: House) -> None:
    with ExitStack() as kept:
        for number in range(ANONYMOUS // PER_NETWORK + 1):
            for _ in range(PER_NETWORK):
                made = _refused(house, kept, f"127.0.1.{number}")
        assert made == 429


def test_a_request_that_trickles_in_is_ended(house: House) -> None:
    with half_open(house, 1) as (slow,):
        began = time.monotonic()
        while not _closed(slow):
            with suppress(OSError):
                slow.sendall(b"x")
            time.sleep(0.5)
            assert time.monotonic() - began < wire.REQUEST_SECONDS + 5
        assert time.monotonic() - began > wire.REQUEST_SECONDS - 1


def test_a_budget_fills_again() -> None:
    clock = Clock(0.0)
    budget = Budget(3, 2, clock)
    assert [budget.spend() for _ in range(4)] == [True, True, True, False]
    clock.now = 0.5
    assert budget.spend()
    assert not budget.spend()
    assert budget.wait(2) == 1.0
    assert not budget.full
    clock.now = 60
    assert budget.full
    assert budget.wait(3) == 0


def test_only_what_was_spent_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.sockets.MOST_KNOWN", 3)
    budgets = Budgets(2, 0.001)
    for who in "abc":
        budgets.of(who)
    budgets.of("a").spend()
    kept = budgets.of("a")
    budgets.of("d")
    assert budgets.of("a") is kept


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("evil\n", "unknown"),
    ],
)
def test_addresses_of_one_customer_are_one_network(address: str, network: str) -> None:
    assert network_of(address) == network
