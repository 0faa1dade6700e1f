"""How figures of areas were brought to hexagons: as delivered, by addresses, or by land."""

import streamlit as st

from bilingual import Text
from pages.kit.blocks import draw_plain_table
from pages.kit.view import PartnerView
from records.figures import PUBLIC
from store.evidence.of_sources import Spread

METHODS = {
    "delivered": Text("zoals geleverd, per zeshoek", "as delivered, by hexagon"),
    "addresses": Text("verdeeld naar adressen", "spread by addresses"),
    "land": Text("verdeeld naar land: adressen niet bekend", "spread by land: addresses not known"),
}


def draw_spread(view: PartnerView) -> None:
    """Draw how much of each figure came to hexagons in which way; nothing where none did."""
    rows = view.gateway.evidence(Spread)
    if not rows:
        return
    st.header(
        view.say("Hoe cijfers op de zeshoeken komen", "How figures come to the hexagons"),
        anchor=False,
    )
    heads = [
        view.say("Cijfer", "Figure"),
        view.say("Uit", "From"),
        view.say("Manier", "Way"),
        view.say("Samen", "Together"),
    ]
    lines = [
        (
            view.text(PUBLIC[row.figure].name),
            view.levels(row.level),
            view.text(METHODS[row.method]),
            view.number(row.total),
        )
        for row in rows
    ]
    draw_plain_table(heads, lines, frozenset({3}))
    st.caption(
        view.say(
            "Alleen voor indicatoren die zeggen dat hun noemer zo verdeeld mag worden. Andere cijfers blijven "
            "op hun eigen niveau.",
            "Only for indicators that say their denominator may be spread so. Other figures stay at their "
            "own level.",
        )
    )
