"""A reader who asks for only what stands out gets the same places on the map as in the table."""

from collections.abc import Iterator

import pytest
from page_drawing import gateway_of
from playwright.sync_api import Browser
from sights import PATIENCE_MS, Server, Sight, heard, link, looking

from access.verdicts import STANDING
from store.home import Home

pytestmark = pytest.mark.browser

LAST, EARLIER = "2026-06-12m", "2025-12-12m"
SWITCH = "Alleen wat eruit steekt"


@pytest.fixture(scope="module")
def laptop(chromium: Browser) -> Iterator[Sight]:
    with looking(chromium, "laptop") as found:
        yield found


def drawn(sight: Sight) -> set[str]:
    """Return the codes of the places that the map draws."""
    return {place["code"] for place in sight.places() if place["drawn"]}


def switch(sight: Sight) -> None:
    sight.page.get_by_text(SWITCH, exact=True).first.click()


def shows(sight: Sight, only: bool) -> None:
    """Wait until the map draws what the switch says."""
    drawn_so = "only => window.__weerbeeld?.state().only === only"
    sight.page.wait_for_function(drawn_so, arg=only, timeout=PATIENCE_MS)
    sight.settle()


@pytest.mark.parametrize(
    ("viewer", "indicator", "level", "within"),
    [
        ("nsoc", "VG01", "gemeente", None),
        ("nsoc", "verdicts", "hex7", None),
        ("riec:limburg", "verdicts", "gemeente", "limburg"),
    ],
)
def test_map_and_table_show_only_what_stands_out(
    viewer: str,
    indicator: str,
    level: str,
    within: str | None,
    server: Server,
    laptop: Sight,
    example_home: Home,
) -> None:
    gateway = gateway_of(example_home.releases, viewer)
    laptop.go(link(server, "kaart", viewer, indicator=indicator, kaart=level, volgen="nee"))
    every = drawn(laptop)
    switch(laptop)
    shows(laptop, True)
    if indicator == "verdicts":
        found = gateway.verdicts(level, LAST, within)
        stand = {verdict.area for verdict in found if verdict.sure in STANDING}
    else:
        figures = gateway.figures(indicator, level, LAST, within)
        stand = {figure.area for figure in figures if figure.since}
    assert 0 < len(stand) < len(every)
    assert drawn(laptop) == stand
    assert "alleen=ja" in laptop.page.url
    count = laptop.page.get_by_text("Tabel: ").first.inner_text()
    assert count.endswith(f"({len(stand)})")
    assert SWITCH in laptop.map_state()["legends"][0]["note"]
    laptop.page.go_back()
    shows(laptop, False)
    assert drawn(laptop) == every


def test_another_window_shows_what_stood_out_then(
    server: Server, laptop: Sight, example_home: Home
) -> None:
    gateway = gateway_of(example_home.releases, "nsoc")
    laptop.go(link(server, "kaart", "nsoc", indicator="VG01", periode=EARLIER, alleen="ja"))
    shows(laptop, True)
    figures = gateway.figures("VG01", "gemeente", EARLIER)
    assert drawn(laptop) == {figure.area for figure in figures if figure.since}
    laptop.page.get_by_role("button", name="Wat er veranderde").click()
    heard(laptop)
    assert drawn(laptop) == {figure.area for figure in figures if figure.since}


def test_the_score_has_no_such_switch(server: Server, laptop: Sight) -> None:
    laptop.go(link(server, "kaart", "nsoc", indicator="score", alleen="ja"))
    assert laptop.map_state()["only"] is False
    assert not laptop.page.get_by_text(SWITCH, exact=True).count()
