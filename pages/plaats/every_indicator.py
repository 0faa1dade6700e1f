"""Each indicator of a place: what it shows there, what may explain it and what an officer can do."""

from access.facts import Area
from pages.kit.view import PartnerView
from pages.parts.verdict_panel import draw_explained


def draw_every_indicator(view: PartnerView, area: Area, period: str) -> None:
    """Draw them, those that stand out first."""
    passports = view.gateway.passports()
    profile = view.gateway.profile(area.level, area.code, period)
    for figure in sorted(profile, key=lambda figure: (figure.since is None, figure.indicator)):
        passport = passports[figure.indicator]
        mark = "▲ " if figure.since else ""
        head = f"**{mark}{view.name(passport)}** ({passport.code})"
        draw_explained(view, passport, area, figure, head)
