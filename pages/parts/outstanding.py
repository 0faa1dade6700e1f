"""What stands out, by how many independent partners: the finding that a page opens with, in lists."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

import streamlit as st

from access.verdicts import Sureness, Verdict, Vote
from bilingual import Text
from pages.kit.blocks import draw_finding, offer_place
from pages.kit.choices import INDICATOR, LEVEL, asking, decide
from pages.kit.view import PartnerView
from pages.kit.words import FOCUS_WORDS, plain
from pages.parts.deliveries import partner_words
from pages.parts.explorer import Scene, explore
from pages.parts.place_words import place_name
from pages.parts.verdict_words import CHANGE_MEANS, CHANGE_WORDS, SURE_WORDS

MOST = 10
"""So many places of a list are drawn at once; the others are behind one click."""

FOCUS, TOGETHER = "thema", "samen"

NO_PROOF = Text(
    "Een signaal is een reden om te kijken, geen bewijs.",
    "A signal is a reason to look, not proof.",
)


def headline(found: Sequence[Verdict]) -> str | None:
    """Return the indicator of the finding: what stands out most often where it is strong, or else
    where it is possible; None where nothing is."""
    strong = [verdict for verdict in found if verdict.sure == "strong"]
    leading = strong or [verdict for verdict in found if verdict.sure == "possible"]
    votes = Counter(vote.indicator for verdict in leading for vote in verdict.votes)
    return min(votes, key=lambda code: (-votes[code], code), default=None)


def counted(found: Sequence[Verdict], sure: Sureness) -> int:
    """Return in how many places the verdict is this."""
    return sum(verdict.sure == sure for verdict in found)


def outstanding_finding(
    view: PartnerView, found: Sequence[Verdict], about: str = ""
) -> tuple[str, str]:
    """Return the title and the sentence of a page on gemeenten; ``about`` names the region."""
    strong, possible = counted(found, "strong"), counted(found, "possible")
    little = counted(found, "too_little")
    title = view.say(
        f"in {view.number(strong)} {'gemeente steekt' if strong == 1 else 'gemeenten steekt'} iets "
        "eruit bij twee of meer onafhankelijke partners",
        f"in {view.number(strong)} {'municipality' if strong == 1 else 'municipalities'} two or more "
        "independent partners point the same way",
    )
    if not strong:
        title = view.say(
            "nergens steekt iets eruit bij twee of meer onafhankelijke partners",
            "nowhere do two or more independent partners point the same way",
        )
    one = view.say(
        f"Bij een partner: in {view.number(possible)}. ",
        f"One partner: in {view.number(possible)}. ",
    )
    few = view.say(
        f"Te weinig om iets te zeggen: in {view.number(little)}. ",
        f"Too little to tell: in {view.number(little)}. ",
    )
    lead = one + (few if little else "") + view.text(NO_PROOF)
    head = f"{about}: {title}" if about else title[0].upper() + title[1:]
    return head, lead + _context_words(view, found)


def _context_words(view: PartnerView, found: Sequence[Verdict]) -> str:
    """Return which context stands out and in how many places; empty when none does."""
    passports = view.gateway.passports()
    places = Counter(vote.indicator for verdict in found for vote in verdict.context)
    if not places:
        return ""
    parts = [
        f"{view.name(passports[code]).lower()} ({view.number(places[code])})" for code in places
    ]
    return view.say(
        f" Context die eruit steekt, en niet meetelt: {view.listing(parts)}.",
        f" Context that stands out, and does not count: {view.listing(parts)}.",
    )


def place_finding(view: PartnerView, verdict: Verdict) -> tuple[str, str]:
    """Return the title and the sentence of the page of one gemeente."""
    name = verdict.name
    partners = view.number(verdict.independent)
    title = {
        "strong": view.say(
            f"{name}: {partners} onafhankelijke partners zien hier iets dat eruit steekt",
            f"{name}: {partners} independent partners see something that stands out here",
        ),
        "possible": view.say(
            f"{name}: bij een partner steekt iets eruit, mogelijk is het toeval",
            f"{name}: something stands out with one partner, which may be chance",
        ),
        "too_little": view.say(
            f"{name}: te weinig bekend om iets te zeggen", f"{name}: too little is known to tell"
        ),
    }.get(
        verdict.sure,
        view.say(
            f"{name}: niets steekt eruit tussen de gemeenten",
            f"{name}: nothing stands out among the municipalities",
        ),
    )
    votes = votes_words(view, verdict.votes)
    change = CHANGE_WORDS[verdict.change].in_(view.language) + ". " if verdict.change else ""
    reason = view.text(NO_PROOF)
    lead = f"{change}{votes[0].upper() + votes[1:]}. {reason}" if votes else reason
    return title, lead


def votes_words(view: PartnerView, votes: Sequence[Vote]) -> str:
    """Return what stands out with whom, as a phrase: Kadaster (aankoop zonder hypotheek)."""
    passports = view.gateway.passports()
    by_partner = sorted(votes, key=lambda vote: vote.partners)
    parts = []
    for partners, own in groupby(by_partner, key=lambda vote: vote.partners):
        names = view.listing([view.name(passports[vote.indicator]).lower() for vote in own])
        who = view.listing([partner_words(view, code, {}) for code in partners])
        parts.append(f"{who} ({names})")
    return view.listing(parts)


def scene_of(
    view: PartnerView,
    found: Sequence[Verdict],
    levels: tuple[str, ...],
    within: str | None,
    level: str = "gemeente",
) -> Scene:
    """Return what a page opens with: the map of its headline, and beside it what stands out."""
    return Scene(
        levels,
        within,
        level,
        headline(found),
        idle=lambda: draw_outstanding(view, found, level),
    )


def draw_standing_out(
    view: PartnerView,
    levels: tuple[str, ...],
    period: str | None,
    within: str | None = None,
    about: str = "",
    beneath: Callable[[Sequence[Verdict]], None] | None = None,
) -> None:
    """Draw what stands out among gemeenten: the finding, its map with the places, what changed.

    ``within`` is the region that the page is about, ``about`` its name; ``beneath`` draws more
    below the finding, of all verdicts.
    """
    every = view.gateway.verdicts("gemeente", period, within)
    draw_finding(view, *outstanding_finding(view, every, about))
    if beneath:
        beneath(every)
    focus = choose_focus(view)
    found = view.gateway.verdicts("gemeente", period, within, focus) if focus else every
    explore(view, scene_of(view, found, levels, within))
    draw_changes(view, found, "gemeente")


def choose_focus(view: PartnerView) -> str | None:
    """Draw the choice of a focus area of which there are indicators; None: all together."""
    passports = view.gateway.passports().values()
    there = [focus for focus in FOCUS_WORDS if any(p.focus_area == focus for p in passports)]
    value = decide(FOCUS, [TOGETHER, *there])
    key, change = asking(view, FOCUS, value)
    st.segmented_control(
        view.say("Thema", "Focus area"),
        [TOGETHER, *there],
        format_func=lambda name: (
            view.say("Alles samen", "All together") if name == TOGETHER else view.focus(name)
        ),
        key=key,
        required=True,
        label_visibility="collapsed",
        on_change=change,
    )
    return None if value == TOGETHER else value


def draw_outstanding(view: PartnerView, found: Sequence[Verdict], level: str) -> None:
    """Draw the places in which something stands out; each line leads to its place."""
    shown = [verdict for verdict in found if verdict.sure in ("strong", "possible", "context")]
    for sure in ("strong", "possible", "context"):
        own = [verdict for verdict in shown if verdict.sure == sure]
        if own:
            st.markdown(f"**{view.text(SURE_WORDS[sure])}** ({view.number(len(own))})")
            _draw_places(view, own, level, MOST if sure == "strong" else MOST // 2, sure)
    if not shown:
        st.caption(
            view.say(
                "Geen plaats steekt hier zeker genoeg eruit om mee te tellen, als zoveel plaatsen en "
                "indicatoren tegelijk worden bekeken. Een dikke rand op de kaart is wat bij een "
                "indicator het hoogst is.",
                "No place stands out surely enough here to count, as so many places and indicators are "
                "looked at together. A thick border on the map is what is highest of one indicator.",
            )
        )


def draw_changes(view: PartnerView, found: Sequence[Verdict], level: str) -> None:
    """Draw what is new, worse, confirmed and cooled beside the window a year earlier."""
    st.header(view.say("Wat er veranderde", "What changed"), anchor=False)
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
    for verdict in found[:most]:
        _offer(view, verdict, level, where)
    if len(found) > most:
        rest = view.say(f"Nog {len(found) - most}", f"{len(found) - most} more")
        with st.expander(rest):
            for verdict in found[most:]:
                _offer(view, verdict, level, where)


def _offer(view: PartnerView, verdict: Verdict, level: str, where: str) -> None:
    votes = verdict.votes or verdict.context
    what = votes_words(view, votes)
    look = {LEVEL: level, **({INDICATOR: votes[0].indicator} if votes else {})}
    name = plain(place_name(view, level, verdict.name))
    label = f"**{name}**: {what}" if what else f"**{name}**"
    offer_place(label, verdict.area, where, **look)
