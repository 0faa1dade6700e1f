"""The places beside a place, and the gemeenten most like it: by name, with what stands out there."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from access.facts import Area
from access.verdicts import Verdict
from pages.kit.blocks import offer_place
from pages.kit.choices import LEVEL
from pages.kit.first_lines import draw_first
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.parts.place_words import place_name
from pages.parts.verdict_words import SURE_WORDS, votes_words

MOST = 6
"""So many of each are drawn at once."""


def draw_around(view: PartnerView, area: Area, verdicts: Mapping[str, Verdict]) -> None:
    """Draw the neighbours and the peers of a place; each line leads to its place.

    ``verdicts`` holds theirs by code, of a peer elsewhere too.
    """
    beside = view.gateway.neighbours(area.level, area.code)
    peers = view.gateway.peers(area.code) if area.level == "gemeente" else []
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
    verdicts: Mapping[str, Verdict],
) -> None:
    if places:
        st.markdown(f"**{head}** ({view.number(len(places))})")
        draw_first(view, places, MOST, partial(_offer, view, where, verdicts))


def _offer(view: PartnerView, where: str, verdicts: Mapping[str, Verdict], place: Area) -> None:
    verdict = verdicts.get(place.code)
    name = plain(place_name(view, place.level, place.name))
    said = view.text(SURE_WORDS[verdict.sure]).lower() if verdict else "–"
    votes = f": {votes_words(view, verdict.votes)}" if verdict and verdict.votes else ""
    offer_place(f"{name}: {said}{votes}", place.code, where, **{LEVEL: place.level})
