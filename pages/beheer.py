"""Beheer: which deliveries came in, and who was granted what. To read only."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from access.gateways import Gateways
from access.keeper import HeldGrant
from bilingual import Text
from exports import ExportRequest
from pages.kit.blocks import draw_finding, draw_long_table
from pages.kit.page import Page
from pages.kit.table import offer_files
from pages.kit.view import KeeperView
from pages.kit.words import Words
from pages.parts.deliveries import (
    Stream,
    area_names,
    kind_words,
    partner_words,
    rhythm_words,
    size_words,
    streams,
)
from pages.parts.kind_tables import draw_kinds
from pages.parts.stream_table import short_day, short_month

SOON_DAYS = 30

ROLE_WORDS = {
    "nsoc": Text("NSOC", "NSOC"),
    "riec": Text("RIEC", "RIEC"),
    "gemeente": Text("gemeente", "municipality"),
    "gegevensbeheerder": Text("gegevensbeheerder", "data steward"),
    "auditor": Text("auditor", "auditor"),
}


ALONE_WORDS = {
    "pilot": Text("alleen, in een proef", "alone, in a pilot"),
    "glass": Text("alleen, met een noodgreep", "alone, breaking the glass"),
    "carried": Text("met een eerdere versie", "with an earlier version"),
}


def finding(view: Words, found: Sequence[Stream], grants: Sequence[HeldGrant]) -> tuple[str, str]:
    """Return the title and the sentence under it, from all streams and grants."""
    people = len({grant.person for grant in grants})
    partners = len({stream.partner for stream in found})
    late = by_lateness(found)
    of = view.number(len(found))
    title = view.say(
        f"{view.number(len(late))} van {of} leveringen {'is' if len(late) == 1 else 'zijn'} te laat",
        f"{view.number(len(late))} of {of} deliveries {'is' if len(late) == 1 else 'are'} late",
    )
    if not late:
        title = view.say(f"Geen van {of} leveringen is te laat", f"None of {of} deliveries is late")
    lead = view.say(
        f"Leveringen van {view.number(partners)} {'partner' if partners == 1 else 'partners'}; toegang "
        f"voor {view.number(people)} {'account' if people == 1 else 'accounts'}.",
        f"Deliveries from {view.number(partners)} {'partner' if partners == 1 else 'partners'}; access "
        f"for {view.number(people)} {'account' if people == 1 else 'accounts'}.",
    )
    if late:
        first = late[0]
        who = f"{partner_words(view, first.partner, area_names())}, {kind_words(view, first.kind)}"
        lead = (
            view.say(
                f"Het langst te laat: {who}, afgesproken voor {short_day(view, first.due)}. ",
                f"Late for longest: {who}, agreed by {short_day(view, first.due)}. ",
            )
            + lead
        )
    return title, lead


def by_lateness(found: Sequence[Stream]) -> list[Stream]:
    """Return the streams of which the next delivery is late, the longest first, then by name."""
    return sorted((s for s in found if s.late), key=lambda s: (-s.late, s.partner, s.kind))


def given_words(view: Words, grant: HeldGrant) -> str:
    """Return who gave a grant, and who confirmed it or why nobody did."""
    if grant.confirmed_by:
        return view.say(
            f"{grant.given_by}, bevestigd door {grant.confirmed_by}",
            f"{grant.given_by}, confirmed by {grant.confirmed_by}",
        )
    alone = ALONE_WORDS.get(grant.alone)
    return f"{grant.given_by}, {view.text(alone)}" if alone else grant.given_by


def ending_words(view: Words, grants: Sequence[HeldGrant], today: date) -> str:
    """Return how many grants end within SOON_DAYS days of ``today``."""
    last = today + timedelta(days=SOON_DAYS)
    soon = sum(grant.until <= last for grant in grants)
    if not soon:
        return view.say(
            f"Geen toekenning eindigt binnen {SOON_DAYS} dagen.",
            f"No grant ends within {SOON_DAYS} days.",
        )
    return view.say(
        f"{view.number(soon)} {'toekenning eindigt' if soon == 1 else 'toekenningen eindigen'} "
        f"binnen {SOON_DAYS} dagen.",
        f"{view.number(soon)} {'grant ends' if soon == 1 else 'grants end'} within {SOON_DAYS} days.",
    )


def _draw_late(view: KeeperView, found: Sequence[Stream]) -> None:
    """Draw which deliveries are late against what was agreed, the longest first."""
    late, names = by_lateness(found), area_names()
    if not late:
        return
    st.header(view.say("Te laat", "Late"), anchor=False)
    heads = [
        view.say("Partner", "Partner"),
        view.say("Wat", "What"),
        view.say("Afgesproken", "Agreed"),
        view.say("Had er moeten zijn op", "Was due on"),
        view.say("Dagen te laat", "Days late"),
        view.say("Gegevens tot en met", "Data up to"),
    ]
    rows = [
        (
            partner_words(view, stream.partner, names),
            kind_words(view, stream.kind),
            rhythm_words(view, stream.rhythm),
            short_day(view, stream.due),
            view.number(stream.late),
            short_month(view, stream.last),
        )
        for stream in late
    ]
    draw_long_table(view, heads, rows, frozenset({4}))


def _draw_deliveries(view: KeeperView, found: Sequence[Stream]) -> None:
    st.header(view.say("Alle leveringen", "All deliveries"), anchor=False)
    names = area_names()
    heads = [
        view.say("Partner", "Partner"),
        view.say("Wat", "What"),
        view.say("Leveringen", "Deliveries"),
        view.say("Regels, ongeveer", "Rows, about"),
        view.say("Gegevens tot en met", "Data up to"),
        view.say("Volgende uiterlijk", "Next by"),
        view.say("Ontvangen", "Received"),
    ]
    rows = [
        (
            partner_words(view, stream.partner, names),
            kind_words(view, stream.kind),
            view.number(stream.deliveries),
            size_words(view, stream.size, stream.small),
            short_month(view, stream.last),
            short_day(view, stream.due),
            short_month(view, stream.received),
        )
        for stream in found
    ]
    draw_long_table(view, heads, rows, frozenset({2, 3}))
    offer_files(view, ExportRequest("deliveries"))


def _draw_grants(view: Words, grants: Sequence[HeldGrant], today: date) -> None:
    st.header(view.say("Toekenningen", "Grants"), anchor=False)
    st.markdown(
        ending_words(view, grants, today)
        + view.say(
            " Toekennen en intrekken gaat op de server, met `weerbeeld grant`.",
            " Granting and revoking is done on the server, with `weerbeeld grant`.",
        )
    )
    heads = [
        view.say("Wie", "Who"),
        view.say("Functie", "Role"),
        view.say("Gebied", "Area"),
        view.say("Organisatie", "Organisation"),
        view.say("Waarvoor, op welke grond", "What for, on what ground"),
        view.say("Tot en met", "Until"),
        view.say("Gegeven door", "Given by"),
        view.say("Op", "On"),
    ]
    rows = [
        (
            grant.person,
            view.text(ROLE_WORDS[grant.role]),
            grant.area or "–",
            grant.organisation,
            grant.purpose,
            short_day(view, grant.until),
            given_words(view, grant),
            short_day(view, grant.given_on),
        )
        for grant in grants
    ]
    draw_long_table(view, heads, rows)


def render(view: KeeperView) -> None:
    """Draw the deliveries with their age, the grants in force, and what can be delivered."""
    today = datetime.now(UTC).date()
    found = streams(view.gateway.deliveries(), [], today)
    grants = view.gateway.grants()
    draw_finding(view, *finding(view, found, grants))
    _draw_late(view, found)
    _draw_grants(view, grants, today)
    _draw_deliveries(view, found)
    draw_kinds(view)


PAGE = Page(
    "beheer",
    Text("Beheer", "Stewardship"),
    80,
    frozenset({"gegevensbeheerder"}),
    Gateways.keeper,
    render,
)
