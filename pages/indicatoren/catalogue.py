"""All indicators by focus area: what each counts, on whose word, how sure, and where it stands out."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from access.passport import Passport
from pages.kit.blocks import draw_finding
from pages.kit.choices import INDICATOR, current_period, take
from pages.kit.view import PartnerView
from pages.kit.words import FOCUS_WORDS
from pages.parts.passport import EVIDENCE
from pages.parts.verdict_words import whose_words
from pages.parts.waiting import draw_waiting

SEARCH = "indicatoren-zoek"


def draw_catalogue(view: PartnerView) -> None:
    """Draw the indicators that hold what is searched for; each leads to its own page."""
    passports = view.gateway.passports()
    focuses = [f for f in FOCUS_WORDS if any(p.focus_area == f for p in passports.values())]
    title = view.say(
        f"{len(passports)} indicatoren in {len(focuses)} thema's",
        f"{len(passports)} indicators in {len(focuses)} focus areas",
    )
    lead = view.say(
        "Kies er een voor wat hij telt, wat hem onschuldig kan verklaren en wat u kunt doen.",
        "Choose one for what it counts, what may explain it innocently and what you can do.",
    )
    draw_finding(view, title, lead)
    label = view.say("Zoek een indicator", "Find an indicator")
    asked = st.text_input(label, key=SEARCH, placeholder=view.say("Typ een woord", "Type a word"))
    marked = view.gateway.standing_out("gemeente", current_period(view))
    standing = Counter(figure.indicator for figure in marked)
    found = [p for p in passports.values() if holds(view, p, asked or "")]
    for focus in focuses:
        own = [passport for passport in found if passport.focus_area == focus]
        if own:
            st.header(f"{view.focus(focus)} ({len(own)})", anchor=False)
            _draw(view, own, standing)
    if not found:
        st.caption(view.say("Geen indicator met dat woord.", "No indicator with that word."))
    draw_waiting(view)


def holds(view: PartnerView, passport: Passport, asked: str) -> bool:
    """Return whether an indicator's name, theme, source or code holds every word that is asked."""
    fields = ("name", "theme", "numerator_text", "source")
    text = " ".join([passport.code, *(passport.text(f, view.language) for f in fields)]).lower()
    return all(word in text for word in asked.lower().split())


def _draw(view: PartnerView, passports: Sequence[Passport], standing: Counter[str]) -> None:
    for start in range(0, len(passports), 2):
        pair = passports[start : start + 2]
        for column, passport in zip(st.columns(2, gap="medium"), pair, strict=False):
            with column, st.container(border=True):
                _draw_card(view, passport, standing[passport.code])


def _draw_card(view: PartnerView, passport: Passport, count: int) -> None:
    code = passport.code
    label = f"**{view.name(passport)}** ({code}) ›"
    st.button(label, type="tertiary", key=f"to-{code}", on_click=take, args=(INDICATOR, code))
    derived = view.say("afgeleid van meer bronnen", "derived from several sources")
    whose = whose_words(view, passport.partners) or derived
    evidence = view.text(EVIDENCE[passport.evidence]).split(":")[0].lower()
    places = view.places(count, "gemeente")
    st.caption(
        view.say(
            f"{passport.text('numerator_text', 'nl')} per {passport.text('denominator_text', 'nl')}. "
            f"Bron: {whose}. "
            f"Bewijskracht: {evidence}. "
            f"{places} {'steekt' if count == 1 else 'steken'} eruit.",
            f"{passport.text('numerator_text', 'en')} by {passport.text('denominator_text', 'en')}. "
            f"Source: {whose}. "
            f"Evidence: {evidence}. "
            f"{places} {'stands' if count == 1 else 'stand'} out.",
        )
    )
