"""Levels that follow the zoom, in a real browser: what is drawn, said and in the URL agree."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as hs
from page_drawing import gateway_of
from playwright.sync_api import Browser, expect
from sights import PATIENCE_MS, Server, Sight, heard, link, looking
from trial_page import PATH

from store.home import Home

pytestmark = pytest.mark.browser

LEVELS = ("gemeente", "hex7", "hex8")
CENTRE = "GM0344"
"""Utrecht, which lies under the middle of the map as it opens, or near it."""

FITTING = """async ([level, levels, metres]) => {
  const {fittingLevel} = await import(address.replace("main.js", "following.js"));
  return metres.reduce((all, metre) => [...all, fittingLevel(all.at(-1), levels, metre)], [level]);
}"""


@pytest.fixture(scope="module")
def laptop(chromium: Browser) -> Iterator[Sight]:
    with looking(chromium, "laptop") as found:
        yield found


def following(trial: Server, **choices: str) -> str:
    asked = {"indicator": "VG01", "niveaus": ",".join(LEVELS), "zoom": "ja", **choices}
    return link(trial, PATH, "nsoc", **asked)


def at_level(sight: Sight, level: str) -> None:
    """Wait until a level is drawn, and check that all agree on it."""
    sight.page.wait_for_function(
        "level => __weerbeeld.state().level === level", arg=level, timeout=PATIENCE_MS
    )
    state = heard(sight)
    assert state["level"] == level
    assert f"kaart={level}" in sight.page.url
    assert any(layer.endswith(f"figures-{level}") for layer in state["layers"])


def test_zooming_in_and_out_changes_the_level_of_all(
    trial: Server, laptop: Sight, example_home: Home
) -> None:
    laptop.go(following(trial, gebied=CENTRE))
    assert laptop.map_state()["level"] == "gemeente"
    assert "volgen" not in laptop.page.url
    fix = laptop.page.get_by_role("button", name="Vast op")
    expect(fix).to_have_text("Vast op gemeenten")
    expect(fix).to_have_attribute("aria-pressed", "false")
    laptop.zoom("Inzoomen", 4)
    at_level(laptop, "hex7")
    expect(fix).to_have_text("Vast op zeshoeken van 4,4 km²")
    assert heard(laptop)["chosen"] is None, "a gemeente is no hexagon"
    assert "gebied=" not in laptop.page.url
    drawn = {place["code"]: place["class"] for place in laptop.places() if place["row"]}
    known = gateway_of(example_home.releases).figures("VG01", "hex7")
    assert drawn == {figure.area: figure.class_ for figure in known}
    laptop.zoom("Uitzoomen", 3)
    at_level(laptop, "gemeente")
    laptop.page.go_back()
    at_level(laptop, "hex7")


def test_a_hexagon_gives_way_to_the_larger_one_around_it(trial: Server, laptop: Sight) -> None:
    laptop.go(following(trial, kaart="hex8", gebied="", indicator="BD01"))
    laptop.map_state()
    laptop.zoom("Inzoomen", 6)
    laptop.map_box().focus()
    laptop.page.keyboard.press("Enter")
    fine = heard(laptop)["chosen"]
    assert fine
    laptop.zoom("Uitzoomen", 3)
    at_level(laptop, "hex7")
    coarse = heard(laptop)["chosen"]
    assert coarse == laptop.page.evaluate("cell => h3.cellToParent(cell, 7)", fine)
    assert f"gebied={coarse}" in laptop.page.url


def test_what_moves_the_map_without_the_reader_leaves_the_level(
    trial: Server, laptop: Sight
) -> None:
    laptop.go(following(trial))
    laptop.map_state()
    laptop.zoom("Inzoomen", 4)
    at_level(laptop, "hex7")
    laptop.page.get_by_role("button", name="Alles tonen").click()
    before = heard(laptop)
    laptop.map_box().focus()
    laptop.page.keyboard.press("ArrowLeft")
    after = heard(laptop)
    assert (after["level"], after["said"]) == ("hex7", before["said"])
    laptop.zoom("Uitzoomen")
    at_level(laptop, "gemeente")


def test_a_level_that_is_fixed_stays_and_a_link_keeps_it(trial: Server, laptop: Sight) -> None:
    laptop.go(following(trial))
    laptop.map_state()
    fix = laptop.page.get_by_role("button", name="Vast op gemeenten")
    fix.click()
    assert heard(laptop)["follows"] is False
    assert "volgen=nee" in laptop.page.url
    expect(fix).to_have_attribute("aria-pressed", "true")
    laptop.zoom("Inzoomen", 5)
    assert heard(laptop)["level"] == "gemeente"
    laptop.go(laptop.page.url)
    assert laptop.map_state()["follows"] is False
    laptop.zoom("Inzoomen", 5)
    fix.click()
    at_level(laptop, "hex7")
    assert heard(laptop)["follows"] is True
    assert "volgen" not in laptop.page.url, "as the page opens"


def test_a_click_right_after_a_change_of_level_is_of_the_new_one(
    trial: Server, laptop: Sight
) -> None:
    laptop.go(following(trial))
    laptop.map_state()
    laptop.zoom("Inzoomen", 4)
    assert laptop.map_state()["level"] == "hex7"
    laptop.map_box().focus()
    laptop.page.keyboard.press("Enter")
    state = heard(laptop)
    assert state["chosen"] in state["places"]
    assert f"gebied={state['chosen']}" in laptop.page.url
    assert "kaart=hex7" in laptop.page.url


def test_without_levels_to_follow_there_is_no_button(trial: Server, laptop: Sight) -> None:
    laptop.go(link(trial, PATH, "nsoc", indicator="VG01", niveaus="gemeente", zoom="ja"))
    laptop.map_state()
    expect(laptop.page.locator(".kaart .fix")).to_be_hidden()
    laptop.go(following(trial, zoom="", volgen="ja"))
    assert laptop.map_state()["follows"] is True
    laptop.go(following(trial, zoom="", volgen="misschien"))
    assert laptop.map_state()["follows"] is False
    assert "volgen" not in laptop.page.url


def test_no_level_flaps_whatever_the_zoom(trial: Server, laptop: Sight) -> None:
    laptop.go(following(trial))
    laptop.map_state()
    code = laptop.page.evaluate(
        "performance.getEntriesByType('resource').find(e => e.name.endsWith('main.js')).name"
    )
    script = FITTING.replace("address", f"'{code}'")
    ladders = (
        LEVELS,
        ("gemeente", "wijk", "buurt"),
        ("hex7", "hex8", "hex9"),
        ("riec", "gemeente"),
    )

    @settings(max_examples=60, deadline=None)
    @given(hs.sampled_from(ladders), hs.integers(0, 2), hs.floats(1, 2000), hs.floats(0.8, 1.25))
    def steady(levels: tuple[str, ...], first: int, metres: float, change: float) -> None:
        level = levels[min(first, len(levels) - 1)]
        asked = [level, list(levels), [metres, metres, metres * change, metres, metres * change]]
        _, fitting, again, near, back, near_again = laptop.page.evaluate(script, asked)
        assert fitting == again
        assert near == back == near_again, "a small zoom back and forth changes once at most"

    steady()
