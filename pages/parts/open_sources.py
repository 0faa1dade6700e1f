"""The open sources: which are up to date, what failed, whose they are, what was left out."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import streamlit as st

from bilingual import Text
from pages.kit.blocks import draw_plain_table
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.parts.stream_table import short_day
from store.source_status import SourceStatus

FAULTS = {
    "unreachable": Text("de dienst was niet bereikbaar", "the service could not be reached"),
    "slow": Text("de dienst antwoordde niet op tijd", "the service did not answer in time"),
    "truncated": Text("het antwoord brak af", "the answer broke off"),
    "refused": Text("de dienst gaf een fout", "the service gave an error"),
    "too_large": Text("het antwoord was te groot", "the answer was too large"),
    "changed": Text(
        "het antwoord was niet zoals de dienst het beschrijft",
        "the answer was not as the service describes it",
    ),
    "offline": Text(
        "er is niets gevraagd en er was niets bewaard", "nothing was asked and nothing was kept"
    ),
    "stopped": Text("het ophalen is afgebroken", "fetching was stopped"),
}


MOST_NAMED = 3


def draw_open_sources(view: PartnerView, today: date) -> None:
    """Draw how many open sources are up to date, and a table of them."""
    sources = view.gateway.sources()
    asked = [s for s in sources if s.outcome != "never" or not s.by_name]
    if not any(source.tried_at for source in sources):
        st.header(
            view.say("Open data: nog niet opgehaald", "Open data: not fetched yet"), anchor=False
        )
        return
    st.header(finding(view, asked, today), anchor=False)
    st.markdown(
        view.say(
            "Deze stand is van nu; de cijfers op de andere pagina's zijn van de laatste uitgave. Mislukt het "
            "ophalen, dan blijven de gegevens van daarvoor staan.",
            "This is the state of now; the figures on the other pages are of the last release. When fetching "
            "fails, the data of before stay.",
        )
    )
    draw_plain_table(_heads(view), [_cells(view, source, today) for source in sources])


def finding(view: Words, sources: Sequence[SourceStatus], today: date) -> str:
    """Return how many sources are up to date, and what is the matter with the others."""
    behind = [source for source in sources if not is_current(source, today)]
    there, due = view.number(len(sources) - len(behind)), view.number(len(sources))
    if not behind:
        return view.say(
            f"Open data: {due} van {due} bronnen bij",
            f"Open data: {due} of {due} sources up to date",
        )
    title = view.say(
        f"Open data: {there} van {due} bronnen bij",
        f"Open data: {there} of {due} sources up to date",
    )
    never = [source for source in behind if source.outcome == "never"]
    if len(behind) > MOST_NAMED and len(never) == len(behind):
        count = view.number(len(never))
        return title + view.say(
            f"; {count} zijn nog nooit opgehaald", f"; {count} were never fetched"
        )
    behind = [source for source in behind if source not in never] or behind
    if len(behind) > 1:
        names = view.listing([_title(view, source) for source in behind[:MOST_NAMED]])
        if len(behind) > MOST_NAMED:
            rest = view.number(len(behind) - MOST_NAMED)
            names += view.say(f" en nog {rest}", f" and {rest} more")
        return f"{title}; {view.say('niet bij', 'not up to date')}: {names}"
    return f"{title}; {_title(view, behind[0])} {_trouble(view, behind[0])}"


def is_current(source: SourceStatus, today: date) -> bool:
    """Return whether a source answered well the last time, and is as fresh as it should be."""
    if source.outcome in ("failed", "never"):
        return False
    return source.until is None or today - source.until <= timedelta(days=source.fresh_days)


def _title(view: Words, source: SourceStatus) -> str:
    return view.text(source.title)


def _trouble(view: Words, source: SourceStatus) -> str:
    """Return what is the matter with a source that is not up to date."""
    if source.outcome == "never":
        return view.say("nog niet opgehaald", "not fetched yet")
    if source.outcome != "failed":
        day = view.day(source.until) if source.until else "–"
        return view.say(f"loopt maar tot {day}", f"runs until {day} only")
    why = _why(view, source)
    if source.fetched_at is None:
        return view.say(f"nooit opgehaald: {why}", f"never fetched: {why}")
    day = view.day(source.fetched_at.date())
    return view.say(f"niet opgehaald sinds {day}: {why}", f"not fetched since {day}: {why}")


def _why(view: Words, source: SourceStatus) -> str:
    return view.text(FAULTS.get(source.fault, FAULTS["changed"]))


def _heads(view: Words) -> list[str]:
    return [
        view.say("Bron", "Source"),
        view.say("Stand", "State"),
        view.say("Laatst opgehaald", "Last fetched"),
        view.say("Loopt tot", "Runs until"),
        view.say("Licentie", "Licence"),
        view.say("Bronvermelding", "Attribution"),
        view.say("Weggelaten", "Left out"),
    ]


def _cells(view: Words, source: SourceStatus, today: date) -> tuple[str, ...]:
    fetched = source.fetched_at.date() if isinstance(source.fetched_at, datetime) else None
    return (
        _title(view, source),
        _state(view, source, today),
        short_day(view, fetched),
        short_day(view, source.until),
        source.licence,
        source.attribution,
        _left_out(view, source),
    )


def _state(view: Words, source: SourceStatus, today: date) -> str:
    if source.outcome == "never" and source.by_name:
        return view.say("niet in gebruik", "not in use")
    if source.outcome == "failed":
        return f"{view.say('mislukt', 'failed')}: {_why(view, source)}"
    return view.say("bij", "up to date") if is_current(source, today) else _trouble(view, source)


def _left_out(view: Words, source: SourceStatus) -> str:
    words = [f"{view.number(count)} {view.text(why)}" for why, count in source.left_out]
    return "; ".join(words) or "–"
