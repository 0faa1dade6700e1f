"""Two subjects side by side in a real browser: each with its own figures, words and legend."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_drawing import view_of
from PIL import Image
from playwright.sync_api import Browser, expect
from sights import Server, Sight, click, heard, link, looking
from trial_page import PATH

from bilingual import Language
from pages.kit import palette
from pages.parts.map_subject import subject_name
from pages.parts.rows import shown_rows
from pages.parts.verdict_words import verdict_text
from store.home import Home

pytestmark = pytest.mark.browser

EARLIER = "2026-03-12m"


@pytest.fixture(scope="module")
def laptop(chromium: Browser) -> Iterator[Sight]:
    with looking(chromium, "laptop") as found:
        yield found


def pair(trial: Server, code: str, beside: str, **choices: str) -> str:
    return link(trial, PATH, "nsoc", indicator=code, naast=beside, **choices)


def texts(sight: Sight, pane: str) -> dict[str, str]:
    """Return what is said of each place that has a row in a pane."""
    script = """pane => Object.fromEntries(__weerbeeld.state().places
        .map(code => [code, __weerbeeld.place(code, pane)]).filter(([, place]) => place.row)
        .map(([code, place]) => [code, place.text]))"""
    found: dict[str, str] = sight.page.evaluate(script, pane)
    return found


@pytest.mark.parametrize(
    ("code", "beside", "level", "language"),
    [
        ("VG01", "verdicts", "gemeente", "nl"),
        ("verdicts", "score", "gemeente", "en"),
        ("VG01", "BD01", "hex7", "nl"),
    ],
)
def test_each_pane_says_of_every_place_what_the_server_says(
    code: str,
    beside: str,
    level: str,
    language: Language,
    trial: Server,
    laptop: Sight,
    example_home: Home,
) -> None:
    laptop.go(pair(trial, code, beside, kaart=level, periode=EARLIER, taal=language))
    state = laptop.map_state()
    assert (state["code"], state["beside"], state["mode"]) == (code, beside, "beside")
    view = view_of(example_home.releases, "nsoc", language)
    for pane, subject in (("left", code), ("right", beside)):
        if subject == "verdicts":
            found = view.gateway.verdicts(level, EARLIER)
            known = {verdict.area: verdict_text(view, verdict) for verdict in found}
        else:
            shown = shown_rows(view, subject, level, EARLIER, None).places
            known = {place.area: place.text for place in shown}
        assert texts(laptop, pane) == known
        caption = laptop.page.locator(f".kaart .caption.{pane}")
        expect(caption).to_have_text(subject_name(view, subject))
    assert [legend["title"].partition(":")[0] for legend in state["legends"]] == [
        subject_name(view, subject).partition(":")[0] for subject in (code, beside)
    ]


def test_a_click_and_the_tooltip_are_of_the_pane_that_they_are_in(
    trial: Server, laptop: Sight
) -> None:
    laptop.go(pair(trial, "FI01", "verdicts"))
    laptop.map_state()
    laptop.map_box().scroll_into_view_if_needed()
    said = {}
    for pane in ("left", "right"):
        x, y = laptop.page.evaluate("pane => __weerbeeld.where('GM0772', pane)", pane)
        laptop.page.mouse.move(x, y)
        tip = laptop.page.locator(".kaart .tip")
        expect(tip).to_contain_text("Eindhoven")
        said[pane] = tip.inner_text()
        text = laptop.page.evaluate("pane => __weerbeeld.place('GM0772', pane).text", pane)
        assert text in said[pane]
    assert said["left"] != said["right"]
    click(laptop, "GM0772", "right")
    state = heard(laptop)
    assert state["chosen"] == "GM0772"
    assert {"left-chosen-gemeente", "right-chosen-gemeente"} <= set(state["layers"])
    assert "gebied=GM0772" in laptop.page.url


def test_one_slider_moves_both_and_no_other_way_to_compare_is_offered(
    trial: Server, laptop: Sight
) -> None:
    laptop.go(pair(trial, "FI01", "VG01"))
    laptop.map_state()
    for name in ("Twee perioden", "Wat er veranderde"):
        expect(laptop.page.get_by_role("button", name=name)).to_have_count(0)
    before = {pane: texts(laptop, pane) for pane in ("left", "right")}
    laptop.page.get_by_role("slider", name="Periode van 12 maanden").focus()
    laptop.page.keyboard.press("ArrowLeft")
    assert heard(laptop)["period"] == EARLIER
    after = {pane: texts(laptop, pane) for pane in ("left", "right")}
    assert all(before[pane] != after[pane] for pane in before)


def test_the_level_follows_the_zoom_in_both(trial: Server, laptop: Sight) -> None:
    asked = {"niveaus": "gemeente,hex7", "zoom": "ja"}
    laptop.go(pair(trial, "VG01", "verdicts", **asked))
    laptop.map_state()
    laptop.zoom("Inzoomen", 4)
    layers = heard(laptop)["layers"]
    assert {"left-figures-hex7", "right-figures-hex7"} <= set(layers)


def test_what_nobody_may_ask_beside_is_forgotten(trial: Server, laptop: Sight) -> None:
    laptop.go(pair(trial, "FI01", "NONE"))
    state = laptop.map_state()
    assert (state["beside"], state["mode"]) == (None, "one")
    assert "naast" not in laptop.page.url


def test_a_picture_of_two_has_both_legends(trial: Server, laptop: Sight, tmp_path: Path) -> None:
    laptop.go(pair(trial, "FI01", "verdicts"))
    laptop.map_state()
    with laptop.page.expect_download() as waiting:
        laptop.page.get_by_role("button", name=re.compile("^Bewaar als")).click()
    assert waiting.value.suggested_filename == "weerbeeld-FI01-verdicts-gemeente.png"
    waiting.value.save_as(tmp_path / "map.png")
    picture = Image.open(tmp_path / "map.png").convert("RGB")
    box = laptop.map_box().bounding_box()
    assert box
    below = picture.crop((0, int(box["height"]) + 80, picture.width, picture.height))
    colours = {colour for _, colour in below.getcolors(below.width * below.height) or []}
    assert {palette.CLASSES[-1], palette.STRONG, palette.STRONG_BORDER} <= colours
