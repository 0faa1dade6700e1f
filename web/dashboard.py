"""Runs at every interaction: opens the gateway for the viewer and draws one page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from access.gateway import Gateway
from access.passport import Language
from access.session import example_gateway
from errors import WeerbeeldError
from pages import PAGES, Page
from pages.parts.choices import keep, kept
from pages.parts.chrome import chosen_language, draw_footer, draw_header
from pages.parts.style import apply_style, set_page_language
from pages.parts.view import View
from pages.start import draw_start
from settings import Settings
from web.shell import icon_url

HERE = Path(__file__).resolve().parent
LOGO = HERE / "logo.svg"


def _draw(page: Page, gateway: Gateway, language: Language) -> None:
    view = View(gateway, language, page.path)
    draw_header(view)
    if not gateway.viewer.roles & page.roles:
        st.info(
            view.say(
                f"De pagina '{page.nl}' hoort niet bij deze rol. Kies een andere in het menu.",
                f"The page '{page.en}' is not for this role. Choose another from the menu.",
            )
        )
        return
    try:
        page.render(view)
    except WeerbeeldError as error:
        st.warning(str(error))
    draw_footer(view)


def _named(draw: Callable[[], None], name: str) -> Callable[[], None]:
    """Give a callable the name by which Streamlit tells pages apart."""
    draw.__name__ = name
    return draw


def _enter(first: st.Page) -> None:
    """Go on from the bare address to the viewer's first page, with what the link chose."""
    for name, value in st.query_params.items():
        keep(name, value)
    st.switch_page(first)


def _open_gateway(language: Language) -> Gateway | None:
    """Return the gateway of the chosen viewer; without a viewer draw the start page."""
    label = kept("kijker")
    if label is not None:
        try:
            gateway = example_gateway(Settings().folders.releases, label)
        except WeerbeeldError as error:
            keep("kijker", None)
            st.warning(str(error))
        else:
            keep("kijker", label)
            keep("taal", language)
            return gateway
    paths = ["start", *(page.path for page in PAGES)]
    start = [st.Page(_named(partial(draw_start, language), p), url_path=p) for p in paths]
    st.navigation(start, position="hidden").run()
    return None


def main() -> None:
    """Draw the start page, or the chosen page for the chosen viewer."""
    st.set_page_config("Weerbeeld", icon_url(), "wide", "collapsed")
    st.logo(LOGO.read_text(encoding="utf-8"), size="large")
    apply_style()
    language = chosen_language()
    set_page_language(language)
    gateway = _open_gateway(language)
    if gateway is None:
        return
    mine = [page for page in PAGES if gateway.viewer.roles & page.roles]
    entries = {
        page.path: st.Page(
            _named(partial(_draw, page, gateway, language), page.path),
            title=page.nl if language == "nl" else page.en,
            url_path=page.path,
            visibility="visible" if page in mine else "hidden",
        )
        for page in PAGES
    }
    enter = st.Page(
        _named(partial(_enter, entries[mine[0].path]), "enter"), default=True, visibility="hidden"
    )
    st.navigation([enter, *entries.values()], position="top").run()


main()
