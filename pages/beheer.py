"""Beheer: which deliveries came in, and who was granted what. To read only."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from access.gateways import Gateways
from access.keeper import HeldGrant
from bilingual import Text
from exports import ExportRequest
from pages.kit.blocks import draw_finding, draw_plain_table
from pages.kit.page import Page
from pages.kit.table import offer_files
from pages.kit.view import KeeperView
from pages.kit.words import Words
from pages.parts.deliveries import Stream, kind_words, partner_words, size_words, streams
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
    stale = sum(not stream.fresh for stream in found)
    title = view.say(
        f"Toegang voor {view.number(people)} {'account' if people == 1 else 'accounts'}, "
        f"leveringen van {view.number(partners)} {'partner' if partners == 1 else 'partners'}",
        f"Access for {view.number(people)} {'account' if people == 1 else 'accounts'}, "
        f"deliveries from {view.number(partners)} {'partner' if partners == 1 else 'partners'}",
    )
    lead = view.say(
        f"Van {view.number(len(found))} soorten leveringen zijn er {view.number(stale)} niet vers.",
        f"Of {view.number(len(found))} kinds of deliveries {view.number(stale)} are not fresh.",
    )
    return title, lead


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


def _draw_deliveries(view: KeeperView, found: Sequence[Stream]) -> None:
    st.header(view.say("Leveringen", "Deliveries"), anchor=False)
    heads = [
        view.say("Partner", "Partner"),
        view.say("Wat", "What"),
        view.say("Leveringen", "Deliveries"),
        view.say("Regels, ongeveer", "Rows, about"),
        view.say("Gegevens tot en met", "Data up to"),
        view.say("Vers", "Fresh"),
        view.say("Ontvangen", "Received"),
    ]
    yes, no = view.say("ja", "yes"), view.say("nee", "no")
    rows = [
        (
            partner_words(view, stream.partner, {}),
            kind_words(view, stream.kind),
            view.number(stream.deliveries),
            size_words(view, stream.size, stream.small),
            short_month(view, stream.last),
            yes if stream.fresh else no,
            short_month(view, stream.received),
        )
        for stream in found
    ]
    draw_plain_table(heads, rows, frozenset({2, 3}))
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
    draw_plain_table(heads, rows)


def render(view: KeeperView) -> None:
    """Draw the deliveries with their age, the grants in force, and what can be delivered."""
    today = datetime.now(UTC).date()
    found = streams(view.gateway.deliveries(), [], today)
    grants = view.gateway.grants()
    draw_finding(view, *finding(view, found, grants))
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
