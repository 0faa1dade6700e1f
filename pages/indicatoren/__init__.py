"""Indicatoren: the catalogue, and one indicator with its passport, its development and its quality."""

from access.gateways import Gateways
from bilingual import Text
from pages.indicatoren.catalogue import draw_catalogue
from pages.indicatoren.one import draw_one
from pages.kit.choices import INDICATOR, kept
from pages.kit.page import EVERYONE, Page
from pages.kit.view import PartnerView


def render(view: PartnerView) -> None:
    """Draw the chosen indicator, or all of them."""
    passport = view.gateway.passports().get(kept(INDICATOR) or "")
    if passport is None:
        draw_catalogue(view)
    else:
        draw_one(view, passport)


PAGE = Page(
    "indicatoren",
    Text("Indicatoren", "Indicators"),
    50,
    EVERYONE,
    Gateways.partner,
    render,
    formerly=("indicator",),
)
