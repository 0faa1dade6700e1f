"""The start page: what this is, and as whom to look at the example."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from bilingual import Language
from pages.kit.choices import keep
from pages.kit.chrome import draw_language_switch

EXAMPLES = (
    ("nsoc", "NSOC", "NSOC", "Het landelijk dreigingsbeeld", "The national threat picture"),
    ("riec:limburg", "RIEC Limburg", "RIEC Limburg", "De regio vergeleken", "The region compared"),
    (
        "riec:rotterdam",
        "RIEC Rotterdam",
        "RIEC Rotterdam",
        "De regio vergeleken",
        "The region compared",
    ),
    (
        "gemeente:GM0599",
        "Gemeente Rotterdam",
        "Municipality of Rotterdam",
        "De eigen wijken en buurten",
        "Its own districts and neighbourhoods",
    ),
    (
        "gemeente:GM0983",
        "Gemeente Venlo",
        "Municipality of Venlo",
        "De eigen wijken en buurten",
        "Its own districts and neighbourhoods",
    ),
)

KEEPERS = (
    (
        "gegevensbeheerder",
        "Gegevensbeheerder",
        "Data steward",
        "Wat er geleverd is en wie toegang heeft; geen cijfers",
        "What was delivered and who has access; no figures",
    ),
    (
        "auditor",
        "Auditor",
        "Auditor",
        "Wie wat bekeek en of het logboek klopt; geen cijfers",
        "Who looked at what and whether the log holds; no figures",
    ),
)


def _look_as(viewer: str) -> None:
    keep("kijker", viewer)


def draw_start(language: Language) -> None:
    """Draw the start page with the example viewers."""
    dutch = language == "nl"
    left, right = st.columns([5, 2], vertical_alignment="center")
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        draw_language_switch(language)
    with left:
        st.title(
            "Weerbeeld laat zien waar signalen van ondermijning zich opstapelen"
            if dutch
            else "Weerbeeld shows where signals of undermining crime pile up",
            anchor=False,
        )
    lead = (
        "Partners leveren signalen; Weerbeeld telt ze per plaats en maand, beschermt kleine "
        "aantallen en laat zien wat eruit steekt, hoe zeker dat is en wat het onschuldig kan "
        "verklaren. Een signaal vraagt aandacht en bewijst niets."
        if dutch
        else "Partners deliver signals; Weerbeeld counts them by place and month, protects small "
        "counts, and shows what stands out, how sure that is and what may explain it innocently. "
        "A signal asks for attention and proves nothing."
    )
    st.html(f'<p class="wb-lead">{escape(lead)}</p>')
    note = (
        "Dit is een voorbeeld met verzonnen gegevens. Kies als wie u kijkt."
        if dutch
        else "This is an example with invented data. Choose as whom you look."
    )
    st.html(f'<div class="wb-invented" role="note">{escape(note)}</div>')
    _draw_choices(language, EXAMPLES)
    _draw_choices(language, KEEPERS)
    closing = (
        "Weerbeeld is open software (EUPL-1.2). Niets verlaat deze machine."
        if dutch
        else "Weerbeeld is open software (EUPL-1.2). Nothing leaves this machine."
    )
    st.html(f'<p class="wb-source wb-end">{escape(closing)}</p>')


def _draw_choices(language: Language, choices: Sequence[tuple[str, str, str, str, str]]) -> None:
    """Draw a card with a button for each viewer, beside each other."""
    dutch = language == "nl"
    columns = st.columns(len(choices))
    for column, (viewer, nl, en, what_nl, what_en) in zip(columns, choices, strict=True):
        with column, st.container(border=True):
            st.markdown(f"**{nl if dutch else en}**  \n{what_nl if dutch else what_en}")
            st.button(
                "Open" if not dutch else "Openen",
                key=f"open-{viewer}",
                on_click=_look_as,
                args=(viewer,),
                width="stretch",
            )
