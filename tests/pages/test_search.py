"""The search of a page: what is typed gives lines, and a line is a choice like any other."""

import pytest
from page_drawing import view_of
from streamlit.testing.v1 import AppTest

from access.searching import Found
from pages.kit.choices import POINT
from pages.kit.words import Words
from pages.parts.search import SHOWN, label
from store.home import Home

pytestmark = pytest.mark.example


def _page(releases: str, levels: list[str], language: str) -> None:
    from pathlib import Path

    import streamlit as st
    from page_drawing import view_of

    from pages.kit.choices import begin, decide_point, kept, show
    from pages.parts.search import draw_search

    begin()
    view = view_of(Path(releases), "nsoc", language)  # type: ignore[arg-type]
    draw_search(view, levels)
    st.text(f"gebied {kept('gebied')} punt {decide_point()}")
    show()


def searching(home: Home, levels: list[str], language: str = "nl") -> AppTest:
    args = (str(home.releases), levels, language)
    return AppTest.from_function(_page, args=args, default_timeout=60).run()


def test_a_line_chooses_an_area_of_the_level_that_is_shown(example_home: Home) -> None:
    at = searching(example_home, ["gemeente"])
    assert not at.button
    at.text_input[0].set_value("den bosch").run()
    assert at.button[0].label.startswith("'s-Hertogenbosch (gemeente)")
    at.button[0].click().run()
    assert at.text[0].value == "gebied GM0796 punt None"
    assert at.text_input[0].value == ""
    assert not at.button


def test_another_line_chooses_a_point_to_look_at(example_home: Home) -> None:
    at = searching(example_home, ["hex8"])
    at.text_input[0].set_value("6411").run()
    assert at.button[0].label.startswith("6411 (postcode, Heerlen)")
    at.button[0].click().run()
    assert at.text[0].value == "gebied None punt (5.9815, 50.8837)"
    assert at.query_params[POINT] in ("5.9815,50.8837", ["5.9815,50.8837"])


def test_a_postcode_chooses_its_gemeente_where_one_can_be_shown(example_home: Home) -> None:
    """Most postcodes of a town share one point, which says nothing of where they lie."""
    at = searching(example_home, ["gemeente", "wijk"])
    at.text_input[0].set_value("6411").run()
    at.button[0].click().run()
    assert at.text[0].value == "gebied GM0917 punt None"


def test_many_and_none_are_said(example_home: Home) -> None:
    at = searching(example_home, ["gemeente"], "en")
    at.text_input[0].set_value("b").run()
    assert len(at.button) == SHOWN
    assert at.caption[0].value == "There is more; type on."
    at.text_input[0].set_value("[x](http://y.example)").run()
    assert not at.button
    assert at.caption[0].value.startswith(r"Nothing found for '\[x\]")


@pytest.mark.parametrize("wrong", ["", "5,52", "5.1234,52.1234,1", "9.1234,52.1234", "a", "5.1\n"])
def test_a_point_that_is_none_is_forgotten(wrong: str, example_home: Home) -> None:
    args = (str(example_home.releases), ["gemeente"], "nl")
    at = AppTest.from_function(_page, args=args, default_timeout=60)
    at.query_params[POINT] = wrong
    at.run()
    assert at.text[0].value == "gebied None punt None"
    assert POINT not in at.query_params


def test_a_line_says_what_it_is(example_home: Home) -> None:
    street = Found("street", "Kerkstraat", "GM0917", "Heerlen", 5.98, 50.88)
    assert label(Words("nl"), street) == "Kerkstraat (straat, Heerlen)"
    assert label(Words("en"), street) == "Kerkstraat (street, Heerlen)"
    assert view_of(example_home.releases, "nsoc", "nl").gateway.search("heerlen")
