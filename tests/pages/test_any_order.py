"""Whatever a reader does in whatever order: the URL, widgets, map, panel and title agree.

``make browse`` takes 3,000 steps; the suite takes 100.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_drawing import SECONDS, map_message, words
from planted_release import BELOW, plant
from streamlit.testing.v1 import AppTest

from access.verdicts import VERDICTS
from pages.kit.choices import AREA, INDICATOR, LEVEL, PERIOD, WITHIN
from pages.parts.chosen_place import level_of

EVERYTHING = os.environ.get("WEERBEELD_BROWSE") == "all"
STEPS, ROUNDS = 50, 60 if EVERYTHING else 2
VIEWERS = ("nsoc", "riec:limburg", "gemeente:GM0983")
PAGES = ("beeld", "kaart", "plaats", "vergelijk", "indicatoren")
WITH_MAP = ("beeld", "kaart")
PLACES = ["GM0983", "GM0946", "GM0599", *(c for codes in BELOW["GM0983"].values() for c in codes)]

Step = tuple[str, Any]

STEP: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("box"), st.tuples(st.integers(0, 9), st.integers(0, 40))),
    st.tuples(st.just("click"), st.sampled_from(PLACES)),
    st.tuples(st.just("line"), st.integers(0, 9)),
    st.tuples(st.just("back"), st.integers(1, 3)),
    st.tuples(st.just("page"), st.sampled_from(PAGES)),
    st.tuples(st.just("reader"), st.sampled_from(VIEWERS)),
    st.tuples(st.just("clear"), st.none()),
)


def _script(releases: str) -> None:
    from importlib import import_module
    from pathlib import Path

    import streamlit as st
    from page_drawing import MAPS

    from access.session import example_gateways
    from pages.kit.choices import begin, clear
    from pages.parts.map import take_deed
    from pages.parts.map_message import MapRequest
    from pages.parts.picking import Deed
    from store.home import Served

    held = st.session_state
    if held.pop("clear", False):
        clear()
    if clicked := held.pop("click", None):
        request = MapRequest("verdicts", "gemeente", "", "")
        take_deed(f"{held.page}-map-sight", Deed(1, clicked, None), [], request)
    begin()
    page = import_module(f"pages.{held.page}").PAGE
    served = Served(Path(releases), Path(releases).parent / "access")
    page.draw(example_gateways(served, held.reader, env="local"), "nl", maps=MAPS)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("order") / "releases"
    plant(folder)
    return folder


def _url(at: AppTest) -> dict[str, str]:
    return {n: v if isinstance(v, str) else v[0] for n, v in at.query_params.items()}


def _boxes(at: AppTest) -> dict[str, Any]:
    page = at.session_state["page"]
    return {str(box.key).removeprefix(f"{page}-"): box for box in at.selectbox}


def _agrees(at: AppTest) -> None:
    assert not at.exception, at.exception
    url, boxes = _url(at), _boxes(at)
    for name in (LEVEL, PERIOD, WITHIN, INDICATOR):
        if name in url and name in boxes:
            assert str(boxes[name].value) == url[name], name
    if at.session_state["page"] not in WITH_MAP:
        return
    drawn = map_message(at)
    assert drawn["level"] == boxes[LEVEL].value
    assert drawn["period"] == boxes[PERIOD].value
    if at.session_state["page"] == "kaart":
        assert drawn["code"] == url.get(INDICATOR, VERDICTS)
        assert drawn["chosen"] == url.get(AREA)
    if AREA in url:
        assert level_of(url[AREA]) == drawn["level"], "a place of another level is none"
        assert drawn["chosen"] == url[AREA]
        headings = [element.value for element in at.header]
        assert headings, "the panel of the chosen place"
        assert AREA not in boxes or boxes[AREA].value == url[AREA]
    else:
        assert "Alles over deze plaats" not in words(at) or at.session_state["page"] == "beeld"


def _take(at: AppTest, step: Step, visited: list[tuple[str, dict[str, str]]]) -> AppTest:
    what, value = step
    if what == "box":
        boxes = list(at.selectbox)
        number, option = value
        if boxes and (options := boxes[number % len(boxes)].options):
            boxes[number % len(boxes)].select_index(option % len(options))
    if what == "line":
        lines = [button for button in at.button if str(button.key).startswith("to-")]
        if lines:
            lines[value % len(lines)].click()
    if what == "back" and len(visited) > value:
        page, url = visited[-1 - value]
        at.session_state["page"] = page
        at.query_params.clear()
        at.query_params.update(url)
    with_map = at.session_state["page"] in WITH_MAP
    if what == "click" and with_map and level_of(value) == map_message(at)["level"]:
        at.session_state["click"] = value
    if what in ("page", "reader"):
        at.session_state[what] = value
    if what == "clear":
        at.session_state["clear"] = True
    return at.run()


@pytest.mark.long
@given(steps=st.lists(STEP, min_size=STEPS, max_size=STEPS))
@settings(
    max_examples=ROUNDS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
def test_after_any_steps_all_agree(releases: Path, steps: list[Step]) -> None:
    at = AppTest.from_function(_script, args=(str(releases),), default_timeout=SECONDS)
    at.session_state["page"], at.session_state["reader"] = "kaart", VIEWERS[0]
    at.run()
    visited = [("kaart", _url(at))]
    for step in steps:
        at = _take(at, step, visited)
        _agrees(at)
        visited.append((at.session_state["page"], _url(at)))
