"""The start page: what this is, and as whom to look at the example."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from access.facts import ReleaseFacts
from bilingual import Language, Text
from pages.kit.choices import enter
from pages.kit.chrome import draw_language_switch
from pages.kit.words import Words


@dataclass(frozen=True)
class ExampleViewer:
    """As whom one may look at the example: the viewer, its name, and what it gets to see."""

    viewer: str
    name: Text
    sees: Text


REGION = Text("De regio vergeleken", "The region compared")
PARTS = Text("De eigen wijken en buurten", "Its own districts and neighbourhoods")

EXAMPLES = (
    ExampleViewer(
        "nsoc",
        Text("NSOC", "NSOC"),
        Text("Het landelijk dreigingsbeeld", "The national threat picture"),
    ),
    ExampleViewer("riec:limburg", Text("RIEC Limburg", "RIEC Limburg"), REGION),
    ExampleViewer("riec:rotterdam", Text("RIEC Rotterdam", "RIEC Rotterdam"), REGION),
    ExampleViewer(
        "gemeente:GM0599", Text("Gemeente Rotterdam", "Municipality of Rotterdam"), PARTS
    ),
    ExampleViewer("gemeente:GM0983", Text("Gemeente Venlo", "Municipality of Venlo"), PARTS),
)

KEEPERS = (
    ExampleViewer(
        "gegevensbeheerder",
        Text("Gegevensbeheerder", "Data steward"),
        Text(
            "Wat er geleverd is en wie toegang heeft; geen cijfers",
            "What was delivered and who has access; no figures",
        ),
    ),
    ExampleViewer(
        "auditor",
        Text("Auditor", "Auditor"),
        Text(
            "Wie wat bekeek en of het logboek klopt; geen cijfers",
            "Who looked at what and whether the log holds; no figures",
        ),
    ),
)


def _look_as(viewer: str) -> None:
    enter(viewer)


def content_words(words: Words, facts: ReleaseFacts | None) -> str:
    """Return what a reader should know before choosing: what of the figures is real.

    ``facts`` are those of the release, None while there is none.
    """
    if facts is None:
        return words.say(
            "Er is nog geen uitgave om te tonen. Uw beheerder maakt die met 'weerbeeld build'.",
            "There is no release to show yet. Your administrator makes one with 'weerbeeld build'.",
        )
    if facts.only_open:
        return words.say(
            "Alle cijfers zijn echt en openbaar, zoals de bron ze publiceert. Partners leverden nog "
            "niets: de meeste signalen ontbreken dus. Kies als wie u kijkt.",
            "All figures are real and public, as their source publishes them. Partners delivered "
            "nothing yet, so most signals are missing. Choose as whom you look.",
        )
    if facts.public and facts.open:
        return words.say(
            "Dit is een voorbeeld met verzonnen gegevens, naast echte openbare cijfers. Kies als wie "
            "u kijkt.",
            "This is an example with invented data, beside real public figures. Choose as whom you "
            "look.",
        )
    if not facts.public:
        return words.say(
            "Deze uitgave rust op echte leveringen van partners. Alleen wie zich aanmeldt mag die "
            "zien: vraag uw beheerder om het aanmelden aan te zetten.",
            "This release rests on real deliveries of partners. Only who signs in may see it: ask "
            "your administrator to turn signing in on.",
        )
    return words.say(
        "Dit is een voorbeeld met verzonnen gegevens. Kies als wie u kijkt.",
        "This is an example with invented data. Choose as whom you look.",
    )


def draw_start(language: Language, facts: ReleaseFacts | None) -> None:
    """Draw the start page with the example viewers; ``facts`` as in ``content_words``."""
    words = Words(language)
    left, right = st.columns([5, 2], vertical_alignment="center")
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        draw_language_switch(language)
    with left:
        title = words.say(
            "Weerbeeld laat zien waar signalen van ondermijning zich opstapelen",
            "Weerbeeld shows where signals of undermining crime pile up",
        )
        st.title(title, anchor=False)
    lead = words.say(
        "Partners leveren signalen; Weerbeeld telt ze per plaats en maand, beschermt kleine "
        "aantallen en laat zien wat eruit steekt, hoe zeker dat is en wat het onschuldig kan "
        "verklaren. Een signaal vraagt aandacht en bewijst niets.",
        "Partners deliver signals; Weerbeeld counts them by place and month, protects small "
        "counts, and shows what stands out, how sure that is and what may explain it innocently. "
        "A signal asks for attention and proves nothing.",
    )
    st.html(f'<p class="wb-lead">{escape(lead)}</p>')
    look = "wb-open" if facts and facts.only_open else "wb-invented"
    note = content_words(words, facts)
    st.html(f'<div class="{look}" role="note">{escape(note)}</div>')
    _draw_choices(words, EXAMPLES)
    _draw_choices(words, KEEPERS)
    closing = words.say(
        "Weerbeeld is open software (EUPL-1.2). Niets verlaat deze machine.",
        "Weerbeeld is open software (EUPL-1.2). Nothing leaves this machine.",
    )
    st.html(f'<p class="wb-source wb-end">{escape(closing)}</p>')


def _draw_choices(words: Words, choices: Sequence[ExampleViewer]) -> None:
    """Draw a card with a button for each viewer, beside each other."""
    for column, choice in zip(st.columns(len(choices)), choices, strict=True):
        with column, st.container(border=True):
            st.markdown(f"**{words.text(choice.name)}**  \n{words.text(choice.sees)}")
            st.button(
                words.say(f"Openen: {choice.name.nl}", f"Open: {choice.name.en}"),
                key=f"open-{choice.viewer}",
                on_click=_look_as,
                args=(choice.viewer,),
                width="stretch",
            )
