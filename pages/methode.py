"""Methode: how the picture is made, in plain words, for someone who has to rely on it."""

import streamlit as st

from access.gateways import Gateways
from bilingual import Text
from pages.kit.blocks import draw_finding, draw_plain_table
from pages.kit.page import EVERYONE, Page
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.parts import method_bounds as bounds
from pages.parts import method_comparing as comparing
from pages.parts import method_figures as figures
from pages.parts.method_section import draw_section
from pages.parts.method_steps import draw_steps
from pages.parts.noise import draw_noise_chart, draw_noise_table
from pages.parts.weights import OUTSIDE, draw_weights, score_shares
from pages.parts.worth import draw_worth_of_figures, draw_worth_of_score
from pages.parts.worth_answers import draw_answers
from pages.parts.worth_table import READING_WIDTH

EVERYWHERE = Text(
    "NSOC in het hele land; RIEC's en gemeenten in het eigen gebied",
    "NSOC in the whole country; RIECs and municipalities in their own area",
)
OWN_AREA = Text(
    "RIEC's en gemeenten in het eigen gebied", "RIECs and municipalities in their own area"
)

HEXAGONS = (
    ("hex7", 4.4, 1300, EVERYWHERE),
    ("hex8", 0.62, 490, EVERYWHERE),
    ("hex9", 0.09, 185, OWN_AREA),
)
"""Level, mean surface in km2 and mean side in metres of its hexagons in the Netherlands, readers."""


def _draw_context(view: PartnerView) -> None:
    st.header(view.say("Wat naast de score staat", "What stands beside the score"), anchor=False)
    rows = [
        (
            f"{view.name(passport)} ({code})",
            passport.text("numerator_text", view.language),
            passport.text("denominator_text", view.language),
        )
        for code, passport in view.gateway.passports().items()
        if passport.focus_area == OUTSIDE
    ]
    heads = [
        view.say("Indicator", "Indicator"),
        view.say("Teller", "Numerator"),
        view.say("Noemer", "Denominator"),
    ]
    draw_plain_table(heads, rows)
    st.caption(
        view.say(
            "Context helpt om een score te begrijpen en telt er niet in mee.",
            "Context helps to understand a score and does not count in it.",
        )
    )


def _draw_hexagons(view: Words) -> None:
    st.header(view.say("Zeshoeken", "Hexagons"), anchor=False)
    rows = [
        (
            view.levels(level).capitalize(),
            level.removeprefix("hex"),
            view.text(readers),
            f"{view.number(km2, 2 if km2 < 1 else 1)} km²",
            f"{view.number(side)} m",
        )
        for level, km2, side, readers in HEXAGONS
    ]
    heads = [
        view.say("Op de kaart", "On the map"),
        view.say("H3-resolutie", "H3 resolution"),
        view.say("Wie ziet ze", "Who sees them"),
        view.say("Oppervlakte", "Surface"),
        view.say("Zijde", "Side"),
    ]
    draw_plain_table(heads, rows, frozenset({3, 4}))
    st.caption(
        view.say(
            "Oppervlakte en zijde zijn gemiddeld in Nederland. Zeshoeken verschillen iets, dus dichtheden rekenen met de "
            "eigen oppervlakte. Zeven kleine passen ongeveer in een grotere.",
            "Surface and side are means in the Netherlands. Hexagons differ somewhat, so densities use each one's own. "
            "About seven small ones fit in a larger one.",
        )
    )


def _draw_release(view: PartnerView) -> None:
    st.header(view.say("Na te rekenen", "Can be worked out again"), anchor=False)
    facts = view.gateway.facts()
    with st.container(width=READING_WIDTH):
        st.markdown(
            view.say(
                "De naam van een uitgave volgt uit de leveringen, de grenzen, de sleutel en de code. Wie dezelfde "
                "leveringen opnieuw bouwt, krijgt dezelfde naam en dezelfde cijfers. De inhoudscode verandert als er "
                "ook maar een cijfer verandert.",
                "The name of a release follows from the deliveries, the borders, the key and the code. Who builds the "
                "same deliveries again gets the same name and the same figures. The content hash changes if even one "
                "figure does.",
            )
        )
        draw_plain_table(
            [view.say("Uitgave", "Release"), facts.name],
            [
                (view.say("Inhoudscode (SHA-256)", "Content hash (SHA-256)"), facts.content),
                (view.say("Gegevens tot en met", "Data to"), view.day(facts.until)),
                (view.say("Gebouwd op", "Built on"), view.day(facts.built)),
            ],
        )


def render(view: PartnerView) -> None:
    """Draw the method, from delivery to release, and what it cannot do."""
    passports, table = view.gateway.passports(), view.gateway.perturbation()
    scored = len(score_shares(passports))
    known, shown = len(passports), sum(passport.open for passport in passports.values())
    title = view.say(
        f"{known} {'indicator wordt' if known == 1 else 'indicatoren worden'} geteld en vergeleken: "
        f"{known - shown} beschermd, {shown} open; {scored} in de score",
        f"{known} {'indicator is' if known == 1 else 'indicators are'} counted and compared: "
        f"{known - shown} protected, {shown} open; {scored} in the score",
    )
    lead = view.say(
        "Een signaal is een cijfer dat hoog is en vrijwel zeker hoger dan in het land. Het gaat over een plaats en "
        "nooit over een persoon; er volgt geen besluit uit.",
        "A signal is a figure that is high and almost surely higher than the country's. It is about a place and never "
        "about a person; no decision follows from it.",
    )
    draw_finding(view, title, lead)
    draw_steps(view)
    draw_section(view, figures.STANDS_OUT)
    draw_section(view, figures.RATES)
    draw_section(view, figures.PATTERNS)
    draw_section(view, figures.PROTECTION)
    with st.container(width=READING_WIDTH):
        draw_noise_chart(view, table)
    draw_noise_table(view, table)
    draw_section(view, comparing.SCORE)
    draw_weights(view, passports)
    _draw_context(view)
    draw_section(view, comparing.RANKS)
    draw_section(view, comparing.PEERS)
    draw_section(view, comparing.CLASSES)
    _draw_hexagons(view)
    draw_worth_of_figures(view)
    draw_worth_of_score(view)
    for section in (bounds.CANNOT_SAY, bounds.NOT_USED, bounds.LOOPS, bounds.PRIVACY):
        draw_section(view, section)
    _draw_release(view)
    draw_answers(view)
    draw_section(view, bounds.LIMITS)


PAGE = Page("methode", Text("Methode", "Method"), 70, EVERYONE, Gateways.partner, render)
