"""What stands out in one place: with whom, since when, how high, and what may explain it."""

import streamlit as st

from access.facts import Area
from access.figures import Figure
from access.passport import Passport
from access.verdicts import Verdict, Vote
from pages.kit.leading import lead_to
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.parts.explained import explained
from pages.parts.panel import comparison_words, draw_head
from pages.parts.verdict_words import SURE_MEANS, SURE_WORDS, whose_words


def draw_place(view: PartnerView, verdict: Verdict, level: str, period: str) -> None:
    """Draw the name of a place, how sure it stands out, each vote, and the way to all about it."""
    area = view.gateway.area(level, verdict.area)
    draw_head(view, level, area)
    sure, means = view.text(SURE_WORDS[verdict.sure]), view.text(SURE_MEANS[verdict.sure])
    st.markdown(f"**{sure}**: {means}.")
    lead_to(view, "plaats", view.say("Alles over deze plaats", "All about this place"))
    draw_votes(view, verdict, area, period)


def draw_votes(view: PartnerView, verdict: Verdict, area: Area, period: str) -> None:
    """Draw each indicator that stands out in a place, those with a vote first."""
    votes = (*verdict.votes, *verdict.context)
    if not votes:
        return
    figures = view.gateway.profile(area.level, area.code, period)
    own = {figure.indicator: figure for figure in figures}
    for vote in votes:
        if vote.indicator in own:
            _draw_vote(view, vote, area, own[vote.indicator])


def _draw_vote(view: PartnerView, vote: Vote, area: Area, figure: Figure) -> None:
    passport = view.gateway.passports()[vote.indicator]
    since = view.say(f"sinds {view.since(vote.since)}", f"since {view.since(vote.since)}")
    head = f"**{view.name(passport)}**: {whose_words(view, vote.partners)}, {since}"
    draw_explained(view, passport, area, figure, head)


def draw_explained(
    view: PartnerView, passport: Passport, area: Area, figure: Figure, head: str
) -> None:
    """Draw the figure of a place below ``head``: beside others, what explains it, what to do."""
    low, high = view.rate(figure.low), view.rate(figure.high)
    interval = view.say(f"90%-interval {low} tot {high}", f"90% interval {low} to {high}")
    beside = plain(comparison_words(view, passport, area, figure.period))
    lines = [
        head,
        f"{view.rate(figure.smoothed)} {view.unit(passport)} ({interval}). {beside}",
        *(f"*{name}*: {text}" for name, text in explained(view, passport)),
    ]
    st.markdown("  \n".join(lines))
