"""Which release this is, so that somebody else can work it out again."""

import streamlit as st

from pages.kit.blocks import draw_plain_table
from pages.kit.view import PartnerView
from pages.methode.table import READING_WIDTH


def draw_facts(view: PartnerView) -> None:
    """Draw the name of the release, the hash of what is in it, and its days."""
    facts = view.gateway.facts()
    with st.container(width=READING_WIDTH):
        draw_plain_table(
            [view.say("Uitgave", "Release"), facts.name],
            [
                (view.say("Inhoudscode (SHA-256)", "Content hash (SHA-256)"), facts.content),
                (view.say("Gegevens tot en met", "Data to"), view.day(facts.until)),
                (view.say("Gebouwd op", "Built on"), view.day(facts.built)),
            ],
        )
