"""What a change on the map costs, against the same change of a select box on an empty page.

A real browser opens the national map for the first time, changes indicator, level and period and
clicks on a place; beside it the one select box of an app that is nothing else but an empty
component. The release is that of WEERBEELD_HOME (``make run`` builds the example there). For each:
processor time of the server, bytes on the wire (answers as they came, frames of the websocket as
compressed anew) and milliseconds from the key press until it is drawn: until the map handed it to
the graphics card, for a machine without one draws for seconds. The median of a few counts.
Then what one line of the audit log costs, against an empty transaction that is as safe on disk.
Run it: ``make bench BENCHMARKS=map``.
"""

import base64
import os
import sqlite3
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page, sync_playwright
from serving import Serving, serving
from sights import FLAGS, click, watched

from store.access import open_access
from store.home import Home
from store.logs import audit

EMPTY = """
import streamlit as st
st.components.v2.component("empty", js="export default function () {}")(key="empty")
st.write("chosen: " + st.selectbox("Box", ["one", "two", "three", "four", "five", "six"]))
"""
MAP = "/kaart?kijker=nsoc&indicator=VG01&kaart=gemeente"
MAP_DRAWN = "(s => s && !s.pending && s.layers?.length)(window.__weerbeeld?.state())"
EMPTY_DRAWN = "document.body?.innerText.includes('chosen: one')"
FRESH_PAGES = 5
AUDIT_LINES = 400
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
STREAMLIT = ("streamlit", "run", "{app}", "--server.port={port}", "--server.headless=true")
DRAWN = """async began => {{
  while (!({drawn})) await new Promise(done => setTimeout(done, 4));
  return ({at}) - began;
}}"""
NOW, MAP_AT = "performance.now()", "__weerbeeld.state().drawn"

SLIDER = """() => {
  const host = [...document.querySelectorAll("*")].find(e => e.shadowRoot?.querySelector(".now"));
  const slider = host.shadowRoot.querySelector(".now input");
  const tell = name => slider.dispatchEvent(new Event(name, {bubbles: true}));
"""

Cost = tuple[float, float, float]
"""Seconds of the server's processor, bytes on the wire, milliseconds until drawn."""


