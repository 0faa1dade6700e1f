"""What a change on the map costs, against the same change of a select box on an empty page.

A real browser changes indicator, level and period of the national map, and beside it the one select
box of an app that is nothing else. The release is that of WEERBEELD_HOME (``make run`` builds the
example there). For each change: processor time of the server, bytes on the wire
(answers as they came, frames of the websocket as compressed anew) and milliseconds from the key
press until it is drawn. The median of a few counts. Run it: ``make bench BENCHMARKS=map``.
"""

import base64
import os
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright
from serving import Serving, serving
from sights import FLAGS, watched

EMPTY = """
import streamlit as st
st.write("chosen: " + st.selectbox("Box", ["one", "two", "three", "four", "five", "six"]))
"""
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
STREAMLIT = ("streamlit", "run", "{app}", "--server.port={port}", "--server.headless=true")
DRAWN = """async () => {{
  while (!({drawn})) await new Promise(done => setTimeout(done, 4));
  return performance.now() - window.began;
}}"""

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
    """Counts the bytes that reach a page."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0.0
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._answer)
        session.on("Network.webSocketFrameReceived", self._frame)

    def _answer(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]

    def _frame(self, event: dict[str, Any]) -> None:
        self.bytes += len(zlib.compress(base64.b64decode(event["response"]["payloadData"])))


def _cost(served: Serving, page: Page, wire: Wire, act: Callable[[], None], drawn: str) -> Cost:
    """Return what one change costs; ``drawn`` is the condition in the browser that ends it."""
    worked, before = _worked(served), wire.bytes
    page.evaluate("window.began = performance.now()")
    act()
    taken = float(page.evaluate(DRAWN.format(drawn=drawn)))
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


def _on_map(served: Serving, page: Page, wire: Wire) -> dict[str, Cost]:
    sight = watched(page)
    sight.go(f"{served.origin}/kaart?kijker=nsoc&indicator=VG01&kaart=gemeente")
    sight.map_state()
    costs: dict[str, list[Cost]] = {}

    def change(what: str, act: Callable[[], None], drawn: str) -> None:
        here = f"(s => s && !s.pending && {drawn})(window.__weerbeeld?.state())"
        costs.setdefault(what, []).append(_cost(served, page, wire, act, here))
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


def main() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as temporary:
        home, folder = Path(temporary) / "home", Path(temporary)
        home.mkdir()
        (home / "releases").symlink_to(_releases())
        (folder / "empty.py").write_text(EMPTY)
        with serving(home, folder) as served, _page() as (page, wire):
            changes = _on_map(served, page, wire)
        command = [str(Path(sys.executable).parent / STREAMLIT[0]), *STREAMLIT[1:]]
        command = [part.replace("{app}", str(folder / "empty.py")) for part in command]
        with serving(home, folder, tuple(command)) as served, _page() as (page, wire):
            empty = _on_an_empty_page(served, page, wire)
    names = ("processor of the server", "bytes on the wire", "until drawn")
    ratios = {}
    for what, cost in {"empty page": empty, **changes}.items():
        print(f"{what:12} {cost[0]:6.2f} s {cost[1] / 1000:8.1f} kB {cost[2]:7.0f} ms")
    for what, cost in changes.items():
        for name, own, plain in zip(names, cost, empty, strict=True):
            if own:  # a slider that moves asks nothing of the server
                ratios[f"{name}, {what} changed, to an empty page"] = own / max(plain, 1e-9)
    return ratios
