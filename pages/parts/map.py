"""Draws a map of hexagons or areas, without any outside tile, font or style.

Nothing is fetched from elsewhere: the ground is our own borders, the names our own places. Rows
that stand out have a thick border, so that colour does not speak alone.
"""

import json
import math
from dataclasses import dataclass
from functools import partial
from typing import Any

import pydeck as pdk
import streamlit as st
from pydeck.bindings.json_tools import default_serialize

from access.facts import Outline, Place
from pages.kit import palette
from pages.kit.asked import may_ask
from pages.kit.view import PartnerView
from pages.parts.map_figures import PICTURES, area_layers, hexagon_layers, shape_layer
from pages.parts.picking import picked_place, selection_of
from pages.parts.rows import ShownPlace

TEXT_LIMIT = 60
STRETCH = 1.62
"""How much longer a degree of latitude is on the map than one of longitude, at 52 degrees."""
MAP_PIXELS, PHONE_PIXELS = 520, 300


@dataclass(frozen=True)
class MapRequest:
    """Which ``places`` to draw at a level; ``within`` is the area that frames the sight.

    ``classes`` is the number of classes of the legend. ``title`` is the accessible name.
    """

    level: str
    places: list[ShownPlace]
    classes: int
    title: str
    within: str | None = None
    chosen: str | None = None
    focus: tuple[float, float] | None = None
    height: int = 560
    borders: str | None = "gemeente"


class CompactDeck(pdk.Deck):  # type: ignore[misc]
    """A deck whose JSON has no white space: borders shrink to a third of the bytes."""

    def to_json(self) -> str:
        """Return the deck as compact JSON."""
        return json.dumps(
            self,
            sort_keys=True,
            default=default_serialize,
            separators=(",", ":"),
            ensure_ascii=False,
        )


def _corners(outlines: list[Outline]) -> tuple[list[float], list[float]]:
    """Return all longitudes and latitudes of outlines."""
    lons: list[float] = []
    lats: list[float] = []

    def walk(points: Any) -> None:  # noqa: ANN401 - GeoJSON nests to any depth
        if isinstance(points[0], (int, float)):
            lons.append(points[0])
            lats.append(points[1])
            return
        for part in points:
            walk(part)

    for outline in outlines:
        walk(outline.outline["coordinates"])
    return lons, lats


def _frame_of(view: PartnerView, request: MapRequest) -> tuple[float, float, float]:
    """Return longitude, latitude and zoom at which the map shows the whole area that it is about."""
    own = _own_outline(view, request.within) or view.gateway.outlines("nederland")
    lons, lats = _corners(own)
    width = max(max(lons) - min(lons), 0.02)
    height = max((max(lats) - min(lats)) * STRETCH, 0.02)
    pixels = PHONE_PIXELS if on_phone() else MAP_PIXELS
    zoom = math.log2(360 / 512 * min(pixels / width, MAP_PIXELS / height))
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2, zoom


def on_phone() -> bool:
    """Return whether the browser says that it is a phone's."""
    headers = st.context.headers
    return headers.get("Sec-Ch-Ua-Mobile") == "?1" or "Mobi" in (headers.get("User-Agent") or "")


def _own_outline(view: PartnerView, within: str | None) -> list[Outline]:
    """Return the outline of the region or gemeente that the map is about."""
    if within is None:
        return []
    level = "gemeente" if within.startswith("GM") else "riec"
    return [outline for outline in view.gateway.outlines(level) if outline.code == within]


def _ground(view: PartnerView, request: MapRequest) -> tuple[list[pdk.Layer], list[pdk.Layer]]:
    """Return the layers below and above the figures: land, borders and the own area's edge."""
    own = _own_outline(view, request.within)
    land = palette.ELSEWHERE if own else palette.LAND
    below = [
        shape_layer(
            "land", view.gateway.outlines("nederland"), get_fill_color=list(land), stroked=False
        ),
        shape_layer("own", own, get_fill_color=list(palette.LAND), stroked=False),
    ]
    borders = view.gateway.outlines(request.borders) if request.borders else []
    line = {"filled": False, "get_line_color": [*palette.BORDER, 150]}
    edge = {"filled": False, "get_line_color": list(palette.EDGE)}
    above = [
        shape_layer("borders", borders, line_width_min_pixels=0.7, **line),
        shape_layer("edge", own, line_width_min_pixels=1.8, **edge),
    ]
    return below, above


def _apart(places: list[Place], zoom: float) -> list[dict[str, Any]]:
    """Return the names that fit on the map without touching, the largest places first."""
    pixels = 512 * 2**zoom / 360
    kept: list[tuple[float, float, int]] = []
    data = []
    for place in places:
        x, y, half = place.lon * pixels, place.lat * pixels * STRETCH, 4 * len(place.name)
        if all(abs(x - u) > half + v + 8 or abs(y - w) > 20 for u, w, v in kept):
            kept.append((x, y, half))
            data.append({"n": place.name, "p": [place.lon, place.lat]})
    return data[:TEXT_LIMIT]


def _names(view: PartnerView, request: MapRequest, zoom: float) -> pdk.Layer:
    least = 90_000 if zoom < 7 else 30_000 if zoom < 8.5 else 5_000 if zoom < 10.5 else 0
    data = _apart(view.gateway.places(least, request.within), zoom)
    return pdk.Layer(
        "TextLayer",
        id="names",
        data=data,
        get_text="n",
        get_position="p",
        get_size=13,
        get_color=list(palette.TEXT),
        character_set=pdk.types.String("auto"),
        background=True,
        get_background_color=[255, 255, 255, 170],
        background_padding=[3, 1],
        font_family=pdk.types.String("Source Sans, sans-serif"),
        font_weight=600,
    )


def deck_of(view: PartnerView, request: MapRequest) -> pdk.Deck:
    """Return the map as pydeck describes it."""
    lon, lat, zoom = _frame_of(view, request)
    if request.focus:
        (lon, lat), zoom = request.focus, max(zoom, 12.0)
    hexagons = request.level.startswith("hex")
    places, classes, chosen = request.places, request.classes, request.chosen
    pictures, rings = (
        hexagon_layers(places, classes, chosen)
        if hexagons
        else area_layers(view.gateway.outlines(request.level), places, classes, chosen)
    )
    below, above = _ground(view, request)
    layers = [*below, *pictures, *above, *rings, _names(view, request, zoom)]
    return CompactDeck(
        layers=layers,
        initial_view_state=pdk.ViewState(longitude=lon, latitude=lat, zoom=zoom, max_zoom=15),
        map_provider=None,
        tooltip={"html": "<b>{n}</b><br>{t}"},
    )


def draw_map(view: PartnerView, request: MapRequest, key: str) -> str | None:
    """Draw the map; return the code of the place that was clicked, or None."""
    look: dict[str, Any] = {"height": request.height, "key": key, "alt": request.title}
    deck = deck_of(view, request)
    selection = selection_of(
        lambda: st.pydeck_chart(deck, on_select="rerun", selection_mode="single-object", **look),
        lambda: st.pydeck_chart(deck, **look | {"key": f"{key}-still"}),
    )
    known = {place.area for place in request.places}
    stray = partial(may_ask, view.gateway, "area")
    return picked_place(selection, [name for name, _, _ in PICTURES], known, stray)
