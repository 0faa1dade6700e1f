"""Draws a map of hexagons or areas with our own component, which fetches what it draws by itself.

The message to the browser says what to show and in which words; shapes and figures come by routes
of their own (``web/maps.py``), once. So a reader moves through time and place without the server.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from pages.kit import palette
from pages.kit.choices import AREA, PERIOD, kept, take
from pages.kit.view import MapSource, PartnerView
from pages.parts.map_layers import looks
from pages.parts.map_subject import subject_of
from pages.parts.map_words import control_texts
from pages.parts.picking import DEED, Deed, deed_of

COMPONENT, ENTRY = "weerbeeld.kaart", "entry.js"
CREDIT = "CBS/Kadaster, GeoNames"

COLOURS = {
    "empty": palette.EMPTY,
    "elsewhere": palette.ELSEWHERE,
    "stands": palette.STANDS_OUT,
    "hot": palette.HOT,
    "chosen": palette.CHOSEN,
    "rose": palette.ROSE,
    "fell": palette.FELL,
    "same": palette.SAME,
    "strong": palette.STRONG,
    "strong_border": palette.STRONG_BORDER,
    "possible": palette.POSSIBLE,
    "possible_border": palette.POSSIBLE_BORDER,
    "quiet": palette.QUIET,
    "context": palette.CONTEXT,
    "new": palette.NEW,
    "worse": palette.WORSE,
    "cooled": palette.COOLED,
}
"""The colours that are no class of a scale, by the names that the browser knows."""


@dataclass(frozen=True)
class MapRequest:
    """What to draw at a level, and in which window it opens.

    ``code`` is an indicator, SCORE, or VERDICTS with ``theme`` as its focus area (None: all
    together). ``within`` is the area that frames the sight, ``focus`` a point to look at (longitude,
    latitude); ``borders`` is the level of the lines over the figures. ``title`` is the accessible
    name.
    """

    code: str
    level: str
    period: str
    title: str
    within: str | None = None
    chosen: str | None = None
    focus: tuple[float, float] | None = None
    height: int = 560
    borders: str | None = "gemeente"
    theme: str | None = None


def draw_map(view: PartnerView, request: MapRequest, key: str) -> None:
    """Draw the map. A click on it is a choice like any other, made before the page is drawn anew."""
    if view.maps is None:
        st.info(
            view.say(
                "De kaart werkt alleen in een browser die cookies van Weerbeeld aanneemt.",
                "The map works only in a browser that takes cookies of Weerbeeld.",
            )
        )
        return
    data = message(view, view.maps, request)
    _component()(
        key=key,
        data=data | _heard(key),
        on_did_change=_hearing(view, key),
    )


@cache
def _component() -> Callable[..., object]:
    """Return what draws our component; only while a page is drawn does Streamlit know of it."""
    return st.components.v2.component(COMPONENT, js=ENTRY)


def _hearing(view: PartnerView, key: str) -> Callable[[], None]:
    """Return what remembers what the reader did, before anything of the next run is drawn."""
    windows = [period.code for period in view.gateway.periods("year")]

    def hear() -> None:
        deed = deed_of(st.session_state[key].get(DEED))
        if deed is not None:
            take_deed(key, deed, windows)

    return hear


def take_deed(key: str, deed: Deed, windows: list[str]) -> None:
    """Make what the reader did on the map the choice; a time that did not move is none."""
    st.session_state[f"{key}-heard"] = deed.n
    take(AREA, deed.area)
    if deed.period in windows and deed.period != (kept(PERIOD) or windows[-1]):
        take(PERIOD, deed.period)


def _heard(key: str) -> dict[str, object]:
    """Return the number of the last thing that was heard, and a name of this session.

    The browser takes what the server says only once its own last click was heard; in a new session
    counting begins again.
    """
    state = st.session_state
    session = state.setdefault(f"{key}-session", secrets.token_hex(4))
    return {"heard": state.get(f"{key}-heard", 0), "session": session}


def message(view: PartnerView, source: MapSource, request: MapRequest) -> dict[str, Any]:
    """Return what the browser needs to know of a map, some kilobytes of it."""
    windows = view.gateway.periods("year")
    return {
        "source": {
            "code": source.code,
            "libraries": source.libraries,
            "shapes": source.shapes,
            "names": source.names,
            "figures": source.figures,
            "bounds": source.bounds,
            "link": source.link,
            "mark": view.gateway.map_mark(),
        },
        "code": request.code,
        "level": request.level,
        "within": request.within,
        "scenes": {request.level: _scene(view, request)},
        "frame": {"within": request.within, "focus": request.focus},
        "chosen": request.chosen,
        "period": request.period,
        "periods": [{"code": window.code, "text": view.period(window)} for window in windows],
        "title": request.title,
        "height": request.height,
        "language": view.language,
        "colours": COLOURS,
        "looks": looks(),
        "labels": control_texts(view),
        "credit": CREDIT,
        "picture": _credits(view),
    }


def _credits(view: PartnerView) -> list[str]:
    """Return what a saved picture says below the map: whose data, of which release."""
    facts = view.gateway.facts()
    release = view.say(f"Weerbeeld, uitgave {facts.name}", f"Weerbeeld, release {facts.name}")
    invented = view.say("Verzonnen voorbeeld", "Invented example") if facts.invented else ""
    return [line for line in (invented, *view.gateway.attributions(), release) if line]


def _scene(view: PartnerView, request: MapRequest) -> dict[str, object]:
    """Return what is drawn at a level: borders over the figures, and its subjects."""
    subject = subject_of(view, request.code, request.theme, request.level)
    return {"borders": request.borders, "subjects": [subject]}
