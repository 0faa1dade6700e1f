"""Several places taken together, in words: the sum of what is shown, its rate, and the country's."""

from collections.abc import Sequence

import streamlit as st

from access.passport import Passport
from access.together import LEAST_PLACES, MOST_PLACES, NEVER_ADDED, Together
from pages.kit.view import PartnerView
from pages.kit.words import Words, plain
from pages.parts.place_words import clear_words
from pages.parts.trend import rate_at, surely_beside


def draw_together(
    view: PartnerView, code: str, level: str, areas: Sequence[str], period: str | None = None
) -> None:
    """Draw the sum of the figures of different places of a level, or why there is none."""
    passport, places = view.gateway.passport(code, level), len(set(areas))
    if reason := why_not(view, passport, level, places):
        st.caption(plain(reason))
        return
    found = view.gateway.sum_of(code, level, areas, period)
    country = rate_at(view, passport, "nederland", "NL", found.period)
    head, *lines = together_lines(view, passport, found, country)
    st.markdown(f"**{plain(head)}**")
    for line in lines:
        st.markdown(plain(line))
    st.caption(plain(what_it_is(view, passport, found)))


def why_not(words: Words, passport: Passport, level: str, places: int) -> str:
    """Return why so many different places cannot be taken together; empty where they can."""
    if passport.counting in NEVER_ADDED:
        return words.say(
            f"{words.name(passport)} is niet op te tellen: bedragen en afgeleide cijfers van "
            "plaatsen bij elkaar zeggen niets. Vergelijk de plaatsen een voor een.",
            f"{words.name(passport)} cannot be added up: amounts and derived figures of places "
            "put together say nothing. Compare the places one by one.",
        )
    if not LEAST_PLACES <= places <= MOST_PLACES:
        return words.say(
            f"Kies {LEAST_PLACES} tot {MOST_PLACES} verschillende {words.levels(level)} om ze "
            f"samen te nemen; nu zijn het er {places}.",
            f"Choose {LEAST_PLACES} to {MOST_PLACES} different {words.levels(level)} to take them "
            f"together; now there are {places}.",
        )
    return ""


def together_lines(
    words: Words, passport: Passport, found: Together, country: float | None
) -> list[str]:
    """Return what places are together, in a heading and lines below it."""
    head = (
        f"{words.number(found.places)} {words.levels(found.level)} {words.say('samen', 'together')}"
    )
    if found.rate is None:
        nothing = words.say(
            "Van geen van deze plaatsen is een eigen cijfer te tonen.",
            "Of none of these places a figure of its own can be shown.",
        )
        return [head, nothing]
    interval = words.say(
        f"90%-interval {words.rate(found.low)} tot {words.rate(found.high)}",
        f"90% interval {words.rate(found.low)} to {words.rate(found.high)}",
    )
    lines = [
        f"{head}: {counted_words(words, passport, found)}",
        f"{words.rate(found.rate)} {words.unit(passport)}, {interval}.",
    ]
    if country is not None:
        clear = surely_beside(found, country)
        name = words.say("Nederland", "The Netherlands")
        lines.append(f"{name}: {words.rate(country)}. {_sentence(clear_words(words, clear))}")
    return [*lines, *filter(None, [withheld_words(words, found)])]


def counted_words(words: Words, passport: Passport, found: Together) -> str:
    """Return the sum in words: ``ten minste 123 woningen, 4.567 transacties``."""
    least = words.say("ten minste ", "at least ") if found.at_least and found.numerator else ""
    return (
        f"{least}{words.counted(found.numerator, passport)} "
        f"{passport.text('numerator_text', words.language)}, "
        f"{words.counted(found.denominator, passport)} "
        f"{passport.text('denominator_text', words.language)}"
    )


def withheld_words(words: Words, found: Together) -> str:
    """Return of how many places nothing is shown, or none or few; empty where all show a number."""
    without = found.places - found.shown
    nl, en = [], []
    if without:
        nl.append(f"{without} zonder eigen cijfer, niet meegeteld")
        en.append(f"{without} without a figure of their own, not counted in")
    if found.few:
        nl.append(f"{found.few} met geen of weinig, als 0 meegeteld")
        en.append(f"{found.few} with none or few, counted in as 0")
    if not nl:
        return ""
    return words.say(f"Het kan meer zijn: {'; '.join(nl)}.", f"There may be more: {'; '.join(en)}.")


def what_it_is(words: Words, passport: Passport, found: Together) -> str:
    """Return what the sum is, and what it is corrected for."""
    what = words.say(
        "Som van getoonde cijfers; geen nieuwe telling.", "Sum of shown figures; no new count."
    )
    if found.mix is None or not passport.corrected:
        return what
    strata = passport.text("strata", words.language)
    return f"{what} " + words.say(
        f"Het cijfer is gecorrigeerd voor {strata}.", f"The rate is corrected for {strata}."
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
