"""Each indicator of a place: what it shows there, what may explain it and what an officer can do."""

import streamlit as st

from access.facts import Area
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.parts.panel import comparison_words


def draw_every_indicator(view: PartnerView, area: Area, period: str) -> None:
    """Draw them, those that stand out first."""
    passports = view.gateway.passports()
    profile = view.gateway.profile(area.level, area.code, period)
    for figure in sorted(profile, key=lambda figure: (figure.since is None, figure.indicator)):
        passport = passports[figure.indicator]
        mark = "▲ " if figure.since else ""
        low, high = view.rate(figure.low), view.rate(figure.high)
        lines = [
            f"**{mark}{view.name(passport)}** ({passport.code})",
            f"{view.rate(figure.smoothed)} {view.unit(passport)} ({low}–{high}). "
            + plain(comparison_words(view, passport, area, period)),
            f"*{view.say('Kan ook onschuldig zijn', 'May be innocent')}*: "
            + passport.text("innocent", view.language),
            f"*{view.say('Wat u kunt doen', 'What you can do')}*: "
            + passport.text("action", view.language),
        ]
        st.markdown("  \n".join(lines))
