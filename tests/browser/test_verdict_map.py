"""A map of verdicts in a real browser: every look and word is what the gateway says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_drawing import gateway_of, view_of
from PIL import Image
from playwright.sync_api import Browser, expect
from sights import (
    CONFIRMED,
    CONTEXT,
    COOLED,
    LITTLE,
    NEW,
    NOTHING,
    POSSIBLE,
    QUIET,
    SAME,
    STRONG,
    WORSE,
    Server,
    Sight,
    click,
    heard,
    link,
    looking,
)
from trial_page import PATH

from bilingual import Language
from pages.kit import palette
from pages.parts.verdict_words import CHANGE_WORDS, UNCHANGED, verdict_table, verdict_text
from store.home import Home

pytestmark = pytest.mark.browser

SURE = {
    "strong": STRONG,
    "possible": POSSIBLE,
    "nothing": QUIET,
    "too_little": LITTLE,
    "context": CONTEXT,
}
CHANGED = {"new": NEW, "worse": WORSE, "confirmed": CONFIRMED, "cooled": COOLED}
RINGS = {"strong": ["strong"], "possible": ["possible"], "context": ["possible"]}
LAST, EARLIER, YEAR_BEFORE = "2026-06-12m", "2026-03-12m", "2025-06-12m"
FIRST = "2024-06-12m"


@pytest.fixture(scope="module")
def laptop(chromium: Browser) -> Iterator[Sight]:
    with looking(chromium, "laptop") as found:
        yield found


def verdicts_link(trial: Server, viewer: str = "nsoc", **choices: str) -> str:
    return link(trial, PATH, viewer, indicator="verdicts", **choices)


CELLS: list[tuple[str, str, str | None, str, Language, str | None]] = [
    ("nsoc", "gemeente", None, LAST, "nl", None),
    ("nsoc", "gemeente", "financial_services", EARLIER, "en", None),
    ("nsoc", "gemeente", "context", LAST, "nl", None),
    ("nsoc", "hex7", None, LAST, "en", None),
    ("gemeente:GM0599", "hex8", None, LAST, "nl", "GM0599"),
    ("riec:limburg", "gemeente", None, LAST, "nl", "limburg"),
]


@pytest.mark.parametrize(("viewer", "level", "theme", "period", "language", "within"), CELLS)
def test_every_verdict_and_word_is_what_the_gateway_says(
    viewer: str,
    level: str,
    theme: str | None,
    period: str,
    language: Language,
    within: str | None,
    trial: Server,
    laptop: Sight,
    example_home: Home,
) -> None:
    choices = {"kaart": level, "periode": period, "taal": language}
    laptop.go(verdicts_link(trial, viewer, **choices, **({"thema": theme} if theme else {})))
    drawn = {place["code"]: place for place in laptop.places()}
    state = laptop.map_state()
    assert (state["code"], state["theme"], state["level"]) == ("verdicts", theme, level)
    view = view_of(example_home.releases, viewer, language)
    found = view.gateway.verdicts(level, period, within, theme)
    table = verdict_table(view, level, found)
    assert set(drawn) == {verdict.area for verdict in found} == set(table["code"])
    for verdict in found:
        place = drawn[verdict.area]
        told = (place["kind"], place["independent"], place["text"], place["rings"])
        expected = (
            SURE[verdict.sure],
            verdict.independent,
            verdict_text(view, verdict),
            RINGS.get(verdict.sure, []),
        )
        assert told == expected, verdict.area


def test_what_changed_in_a_year_is_what_the_gateway_says(
    trial: Server, laptop: Sight, example_home: Home
) -> None:
    laptop.go(verdicts_link(trial))
    laptop.map_state()
    laptop.page.get_by_role("button", name="Wat er veranderde").click()
    drawn = {place["code"]: place for place in laptop.places()}
    assert laptop.map_state()["before"] == YEAR_BEFORE
    earlier = laptop.page.get_by_role("slider", name=re.compile("Eerdere"))
    expect(earlier).to_be_disabled()
    view = view_of(example_home.releases)
    then = {verdict.area: verdict for verdict in view.gateway.verdicts("gemeente", YEAR_BEFORE)}
    for now in view.gateway.verdicts("gemeente", LAST):
        kind = LITTLE if now.sure == "too_little" else SAME
        if now.change:
            kind = CHANGED[now.change]
        change = view.text(CHANGE_WORDS[now.change] if now.change else UNCHANGED)
        was, is_ = verdict_text(view, then[now.area]), verdict_text(view, now)
        place = drawn[now.area]
        assert place["kind"] == kind, now.area
        assert place["text"] == f"{change}: was {was}, is {is_}", now.area
    assert {place["kind"] for place in drawn.values()} >= {*CHANGED.values(), SAME}


def test_without_a_window_a_year_earlier_nothing_is_claimed(trial: Server, laptop: Sight) -> None:
    laptop.go(verdicts_link(trial, periode=FIRST))
    laptop.map_state()
    laptop.page.get_by_role("button", name="Wat er veranderde").click()
    places = laptop.places()
    assert {place["kind"] for place in places} == {NOTHING}
    assert {place["text"] for place in places} == {
        "geen periode een jaar eerder om mee te vergelijken"
    }
    assert laptop.map_state()["before"] is None
    assert laptop.page.locator(".kaart .time.before output").inner_text() == "geen eerdere periode"


def test_strong_and_possible_differ_without_colour(trial: Server, laptop: Sight) -> None:
    laptop.go(verdicts_link(trial))
    looks = {place["kind"]: tuple(place["colour"]) for place in laptop.places()}
    light = {kind: sum(colour[:3]) for kind, colour in looks.items()}
    assert light[STRONG] + 200 < min(light[POSSIBLE], light[QUIET], light[LITTLE])
    patterns = {kind: colour[3] for kind, colour in looks.items()}
    assert patterns[LITTLE] != patterns[QUIET]
    (legend,) = laptop.map_state()["legends"]
    assert [text.partition(":")[0] for text in legend["texts"]] == [
        "donker met dikke rand",
        "licht met dunne rand",
        "niets dat eruit steekt",
        "gearceerd",
    ]


def test_time_themes_and_two_periods_work_as_for_figures(
    trial: Server, laptop: Sight, example_home: Home
) -> None:
    laptop.go(verdicts_link(trial))
    laptop.map_state()
    paths = set(laptop.paths)
    slider = laptop.page.get_by_role("slider", name="Periode van 12 maanden")
    slider.focus()
    laptop.page.keyboard.press("ArrowLeft")
    state = heard(laptop)
    assert state["period"] == EARLIER
    assert f"periode={EARLIER}" in laptop.page.url
    assert laptop.paths == paths, "nothing is fetched again"
    drawn = {place["code"]: place["sure"] for place in laptop.places()}
    known = gateway_of(example_home.releases).verdicts("gemeente", EARLIER)
    assert drawn == {verdict.area: verdict.sure for verdict in known}
    laptop.page.get_by_role("button", name="Twee perioden").click()
    layers = set(laptop.map_state()["layers"])
    assert {"left-figures-gemeente", "right-strong-gemeente"} <= layers
    click(laptop, "GM0772", "left")
    assert heard(laptop)["chosen"] == "GM0772"
    assert "gebied=GM0772" in laptop.page.url


def test_a_picture_of_verdicts_has_their_legend(
    trial: Server, laptop: Sight, tmp_path: Path
) -> None:
    laptop.go(verdicts_link(trial))
    laptop.map_state()
    with laptop.page.expect_download() as waiting:
        laptop.page.get_by_role("button", name=re.compile("^Bewaar als")).click()
    assert waiting.value.suggested_filename == "weerbeeld-verdicts-gemeente.png"
    waiting.value.save_as(tmp_path / "map.png")
    picture = Image.open(tmp_path / "map.png").convert("RGB")
    box = laptop.map_box().bounding_box()
    assert box
    below = picture.crop((0, int(box["height"]) + 60, picture.width, picture.height))
    colours = {colour for _, colour in below.getcolors(below.width * below.height) or []}
    assert {palette.STRONG, palette.POSSIBLE, palette.QUIET, palette.STRONG_BORDER} <= colours
