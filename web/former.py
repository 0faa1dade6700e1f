"""Where links to former pages lead: to those of now, with the choices as they are called now."""

from urllib.parse import parse_qsl, urlencode

from pages import PAGES

NAMES = {"regio": "binnen", "gemeente": "binnen", "eigen": "binnen"}
"""What choices were called; the last one in a link counts."""

FORMER = {f"/{old}": f"/{page.path}" for page in PAGES for old in page.formerly}
"""The address of a page of now by each that led to it."""


def address_now(path: str, query: str) -> str | None:
    """Return the address of now of a former one, None for an address that never was.

    >>> address_now("/regiobeeld", "regio=limburg&kaart=hex8")
    '/beeld?binnen=limburg&kaart=hex8'
    """
    now = FORMER.get(path)
    if now is None:
        return None
    asked = {NAMES.get(name, name): value for name, value in parse_qsl(query)}
    return f"{now}?{urlencode(asked)}" if asked else now
