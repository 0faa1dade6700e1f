"""Which place was clicked on a map, as the browser says: one of the map's places, or none.

A browser can send anything in place of a click, so nothing about its form is relied on.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence

MAP_KEY = "-map-"
"""What the key of a map has in it, and that of no other widget."""

Selection = object
"""What a browser sent, decoded from JSON."""

BAD_SELECTION = (TypeError, ValueError, LookupError, AttributeError, RecursionError)
"""What Streamlit raises over a selection that is no selection, before it gives it to us."""


def _inside(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, Mapping) else None


def _first(value: object) -> object:
    listed = isinstance(value, Sequence) and not isinstance(value, str) and len(value) > 0
    return value[0] if listed else None  # type: ignore[index]


def is_selection(sent: str) -> bool:
    """Return whether a text has the form of what a map sends when a place is clicked."""
    try:
        found = json.loads(sent)
    except BAD_SELECTION:
        return False
    selection = _inside(found, "selection")
    return all(isinstance(_inside(selection, part), dict) for part in ("objects", "indices"))


def picked_place(
    selection: Selection,
    layers: Sequence[str],
    known: Collection[str],
    stray: Callable[[str], object],
) -> str | None:
    """Return the code of the place that was clicked in one of ``layers``, if it is in ``known``.

    ``stray`` is told of a place that is not on the map.
    """
    objects = _inside(selection, "objects")
    for layer in layers:
        place = _first(_inside(objects, layer))
        code = _inside(place, "c") or _inside(_inside(place, "properties"), "c")
        if isinstance(code, str) and code in known:
            return code
        if isinstance(code, str) and code:
            stray(code)
    return None


def selection_of(draw: Callable[[], object], draw_without: Callable[[], object]) -> Selection:
    """Draw a map and return what was chosen on it; a map without choices after a bad selection."""
    try:
        return getattr(draw(), "selection", None)
    except BAD_SELECTION:
        draw_without()
        return None
