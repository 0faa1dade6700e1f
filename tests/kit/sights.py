"""What the browser tests look with: a server that is spied on, and a page with its map."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, Request, WebSocket

SIZES = {"laptop": (1400, 900), "phone": (390, 844)}
PHONE = "Mozilla/5.0 (Linux; Android 15; Mobile) AppleWebKit/537.36 Chrome/156.0 Mobile"
LOCAL = {"127.0.0.1", "localhost", ""}
PATIENCE_MS = 60_000

NOTHING, FEW, LENT, UNSURE, SURE, ROSE, FELL, SAME = range(8)
STRONG, POSSIBLE, QUIET, LITTLE, CONTEXT, NEW, WORSE, CONFIRMED, COOLED = range(8, 17)
"""How loud a map draws a place: the kinds of web/kaart/modules/kinds.js."""

FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-gpu-compositing",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
"""Maps are drawn as on a graphics card that the processor plays, which is slow; the rest is not."""

SPY = """
import atexit, os, sys
_log = open(os.environ["SPY_LOG"], "a", buffering=1)
def _hook(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple):
        _log.write(f"connect {args[1][0]}\\n")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _log.write(f"resolve {args[0]}\\n")
    elif event == "socket.bind" and isinstance(args[1], tuple):
        _log.write(f"bind {args[1][0]}\\n")
sys.addaudithook(_hook)
"""
"""Writes down every address that the server's process resolves, connects to or binds."""


@dataclass
class Server:
    """A running dashboard: where it listens and what its process did with sockets."""

    url: str
    spy_log: Path

    @property
    def socket_events(self) -> list[str]:
        return self.spy_log.read_text(encoding="utf-8").split("\n")[:-1]


@dataclass
class Sight:
    """A page in the browser, what passed over its websocket, and what it asked for from where.

    ``faults`` are errors of scripts, and what the content policy stopped.
    """

    page: Page
    hosts: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    frames: list[bytes] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def go(self, url: str) -> None:
        self.frames.clear()
        self.sent.clear()
        self.page.goto(url)
        self.settle()

    def settle(self) -> None:
        """Wait until the page is drawn to its last line, the script rests and no part loads."""
        self.page.wait_for_selector(".wb-end", state="attached", timeout=PATIENCE_MS)
        self.page.wait_for_selector(
            '[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE_MS
        )
        self.page.wait_for_selector(
            '[data-testid="stSkeleton"]', state="detached", timeout=PATIENCE_MS
        )

    def open_table(self) -> None:
        """Open the first table, and wait until it is drawn: what is below it moves down then."""
        self.page.get_by_text(re.compile("^Tabel: ")).first.click()
        self.page.wait_for_selector('[data-testid="stDataFrame"] canvas', timeout=PATIENCE_MS)

    def map_state(self) -> dict[str, Any]:
        """Return what the map says that it drew, once nothing is on its way any more."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while time.monotonic() < deadline:
            state: dict[str, Any] | None = self.page.evaluate("window.__weerbeeld?.state() ?? null")
            if state and state["rendered"] and not state["pending"] and state["layers"]:
                return state
            self.page.wait_for_timeout(50)
        raise AssertionError("the map was not drawn")

    def places(self) -> list[dict[str, Any]]:
        """Return each place as it is drawn: code, name, kind, class, value, text, colour."""
        self.map_state()
        found: list[dict[str, Any]] = self.page.evaluate(
            "__weerbeeld.state().places.map(code => ({code, ...__weerbeeld.place(code)}))"
        )
        return found

    def zoom(self, name: str, times: int = 1) -> None:
        """Press a button of the map."""
        for _ in range(times):
            self.page.get_by_role("button", name=name).click()

    def map_box(self) -> Locator:
        """Return the picture of the map."""
        return self.page.get_by_role("application")


@contextmanager
def looking(browser: Browser, size: str) -> Iterator[Sight]:
    """Look with a browser in which nobody was before, of one of SIZES."""
    width, height = SIZES[size]
    phone = size == "phone"
    context = browser.new_context(
        viewport={"width": width, "height": height},
        is_mobile=phone,
        has_touch=phone,
        user_agent=PHONE if phone else None,
    )
    yield watched(context.new_page())
    context.close()


def watched(page: Page) -> Sight:
    """Return a page whose requests, messages and faults are kept from now on."""
    seen = Sight(page)

    def asked(request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            parts = urlsplit(request.url)
            seen.hosts.add(parts.hostname or "")
            seen.paths.add(parts.path)

    def opened(websocket: WebSocket) -> None:
        seen.hosts.add(urlsplit(websocket.url).hostname or "")
        websocket.on("framereceived", lambda frame: seen.frames.append(_bytes(frame)))
        websocket.on("framesent", lambda frame: seen.sent.append(_bytes(frame)))

    page.on("request", asked)
    page.on("websocket", opened)
    page.on("pageerror", lambda error: seen.faults.append(str(error)))
    page.on("console", lambda message: _keep_refusal(seen, message.text))
    return seen


def _keep_refusal(seen: Sight, text: str) -> None:
    """Keep what the browser says that our content policy stopped."""
    if "Content Security Policy" in text:
        seen.faults.append(text)


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def link(server: Server, page: str, viewer: str, **choices: str) -> str:
    """Return the address of a page for an example viewer, with choices."""
    asked = "&".join(f"{name}={value}" for name, value in choices.items())
    return f"{server.url}/{page}?kijker={viewer}&{asked}"


def heard(sight: Sight) -> dict[str, Any]:
    """Return what is drawn, once the server has heard of all that was done and answered."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < deadline:
        state = sight.map_state()
        if state["said"] == state["heard"]:
            sight.settle()
            return sight.map_state()
        sight.page.wait_for_timeout(50)
    raise AssertionError("the server heard nothing")


def click(sight: Sight, code: str, pane: str | None = None) -> None:
    """Click on the middle of a place, in the main pane or another."""
    box = sight.map_box().bounding_box()
    if box is None or box["y"] < 0:  # scrolling waits for a page that is being drawn
        sight.map_box().scroll_into_view_if_needed()
    x, y = sight.page.evaluate("([code, pane]) => __weerbeeld.where(code, pane)", [code, pane])
    sight.page.mouse.click(x, y)
