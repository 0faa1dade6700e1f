"""Lists of places in which something stands out; each line leads to its place."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from access.verdicts import Sureness, Verdict
from pages.kit.blocks import offer_place
from pages.kit.choices import LEVEL
from pages.kit.first_lines import draw_first
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.parts.place_words import place_name
from pages.parts.verdict_words import (
    CHANGE_MEANS,
    CHANGE_WORDS,
    SURE_MEANS,
    SURE_WORDS,
    votes_words,
)

MOST = 10
"""So many places of a list are drawn at once; the others are behind one click."""


def draw_outstanding(view: PartnerView, found: Sequence[Verdict], level: str) -> None:
    """Draw the places in which something stands out, the surest first, then by name."""
    groups: dict[Sureness, list[Verdict]] = {
        "strong": [verdict for verdict in found if verdict.sure == "strong"],
        "possible": [verdict for verdict in found if verdict.sure == "possible"],
        "context": [verdict for verdict in found if verdict.context and not verdict.votes],
    }
    for sure, own in groups.items():
        if own:
            said, means = view.text(SURE_WORDS[sure]), view.text(SURE_MEANS[sure])
            st.markdown(f"**{said}** ({view.number(len(own))}): {means}")
            _draw_places(view, own, level, MOST if sure == "strong" else MOST // 2, sure)
    if not any(groups.values()):
        st.caption(
            view.say(
                "Geen plaats steekt hier zeker genoeg eruit om mee te tellen, als zoveel plaatsen en "
                "indicatoren tegelijk worden bekeken.",
                "No place stands out surely enough here to count, as so many places and indicators are "
                "looked at together.",
            )
        )


def draw_changes(view: PartnerView, found: Sequence[Verdict], level: str) -> None:
    """Draw what is new, worse, confirmed and cooled beside the window a year earlier."""
    changed = sum(verdict.change is not None for verdict in found)
    where = view.places(changed, level)
    head = view.say(
        f"In {where} veranderde wat eruit steekt", f"What stands out changed in {where}"
    )
    if not changed:
        none = view.level(level)
        head = view.say(
            f"In geen {none} veranderde wat eruit steekt", f"What stands out changed in no {none}"
        )
    st.header(head, anchor=False)
    if not changed:
        return
    columns = st.columns(len(CHANGE_WORDS), gap="medium")
    for column, (change, words) in zip(columns, CHANGE_WORDS.items(), strict=True):
        own = [verdict for verdict in found if verdict.change == change]
        with column:
            st.markdown(f"**{view.text(words)}** ({view.number(len(own))})")
            st.caption(view.text(CHANGE_MEANS[change]))
            _draw_places(view, own, level, MOST // 2, change)


def _draw_places(
    view: PartnerView, found: Sequence[Verdict], level: str, most: int, where: str
) -> None:
    """Draw a line for each place, by name; what is beyond ``most`` behind one click."""
    draw_first(view, found, most, partial(_offer, view, level, where))


def _offer(view: PartnerView, level: str, where: str, verdict: Verdict) -> None:
    what = votes_words(view, verdict.votes or verdict.context)
    name = plain(place_name(view, level, verdict.name))
    label = f"**{name}**: {what}" if what else f"**{name}**"
    offer_place(label, verdict.area, where, **{LEVEL: level})
