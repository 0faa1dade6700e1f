"""How good the figures of one indicator are: period, coverage, small counts, protection, age."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import streamlit as st

from access.figures import Figure
from access.passport import Passport
from pages.kit.blocks import draw_plain_table
from pages.kit.view import PartnerView
from pages.parts.deliveries import fresh_words, kind_words, streams
from pages.parts.noise import usual_deviation
from pages.parts.stream_table import short_month

SMALL_FACTOR = 5
"""A count under this many times the usual deviation may be off by a fifth or more."""


class Coverage(NamedTuple):
    """How many places there are, which share has a denominator, and which of those a small count.

    Shares run from 0 to 1, None without any place that they could be of.
    """

    places: int
    known: float | None
    small: float | None


def coverage(figures: Sequence[Figure], small: float) -> Coverage:
    """Return how far figures cover their places; a count under ``small`` is small."""
    known = [figure for figure in figures if figure.denominator and figure.denominator > 0]
    few = [f for f in known if f.numerator is not None and f.numerator < small]
    return Coverage(len(figures), _share(len(known), len(figures)), _share(len(few), len(known)))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _covered(view: PartnerView, passport: Passport) -> str:
    """Return which months have figures, and how much history goes before the first."""
    months = view.gateway.periods("month")
    series = view.gateway.series(passport.code, "nederland", "NL", "month")
    known = {figure.period for figure in series if figure.smoothed is not None}
    first = next((n for n, month in enumerate(months) if month.code in known), None)
    if first is None:
        return view.say(
            "Er is nog geen maand met een cijfer.", "There is no month with a figure yet."
        )
    span = f"{view.since(months[first].code)} – {view.since(months[-1].code)}"
    windows = len(view.gateway.periods("year"))
    text = view.say(
        f"Maandcijfers voor {span}; {windows} perioden van 12 maanden, elk kwartaal een.",
        f"Monthly figures for {span}; {windows} periods of 12 months, one each quarter.",
    )
    if first:
        return text + view.say(
            f" De eerste {first} maanden van de gegevens zijn nodig als voorgeschiedenis en krijgen zelf "
            "geen cijfer.",
            f" The first {first} months of the data are needed as history and get no figure of their own.",
        )
    return text + view.say(" Er is geen voorgeschiedenis nodig.", " No earlier history is needed.")


def protection_words(view: PartnerView, passport: Passport) -> str:
    """Return how protection changes the figures of an indicator."""
    usual, k = usual_deviation(view.gateway.perturbation()), view.gateway.protects()
    small = usual * SMALL_FACTOR
    if passport.open:
        return view.say(
            "Niet beveiligd: dit zijn open cijfers, zoals de bron ze publiceert.",
            "Not protected: these are open figures, as their source publishes them.",
        )
    public = view.say(
        " Openbare cijfers (inwoners, adressen, oppervlakte) blijven zoals ze zijn.",
        " Public figures (inhabitants, addresses, surface) stay as they are.",
    )
    if passport.counting == "value":
        return view.say(
            "Bedragen zijn verschoven met een deel van het bedrag van de grootste aangever, zodat niemand "
            f"dat kan uitrekenen. Bij minder dan {k} aangevers staat er 0: geen of weinig. Als een of twee "
            "bijna alles aangeven, staat er geen cijfer.",
            "Amounts are shifted by part of the largest declarant's amount, so that nobody can work it "
            f"out. With fewer than {k} declarants it says 0: none or few. When one or two declare almost "
            "all, there is no figure.",
        )
    return (
        view.say(
            f"Een aantal van 1 t/m {k - 1} wordt nooit getoond: het wordt 0 of minstens {k}. Een 0 betekent: "
            "geen of weinig. Grotere wijken "
            f"in 99% van de gevallen hoogstens {usual} af. Onder de {small} kan dat een vijfde of meer "
            "zijn: kijk dan naar het interval en niet naar het cijfer alleen.",
            f"A count from 1 to {k - 1} is never shown: it becomes 0 or at least {k}. A 0 means: none or "
            "few. Larger ones deviate "
            f"by at most {usual} in 99% of cases. Under {small} that may be a fifth or more: then look at "
            "the interval and not at the figure alone.",
        )
        + public
    )


def _draw_coverage(view: PartnerView, passport: Passport, period: str) -> None:
    small = usual_deviation(view.gateway.perturbation()) * SMALL_FACTOR
    by_level: dict[str, list[Figure]] = {
        level: view.gateway.figures(passport.code, level, period)
        for level in ("riec", "gemeente")
        if level in passport.levels
    }
    counted = passport.counting != "value"
    lines = []
    for level, figures in by_level.items():
        found = coverage(figures, small)
        line = [view.levels(level), view.number(found.places), view.percent(found.known, 1)]
        lines.append([*line, view.percent(found.small)] if counted else line)
    heads = [
        view.say("Niveau", "Level"),
        view.say("Plaatsen", "Places"),
        view.say("Met een noemer", "With a denominator"),
    ]
    if counted:
        heads.append(view.say(f"Teller onder {small}", f"Numerator under {small}"))
    draw_plain_table(heads, lines, frozenset(range(1, len(heads))))
    st.caption(
        view.say(
            "Zonder noemer is er geen eigen cijfer: daar staat dat van het grotere gebied eromheen. Van "
            "zeshoeken zijn alleen de bewoonde er, wat er ook geteld is.",
            "Without a denominator there is no figure of its own: that of the larger area around it stands "
            "there. Of hexagons only the inhabited ones are there, whatever was counted.",
        )
    )


def _draw_ages(view: PartnerView, passport: Passport) -> None:
    deliveries = [d for d in view.gateway.deliveries() if d.kind in passport.reads]
    found = streams(deliveries, [], date.today())  # noqa: DTZ011
    lines = []
    for kind in sorted({stream.kind for stream in found}):
        group = [stream for stream in found if stream.kind == kind]
        fresh = any(stream.fresh for stream in group)
        lines.append(
            (
                kind_words(view, kind),
                short_month(view, max((s.last for s in group if s.last), default=None)),
                view.say("ja", "yes") if fresh else view.say("nee", "no"),
                view.number(sum(stream.deliveries for stream in group)),
                view.number(min((s.age for s in group if s.age is not None), default=None)),
            )
        )
    heads = [
        view.say("Soort gegevens", "Kind of data"),
        view.say("Gegevens tot en met", "Data up to"),
        view.say("Vers", "Fresh"),
        view.say("Leveringen", "Deliveries"),
        view.say("Maanden oud", "Months old"),
    ]
    draw_plain_table(heads, lines, frozenset({3, 4}))
    st.caption(
        fresh_words(view)
        + view.say(
            " Alle leveringen staan op de pagina Bronnen.",
            " All deliveries are on the page Sources.",
        )
    )


def draw_quality(view: PartnerView, passport: Passport, period: str) -> None:
    """Draw what readers need to know about the quality of an indicator's figures."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{view.say('Periode', 'Period')}**  \n{_covered(view, passport)}")
        st.markdown(
            f"**{view.say('Bescherming', 'Protection')}**  \n{protection_words(view, passport)}"
        )
        _draw_coverage(view, passport, period)
    with right:
        source = passport.text("source", view.language)
        delivery = passport.text("delivery", view.language)
        st.markdown(
            f"**{view.say('Leveringen', 'Deliveries')}**  \n"
            + view.say(
                f"Deze indicator rust op: {source}. Levering: {delivery}.",
                f"This indicator rests on: {source}. Delivery: {delivery}.",
            )
        )
        _draw_ages(view, passport)
