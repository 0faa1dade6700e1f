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
from pages.parts.legend import legend_texts
from pages.parts.map_layers import looks
from pages.parts.map_words import control_texts, place_texts
from pages.parts.picking import DEED, Deed, deed_of
from pages.parts.scale import Scale, scale_of

COMPONENT, ENTRY = "weerbeeld.kaart", "entry.js"
CREDIT = "CBS/Kadaster, GeoNames"


@dataclass(frozen=True)
class MapRequest:
    """Which indicator (or the score) to draw at a level, and in which window it opens.

    ``within`` is the area that frames the sight, ``focus`` a point to look at (longitude,
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
            _remember(key, deed, windows)

    return hear


def _remember(key: str, deed: Deed, windows: list[str]) -> None:
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
    scale = scale_of(view, request.code, request.level)
    windows, streets = view.gateway.periods("year"), view.gateway.streets()
    return {
        "source": {
            "code": source.code,
            "libraries": source.libraries,
            "shapes": source.shapes,
            "names": source.names,
            "figures": source.figures,
            "bounds": source.bounds,
            "ground": source.ground,
            "streets": source.streets,
            "link": source.link,
            "mark": view.gateway.map_mark(),
            "of": view.gateway.ground().digest,
            "street_file": streets.sha256 if streets else None,
        },
        "code": request.code,
        "level": request.level,
        "within": request.within,
        "borders": request.borders,
        "frame": {"within": request.within, "focus": request.focus},
        "chosen": request.chosen,
        "period": request.period,
        "periods": [{"code": window.code, "text": view.period(window)} for window in windows],
        "title": request.title,
        "height": request.height,
        "language": view.language,
        "colours": _colours(scale),
        "looks": looks(),
        "changes": scale.passport is not None,
        "legend": legend_texts(view, scale),
        "words": place_texts(view, request.level, scale),
        "labels": control_texts(view),
        "credit": ", ".join([CREDIT, *_ground_credits(view)]),
        "picture": _credits(view),
    }


def _ground_credits(view: PartnerView) -> list[str]:
    """Return whose the ground and the installed streets are."""
    streets = view.gateway.streets()
    return [view.gateway.ground().credit, *([streets.credit] if streets else [])]


def _credits(view: PartnerView) -> list[str]:
    """Return what a saved picture says below the map: whose data, of which release."""
    facts = view.gateway.facts()
    release = view.say(f"Weerbeeld, uitgave {facts.name}", f"Weerbeeld, release {facts.name}")
    invented = view.say("Verzonnen voorbeeld", "Invented example") if facts.invented else ""
    whose = [*view.gateway.attributions(), *_ground_credits(view)]
    return [line for line in (invented, *whose, release) if line]


def _colours(scale: Scale) -> dict[str, object]:
    return {
        "classes": [palette.class_colour(n, scale.classes) for n in range(scale.classes)],
        "empty": palette.EMPTY,
        "elsewhere": palette.ELSEWHERE,
        "stands": palette.STANDS_OUT,
        "hot": palette.HOT,
        "chosen": palette.CHOSEN,
        "rose": palette.ROSE,
        "fell": palette.FELL,
        "same": palette.SAME,
    }
