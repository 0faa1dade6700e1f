"""No text that is not ours becomes a link, a picture or a tag on a page."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_drawing import draw
from planted_release import BELOW, plant
from serving import serving

from pages import PAGES
from pages.kit.words import plain
from store.release import current_release

PLANTED = "[klik](https://evil.example) ![p](x) *vet* <b> $x$ :red[r]"
LIVE = re.compile(r"(?<!\\)\[klik\]|(?<!\\)\[p\]|(?<!\\)\*vet|(?<!\\)<b>|(?<!\\)\$x|(?<!\\):red")
VIEWERS = {"gemeente": "gemeente:GM0983", "riec": "riec:limburg", "nsoc": "nsoc"}
PARTNERS_PAGES = {
    page.render.__module__.removeprefix("pages."): next(
        VIEWERS[r] for r in VIEWERS if r in page.roles
    )
    for page in PAGES
    if page.roles & set(VIEWERS)
}
"""Each page for partners, with a viewer that it is for."""
MARKDOWN = ("markdown", "title", "header", "subheader", "caption", "warning", "error", "info")


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in which names and sources carry markup."""
    folder = tmp_path_factory.mktemp("markup") / "releases"
    plant(folder)
    with closing(sqlite3.connect(current_release(folder))) as release:
        release.execute("UPDATE area SET name = name || ' ' || ?", (PLANTED,))
        release.execute("UPDATE attribution SET line = line || ' ' || ?", (PLANTED,))
        release.commit()
    return folder


@pytest.mark.sqlite
@pytest.mark.parametrize("page", PARTNERS_PAGES)
def test_names_and_sources_are_shown_as_they_are(page: str, releases: Path) -> None:
    viewer = PARTNERS_PAGES[page]
    at = draw(page, releases, viewer, gebied=BELOW["GM0983"]["hex8"][0], kaart="hex8")
    drawn = [str(getattr(e, "value", "")) for kind in MARKDOWN for e in at.get(kind)]
    assert any("klik" in text for text in drawn) or page not in ("gemeente", "indicator")
    assert [text for text in drawn if LIVE.search(text)] == []


@pytest.mark.long
def test_what_a_link_asks_is_repeated_as_text(tmp_path: Path) -> None:
    with serving(tmp_path / "home", tmp_path) as server:
        asked = "kijker=%5Bklik%5D(https://evil.example)%3Cb%3E"
        messages = server.run_script("beeld", asked)
    elements = [m.delta.new_element for m in messages if m.WhichOneof("type") == "delta"]
    said = [e for e in elements if "evil.example" in str(e)]
    assert said
    assert {e.WhichOneof("type") for e in said} == {"html"}
    assert all("<b>" not in e.html.body for e in said)


@given(st.text("ab[]()!*_`<>$:~|\\@./w h", max_size=20))
def test_nothing_that_markdown_reads_is_left_bare(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", plain(text)) == text
    bare = re.sub(r"\\.", "", plain(text))
    assert not re.search(r"[\[\]`*_<>$~|@\\]|:\S|www\.", bare, re.IGNORECASE)
