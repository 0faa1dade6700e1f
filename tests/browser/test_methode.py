"""Chapters, terms and the way between them, as a reader meets them in a real browser."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from sights import PATIENCE_MS, SIZES, Server, Sight, looking

from pages.kit.chapters import CHAPTERS

pytestmark = pytest.mark.browser

MAIN = "document.querySelector('[data-testid=stMain]')"
MOST_SCREENS = 4


@pytest.fixture(scope="module", params=list(SIZES))
def reader(request: pytest.FixtureRequest, server: Server, chromium: Browser) -> Iterator[Sight]:
    """A browser of each size, with the methode open, which tests use one after another."""
    with looking(chromium, request.param) as found:
        open_chapter(found, server, "wat")
        yield found


def open_chapter(sight: Sight, server: Server, name: str) -> None:
    sight.go(f"{server.url}/methode?kijker=nsoc&hoofdstuk={name}")


def below_the_top(sight: Sight) -> float:
    return float(sight.page.evaluate(f"{MAIN}.scrollTop"))


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_is_short_whole_and_within_reach_of_all(
    name: str, reader: Sight, server: Server
) -> None:
    open_chapter(reader, server, name)
    assert reader.page.title().startswith(f"{CHAPTERS[name].nl} · Methode")
    bar = reader.page.locator(".st-key-methode-hoofdstuk")
    expect(bar.get_by_role("radio", checked=True)).to_contain_text(CHAPTERS[name].nl)
    width, height = SIZES["laptop"]
    if reader.page.viewport_size == {"width": width, "height": height}:
        assert reader.page.evaluate(f"{MAIN}.scrollHeight") <= MOST_SCREENS * height
    results = Axe().run(reader.page)
    assert results.violations_count == 0, results.generate_report()
    assert reader.faults == []


def test_the_next_chapter_begins_at_its_top_and_back_is_one_step(
    reader: Sight, server: Server
) -> None:
    open_chapter(reader, server, "bescherming")
    onward = reader.page.get_by_role("button", name=re.compile("^Volgende: "))
    onward.scroll_into_view_if_needed()
    assert below_the_top(reader) > 0
    onward.click()
    expect(reader.page).to_have_url(re.compile("hoofdstuk=score"), timeout=PATIENCE_MS)
    expect(reader.page.locator("h1")).to_contain_text("De score zegt", timeout=PATIENCE_MS)
    reader.page.wait_for_function(f"{MAIN}.scrollTop === 0")
    reader.page.go_back()
    expect(reader.page.locator("h1")).to_contain_text("nooit getoond", timeout=PATIENCE_MS)
    assert "hoofdstuk=bescherming" in reader.page.url


def test_a_choice_within_a_chapter_leaves_the_reader_where_it_was(
    reader: Sight, server: Server
) -> None:
    open_chapter(reader, server, "zekerheid")
    box = reader.page.get_by_role("combobox", name=re.compile("Terugblik op een indicator"))
    reader.page.evaluate(f"{MAIN}.scrollTo(0, 200)")
    box.focus()
    reader.page.keyboard.type("Brandstichting")
    reader.page.keyboard.press("Enter")
    expect(reader.page).to_have_url(re.compile("terugblik=CV09"), timeout=PATIENCE_MS)
    reader.settle()
    assert below_the_top(reader) > 0


def test_a_term_opens_its_meaning_by_keyboard_and_by_touch(reader: Sight, server: Server) -> None:
    open_chapter(reader, server, "cijfer")
    meaning = reader.page.locator(".wb-meaning:popover-open")
    mark = reader.page.get_by_role("button", name="noemer")
    mark.focus()
    reader.page.keyboard.press("Enter")
    expect(meaning).to_contain_text("Waar het aantal door wordt gedeeld")
    box, place = meaning.bounding_box(), mark.bounding_box()
    assert box
    assert place
    assert abs(box["y"] - place["y"] - place["height"]) < 20, "it opens at its term"
    assert reader.page.viewport_size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= reader.page.viewport_size["width"]
    reader.page.keyboard.press("Escape")
    expect(meaning).to_have_count(0)
    other = reader.page.get_by_role("button", name="paspoort")
    if reader.page.evaluate("navigator.maxTouchPoints"):
        other.tap()
    else:
        other.click()
    expect(meaning).to_contain_text("De uitleg bij een indicator")
    reader.page.locator("h1").click()
    expect(meaning).to_have_count(0)
