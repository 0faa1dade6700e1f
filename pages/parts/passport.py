"""The passport of an indicator in plain words: every field, so that a reader can judge it."""

from datetime import date

import streamlit as st

from access.passport import Passport
from bilingual import Text
from pages.kit.blocks import draw_cards, draw_plain_table
from pages.kit.view import PartnerView
from pages.parts.explained import explained
from pages.parts.weights import score_shares

COUNTING = {
    "flow": Text(
        "Stroom: gebeurtenissen in de periode. Ze tellen op over plaatsen en over maanden.",
        "Flow: events in the period. They add up over places and over months.",
    ),
    "stock": Text(
        "Stand: wat er is. Het telt op over plaatsen, niet over maanden. Een beveiligde stand wordt eens "
        "per jaar opgemaakt, op 31 december: een periode die later eindigt toont die stand.",
        "Stock: what is there. It adds up over places, not over months. A protected stock is counted "
        "once a year, on 31 December: a period that ends later shows that one.",
    ),
    "value": Text(
        "Waarde: bedragen in plaats van aantallen. Ze tellen op over plaatsen en over maanden; een "
        "grote aangever weegt zwaar mee.",
        "Value: amounts in place of counts. They add up over places and over months; one large "
        "declarant weighs heavily.",
    ),
    "derived": Text(
        "Afgeleid: per periode opnieuw bepaald uit andere gegevens. Het telt niet op over maanden.",
        "Derived: worked out anew for each period from other data. It does not add up over months.",
    ),
}

EVIDENCE = {
    "validated": Text(
        "Gevalideerd: onderzoek vergeleek dit met wat later bleek. Ook dan bewijst een cijfer niets "
        "over een plaats.",
        "Validated: research compared this with what later turned out. Even then a figure proves "
        "nothing about a place.",
    ),
    "literature": Text(
        "Literatuur: beschreven in onderzoek of toezicht, hier nog niet getoetst aan uitkomsten.",
        "Literature: described in research or supervision, not yet tested against outcomes here.",
    ),
    "expert": Text(
        "Deskundigen: het oordeel van mensen uit de praktijk, nog niet onderzocht.",
        "Experts: the judgement of practitioners, not yet researched.",
    ),
}

RECIPIENTS = {
    "nsoc": Text("NSOC", "NSOC"),
    "riec": Text("RIEC's", "RIECs"),
    "gemeente": Text("gemeenten", "municipalities"),
}

PART = Text(
    "De teller is een deel van de noemer: het cijfer is nooit meer dan het geheel.",
    "The numerator is part of the denominator: the figure is never more than the whole.",
)
BESIDE = Text(
    "De teller is geen deel van de noemer: de noemer maakt plaatsen vergelijkbaar.",
    "The numerator is no part of the denominator: the denominator makes places comparable.",
)


def _weight(view: PartnerView, passport: Passport) -> str:
    share = score_shares(view.gateway.passports()).get(passport.code)
    reason = passport.text("weight_reason", view.language)
    if share is None:
        return view.say(
            f"Geen: telt niet mee in de score. {reason}.", f"None: not in the score. {reason}."
        )
    weight, part = view.number(passport.weight, 2), view.number(share * 100, 1)
    return view.say(
        f"{weight} binnen het aandachtsgebied, {part}% van de hele score. {reason}.",
        f"{weight} within the focus area, {part}% of the whole score. {reason}.",
    )


def _protected(view: PartnerView, passport: Passport) -> str:
    """Return whom counts could point at, so who counts once, and what is looked for."""
    if not passport.protects:
        return view.say("Niemand: deze cijfers zijn openbaar.", "Nobody: these figures are public.")
    subjects, widest = (passport.text(name, view.language) for name in ("protected", "widening"))
    said = view.say(
        f"Per {subjects}: waar er te weinig achter een aantal zitten, telt elk een keer. Elders "
        f"groeit de ruis mee met het grootste aandeel van een {widest}.",
        f"By {subjects}: where too few are behind a count, each counts once. Elsewhere noise grows "
        f"with the largest part of one {widest}.",
    )
    if passport.looks_for:
        finding = passport.text("finding", view.language)
        said += view.say(
            f" Niet beschermd is wat wordt gezocht: {finding}.",
            f" Not protected is what is looked for: {finding}.",
        )
    return said


