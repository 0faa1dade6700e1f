"""Events that two partners told of: they count once, and here stands whose they were."""

import streamlit as st

from bilingual import Text
from pages.kit.blocks import draw_plain_table
from pages.kit.view import PartnerView
from pages.parts.deliveries import area_names, kind_words, partner_words
from records import KINDS
from store.evidence.of_records import SameEvents

PARTS = {
    "some": Text("een deel", "some"),
    "most": Text("de meeste", "most"),
    "all": Text("zo goed als alle: een kopie", "nearly all: a copy"),
}


def draw_same_events(view: PartnerView) -> None:
    """Draw the rule, and which partners tell what another told before.

    Nothing where nobody delivered what happens at places: open data tell of no events.
    """
    events = {kind.name for kind in KINDS.values() if kind.located}
    if not events & {delivery.kind for delivery in view.gateway.deliveries()}:
        return
    st.header(
        view.say("Wat twee partners meldden", "What two partners reported"),
        anchor=False,
    )
    st.markdown(
        view.say(
            "Een voorval met hetzelfde nummer, dezelfde soort en dag, en een plek binnen 250 meter, telt één keer: "
            "voor de partner die het eerst leverde. Gelijke nummers alleen zeggen niets, want elke partner telt "
            "vanaf 1. Hoeveel voorvallen het zijn staat er niet bij, en paren met er weinig staan er niet bij.",
            "An event with the same number, sort and day, and a place within 250 metres, counts once: for the "
            "partner that delivered it first. Equal numbers alone say nothing, as every partner counts from 1. How "
            "many events there are is not said, and pairs with few of them are left out.",
        )
    )
    rows = view.gateway.evidence(SameEvents)
    if not rows:
        return
    names = area_names()
    heads = [
        view.say("Partner", "Partner"),
        view.say("Wat", "What"),
        view.say("Eerder gemeld door", "Reported before by"),
        view.say("Hoeveel van wat de partner leverde", "How much of what the partner delivered"),
    ]
    lines = [
        (
            partner_words(view, row.partner, names),
            kind_words(view, row.kind),
            partner_words(view, row.first, names),
            view.text(PARTS[row.part]),
        )
        for row in rows
    ]
    draw_plain_table(heads, lines)
