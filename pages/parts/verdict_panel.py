"""What stands out in one place: with whom, since when, how high, and what may explain it."""

import streamlit as st

from access.facts import Area
from access.figures import Figure
from access.verdicts import Verdict, Vote
from pages.kit.leading import lead_to
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.parts.key_figures import key_line
from pages.parts.panel import comparison_words
from pages.parts.place_words import place_name
from pages.parts.verdict_words import SURE_MEANS, SURE_WORDS, whose_words


def draw_place(view: PartnerView, verdict: Verdict, level: str, period: str) -> None:
    """Draw the name of a place, how sure it stands out, each vote, and the way to all about it."""
    area = view.gateway.area(level, verdict.area)
    st.header(plain(place_name(view, level, area.name)), anchor=False)
    if line := key_line(view, level, area.code):
        st.caption(plain(line))
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
    passport, say = view.gateway.passports()[vote.indicator], view.say
    since = say(f"sinds {view.since(vote.since)}", f"since {view.since(vote.since)}")
    low, high = view.rate(figure.low), view.rate(figure.high)
    value = f"{view.rate(figure.smoothed)} {view.unit(passport)}"
    interval = say(f"90%-interval {low} tot {high}", f"90% interval {low} to {high}")
    lines = [
        f"**{view.name(passport)}**: {whose_words(view, vote.partners)}, {since}",
        f"{value} ({interval}). {plain(comparison_words(view, passport, area, figure.period))}",
        f"*{say('Kan ook onschuldig zijn', 'May be innocent')}*: "
        + passport.text("innocent", view.language),
        f"*{say('Wat u kunt doen', 'What you can do')}*: " + passport.text("action", view.language),
    ]
    st.markdown("  \n".join(lines))
