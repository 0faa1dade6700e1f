"""Methode: how the picture is made, in chapters, for someone who has to rely on it."""

from access.gateways import Gateways
from bilingual import Text
from pages.kit.chapters import CHAPTERS, PATH
from pages.kit.page import EVERYONE, Page
from pages.kit.style import begin_at_top
from pages.kit.view import PartnerView
from pages.methode.chapter import draw_chapter
from pages.methode.contents import choose_chapter, draw_next


def render(view: PartnerView) -> None:
    """Draw the chapter that is chosen, and the way to the others."""
    name = choose_chapter(view)
    view.tab.append(view.text(CHAPTERS[name]))
    draw_chapter(view, name)
    draw_next(view, name)
    begin_at_top(name)


PAGE = Page(PATH, Text("Methode", "Method"), 70, EVERYONE, Gateways.partner, render)
