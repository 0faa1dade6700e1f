"""In a real browser, in any order: map, panel, URL, title and table agree after each step.

``make browse`` takes 300 steps, the suite 40. ``tests/pages/test_any_order.py`` takes thousands
the browser.
"""

import os
import re
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from sights import PATIENCE_MS, Server, Sight, click, heard, link, looking

pytestmark = [pytest.mark.browser, pytest.mark.long]

EVERYTHING = os.environ.get("WEERBEELD_BROWSE") == "all"
SOON_SECONDS = 10
STEPS, ROUNDS = (60, 5) if EVERYTHING else (40, 1)
CHOICES = {"De kaart toont": 12, "Gebied": 4, "Per": 4, "Periode": 8, "Kies een": 30}
"""Select boxes, and how many of their options are chosen among."""

STEP = st.one_of(
    st.tuples(st.sampled_from(list(CHOICES)), st.integers(0, 30)),
    st.tuples(st.sampled_from(["click", "double"]), st.integers(0, 400)),
    st.tuples(st.just("line"), st.integers(0, 9)),
    st.tuples(st.sampled_from(["back", "forward", "reload", "clear", "table", "only"]), st.just(0)),
)


def _chosen(sight: Sight) -> dict[str, str]:
    return {name: found[0] for name, found in parse_qs(urlsplit(sight.page.url).query).items()}


def _select(sight: Sight, label: str, number: int) -> None:
    box = sight.page.get_by_role("combobox", name=re.compile(label))
    if not box.count():
        return  # of hexagons there is no list
    options = sight.page.get_by_role("option")
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not options.count() and time.monotonic() < deadline:
        box.first.click()  # again, where the page was drawn anew under an open list
        sight.page.wait_for_timeout(500)
    options.nth(number % min(options.count(), CHOICES[label])).click()


def _click(sight: Sight, number: int, times: int) -> None:
    places = heard(sight)["places"]
    for _ in range(times):
        click(sight, places[number % len(places)])


def _line(sight: Sight, number: int) -> None:
    lines = sight.page.locator("[class*='st-key-to-'] button")
    if count := lines.count():
        lines.nth(number % count).click()


def _go(sight: Sight, way: Callable[[], object]) -> None:
    """Go where the browser's own buttons go, but not out of the map's page."""
    before = sight.page.url
    way()
    if "/kaart" not in sight.page.url:
        sight.page.goto(before)


def _take(sight: Sight, what: str, number: int) -> None:
    page = sight.page
    clear = page.get_by_role("button", name="Wis keuzes")
    table = page.get_by_text(re.compile("^Tabel: ")).first
    only = page.get_by_text("Alleen wat eruit steekt", exact=True)
    steps: dict[str, Callable[[], object]] = {
        "click": lambda: _click(sight, number, 1),
        "double": lambda: _click(sight, number, 2),
        "line": lambda: _line(sight, number),
        "back": lambda: _go(sight, page.go_back),
        "forward": lambda: _go(sight, page.go_forward),
        "reload": page.reload,
        "clear": lambda: clear.click() if clear.count() else None,
        "table": table.click,
        "only": lambda: only.first.click() if only.count() else None,  # of a score nothing stands
    }
    steps.get(what, lambda: _select(sight, what, number))()


def _agrees(sight: Sight) -> None:
    """Check that all agree, at once or soon: a click may be answered while this looks."""
    deadline = time.monotonic() + SOON_SECONDS
    while time.monotonic() < deadline:
        try:
            _compare(sight)
        except AssertionError:
            sight.page.wait_for_timeout(250)
        else:
            return
    _compare(sight)


def _compare(sight: Sight) -> None:
    sight.settle()
    state, chosen = heard(sight), _chosen(sight)
    assert state["chosen"] == chosen.get("gebied")
    assert state["code"] == chosen.get("indicator", "verdicts")
    for name, part in (("kaart", "level"), ("periode", "period")):
        assert name not in chosen or state[part] == chosen[name]
    heads = sight.page.locator("h2").all_inner_texts()
    title = sight.page.title()
    if state["chosen"] and state["chosen"] in state["places"]:
        name = sight.page.evaluate("code => __weerbeeld.place(code).name", state["chosen"])
        assert name in heads, "the panel is about the chosen place"
        assert title.startswith(name), title
    else:
        assert "Alles over" not in sight.page.inner_text("body")
    places = sum(place["drawn"] for place in sight.places())
    assert state["only"] == ("alleen" in chosen and state["code"] != "score")
    said = sight.page.get_by_text(re.compile(r"^Tabel: .*\(([\d.]+)\)$")).first.inner_text()
    rows = int(re.sub(r"\D", "", said.rpartition("(")[2]))
    assert rows == places if state["only"] else rows <= places, "no row is on no map"
    assert sight.faults == []


@given(steps=st.lists(STEP, min_size=STEPS, max_size=STEPS))
@settings(
    max_examples=ROUNDS,
    deadline=None,
    derandomize=not EVERYTHING,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_steps_in_the_browser_all_agree(
    server: Server, chromium: Browser, steps: list[tuple[str, int]]
) -> None:
    with looking(chromium, "laptop") as sight:
        sight.go(link(server, "kaart", "nsoc"))
        _agrees(sight)
        for what, number in steps:
            _take(sight, what, number)
            _agrees(sight)
