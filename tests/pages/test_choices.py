"""What is chosen is one state: widgets, the URL and the browser's history all change that one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_drawing import chosen, draw
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from store.home import Home

pytestmark = pytest.mark.long

VENLO, HEERLEN = "GM0983", "GM0917"
NAMES = ("indicator", "kaart", "periode", "gebied")
"""The choices that the page offers, each in a select box of its own."""


def _box(at: AppTest, name: str) -> "Selectbox[str]":
    (box,) = (box for box in at.selectbox if str(box.key).endswith(f"-{name}"))
    return box


def _go(at: AppTest, url: dict[str, str]) -> None:
    """Do as back and forward do: another URL, and what the widgets hold as it was."""
    at.query_params.clear()
    at.query_params.update(url)
    at.run()


def _url(at: AppTest) -> dict[str, str]:
    return {n: v if isinstance(v, str) else v[0] for n, v in at.query_params.items()}


def _agrees(at: AppTest) -> None:
    url = _url(at)
    assert not at.exception
    for name in set(NAMES) & set(url) - {"gebied"}:
        assert chosen(at, name) == url[name], name
    if not chosen(at, "kaart").startswith("hex"):
        assert chosen(at, "gebied") == url.get("gebied", "None")


def test_a_choice_changes_the_url_and_back_brings_the_choice_back(example_home: Home) -> None:
    at = draw("kaart", example_home.releases, "riec:limburg", kaart="gemeente")
    before = _url(at)
    _box(at, "gebied").set_value(HEERLEN).run()
    _agrees(at)
    assert _url(at) == {"kaart": "gemeente", "gebied": HEERLEN}
    after = _url(at)
    _go(at, before)
    _agrees(at)
    assert chosen(at, "gebied") == "None"
    _go(at, after)
    _agrees(at)
    assert chosen(at, "gebied") == HEERLEN


def test_a_place_of_another_level_is_not_kept_as_chosen(example_home: Home) -> None:
    at = draw("kaart", example_home.releases, "riec:limburg", kaart="gemeente", gebied=HEERLEN)
    _box(at, "kaart").set_value("hex8").run()
    _agrees(at)
    assert _url(at) == {"kaart": "hex8"}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("kaart"), st.sampled_from(["gemeente", "hex7", "hex8"])),
        st.tuples(st.just("indicator"), st.integers(0, 30)),
        st.tuples(st.just("periode"), st.integers(0, 8)),
        st.tuples(st.just("gebied"), st.integers(0, 400)),
        st.tuples(st.just("back"), st.integers(1, 3)),
    ),
    min_size=3,
    max_size=5,
)


@given(steps=STEPS)
@settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_in_any_order_of_choices_and_steps_back_widgets_and_url_agree(
    example_home: Home, steps: list[tuple[str, str | int]]
) -> None:
    at = draw("kaart", example_home.releases, "riec:limburg")
    visited = [_url(at)]
    for what, value in steps:
        if what == "back":
            _go(at, visited[max(0, len(visited) - 1 - int(value))])
        else:
            if what == "gebied" and chosen(at, "kaart").startswith("hex"):
                continue  # of hexagons there is no list
            box = _box(at, what)
            at = (
                box.select_index(value % len(box.options))
                if isinstance(value, int)
                else box.set_value(value)
            ).run()
        _agrees(at)
        visited.append(_url(at))
