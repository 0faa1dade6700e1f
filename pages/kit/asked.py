"""Holds what a link or a widget asks for against the grant, before a page is drawn.

A browser can send any value. What no grant reaches is a refusal in the audit log, and forgotten.
"""

from contextlib import suppress

import streamlit as st

from access.asked import Asked
from access.partner import PartnerGateway
from access.scope import AccessRefusedError
from pages.kit.choices import forget, kept, widget_key
from pages.kit.view import PartnerView

CHOICES: dict[str, Asked] = {
    "gemeente": "own",
    "regio": "own",
    "eigen": "own",
    "gebied": "area",
    "kaart": "level",
    "indicator": "indicator",
    "terugblik": "indicator",
}
"""The choices that a grant is about, by their name in a link: periods and places are for all."""


def check_asked(view: PartnerView) -> None:
    """Have everything that this run asks for judged by the gateway; forget what it refuses."""
    for name, kind in CHOICES.items():
        for value in {kept(name), st.session_state.get(widget_key(view, name))}:
            if value and not may_ask(view.gateway, kind, str(value)):
                forget(view, name)


def may_ask(gateway: PartnerGateway, kind: Asked, value: str) -> bool:
    """Return whether the viewer may ask for this; that it may not is in the audit log then."""
    with suppress(AccessRefusedError):
        gateway.asked(kind, value)
        return True
    return False
