"""Would earlier maps have pointed at the right places? Each indicator, held against a later year."""

import streamlit as st

from pages.kit.choices import choose
from pages.kit.view import PartnerView
from pages.methode.hindcast_finding import hindcast_finding
from pages.methode.hindcast_tables import hindcast_details, hindcast_overview
from pages.methode.predictions import (
    CAREFUL,
    PLAIN,
    Answers,
    Maps,
    answers,
)
from pages.methode.table import (
    draw_finding_table,
    draw_table,
    in_order,
    indicator_name,
)
from store.evidence.of_maps import ExactHindcast, Hindcast, MapChoice


def _shown(view: PartnerView, found: Answers) -> Maps:
    """Return which prediction each map shows, by indicator and level, and its PEI where tested.

    The evidence names the method of maps that were tested; other maps show careful figures, or
    plain counts where no careful figure was made.
    """
    known: dict[tuple[str, str], MapChoice] = {}
    for cut, results in found.items():
        method = CAREFUL if ("published", CAREFUL) in results else PLAIN
        known[cut.whose, cut.level] = MapChoice(cut.whose, cut.level, method, None, None)
    known |= {(row.indicator, row.level): row for row in view.gateway.evidence(MapChoice)}
    return {(row.indicator, row.level): row for row in in_order(view, known.values())}


def draw_hindcast(view: PartnerView) -> None:
    """Draw how well earlier maps foretold the last year; nothing when there is no hindcast."""
    found = answers([*view.gateway.evidence(Hindcast), *view.gateway.evidence(ExactHindcast)])
    if not found:
        return
    shown = _shown(view, found)
    head = view.say("Zou het hebben geklopt?", "Would it have been right?")
    draw_finding_table(
        view, head, hindcast_finding(view, found, shown), hindcast_overview(view, found, shown)
    )
    codes = list(dict.fromkeys(code for code, _ in shown if any(c.whose == code for c in found)))
    label = view.say("Terugblik op een indicator", "Hindcast of an indicator")
    code = choose(view, "terugblik", label, codes, lambda code: indicator_name(view, code))
    draw_table(view, indicator_name(view, code), hindcast_details(view, found, shown, code))
    st.caption(
        view.say(
            "Gevonden: deel van wat gebeurde in de gekozen plaatsen. PAI: hoeveel keer zoveel als op goed geluk (Chainey, "
            "Tompson en Uhlig 2008). PEI: PAI gedeeld door de best mogelijke, 1 is volmaakt (Hunt 2016). Bij gelijke "
            "plaatsen rekenen wij de slechtste volgorde. De proef gebruikt een jaar tot een jaar voor het laatste, en "
            "houdt dat tegen het laatste, met aantallen zoals ze getoond worden. Met echte aantallen gekozen: met een "
            "toevallige afwijking van zo'n tien, zodat niemand er een plaats uit afleidt. PEI kan net boven 1 uitkomen, "
            "doordat plaatsen niet even groot zijn.",
            "Found: part of what happened that lay in the places chosen. PAI: how many times as much as at random "
            "(Chainey, Tompson and Uhlig 2008). PEI: PAI over the best possible, 1 is perfect (Hunt 2016). Of equal "
            "places we take the worst order. The trial uses a year up to one year before the last, and holds it against "
            "the last, by counts as they are shown. Chosen by real counts: with a random deviation of ten or so, so that "
            "nobody derives a place from it. PEI may come out just above 1, because places differ in size.",
        )
    )
