"""The map in a real browser: what it drew, and what becomes of clicks, keys, fingers and time."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_drawing import gateway_of, view_of
from PIL import Image
from playwright.sync_api import Browser, expect
from sights import (
    FELL,
    FEW,
    LENT,
    NOTHING,
    PATIENCE_MS,
    ROSE,
    SAME,
    SURE,
    UNSURE,
    Server,
    Sight,
    click,
    heard,
    link,
    looking,
)
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bilingual import Language
from map_classes import as_written
from pages.kit import palette
from pages.parts import rows
from pages.parts.rows import ShownPlace, shown_rows
from store.home import Home

pytestmark = pytest.mark.browser

KINDS = {rows.LENT: LENT, rows.UNSURE: UNSURE, rows.SURE: SURE}
EARLIER = "2025-06-12m"
LAST = "2026-06-12m"
NEVER = (None, None)


@pytest.fixture(scope="module")
def laptop(chromium: Browser) -> Iterator[Sight]:
    with looking(chromium, "laptop") as found:
        yield found


def kind_of(place: ShownPlace) -> int:
    """Return how loud a place must be drawn."""
    if place.value is None:
        return LENT if place.whose else NOTHING
    few = not place.whose and "geen of weinig" in place.text.replace(
        "none or few", "geen of weinig"
    )
    return FEW if few else KINDS[place.sureness]


CELLS: list[tuple[str, str, str, str, str, Language]] = [
    ("kaart", "nsoc", "FI01", "gemeente", LAST, "nl"),
    ("kaart", "nsoc", "TB03", "gemeente", EARLIER, "en"),
    ("kaart", "nsoc", "score", "gemeente", LAST, "nl"),
    ("kaart", "nsoc", "score", "gemeente", EARLIER, "nl"),
    ("kaart", "nsoc", "VG01", "hex7", LAST, "en"),
    ("kaart", "gemeente:GM0599", "VG01", "hex9", LAST, "nl"),
    ("kaart", "gemeente:GM0599", "BD01", "hex8", EARLIER, "nl"),
]


@pytest.mark.parametrize(("page", "viewer", "code", "level", "period", "language"), CELLS)
def test_every_class_mark_and_word_is_what_the_server_says(
    page: str,
    viewer: str,
    code: str,
    level: str,
    period: str,
    language: Language,
    server: Server,
    laptop: Sight,
    example_home: Home,
) -> None:
    choices = {"indicator": code, "kaart": level, "periode": period, "taal": language}
    laptop.go(link(server, page, viewer, **choices))
    view = view_of(example_home.releases, viewer, language)
    within = viewer.partition(":")[2] or None
    known = {place.area: place for place in shown_rows(view, code, level, period, within).places}
    drawn = {place["code"]: place for place in laptop.places()}
    state = laptop.map_state()
    assert (state["code"], state["level"], state["period"]) == (code, level, period)
    assert set(known) <= set(drawn)
    for area, place in drawn.items():
        own = known.get(area)
        if own is None:
            assert (place["row"], place["kind"]) == (False, NOTHING), area
            continue
        told = (place["name"], place["text"], place["kind"], place["class"], place["hot"] > 0)
        assert told == (own.name, own.text, kind_of(own), own.class_, own.hot), area
        assert place["since"] == own.since, area


def test_the_looks_of_what_is_no_certain_figure_are_three(server: Server, laptop: Sight) -> None:
    laptop.go(link(server, "kaart", "gemeente:GM0599", indicator="VG01", kaart="hex9"))
    colours: dict[int, set[tuple[int, ...]]] = {}
    for place in laptop.places():
        colours.setdefault(place["kind"], set()).add(tuple(place["colour"]))
    opacities = {kind: {colour[3] for colour in found} for kind, found in colours.items()}
    assert len(opacities) >= 2
    assert all(len(found) == 1 for found in opacities.values())
    assert len({frozenset(found) for found in opacities.values()}) >= len(opacities) - 1


@pytest.fixture
def rotterdam(server: Server, laptop: Sight) -> Sight:
    laptop.go(link(server, "kaart", "gemeente:GM0599", indicator="VG01", kaart="hex8"))
    laptop.map_state()
    return laptop


def with_figures(sight: Sight, many: int) -> list[str]:
    own = [place["code"] for place in sight.places() if place["kind"] > LENT]
    step = max(1, len(own) // many)
    return own[::step][:many]


def agreed(sight: Sight, code: str) -> None:
    """Check that ring, panel, URL and, where there is one, select box are about one place."""
    state = heard(sight)
    assert state["chosen"] == code
    assert f"gebied={code}" in sight.page.url
    name = sight.page.evaluate("code => __weerbeeld.place(code).name", code)
    assert any(name in heading for heading in sight.page.locator("h2").all_inner_texts())
    for box in sight.page.get_by_role("combobox", name=re.compile("^Kies een")).all():
        assert box.input_value().startswith(name)


def test_a_click_chooses_a_place_at_once_and_everywhere(rotterdam: Sight) -> None:
    expect(rotterdam.page.locator(".kaart .time")).to_have_count(2)
    expect(rotterdam.page.locator(".kaart .time.before")).to_be_hidden()
    (code,) = with_figures(rotterdam, 1)
    click(rotterdam, code)
    state = rotterdam.page.evaluate("__weerbeeld.state()")
    assert state["chosen"] == code, "before the server has answered"
    assert "chosen-hex8" in state["layers"]
    agreed(rotterdam, code)


def test_four_quick_clicks_leave_map_and_panel_together(rotterdam: Sight) -> None:
    codes = with_figures(rotterdam, 4)
    for code in codes:
        chooses(rotterdam, code)
        rotterdam.page.wait_for_timeout(90)
    agreed(rotterdam, codes[-1])
    assert heard(rotterdam)["said"] >= 4


def chooses(sight: Sight, code: str) -> None:
    """Click on a place, again where the page moved under the pointer; never wait for the server."""
    for _ in range(3):
        click(sight, code)
        if sight.page.evaluate("__weerbeeld.state()")["chosen"] == code:
            return
    raise AssertionError(f"a click on {code} was not heard")


def test_time_passes_without_the_server(rotterdam: Sight) -> None:
    slider = rotterdam.page.get_by_role("slider", name=re.compile("Periode"))
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    before, paths = len(rotterdam.sent), set(rotterdam.paths)
    rotterdam.page.mouse.move(box["x"] + box["width"] - 8, y)
    rotterdam.page.mouse.down()
    seen = []
    for part in (0.8, 0.6, 0.4, 0.2, 0.02):
        rotterdam.page.mouse.move(box["x"] + box["width"] * part, y)
        seen.append(rotterdam.page.evaluate("__weerbeeld.state().period"))
    assert len(set(seen)) >= 4
    assert len(rotterdam.sent) == before, "nothing is asked while the slider moves"
    rotterdam.page.mouse.up()
    state = heard(rotterdam)
    assert state["period"] == seen[-1]
    assert len(rotterdam.sent) == before + 1
    assert len(rotterdam.sent[-1]) < 4_000
    assert rotterdam.paths == paths, "no shape and no figure is fetched again"
    assert f"periode={seen[-1]}" in rotterdam.page.url


def test_playing_goes_through_all_windows_and_stops(rotterdam: Sight) -> None:
    before = len(rotterdam.sent)
    rotterdam.page.get_by_role("button", name="Afspelen").click()
    seen = set()
    for _ in range(30):
        seen.add(rotterdam.page.evaluate("__weerbeeld.state().period"))
        rotterdam.page.wait_for_timeout(200)
    assert len(rotterdam.sent) == before
    rotterdam.page.get_by_role("button", name="Stoppen").click()
    assert len(seen) > 3
    period = heard(rotterdam)["period"]
    assert period == LAST or period in rotterdam.page.url


def test_with_the_keyboard_alone_a_place_is_found_and_chosen(rotterdam: Sight) -> None:
    page, box = rotterdam.page, rotterdam.map_box()
    box.focus()
    first = rotterdam.map_state()["zoom"]
    page.keyboard.press("+")
    assert rotterdam.map_state()["zoom"] > first
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("-")
    page.keyboard.press("Home")
    assert rotterdam.map_state()["zoom"] == pytest.approx(first)
    for key in (*["ArrowRight"] * 3, "+", "+", "Enter"):  # to the city, east of the middle
        page.keyboard.press(key)
    state = heard(rotterdam)
    assert state["chosen"]
    agreed(rotterdam, state["chosen"])
    live = page.locator(".kaart .live")
    assert page.evaluate("code => __weerbeeld.place(code).name", state["chosen"]) in (
        live.text_content() or ""
    )


def test_full_screen_holds_map_slider_and_legend_and_ends_with_escape(rotterdam: Sight) -> None:
    page = rotterdam.page
    page.get_by_role("button", name=re.compile("Groot scherm")).click()
    whole = page.locator(".kaart")
    size = whole.bounding_box()
    assert size
    assert (size["x"], size["y"]) == (0, 0)
    assert size["width"] == page.evaluate("document.documentElement.clientWidth")
    for part in (".map", ".time.now", ".legend"):
        expect(page.locator(f".kaart {part}")).to_be_in_viewport()
    page.keyboard.press("Escape")
    assert page.locator(".kaart[popover]").count() == 0


def test_a_tooltip_is_never_cut(server: Server, laptop: Sight) -> None:
    laptop.go(link(server, "kaart", "nsoc", indicator="FI01", kaart="gemeente"))
    laptop.map_state()
    laptop.map_box().scroll_into_view_if_needed()
    box = laptop.map_box().bounding_box()
    assert box
    shown = 0
    for across in (0.05, 0.3, 0.5, 0.7, 0.95):
        for down in (0.05, 0.3, 0.5, 0.7, 0.95):
            x, y = box["x"] + box["width"] * across, box["y"] + box["height"] * down
            laptop.page.mouse.move(x, y)
            tip = laptop.page.locator(".kaart .tip").bounding_box()
            if tip is None:
                continue
            shown += 1
            assert tip["x"] >= box["x"] - 1
            assert tip["y"] >= box["y"] - 1
            assert tip["x"] + tip["width"] <= box["x"] + box["width"] + 1
            assert tip["y"] + tip["height"] <= box["y"] + box["height"] + 1
    assert shown > 3


def test_the_map_opens_on_all_of_the_own_area(rotterdam: Sight) -> None:
    box = rotterdam.map_box().bounding_box()
    assert box
    for place in rotterdam.map_state()["places"][::5]:
        x, y = rotterdam.page.evaluate("code => __weerbeeld.where(code)", place)
        assert box["x"] <= x <= box["x"] + box["width"]
        assert box["y"] <= y <= box["y"] + box["height"]


def as_written_or_none(value: float | None) -> float | None:
    return None if value is None else float(as_written(value)[0])


@pytest.mark.parametrize("code", ["VG01", "FI01"])
def test_what_changed_follows_from_the_intervals(
    code: str, server: Server, laptop: Sight, example_home: Home
) -> None:
    laptop.go(link(server, "kaart", "nsoc", indicator=code, kaart="gemeente"))
    laptop.map_state()
    laptop.page.get_by_role("button", name="Wat er veranderde").click()
    drawn = {place["code"]: place["kind"] for place in laptop.places()}
    state = laptop.map_state()
    assert (state["mode"], state["before"]) == ("change", EARLIER)
    gateway = gateway_of(example_home.releases)
    before, now = (
        {
            figure.area: (as_written_or_none(figure.low), as_written_or_none(figure.high))
            for figure in gateway.figures(code, "gemeente", period)
        }
        for period in (EARLIER, LAST)
    )
    for area, kind in drawn.items():
        (low, high), (new_low, new_high) = before.get(area, NEVER), now.get(area, NEVER)
        if low is None or high is None or new_low is None or new_high is None:
            assert kind == NOTHING, area
        else:
            expected = ROSE if new_low > high else FELL if new_high < low else SAME
            assert kind == expected, area
    assert set(drawn.values()) <= {NOTHING, ROSE, FELL, SAME}


def test_two_periods_stand_side_by_side_and_both_can_be_clicked(
    server: Server, laptop: Sight
) -> None:
    laptop.go(link(server, "kaart", "nsoc", indicator="FI01", kaart="gemeente"))
    laptop.map_state()
    laptop.page.get_by_role("button", name="Twee perioden").click()
    state = laptop.map_state()
    assert {"left-figures-gemeente", "right-figures-gemeente"} <= set(state["layers"])
    laptop.map_box().scroll_into_view_if_needed()
    x, y = laptop.page.evaluate("__weerbeeld.where('GM0772')")
    box = laptop.map_box().bounding_box()
    assert box
    laptop.page.mouse.click(x - box["width"] / 2, y)
    agreed(laptop, "GM0772")
    laptop.page.get_by_role("button", name="Twee perioden").click()
    assert laptop.map_state()["mode"] == "one"


def test_the_ground_shows_where_one_looks_and_can_be_hidden(server: Server, laptop: Sight) -> None:
    laptop.go(link(server, "landelijk-beeld", "nsoc", indicator="FI01", kaart="gemeente"))
    layers = laptop.map_state()["layers"]
    assert layers.index("abroad") < layers.index("land") < layers.index("figures-gemeente")
    assert layers.index("figures-gemeente") < layers.index("road") < layers.index("rail")
    assert "minor_road" not in layers
    assert "OpenStreetMap" in laptop.map_box().inner_text()
    for _ in range(5):
        laptop.page.locator("[data-do=nearer]").click()
    assert laptop.map_state()["zoom"] > 9
    assert "minor_road" in laptop.map_state()["layers"]
    button = laptop.page.get_by_role("button", name="Wegen en spoor tonen of verbergen")
    for shown in (False, True):
        button.click()
        assert button.get_attribute("aria-pressed") == str(shown).lower()
        layers = laptop.map_state()["layers"]
        assert ("road" in layers, "rail" in layers, "abroad" in layers) == (shown, shown, True)


@pytest.mark.usefixtures("with_streets")
def test_streets_are_drawn_and_named_where_one_is_close_enough(
    server: Server, laptop: Sight
) -> None:
    at = {"longitude": 5.985, "latitude": 50.8885}
    asked: list[str] = []
    laptop.page.on("request", lambda request: asked.append(request.url))
    laptop.go(link(server, "kaart", "gemeente:GM0917", indicator="FI01", kaart="gemeente"))
    assert not any("straten" in layer for layer in laptop.map_state()["layers"])
    assert not any("/kaart/straten" in url for url in asked)
    laptop.page.evaluate("at => __weerbeeld.look({...at, zoom: 15})", at)
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < deadline:
        layers = laptop.map_state()["layers"]
        if any(layer.startswith("streets ") for layer in layers):
            break
        laptop.page.wait_for_timeout(50)
    assert any(layer.startswith("streets ") for layer in layers)
    assert "street_names" in layers
    assert not {"road", "minor_road", "rail"} & set(layers)
    assert "Rijkswaterstaat" in laptop.map_box().inner_text()
    assert laptop.faults == []


def test_a_picture_is_saved_with_its_legend_and_source(
    server: Server, laptop: Sight, tmp_path: Path
) -> None:
    laptop.go(link(server, "kaart", "nsoc", indicator="FI01", kaart="gemeente"))
    laptop.map_state()
    with laptop.page.expect_download() as waiting:
        laptop.page.get_by_role("button", name=re.compile("^Bewaar als")).click()
    assert waiting.value.suggested_filename == "weerbeeld-FI01-gemeente.png"
    waiting.value.save_as(tmp_path / "map.png")
    picture = Image.open(tmp_path / "map.png").convert("RGB")
    box = laptop.map_box().bounding_box()
    assert box
    assert picture.height > box["height"] + 120, "title above, legend and sources below"
    colours = {colour for _, colour in picture.getcolors(picture.width * picture.height) or []}
    assert {palette.CLASSES[0], palette.CLASSES[-1]} <= colours


def test_a_link_that_is_refused_is_renewed_once(server: Server, laptop: Sight) -> None:
    refused: list[str] = []

    def refuse(route: Any) -> None:  # noqa: ANN401
        if refused:
            route.continue_()
            return
        refused.append(route.request.url)
        route.fulfill(status=403, body="")

    laptop.page.route("**/kaart/cijfers?*", refuse)
    laptop.go(link(server, "kaart", "nsoc", indicator="BD01", kaart="gemeente"))
    state = heard(laptop)
    laptop.page.unroute("**/kaart/cijfers?*")
    assert (state["code"], len(refused), state["said"]) == ("BD01", 1, 1)


def test_another_role_in_the_same_window_gets_its_own_map(server: Server, laptop: Sight) -> None:
    laptop.go(link(server, "kaart", "gemeente:GM0599", indicator="VG01", kaart="hex8"))
    (code,) = with_figures(laptop, 1)
    click(laptop, code)
    agreed(laptop, code)
    laptop.page.get_by_role("button", name="Andere rol").click()
    laptop.page.wait_for_selector("text=Kies als wie u kijkt")
    laptop.page.get_by_role("button", name="Openen: NSOC").click()
    laptop.page.wait_for_url(re.compile("kijker=nsoc"), timeout=PATIENCE_MS)
    laptop.page.wait_for_selector("text=U kijkt als NSOC", timeout=PATIENCE_MS)
    laptop.settle()
    assert heard(laptop)["chosen"] is None
    (code,) = with_figures(laptop, 1)
    click(laptop, code)
    agreed(laptop, code)


def swipe(sight: Sight, across: float, down: float) -> None:
    """Move one finger over the map, by pixels."""
    box = sight.map_box().bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = sight.page.context.new_cdp_session(sight.page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [_at(x, y)]})
    for step in range(1, 11):
        to = _at(x + across * step / 10, y + down * step / 10)
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [to]})
        sight.page.wait_for_timeout(20)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    sight.page.wait_for_timeout(300)
    session.detach()


def _at(x: float, y: float) -> dict[str, float]:
    return {"x": x, "y": y}


def pinch(sight: Sight) -> None:
    """Spread two fingers over the map."""
    box = sight.map_box().bounding_box()
    assert box
    session = sight.page.context.new_cdp_session(sight.page)
    middle = _at(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    how = {"scaleFactor": 2.0, "gestureSourceType": "touch"}
    session.send("Input.synthesizePinchGesture", {**middle, **how})
    session.detach()


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_one_finger_scrolls_the_page_and_two_move_the_map(
    server: Server, sight: Sight, pictures: Path
) -> None:
    sight.go(link(server, "kaart", "nsoc", indicator="FI01", kaart="gemeente"))
    sight.map_state()
    sight.map_box().scroll_into_view_if_needed()
    sight.page.screenshot(path=pictures / "map-phone.png")
    top = "document.querySelector('[data-testid=stMain]').scrollTop"
    before, zoom = sight.page.evaluate(top), sight.map_state()["zoom"]
    swipe(sight, 0, -150)
    assert sight.page.evaluate(top) > before + 50
    middle = sight.page.evaluate("__weerbeeld.where('GM0772')")
    swipe(sight, 120, 0)
    assert sight.page.evaluate("__weerbeeld.where('GM0772')") == pytest.approx(middle)
    assert sight.map_state()["zoom"] == pytest.approx(zoom)
    pinch(sight)
    assert sight.map_state()["zoom"] > zoom + 0.3


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_a_tap_chooses_and_says_what_is_there(server: Server, sight: Sight) -> None:
    sight.go(link(server, "kaart", "nsoc", indicator="FI01", kaart="gemeente"))
    sight.map_state()
    sight.map_box().scroll_into_view_if_needed()
    x, y = sight.page.evaluate("__weerbeeld.where('GM0772')")
    sight.page.touchscreen.tap(x, y)
    expect(sight.page.locator(".kaart .tip")).to_contain_text("Eindhoven")
    assert heard(sight)["chosen"] == "GM0772"


def test_a_button_waits_until_there_is_a_map(server: Server, laptop: Sight) -> None:
    """A click on one that does nothing yet would be lost."""
    held: list[Any] = []
    laptop.page.route("**/kaart/cijfers?*", lambda route: held.append(route))  # noqa: PLW0108
    laptop.page.goto(link(server, "kaart", "nsoc", indicator="VG01"))
    button = laptop.page.get_by_role("button", name="Wat er veranderde")
    expect(button).to_be_disabled(timeout=PATIENCE_MS)
    expect(laptop.page.get_by_role("slider", name="Periode van 12 maanden")).to_be_disabled()
    while not held:
        laptop.page.wait_for_timeout(50)
    for route in held:
        route.continue_()
    laptop.page.unroute("**/kaart/cijfers?*")
    button.click(timeout=PATIENCE_MS)
    assert laptop.map_state()["mode"] == "change"


OVERTAKEN = """async ([code, data]) => {
  const {draw} = await import(code);
  const host = document.createElement("div");
  host.style.height = "400px";
  document.body.append(host);
  const component = {parentElement: host, data, setTriggerValue() {}};
  const pause = () => new Promise(done => setTimeout(done, 50));
  const maps = () => host.querySelectorAll("[role=application]").length;
  const endFirst = draw(component);
  const {state, look} = globalThis.__weerbeeld;
  while (!state().rendered) await pause();
  look({zoom: 11});
  endFirst();
  await pause();
  const endSecond = draw(component);
  await pause();
  const overtaken = [maps(), globalThis.__weerbeeld.state().zoom];
  host.remove();
  endSecond();
  await pause();
  return [...overtaken, maps()];
}"""


def test_a_drawing_that_was_overtaken_leaves_the_map_as_the_reader_has_it(
    server: Server, laptop: Sight
) -> None:
    laptop.go(link(server, "kaart", "nsoc", indicator="VG01"))
    laptop.map_state()
    (message,) = drawn_maps(laptop)
    maps, zoom, left = laptop.page.evaluate(OVERTAKEN, [message["source"]["code"], message])
    assert (maps, zoom) == (1, 11)
    assert left == 0, "a map whose page has gone lets its graphics go"


def drawn_maps(sight: Sight) -> list[dict[str, Any]]:
    """Return what the server said of each map since the page was asked for."""
    found = []
    for frame in sight.frames:
        message = ForwardMsg()
        message.ParseFromString(frame)
        told = message.delta.new_element.bidi_component
        if "kaart-map" in told.id:
            found.append(json.loads(told.json))
    return found
