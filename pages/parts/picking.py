"""What a reader did on a map, as the browser says: a place that was clicked, a period.

A browser can send anything in its stead, so nothing about its form is relied on.
"""

import json
from dataclasses import dataclass

MAP_KEY = "-map-"
"""What the key of a map has in it, and that of no other widget."""

DEED = "did"
"""The event under which a map says what a reader did."""

LONGEST = 40
"""Characters of a code of a place, a period or a level."""

MOST = 1_000_000
"""Things that a reader may do on one map."""

BAD_JSON = (ValueError, RecursionError)


@dataclass(frozen=True)
class Deed:
    """All that is chosen on a map after the thing number ``n`` that the reader did there.

    ``level`` is the one that is drawn, ``follows`` whether it follows the zoom.
    """

    n: int
    area: str | None
    period: str | None
    level: str | None = None
    follows: bool | None = None


def deed_of(sent: object) -> Deed | None:
    """Return what a browser says was done on a map, None when it does not have that form."""
    if not isinstance(sent, dict):
        return None
    n, area, period, level, follows = map(sent.get, ("n", "area", "period", "level", "follows"))
    if not isinstance(n, int) or isinstance(n, bool) or not 0 < n <= MOST:
        return None
    if not all(code is None or _is_code(code) for code in (area, period, level)):
        return None
    if follows is not None and not isinstance(follows, bool):
        return None
    return Deed(n, area, period, level, follows)


def _is_code(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST


def is_deed(sent: str) -> bool:
    """Return whether a text has the form of what a map sends: a list of events, each with a name."""
    try:
        found = json.loads(sent)
    except BAD_JSON:
        return False
    return isinstance(found, list) and all(
        isinstance(event, dict) and event.get("event") == DEED and deed_of(event.get("value"))
        for event in found
    )


def is_state(sent: str) -> bool:
    """Return whether a text is the lasting state of a map, of which there is none."""
    return sent in ("{}", "null", "")