def counted_rows(view: PartnerView, passport: Passport) -> list[tuple[str, str]]:
    """Return what is counted and how to read it, as (field, words)."""
    top, below = (
        passport.text(f"{side}_text", view.language) for side in ("numerator", "denominator")
    )
    corrected = view.say("niets", "nothing")
    if passport.corrected:
        corrected = passport.text("strata", view.language)
    return [
        (view.say("Aandachtsgebied", "Focus area"), view.focus(passport.focus_area)),
        (view.say("Thema", "Theme"), passport.text("theme", view.language)),
        (view.say("Teller", "Numerator"), top),
        (view.say("Noemer", "Denominator"), below),
        (view.say("Eenheid", "Unit"), view.unit(passport)),
        (view.say("Manier van tellen", "Way of counting"), view.text(COUNTING[passport.counting])),
        (
            view.say("Teller en noemer", "Both counts"),
            view.text(PART if passport.share else BESIDE),
        ),
        (view.say("Gecorrigeerd voor", "Corrected for"), corrected),
        (view.say("Beschermd", "Protected"), _protected(view, passport)),
        (view.say("Richting", "Direction"), passport.text("direction", view.language)),
        (view.say("Gewicht", "Weight"), _weight(view, passport)),
        (view.say("Bewijskracht", "Evidence"), view.text(EVIDENCE[passport.evidence])),
    ]


def origin_rows(view: PartnerView, passport: Passport) -> list[tuple[str, str]]:
    """Return where the figures come from and for whom they are, as (field, words)."""
    levels = view.listing([view.levels(level) for level in passport.levels])
    readers = view.listing([view.text(RECIPIENTS[role]) for role in passport.recipients])
    readers += view.say(
        ". Fijner dan de gemeente ziet een RIEC of gemeente alleen het eigen gebied.",
        ". Below the municipality a RIEC or municipality sees its own area only.",
    )
    return [
        (view.say("Bron", "Source"), passport.text("source", view.language)),
        (view.say("Levering", "Delivery"), passport.text("delivery", view.language)),
        (view.say("Grondslag", "Legal basis"), passport.text("legal_basis", view.language)),
        (view.say("Licentie", "Licence"), passport.text("licence", view.language)),
        (view.say("Niveaus", "Levels"), levels),
        (view.say("Ontvangers", "Recipients"), readers),
        (view.say("Eigenaar", "Owner"), passport.owner),
        (
            view.say("Volgende herziening", "Next review"),
            view.day(date.fromisoformat(passport.review)),
        ),
        (view.say("Code", "Code"), passport.code),
    ]


def draw_passport(view: PartnerView, passport: Passport) -> None:
    """Draw the passport: first what may explain a figure and what to do, then all fields."""
    st.header(view.say("Paspoort", "Passport"), anchor=False)
    st.markdown(
        view.say(
            "Wat deze indicator telt, waar het vandaan komt en wat u er wel en niet uit mag opmaken.",
            "What this indicator counts, where it comes from and what may and may not be read from it.",
        )
    )
    draw_cards([(name, "", text) for name, text in explained(view, passport)])
    left, right = st.columns(2, gap="large")
    explanation = view.say("Uitleg", "Explanation")
    with left:
        draw_plain_table(
            [view.say("Wat wordt geteld", "What is counted"), explanation],
            counted_rows(view, passport),
        )
    with right:
        draw_plain_table(
            [view.say("Herkomst en beheer", "Origin and care"), explanation],
            origin_rows(view, passport),
        )
