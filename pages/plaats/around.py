"""The places beside a place, and the gemeenten most like it: by name, with what stands out there."""

from collections.abc import Sequence

import streamlit as st

from access.facts import Area
from access.verdicts import Verdict
from pages.kit.blocks import offer_place
from pages.kit.choices import LEVEL
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.parts.place_words import place_name
from pages.parts.verdict_words import SURE_WORDS, votes_words

MOST = 6
"""So many of each are drawn at once."""


def draw_around(view: PartnerView, area: Area, period: str) -> None:
    """Draw the neighbours and the peers of a place; each line leads to its place."""
    beside = view.gateway.neighbours(area.level, area.code)
    peers = view.gateway.peers(area.code) if area.level == "gemeente" else []
    codes = {found.code for found in (*beside, *peers)}
    inside = None if area.level == "gemeente" else area.gemeente or None
    every = view.gateway.verdicts(area.level, period, inside)
    verdicts = {verdict.area: verdict for verdict in every if verdict.area in codes}
    alike = view.say("Vergelijkbare gemeenten", "Similar municipalities")
    columns = st.columns(2, gap="medium")
    with columns[0]:
        _draw(view, view.say("Buren", "Neighbours"), "neighbours", beside, verdicts)
    with columns[1]:
        _draw(view, alike, "peers", peers, verdicts)


def _draw(
    view: PartnerView,
    head: str,
    where: str,
    places: Sequence[Area],
    verdicts: dict[str, Verdict],
) -> None:
    if not places:
        return
    st.markdown(f"**{head}** ({view.number(len(places))})")
    _offer(view, where, places[:MOST], verdicts)
    if len(places) > MOST:
        rest = view.say(f"Nog {len(places) - MOST}", f"{len(places) - MOST} more")
        with st.expander(rest):
            _offer(view, where, places[MOST:], verdicts)


def _offer(
    view: PartnerView, where: str, places: Sequence[Area], verdicts: dict[str, Verdict]
) -> None:
    with st.container(gap=None):
        for place in places:
            verdict = verdicts.get(place.code)
            name = plain(place_name(view, place.level, place.name))
            said = view.text(SURE_WORDS[verdict.sure]).lower() if verdict else "–"
            votes = f": {votes_words(view, verdict.votes)}" if verdict and verdict.votes else ""
            offer_place(f"{name}: {said}{votes}", place.code, where, **{LEVEL: place.level})
