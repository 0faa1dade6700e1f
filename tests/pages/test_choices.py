"""What is chosen is one state: widgets, the URL and the browser's history all change that one."""

import pytest
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
