"""The pages that a reader keeps: addresses with their choices, in this browser and nowhere else.

The server neither gets nor keeps them: whoever looks at what is nobody's business but the log's.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from urllib.parse import urlencode

import streamlit as st

from pages.kit.choices import chosen
from pages.kit.words import Words

COMPONENT, ENTRY = "weerbeeld.bewaard", "entry.js"


def draw_favourites(words: Words, viewer: str, path: str, name: str) -> None:
    """Draw the list of what is kept, and the button that adds this page with its choices.

    ``viewer`` is whose list it is: readers of other areas who share a browser have each their own.
    """
    said = {
        "title": words.say("Bewaard", "Kept"),
        "add": words.say("Bewaar deze pagina", "Keep this page"),
        "remove": words.say("Haal weg", "Remove"),
    }
    asked = urlencode(chosen())
    _component()(
        key="favourites",
        width="content",
        data={
            "key": f"weerbeeld-{sha256(viewer.encode()).hexdigest()[:16]}",
            "words": said,
            "address": f"/{path}?{asked}" if asked else f"/{path}",
            "name": name,
        },
    )


@cache
def _component() -> Callable[..., object]:
    """Return what draws the list; only while a page is drawn does Streamlit know of it."""
    return st.components.v2.component(COMPONENT, js=ENTRY)
