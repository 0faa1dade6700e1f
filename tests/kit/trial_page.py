"""A page that is a map and nothing else: its choices are those of the URL, and no page draws more.

``python trial_page.py serve`` serves it beside the pages that there are.
"""

import streamlit as st

import pages
from access.gateways import Gateways
from bilingual import Text
from pages.kit.choices import AREA, BESIDE, INDICATOR, LEVEL, current_period, decide, kept
from pages.kit.page import EVERYONE, Page
from pages.kit.view import PartnerView
from pages.parts.chosen_place import settle_place
from pages.parts.map import MapRequest, draw_map
from pages.parts.map_subject import levels_of, subject_name
from pages.parts.own_area import own_areas, within_at
from store.release import LEVEL_NUMBERS

PATH = "kaartproef"


def render(view: PartnerView) -> None:
    """Draw the map that the URL asks for: ``niveaus`` are followed, ``zoom`` turns it on."""
    own = next(iter(own_areas(view.gateway)), None)
    level = decide(LEVEL, list(LEVEL_NUMBERS), "gemeente")
    settle_place(view.gateway, level)
    code, theme = kept(INDICATOR) or "VG01", kept("thema")
    st.title(subject_name(view, code, theme))
    request = MapRequest(
        code=code,
        theme=theme,
        level=level,
        period=current_period(view) or view.gateway.periods("year")[-1].code,
        title=subject_name(view, code, theme),
        within=within_at(own, level),
        chosen=kept(AREA),
        borders=None if level == "gemeente" else "riec",
        beside=kept(BESIDE),
        levels=levels_of(view, code, tuple((kept("niveaus") or "").split(","))),
        follows=bool(kept("zoom")),
    )
    draw_map(view, request, "trial-map-sight")


PAGE = Page(PATH, Text("Kaartproef", "Map trial"), 99, EVERYONE, Gateways.partner, render)


if __name__ == "__main__":
    pages.PAGES = (*pages.PAGES, PAGE)
    from cli import main

    main()
