"""Draws one page without a browser, and reads what it says."""

import json
import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest
from wording import accusing, foreign

from access.partner import PartnerGateway
from access.session import example_gateways
from bilingual import Language
from pages.kit.view import MapSource, PartnerView, View
from store.home import Served

SECONDS = 120

MAPS = MapSource("/main.js", (), "/shapes", "/names", "/figures", "/bounds", "link")
"""Where maps would come from, if there were a browser."""


def open_tables(page: str) -> None:
    """Open the tables of a page, as a reader would, and what else is closed: that is not sent."""
    for name in ("figures", "scores", "verdicts", "deliveries"):
        st.session_state.setdefault(f"{page}-table-{name}", True)
    behind = ("multiples", "groups", "regions", "waiting", "context", "each", "score", "quality")
    for name in behind:
        st.session_state.setdefault(f"{page}-behind-{name}", True)


def _script(releases: str, viewer: str, language: str, page: str) -> None:
    from importlib import import_module
    from pathlib import Path
    from typing import cast

    from page_drawing import MAPS, open_tables

    from access.session import example_gateways
    from bilingual import Language
    from pages.kit.choices import begin
    from store.home import Served

    begin()
    drawn = import_module(f"pages.{page}").PAGE
    open_tables(drawn.path)
    served = Served(Path(releases), Path(releases).parent / "access")
    gateways = example_gateways(served, viewer, env="local")
    drawn.draw(gateways, cast(Language, language), maps=MAPS)


def draw(
    page: str, releases: Path, viewer: str = "nsoc", language: Language = "nl", **query: str
) -> AppTest:
    """Return the page as drawn for a viewer, with ``query`` in its URL; it must not fail."""
    at = AppTest.from_function(
        _script, args=(str(releases), viewer, language, page), default_timeout=SECONDS
    )
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception, at.exception
    return at


@cache
def _seen(page: str, releases: Path, viewer: str, language: Language, indicator: str) -> AppTest:
    return draw(page, releases, viewer, language, indicator=indicator)


def seen(
    page: str,
    releases: Path,
    viewer: str = "nsoc",
    language: Language = "nl",
    indicator: str = "VG01",
) -> AppTest:
    """Return a page to read only: drawn once for all tests that look at the same sight."""
    return _seen(page, releases, viewer, language, indicator)


def view_of(releases: Path, viewer: str = "nsoc", language: Language = "nl") -> PartnerView:
    """Return the view of an example partner in a language."""
    return View(language, gateway_of(releases, viewer), "test")


def gateway_of(releases: Path, viewer: str = "nsoc") -> PartnerGateway:
    """Return the gateway of an example partner."""
    served = Served(releases, releases.parent / "access")
    return example_gateways(served, viewer, env="local").partner()


def plain(html: str) -> str:
    """Return the words of a piece of HTML, tags and repeated blanks left out."""
    text = unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", text).strip()


def words(at: AppTest) -> str:
    """Return all prose and tables of a page, and the lines to open."""
    parts = [e.value for e in (*at.title, *at.header, *at.subheader, *at.markdown, *at.caption)]
    parts += [element.label for element in at.expander]
    parts += [element.proto.body for element in at.get("html")]
    parts += [element.proto.alt for element in at.get("vega_lite_chart")]
    return plain(" \n ".join(parts).replace("**", ""))


def map_message(at: AppTest) -> dict[str, Any]:
    """Return what the page tells the browser to draw on its map."""
    (component,) = at.get("bidi_component")
    message: dict[str, Any] = json.loads(component.proto.json)
    return message


def chosen(at: AppTest, name: str) -> str:
    """Return what the select box of a choice holds."""
    (box,) = (box for box in at.selectbox if str(box.key).endswith(f"-{name}"))
    return str(box.value)


def foreign_words(at: AppTest, language: Language, beside: tuple[str, ...] = ()) -> list[str]:
    """Return words of the other language on a page, outside the texts ``beside``."""
    text = words(at)
    for other in beside:
        text = text.replace(plain(other), "")
    return foreign(text, language)


def accusing_words(at: AppTest) -> list[str]:
    """Return words that accuse."""
    return accusing(words(at))