def _worked(served: Serving) -> float:
    """Return the seconds of the processor that a server used so far."""
    fields = Path(f"/proc/{served.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Wire:
    """Counts the bytes that reach a page, and how long the websocket took to answer.

    ``static``: bytes of the framework's own files, which a browser keeps for good.
    """

    def __init__(self, session: CDPSession) -> None:
        self.bytes = self.static = 0.0
        self._files: set[str] = set()
        self._asked = self._answered = 0.0
        session.send("Network.enable")
        session.on("Network.responseReceived", self._begins)
        session.on("Network.loadingFinished", self._answer)
        session.on("Network.webSocketFrameSent", self._sent)
        session.on("Network.webSocketFrameReceived", self._frame)

    def _begins(self, event: dict[str, Any]) -> None:
        if urlsplit(event["response"]["url"]).path.startswith("/static/"):
            self._files.add(event["requestId"])

    def _answer(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]
        self.static += event["encodedDataLength"] * (event["requestId"] in self._files)

    def _sent(self, event: dict[str, Any]) -> None:
        self._asked = self._asked or event["timestamp"]

    def _frame(self, event: dict[str, Any]) -> None:
        self.bytes += len(zlib.compress(base64.b64decode(event["response"]["payloadData"])))
        self._answered = event["timestamp"]

    def begin(self) -> None:
        self._asked = 0.0

    @property
    def answering(self) -> float:
        """Milliseconds from the first message that was sent to the last that came."""
        return (self._answered - self._asked) * 1000


def _cost(
    served: Serving, page: Page, wire: Wire, act: Callable[[], None], drawn: str, at: str = NOW
) -> Cost:
    """Return what one change costs; ``drawn`` ends it in the browser, ``at`` says when that was."""
    worked, before = _worked(served), wire.bytes
    began = page.evaluate(NOW)
    act()
    taken = float(page.evaluate(DRAWN.format(drawn=drawn, at=at), began))
    page.wait_for_timeout(1500)  # whatever the server still does, or sends
    return _worked(served) - worked, wire.bytes - before, taken


def _median(costs: list[Cost]) -> Cost:
    seconds, size, taken = (median(part) for part in zip(*costs, strict=True))
    return seconds, size, taken


def _chosen(page: Page, label: str, text: str) -> Callable[[], None]:
    """Type a choice into a select box; return what confirms it."""
    box = page.get_by_role("combobox", name=label).first
    box.click()
    page.keyboard.type(text)
    page.wait_for_timeout(300)
    return lambda: page.keyboard.press("Enter")


def _first(served: Serving, address: str, drawn: str, at: str = NOW) -> Cost:
    """Return what a page costs in a browser that holds nothing yet, opened a few times.

    Of bytes those beside the framework's own files.
    """
    costs = []
    for _ in range(FRESH_PAGES):
        with _page() as (page, wire):
            worked = _worked(served)
            page.goto(served.origin + address, wait_until="commit")
            taken = float(page.evaluate(DRAWN.format(drawn=drawn, at=at), 0))
            page.wait_for_timeout(1500)
            costs.append((_worked(served) - worked, wire.bytes - wire.static, taken))
    return _median(costs)


def _on_map(served: Serving, page: Page, wire: Wire) -> dict[str, Cost]:
    sight = watched(page)
    sight.go(served.origin + MAP)
    sight.map_state()
    costs: dict[str, list[Cost]] = {}

    def change(what: str, act: Callable[[], None], drawn: str) -> None:
        here = f"(s => s && !s.pending && {drawn})(window.__weerbeeld?.state())"
        at = NOW if "heard" in drawn else MAP_AT
        costs.setdefault(what, []).append(_cost(served, page, wire, act, here, at))
        sight.settle()

    for code in ("BD01", "CV01", "FI01", "LO01", "VG02"):
        change("indicator", _chosen(page, "De kaart toont", code), f"s.code === '{code}'")
    for level, text in (("hex7", "4,4"), ("riec", "RIEC"), ("hex8", "0,62"), ("gemeente", "gem")):
        change("level", _chosen(page, "Per", text), f"s.level === '{level}'")
    for _ in range(5):
        before = sight.map_state()["period"]
        moving = lambda: page.evaluate(SLIDER + "slider.value -= 1; tell('input')}")  # noqa: E731
        change("period", moving, f"s.period !== '{before}'")
        heard = sight.map_state()["heard"]
        letting_go = lambda: page.evaluate(SLIDER + "tell('change')}")  # noqa: E731
        change("period, let go", letting_go, f"s.heard > {heard}")
    for place in [place for place in sight.places() if place["name"]][:60:12]:
        head = f"[...document.querySelectorAll('h2')].some(e => e.innerText === '{place['name']}')"
        wire.begin()
        cost = _cost(served, page, wire, partial(click, sight, place["code"]), head)
        costs.setdefault("place", []).append(cost)
        costs.setdefault("place, answered", []).append((*cost[:2], wire.answering))
        sight.settle()
    return {what: _median(found) for what, found in costs.items()}


def _on_an_empty_page(served: Serving, page: Page, wire: Wire) -> Cost:
    page.goto(served.origin)
    page.wait_for_selector("text=chosen: one")
    costs = []
    for text in ("two", "three", "four", "five", "six"):
        act = _chosen(page, "Box", text)
        drawn = f"document.body.innerText.includes('chosen: {text}')"
        costs.append(_cost(served, page, wire, act, drawn))
    return _median(costs)


@contextmanager
def _page() -> Iterator[tuple[Page, Wire]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        yield page, Wire(page.context.new_cdp_session(page))
        browser.close()


def _releases() -> Path:
    there = Path(os.environ["WEERBEELD_HOME"]) / "releases"
    if not (there / "current").exists():
        raise SystemExit(f"No release is published in {there}. Build the example with 'make run'.")
    return there.resolve()


def _audit_line(folder: Path) -> tuple[float, float]:
    """Return the seconds of one line of the audit log, and of a transaction with one row."""
    engine = open_access(Home(folder / "logged"))
    taken = []
    for number in range(AUDIT_LINES):
        began = time.perf_counter()
        audit(engine, action="read", object=f"{number}", result="ok", origin="bench", actor="bench")
        taken.append(time.perf_counter() - began)
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (n)")
    bare = []
    for number in range(AUDIT_LINES):
        began = time.perf_counter()
        plain.execute("INSERT INTO t VALUES (?)", (number,))
        bare.append(time.perf_counter() - began)
    return median(taken), median(bare)


def main() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as temporary:
        home, folder = Path(temporary) / "home", Path(temporary)
        home.mkdir()
        (home / "releases").symlink_to(_releases())
        (folder / "empty.py").write_text(EMPTY)
        with serving(home, folder) as served:
            first = _first(served, MAP, MAP_DRAWN, MAP_AT)
            with _page() as (page, wire):
                changes = _on_map(served, page, wire)
        command = [str(Path(sys.executable).parent / STREAMLIT[0]), *STREAMLIT[1:]]
        command = [part.replace("{app}", str(folder / "empty.py")) for part in command]
        with serving(home, folder, tuple(command)) as served:
            first_empty = _first(served, "", EMPTY_DRAWN)
            with _page() as (page, wire):
                empty = _on_an_empty_page(served, page, wire)
        logged, bare = _audit_line(folder)
    names = ("processor of the server", "bytes on the wire", "until drawn")
    shown = {"first page": first, "first, empty": first_empty, "empty page": empty, **changes}
    for what, cost in shown.items():
        print(f"{what:14} {cost[0]:6.2f} s {cost[1] / 1000:8.1f} kB {cost[2]:7.0f} ms")
    print(f"audit line     {logged * 1000:.2f} ms, a transaction with one row {bare * 1000:.2f} ms")
    ratios = {"audit line, to a transaction with one row": logged / bare}
    for name, own, plain in zip(names, first, first_empty, strict=True):
        ratios[f"{name}, first page, to an empty page with an empty component"] = own / plain
    for what, cost in changes.items():
        for name, own, plain in zip(names, cost, empty, strict=True):
            if own:  # a slider that moves asks nothing of the server
                ratios[f"{name}, {what} changed, to an empty page"] = own / max(plain, 1e-9)
    return ratios
