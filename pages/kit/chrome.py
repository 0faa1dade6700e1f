"""What stands around every page: who looks, in which language, on which data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from access.facts import ReleaseFacts
from access.gateways import Gateways
from access.viewer import Role
from bilingual import Language, Text
from pages.kit.choices import chose_figures, chosen, clear, kept, take
from pages.kit.tour import draw_tour
from pages.kit.words import Words


@dataclass(frozen=True)
class Leave:
    """How to stop looking as this viewer: the words of the button, and what it does."""

    words: Text
    act: Callable[[], None]


LANGUAGES: dict[str, str] = {"nl": "Nederlands", "en": "English"}


def draw_menu(pages: Sequence[st.Page], drawn: Callable[[], None]) -> None:
    """Draw a link to each page, which carries along what is chosen, and below it the page.

    The links are there at once, and are drawn anew when the page, which is ``drawn`` here, decided
    more, such as the gemeente of the place that was chosen.
    """
    place, before = st.empty(), chosen()
    _draw_links(place, pages, "menu")
    drawn()
    if chosen() != before:
        _draw_links(place, pages, "menu-after")


def _draw_links(place: DeltaGenerator, pages: Sequence[st.Page], key: str) -> None:
    with place.container(horizontal=True, key=key, gap="small"):
        for page in pages:
            st.page_link(page, query_params=chosen())


def chosen_language() -> Language:
    """Return the reader's language: Dutch unless English was chosen."""
    return "en" if kept("taal") == "en" else "nl"


def _switch_language() -> None:
    take("taal", st.session_state["taal-switch"])


def viewer_label(words: Words, gateways: Gateways) -> str:
    """Return who is looking, in words."""
    viewer = gateways.viewer
    parts = ["NSOC"] if viewer.nsoc else []
    parts += [f"RIEC {gateways.partner().area('riec', code).name}" for code in sorted(viewer.riecs)]
    parts += [
        words.say("gemeente ", "municipality of ") + gateways.partner().area("gemeente", code).name
        for code in sorted(viewer.gemeenten)
    ]
    parts += ["gegevensbeheerder"] if viewer.gegevensbeheerder else []
    parts += ["auditor"] if viewer.auditor else []
    return words.listing(parts)


def draw_language_switch(language: Language) -> None:
    """Draw the switch between Dutch and English."""
    st.session_state["taal-switch"] = language
    st.segmented_control(
        "Taal / Language",
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="taal-switch",
        label_visibility="collapsed",
        required=True,
        on_change=_switch_language,
    )


def _age(words: Words, facts: ReleaseFacts) -> str:
    """Return up to which day there are data, and how long ago that is."""
    days = (date.today() - facts.until).days  # noqa: DTZ011
    age = words.say(f"{words.number(days)} dagen oud", f"{words.number(days)} days old")
    until = words.day(facts.until)
    return words.say(f"Gegevens tot en met {until} ({age})", f"Data to {until} ({age})")


def draw_header(words: Words, gateways: Gateways, leave: Leave) -> DeltaGenerator:
    """Draw the line above the page: the viewer, the data's age, and that data are invented.

    Returns the place in it for what is known once the page is drawn.
    """
    facts = gateways.partner_or_keeper().facts() if gateways.viewer.knows_release else None
    left, right = st.columns([3, 2.8], vertical_alignment="center")
    with left:
        st.html(
            '<div class="wb-bar"><span>'
            + escape(words.say("U kijkt als ", "You look as "))
            + f"<strong>{escape(viewer_label(words, gateways))}</strong></span><span>"
            + (escape(_age(words, facts)) if facts else "")
            + f"</span>{_invented(words, facts) if facts else ''}</div>"
        )
    with (
        right,
        st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"),
    ):
        if chose_figures():
            label = words.say("Wis keuzes", "Clear choices")
            st.button(label, type="tertiary", on_click=clear, key="clear")
        place = st.empty()
        draw_tour(words, _role(gateways))
        st.button(words.text(leave.words), type="tertiary", on_click=leave.act, key="leave")
        draw_language_switch(words.language)
    return place


def _invented(words: Words, facts: ReleaseFacts) -> str:
    """Return the mark that figures are invented, as HTML; empty where none is."""
    if not facts.invented:
        return ""
    text = words.say(
        "Verzonnen voorbeeld: geen enkel cijfer is echt",
        "Invented example: not a single figure is real",
    )
    if facts.open:
        text = words.say(
            "Verzonnen voorbeeld, naast echte openbare cijfers: houd geen cijfer voor echt",
            "Invented example, beside real public figures: take no figure for real",
        )
    return f'<span class="wb-invented" role="note">{escape(text)}</span>'


ROLES: tuple[Role, ...] = ("nsoc", "riec", "gemeente", "gegevensbeheerder", "auditor")
"""Those with a tour; of several, the first one leads."""


def _role(gateways: Gateways) -> Role:
    return next(role for role in ROLES if role in gateways.viewer.roles)


def draw_footer(words: Words, gateways: Gateways) -> None:
    """Draw the line below the page: the release, and the one thing to know about its figures."""
    if not gateways.viewer.knows_release:
        st.html('<p class="wb-source wb-end"></p>')
        return
    gateway, viewer = gateways.partner_or_keeper(), gateways.viewer
    facts, last = gateway.facts(), gateway.protects() - 1
    note = words.say(
        "Open cijfers, zoals de bron ze publiceert. Een signaal vraagt aandacht en bewijst niets. "
        "Uitgave ",
        "Open figures as their source publishes them. A signal asks for attention and proves "
        "nothing. Release ",
    )
    shown = gateways.partner().passports().values() if viewer.receives else ()
    if not shown or not all(passport.open for passport in shown):
        note = words.say(
            f"Aantallen van 1 t/m {last} worden nooit getoond: een 0 is geen of weinig. Andere wijken "
            "iets af; totalen kunnen daardoor iets verschillen van de som van hun delen. Een signaal "
            "vraagt aandacht en bewijst niets. Uitgave ",
            f"Counts from 1 to {last} are never shown: a 0 is none or few. Others deviate a little, "
            "so totals may differ slightly from the sum of their parts. A signal asks for attention "
            "and proves nothing. Release ",
        )
    st.html(f'<p class="wb-source wb-end">{escape(note + facts.name)}.</p>')
