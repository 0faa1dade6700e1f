"""Holds what a link or a widget asks for against the grant, before a page is drawn.

A browser can send any value. What no grant reaches is a refusal in the audit log, and forgotten.
"""

from contextlib import suppress

from access.asked import Asked
from access.partner import PartnerGateway
from access.scope import AccessRefusedError
from pages.kit.choices import keep, kept
from pages.kit.view import PartnerView

CHOICES: dict[str, Asked] = {
    "binnen": "own",
    "gebied": "area",
    "kaart": "level",
    "indicator": "indicator",
    "naast": "indicator",
    "terugblik": "indicator",
}
"""The choices that a grant is about, by their name in a link: periods and places are for all."""


def check_asked(view: PartnerView) -> None:
    """Have everything that this run asks for judged by the gateway; forget what it refuses."""
    for name, kind in CHOICES.items():
        value = kept(name)
        if value and not may_ask(view.gateway, kind, value):
            keep(name, None)


def asked_words() -> list[str]:
    """Return what was chosen, as far as it was judged, for the log: ``gebied GM0983``."""
    return [f"{name} {value}" for name in CHOICES if (value := kept(name))]


def may_ask(gateway: PartnerGateway, kind: Asked, value: str) -> bool:
    """Return whether the viewer may ask for this; that it may not is in the audit log then."""
    with suppress(AccessRefusedError):
        gateway.asked(kind, value)
        return True
    return False
