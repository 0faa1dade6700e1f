"""Whose figures, borders and names these are, and under which licence."""

import streamlit as st

from pages.kit.blocks import draw_long_table
from pages.kit.view import PartnerView
from pages.kit.words import plain


def draw_licences(view: PartnerView) -> None:
    """Draw the source and licence of each indicator, then those of borders and place names."""
    st.header(
        view.say("Bron en licentie per indicator", "Source and licence by indicator"), anchor=False
    )
    rows = [
        (
            f"{view.name(passport)} ({code})",
            passport.text("source", view.language),
            passport.text("delivery", view.language),
            passport.text("licence", view.language),
        )
        for code, passport in view.gateway.passports().items()
    ]
    heads = [
        view.say("Indicator", "Indicator"),
        view.say("Bron", "Source"),
        view.say("Levering", "Delivery"),
        view.say("Licentie", "Licence"),
    ]
    draw_long_table(view, heads, rows, most=8)
    st.header(view.say("Grenzen en plaatsnamen", "Borders and place names"), anchor=False)
    st.markdown("\n".join(f"- {plain(line)}" for line in view.gateway.attributions()))
    st.markdown(
        view.say(
            "Het CBS laat elk gebruik van deze gemeentegrenzen toe, ook bewerken en doorgeven, als de bron "
            "erbij staat. De tien RIEC-regio's zijn uit gemeenten samengesteld. Plaatsnamen mogen worden "
            "gebruikt onder CC BY 4.0, met naamsvermelding. Niets op deze pagina's komt van een server "
            "buiten deze machine.",
            "Statistics Netherlands allows any use of these municipal borders, also changed and passed on, "
            "if the source is named. The ten RIEC regions are put together from municipalities. Place "
            "names may be used under CC BY 4.0, with attribution. Nothing on these pages comes from a "
            "server outside this machine.",
        )
    )
