"""Every page, for every viewer, on a laptop and on a phone, in a real browser.

``make browse`` looks at each page as each viewer in each size; the suite at fewer of these.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from sights import LENT, LOCAL, PATIENCE_MS, SIZES, Server, Sight, looking

from access.viewer import viewer_named
from pages import PAGES, Page

pytestmark = pytest.mark.browser

VIEWERS = ("nsoc", "riec:limburg", "gemeente:GM0599")
EVERYTHING = os.environ.get("WEERBEELD_BROWSE") == "all"
ONLY_IN_ENGLISH = [page for page in PAGES if not viewer_named(VIEWERS[0]).roles & page.roles]
"""Pages of which the first viewer sees that they are for another role."""


def viewers_of(page: Page[Any]) -> list[str]:
    return [viewer for viewer in VIEWERS if viewer_named(viewer).roles & page.roles]


def sights(everything: bool) -> list[tuple[str, Page[Any], str]]:
    """Return who looks at which page in which size.

    Not everything: each viewer looks at each of its pages once, and each page is seen in each size.
    """
    chosen = []
    for number, page in enumerate(PAGES):
        viewers = viewers_of(page)
        for turn, viewer in enumerate(viewers):
            own = ["laptop"] if turn == 0 else [list(SIZES)[(number + turn + 1) % 2]]
            alone = everything or len(viewers) == 1
            chosen += [(viewer, page, size) for size in (SIZES if alone else own)]
    return chosen


SIGHTS = sights(EVERYTHING)
NAMES = [f"{viewer}-{page.path}-{size}" for viewer, page, size in SIGHTS]
ENGLISH_TOO = (VIEWERS[0], "laptop")
"""Who turns each page into English as well, and in which size."""

MOST_SCREENS = 4
"""Nobody scrolls farther on a laptop before something was opened."""

WITH_MAP = {"beeld", "kaart"}
BAD_WORDS = re.compile(r"verdachte (persoon|personen|bedrij)|Traceback|Error:", re.IGNORECASE)


def _violations(sight: Sight) -> str:
    results = Axe().run(sight.page)
    return results.generate_report() if results.violations_count else ""


def test_every_viewer_sees_its_pages_and_every_page_is_seen_in_each_size() -> None:
    few, all_ = sights(False), sights(True)
    assert len(few) < 0.6 * len(all_)
    assert {(viewer, page.path) for viewer, page, _ in few} == {
        (viewer, page.path) for viewer, page, _ in all_
    }
    assert {(page.path, size) for _, page, size in few} == {
        (page.path, size) for _, page, size in all_
    }
    in_english = {page.path for viewer, page, size in few if (viewer, size) == ENGLISH_TOO}
    assert in_english | {page.path for page in ONLY_IN_ENGLISH} == {page.path for page in PAGES}


@pytest.mark.parametrize(("viewer", "page", "size"), SIGHTS, ids=NAMES, indirect=["size"])
def test_a_page_shows_its_map_its_finding_and_nothing_from_outside(
    viewer: str, page: Page[Any], size: str, server: Server, sight: Sight, pictures: Path
) -> None:
    path = page.path
    sight.go(f"{server.url}/{path}?kijker={viewer}")
    shown = sight.page.inner_text("body")
    assert "Verzonnen voorbeeld" in shown
    assert not BAD_WORDS.search(shown)
    assert "Page not found" not in shown
    assert len(sight.page.inner_text("h1")) > 20, "the title is a finding"
    assert sight.page.evaluate("document.documentElement.lang") == "nl"
    if path in WITH_MAP:
        assert len(sight.places()) > 5, "the smallest region has six gemeenten"
        assert "land" in sight.map_state()["layers"]
        assert "GeoNames" in shown
    name = f"{viewer.replace(':', '-')}-{path}-{size}.png"
    sight.page.screenshot(path=pictures / name)
    if size == "laptop":
        high = sight.page.evaluate(
            "document.querySelector('[data-testid=stMain]').scrollHeight / innerHeight"
        )
        assert high <= MOST_SCREENS
    wide = sight.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 1, "nothing sticks out of the screen"
    assert not _violations(sight)
    if (viewer, size) == ENGLISH_TOO:
        sight.page.get_by_role("radio", name="English").click()
        sight.page.wait_for_selector("text=Invented example", timeout=PATIENCE_MS)
        sight.settle()
        _is_english(sight)
    assert sight.hosts <= LOCAL
    assert not [asked for asked in sight.paths if asked.startswith(("/media", "/component"))]
    assert sight.faults == []


def _is_english(sight: Sight) -> None:
    shown = sight.page.inner_text("body")
    assert "Invented example" in shown
    assert sight.page.evaluate("document.documentElement.lang") == "en"
    dutch = re.findall(r"\b(het|een|voor|niet|gemeenten|sinds|zeshoek|steekt|wordt)\b", shown)
    assert dutch == []


@pytest.mark.parametrize("size", ["laptop"], indirect=True)
@pytest.mark.parametrize("page", ONLY_IN_ENGLISH, ids=[page.path for page in ONLY_IN_ENGLISH])
def test_a_link_in_english_has_no_dutch_left(page: Page[Any], server: Server, sight: Sight) -> None:
    sight.go(f"{server.url}/{page.path}?kijker=nsoc&taal=en")
    _is_english(sight)


@pytest.mark.parametrize("size", ["laptop"], indirect=True)
def test_a_link_brings_another_reader_to_the_same_sight(server: Server, sight: Sight) -> None:
    link = (
        f"{server.url}/kaart?kijker=gemeente:GM0599&indicator=VG01&kaart=hex8&periode=2025-12-12m"
    )
    sight.go(link)
    chosen = " ".join(
        sight.page.evaluate("[...document.querySelectorAll('input')].map(i => i.value)")
    )
    assert "januari 2025 – december 2025" in chosen
    assert "Aankoop zonder hypotheek" in chosen
    cells = sight.places()
    assert all(cell["code"].startswith("88") for cell in cells)
    code = next(cell["code"] for cell in cells if cell["kind"] > LENT)
    sight.go(f"{link}&gebied={code}")
    sight.page.wait_for_selector(f"text={code}")
    assert "90%-interval" in sight.page.inner_text("body")
    assert "chosen-hex8" in sight.map_state()["layers"]


@pytest.fixture(scope="module")
def national(server: Server, chromium: Browser) -> Iterator[Sight]:
    """The national picture of one indicator on a laptop, which tests use one after another."""
    with looking(chromium, "laptop") as found:
        found.go(f"{server.url}/kaart?kijker=nsoc&indicator=FI01&kaart=gemeente")
        yield found


def test_the_table_has_the_rows_of_the_map_and_comes_as_a_file(
    national: Sight, tmp_path: Path
) -> None:
    mapped = {place["code"] for place in national.places() if place["row"]}
    national.open_table()
    with national.page.expect_download() as waiting:
        national.page.get_by_role("link", name=re.compile("CSV")).first.click()
    assert waiting.value.suggested_filename.startswith("weerbeeld-figures-FI01-gemeente")
    waiting.value.save_as(tmp_path / "table.csv")
    assert not [path for path in national.paths if path.startswith("/media")]
    lines = (tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()
    assert {line.split(",")[0] for line in lines[1:]} == mapped
    assert all("VERZONNEN" in line for line in lines[1:])


def test_a_place_is_chosen_with_the_keyboard_alone(national: Sight) -> None:
    box = national.page.get_by_role("combobox", name=re.compile("Kies een gemeente"))
    box.focus()
    national.page.keyboard.type("Eindhoven")
    national.page.keyboard.press("Enter")
    national.page.wait_for_selector("h2:has-text('Eindhoven')", timeout=60_000)
    national.settle()
    assert "Kan ook onschuldig zijn" in national.page.inner_text("body")
    assert "gebied=GM0772" in national.page.url


@pytest.mark.parametrize("size", ["laptop"], indirect=True)
def test_the_start_page_offers_viewers_and_languages(
    server: Server, sight: Sight, pictures: Path
) -> None:
    sight.go(server.url)
    assert not _violations(sight)
    sight.page.screenshot(path=pictures / "start-laptop.png")
    sight.page.get_by_role("radio", name="English").click()
    sight.page.wait_for_selector("text=Choose as whom you look")
    sight.page.wait_for_selector("html[lang=en]", state="attached")
    sight.page.get_by_role("button", name="Open").first.click()
    sight.page.wait_for_url(re.compile("/beeld.*kijker=nsoc"), timeout=60_000)
    sight.page.wait_for_selector("text=You look as", timeout=60_000)
    assert "taal=en" in sight.page.url
    sight.page.get_by_role("button", name="Other role").click()
    sight.page.wait_for_selector("text=Choose as whom you look")
    assert "kijker" not in sight.page.url


@pytest.mark.parametrize("size", ["laptop"], indirect=True)
def test_a_page_for_another_role_says_so(server: Server, sight: Sight) -> None:
    sight.page.goto(f"{server.url}/beheer?kijker=gemeente:GM0599")
    sight.page.wait_for_selector("text=hoort niet bij deze rol", timeout=60_000)


@pytest.mark.parametrize("size", ["laptop"], indirect=True)
def test_a_viewer_that_does_not_exist_is_refused(server: Server, sight: Sight) -> None:
    sight.go(f"{server.url}/?kijker=gemeente:GM9999")
    assert "GM9999" in sight.page.inner_text("body")
    expect(sight.page.get_by_role("button", name="Openen: RIEC Rotterdam")).to_be_visible()


def test_the_server_opened_no_outside_connection(server: Server) -> None:
    """Runs last: what the server's process did with sockets while all pages were looked at."""
    events = server.socket_events
    bound = {event.split()[1] for event in events if event.startswith("bind")}
    reached = {event.split()[1] for event in events if not event.startswith("bind")}
    assert bound == {"127.0.0.1"}
    assert reached <= {"127.0.0.1", "localhost", "::1", "None"}
