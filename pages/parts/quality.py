"""How good the figures of one indicator are: period, coverage, small counts, protection, age."""

from datetime import date

import pandas as pd
import streamlit as st

from access.passport import Passport
from pages.parts.blocks import draw_plain_table
from pages.parts.deliveries import FRESH_DAYS, FRESH_DAYS_YEARLY, kind_words, streams
from pages.parts.noise import usual_deviation
from pages.parts.rows import Shown
from pages.parts.stream_table import short_day
from pages.parts.view import View

SMALL_FACTOR = 5
"""A count under this many times the usual deviation may be off by a fifth or more."""


def coverage(rows: pd.DataFrame, small: float) -> tuple[int, float, float]:
    """Return the number of places, the part with a denominator, and of those with a small count.

    ``rows`` is what ``Gateway.figures`` gives; parts run from 0 to 1, NaN without any place.
    """
    known = rows["denominator"] > 0
    return len(rows), known.mean(), (rows.loc[known, "numerator"] < small).mean()


def _covered(view: View, sheet: Passport) -> str:
    """Say which months have figures, and how much history goes before the first."""
    months = view.gateway.periods("month")
    series = view.gateway.series(sheet.code, "nederland", "NL", "month")
    known = set(series.loc[series["smoothed"].notna(), "period"])
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


def protection_words(view: View, sheet: Passport) -> str:
    """Return how protection changes the figures of an indicator."""
    usual, k = usual_deviation(view.gateway.perturbation()), view.gateway.protects()
    small = usual * SMALL_FACTOR
    if sheet.open:
        return view.say(
            "Niet beveiligd: dit zijn open cijfers, zoals de bron ze publiceert.",
            "Not protected: these are open figures, as their source publishes them.",
        )
    public = view.say(
        " Openbare cijfers (inwoners, adressen, oppervlakte) blijven zoals ze zijn.",
        " Public figures (inhabitants, addresses, surface) stay as they are.",
    )
    if sheet.counting == "value":
        return view.say(
            "Bedragen zijn verschoven met een deel van het bedrag van de grootste aangever, zodat niemand "
            f"dat kan uitrekenen. Bij minder dan {k} aangevers, of als een of twee bijna alles aangeven, "
            "staat er geen cijfer.",
            "Amounts are shifted by part of the largest declarant's amount, so that nobody can work it "
            f"out. With fewer than {k} declarants, or when one or two declare almost all, there is no "
            "figure.",
        )
    return (
        view.say(
            f"Een aantal van 1 t/m {k - 1} wordt nooit getoond: het wordt 0 of minstens {k}. Grotere wijken "
            f"in 99% van de gevallen hoogstens {usual} af. Onder de {small} kan dat een vijfde of meer "
            "zijn: kijk dan naar het interval en niet naar het cijfer alleen.",
            f"A count from 1 to {k - 1} is never shown: it becomes 0 or at least {k}. Larger ones deviate "
            f"by at most {usual} in 99% of cases. Under {small} that may be a fifth or more: then look at "
            "the interval and not at the figure alone.",
        )
        + public
    )


def _draw_coverage(view: View, shown: Shown, sheet: Passport, period: str) -> None:
    small = usual_deviation(view.gateway.perturbation()) * SMALL_FACTOR
    frames: dict[str, pd.DataFrame] = {
        level: view.gateway.figures(sheet.code, level, period)
        for level in ("riec", "gemeente")
        if level in sheet.levels
    }
    frames.setdefault(shown.level, shown.rows)
    counted = sheet.counting != "value"
    lines = []
    for level, rows in frames.items():
        places, known, few = coverage(rows, small)
        line = [view.levels(level), view.number(places), f"{view.number(known * 100, 1)}%"]
        lines.append([*line, f"{view.number(few * 100)}%"] if counted else line)
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
            "zeshoeken zijn alleen de bewoonde er.",
            "Without a denominator there is no figure of its own: that of the larger area around it stands "
            "there. Of hexagons only the inhabited ones are there.",
        )
    )


def _draw_ages(view: View, sheet: Passport) -> None:
    deliveries = view.gateway.deliveries()
    read = deliveries[deliveries["kind"].isin(sheet.reads)]
    found = streams(read, [], date.today())  # noqa: DTZ011
    lines = []
    for kind, group in found.groupby("kind"):
        newest = group["last"].dropna().max()
        age = group["age"].min()
        fresh = bool(group["fresh"].any())
        lines.append(
            (
                kind_words(view, str(kind)),
                short_day(view, newest),
                view.say("ja", "yes") if fresh else view.say("nee", "no"),
                view.number(group["deliveries"].sum()),
                view.number(age),
            )
        )
    heads = [
        view.say("Soort gegevens", "Kind of data"),
        view.say("Jongste gegeven", "Newest record"),
        view.say("Vers", "Fresh"),
        view.say("Leveringen", "Deliveries"),
        view.say("Dagen oud", "Days old"),
    ]
    draw_plain_table(heads, lines, frozenset({3, 4}))
    st.caption(
        view.say(
            f"Vers: hoogstens {FRESH_DAYS} dagen oud, cijfers over gebieden hoogstens "
            f"{FRESH_DAYS_YEARLY}. Alle leveringen staan op de pagina Bronnen.",
            f"Fresh: at most {FRESH_DAYS} days old, figures about areas at most "
            f"{FRESH_DAYS_YEARLY}. All deliveries are on the page Sources.",
        )
    )


def draw_quality(view: View, shown: Shown, sheet: Passport, period: str) -> None:
    """Draw what readers need to know about the quality of an indicator's figures."""
    st.header(view.say("Kwaliteit van de gegevens", "Quality of the data"), anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{view.say('Periode', 'Period')}**  \n{_covered(view, sheet)}")
        st.markdown(
            f"**{view.say('Bescherming', 'Protection')}**  \n{protection_words(view, sheet)}"
        )
        _draw_coverage(view, shown, sheet, period)
    with right:
        source = sheet.text("source", view.language)
        delivery = sheet.text("delivery", view.language)
        st.markdown(
            f"**{view.say('Leveringen', 'Deliveries')}**  \n"
            + view.say(
                f"Deze indicator rust op: {source}. Levering: {delivery}.",
                f"This indicator rests on: {source}. Delivery: {delivery}.",
            )
        )
        _draw_ages(view, sheet)
