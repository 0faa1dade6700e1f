"""Search by name: an entry field, and under it a line for each place found, which leads there."""

from collections.abc import Callable, Sequence

import streamlit as st

from access.searching import LONGEST, Found
from pages.kit.choices import AREA, POINT, look_at, take, widget_key
from pages.kit.view import PartnerView
from pages.kit.words import Words, plain

SHOWN = 8
"""Lines under the entry field: more are not read, so the reader types on."""

NAME = "zoek"


def draw_search(view: PartnerView, levels: Sequence[str], within: str | None = None) -> None:
    """Draw the search. What is chosen there is an area of one of ``levels``, or a point to look at.

    ``levels`` are those of which the page can show an area now; ``within`` a RIEC or gemeente that
    the search keeps to. After a choice the field is empty again.
    """
    key = widget_key(view, NAME)
    text = st.text_input(
        view.say("Zoek een plaats, postcode of straat", "Search a place, postcode or street")
        if view.gateway.streets()
        else view.say("Zoek een plaats of postcode", "Search a place or postcode"),
        key=key,
        max_chars=LONGEST,
        placeholder=view.say("bijvoorbeeld: Den Bosch of 6411", "for example: Den Bosch or 6411"),
    )
    if not text:
        return
    found = view.gateway.search(text, within, SHOWN + 1)
    if not found:
        st.caption(
            plain(view.say(f"Niets gevonden voor '{text}'.", f"Nothing found for '{text}'."))
        )
        return
    for number, one in enumerate(found[:SHOWN]):
        st.button(
            f"{plain(label(view, one))} ›",
            type="tertiary",
            key=f"{key}-{number}",
            on_click=_choosing(one, levels, key),
        )
    if len(found) > SHOWN:
        st.caption(view.say("Er is meer; typ verder.", "There is more; type on."))


def label(words: Words, one: Found) -> str:
    """Return what a line says: name, what it is, and in which gemeente.

    >>> found = Found("street", "Kerkstraat", "GM0917", "Heerlen", 5.98, 50.88)
    >>> label(Words("nl"), found)
    'Kerkstraat (straat, Heerlen)'
    """
    kinds = {
        "gemeente": words.say("gemeente", "municipality"),
        "place": words.say("plaats", "place"),
        "riec": words.say("RIEC-regio", "RIEC region"),
        "wijk": words.say("wijk", "district"),
        "buurt": words.say("buurt", "neighbourhood"),
        "postcode": words.say("postcode", "postcode"),
        "street": words.say("straat", "street"),
    }
    return f"{one.name} ({', '.join(filter(None, (kinds[one.kind], one.lies_in)))})"


def _choosing(one: Found, levels: Sequence[str], key: str) -> Callable[[], None]:
    """Return what makes a found place the choice; of a postcode, known by one point, its gemeente."""

    def choose() -> None:
        code = one.gemeente if one.kind == "postcode" and "gemeente" in levels else one.code
        if code and (code != one.code or one.level in levels):
            take(POINT, None)
            take(AREA, code)
        else:
            look_at(one.lon, one.lat)
        st.session_state[key] = ""

    return choose
