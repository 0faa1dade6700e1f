"""Runs at every interaction: admits the reader, opens the gateways and draws one page."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from access.viewer import Viewer
from bilingual import Language, Text
from errors import WeerbeeldError
from pages import PAGES, Page
from pages.kit.blocks import draw_warning
from pages.kit.choices import begin, chosen, just_entered, keep
from pages.kit.chrome import (
    Leave,
    chosen_language,
    draw_footer,
    draw_header,
    draw_menu,
)
from pages.kit.favourites import draw_favourites
from pages.kit.style import apply_style, set_page_language
from pages.kit.tab import PRODUCT, name_tab
from pages.kit.words import Words
from store.logs import LogFailedError
from web.admission import Admitted, admit, browser, export_link, leave, maps_of
from web.desk import desk
from web.shell import icon_url

log = logging.getLogger(__name__)

NOT_LOGGED = Text(
    "Het logboek is even niet bereikbaar, en zonder logboek wordt niets getoond. Probeer het later "
    "opnieuw.",
    "The log cannot be reached just now, and without it nothing is shown. Try again later.",
)

HERE = Path(__file__).resolve().parent
LOGO = HERE / "logo.svg"


def _draw(
    page: Page[Any],
    admitted: Admitted,
    language: Language,
    own: Callable[[], dict[str, st.Page]],
) -> None:
    """Draw a page; a viewer whose role it is not for gets links to ``own``, those that are."""
    gateways, words, entered = admitted.gateways, Words(language), just_entered()
    name_tab(page.title.in_(language))
    place = draw_header(words, gateways, Leave(*leave(admitted.reader)))
    if not gateways.viewer.roles & page.roles:
        if entered:
            st.switch_page(next(iter(own().values())), query_params=chosen())
        gateways.notes.note("read", f"page {page.path}", "refused")
        st.info(
            words.say(
                f"De pagina '{page.title.nl}' hoort niet bij deze rol. Wel voor u:",
                f"The page '{page.title.en}' is not for this role. Yours are:",
            )
        )
        for other in own().values():
            st.page_link(other, query_params=chosen())
        draw_footer(words, gateways)
        return
    try:
        reason = desk().settings.export_reason
        reader = admitted.reader
        name = page.draw(
            gateways,
            language,
            export_link(reader),
            asks_reason=reason,
            maps=maps_of(reader),
            others=own(),
        )
        with place:
            draw_favourites(words, gateways.viewer.label, page.path, name)
    except LogFailedError as error:
        log.error("nothing can be read: %s", error)
        st.error(words.text(NOT_LOGGED))
    except WeerbeeldError as error:
        draw_warning(str(error))
    draw_footer(words, gateways)


def _named(draw: Callable[[], None], name: str) -> Callable[[], None]:
    """Return a callable with the name by which Streamlit distinguishes pages."""
    draw.__name__ = name
    return draw


def _enter(pages: dict[str, st.Page], first: str) -> None:
    """Switch from the bare address to the requested page, with the choices in its link."""
    request = desk().deep_links.take(browser())
    for name, value in request.choices.items() if request else ():
        keep(name, value)
    page = pages.get(request.page if request else first, pages[first])
    st.switch_page(page, query_params=chosen())


def _offer(draw: Callable[[str], None]) -> None:
    """Draw the same entrance page at every address."""
    paths = ["start", *(page.path for page in PAGES)]
    entrances = [st.Page(_named(partial(draw, p), p), url_path=p) for p in paths]
    st.navigation(entrances, position="hidden").run()


def _pages_of(viewer: Viewer) -> list[Page[Any]]:
    return [page for page in PAGES if viewer.roles & page.roles]


def main() -> None:
    """Draw the entrance, or the chosen page for an admitted reader."""
    st.set_page_config(PRODUCT, icon_url(), "wide", "collapsed")
    st.logo(LOGO.read_text(encoding="utf-8"), size="large")
    apply_style()
    begin()
    language = chosen_language()
    set_page_language(language)
    admitted = admit(language, _offer)
    if admitted is None:
        return
    mine = _pages_of(admitted.gateways.viewer)

    def own() -> dict[str, st.Page]:
        return {page.path: entries[page.path] for page in mine}

    entries = {
        page.path: st.Page(
            _named(partial(_draw, page, admitted, language, own), page.path),
            title=page.title.in_(language),
            url_path=page.path,
        )
        for page in PAGES
    }
    first = (mine or PAGES)[0].path
    enter = st.Page(_named(partial(_enter, entries, first), "enter"), default=True)
    current = st.navigation([enter, *entries.values()], position="hidden")
    draw_menu(list(own().values()), current.run)


main()
