"""Gemeentebeeld: one municipality, its neighbourhoods or hexagons, each indicator in context."""

import streamlit as st

from access.facts import Area
from access.figures import Figure
from access.gateways import Gateways
from access.passport import Passport
from bilingual import Text
from pages.kit.blocks import draw_finding, draw_plain_table
from pages.kit.choices import GEMEENTE, LEVEL, choose, current_period, decide
from pages.kit.page import EVERYONE, Page
from pages.kit.view import PartnerView
from pages.parts.explorer import Scene, explore, first_level
from pages.parts.key_figures import draw_key_figures
from pages.parts.marked import context_finding, context_of, context_words, only_context
from pages.parts.other_day import other_days_by_name
from pages.parts.outstanding import draw_changes, place_finding, scene_of
from pages.parts.panel import compared_places, draw_contributions
from pages.parts.trend import draw_trend, rate_at
from pages.parts.waiting import draw_waiting

LEVELS = ("wijk", "buurt", "hex9", "hex8", "hex7", "gemeente")
"""What the map offers; the gemeente itself where nothing finer has figures."""


def _own(view: PartnerView) -> list[Area]:
    viewer, gateway = view.gateway.viewer, view.gateway
    every = gateway.areas("gemeente")
    if viewer.nsoc:
        return every
    return [a for a in every if a.code in viewer.gemeenten or a.riec in viewer.riecs]


def _finding(view: PartnerView, gemeente: Area, period: str, profile: list[Figure]) -> None:
    """Draw how many independent partners point at the gemeente, among all of them."""
    context = context_of(view, [figure for figure in profile if figure.since])
    if only_context(view):
        draw_finding(view, *context_finding(view, context, own=gemeente.name))
        return
    every = view.gateway.verdicts("gemeente", period, gemeente.riec or None)
    (own,) = (verdict for verdict in every if verdict.area == gemeente.code)
    title, lead = place_finding(view, own)
    draw_finding(view, title, lead + context_words(view, context))


def _missing_borders(view: PartnerView) -> None:
    if view.gateway.areas_exist("wijk") or view.gateway.areas_exist("buurt"):
        return
    st.caption(
        view.say(
            "Wijken en buurten zijn nog niet geladen; de kaart toont zeshoeken. Uw beheerder laadt "
            "ze met ",
            "Districts and neighbourhoods are not loaded yet; the map shows hexagons. Your "
            "administrator loads them with ",
        )
        + "`weerbeeld update pdok_borders`."
    )


def _row(view: PartnerView, passport: Passport, area: Area, own: Figure, period: str) -> list[str]:
    values = [
        view.rate(rate_at(view, passport, level, code, period))
        for level, code, _ in compared_places(view, area)[1:]
    ]
    since = view.since(own.since)
    return [
        f"{view.name(passport)} ({passport.code})",
        view.rate(own.smoothed),
        f"{view.rate(own.low)} – {view.rate(own.high)}",
        *values,
        view.unit(passport),
        view.say(f"▲ sinds {since}", f"▲ since {since}") if since else "",
    ]


def _table(view: PartnerView, gemeente: Area, profile: list[Figure], period: str) -> None:
    passports = view.gateway.passports()
    rows = [_row(view, passports[own.indicator], gemeente, own, period) for own in profile]
    compared = compared_places(view, gemeente)[1:]
    heads = [
        view.say("Indicator", "Indicator"),
        gemeente.name,
        view.say("90%-interval", "90% interval"),
        *(label for _, _, label in compared),
        view.say("Eenheid", "Unit"),
        view.say("Steekt eruit", "Stands out"),
    ]
    draw_plain_table(heads, rows, frozenset({1, *range(3, 3 + len(compared))}))
    if note := other_days_by_name(view, "gemeente", period):
        st.caption(note)


def _indicators(view: PartnerView, gemeente: Area, profile: list[Figure]) -> None:
    """Draw each indicator with its trend, what may explain it and what an officer can do."""
    passports = view.gateway.passports()
    for figure in sorted(profile, key=lambda figure: (figure.since is None, figure.indicator)):
        code, quiet = figure.indicator, figure.since is None
        passport = passports[code]
        mark = "" if quiet else "▲ "
        with st.expander(f"{mark}{view.name(passport)} ({code})", expanded=not quiet):
            left, right = st.columns([1.2, 1], gap="large")
            with left:
                places = compared_places(view, gemeente)
                draw_trend(view, passport, places, f"{gemeente.code}-{code}", 190)
            with right:
                innocent = view.say("Kan ook onschuldig zijn", "May be innocent")
                action = view.say("Wat u kunt doen", "What you can do")
                st.markdown(f"**{innocent}**  \n{passport.text('innocent', view.language)}")
                st.markdown(f"**{action}**  \n{passport.text('action', view.language)}")


def render(view: PartnerView) -> None:
    """Draw the picture of a municipality."""
    gemeenten = {area.code: area for area in _own(view)}
    code = next(iter(gemeenten))
    if len(gemeenten) > 1:
        label = view.say("Gemeente", "Municipality")
        code = choose(view, GEMEENTE, label, list(gemeenten), lambda c: gemeenten[c].name)
    gemeente = gemeenten[code]
    period = view.gateway.period(current_period(view), "gemeente").code
    profile = view.gateway.profile("gemeente", code, period)
    _finding(view, gemeente, period, profile)
    draw_key_figures(view, gemeente)
    offered = tuple(level for level in LEVELS if view.gateway.areas_exist(level, code))

    if only_context(view):
        explore(view, Scene(offered, within=code))
    else:
        level = decide(LEVEL, offered, first_level(view, offered, code))
        found = view.gateway.verdicts(level, period, code)
        explore(view, scene_of(view, found, offered, code, level))
        head = view.say("Waar de score van de gemeente uit bestaat", "What the score is made of")
        with st.expander(head):
            draw_contributions(view, "gemeente", code, period)
        draw_changes(view, found, level)
    _missing_borders(view)
    st.header(view.say("Alle indicatoren in context", "All indicators in context"), anchor=False)
    _table(view, gemeente, profile, period)
    st.header(view.say("Per indicator", "By indicator"), anchor=False)
    _indicators(view, gemeente, profile)
    draw_waiting(view)


PAGE = Page(
    "gemeentebeeld",
    Text("Gemeentebeeld", "Municipal picture"),
    30,
    EVERYONE,
    Gateways.partner,
    render,
)
