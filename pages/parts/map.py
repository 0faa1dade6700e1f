"""Draws a map of hexagons or areas, without any outside tile, font or style.

Nothing is fetched from elsewhere: the ground is our own borders, the names our own places. Rows
that stand out have a thick border, so that colour does not speak alone.
"""

import json
import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pydeck as pdk
import streamlit as st
from pydeck.bindings.json_tools import default_serialize

from pages.kit import palette
from pages.kit.view import View
from pages.parts.picking import picked_place, selection_of
from pages.parts.rows import LENT, SURE, UNSURE

TEXT_LIMIT = 60
STRETCH = 1.62
"""How much longer a degree of latitude is on the map than one of longitude, at 52 degrees."""
MAP_PIXELS, PHONE_PIXELS = 520, 300
PICTURES = (("lent", LENT, 0.25), ("unsure", UNSURE, 0.5), ("figures", SURE, 0.88))
"""Layers with how sure their places are, and how full in colour: what may be chance is quieter."""


@dataclass(frozen=True)
class MapRequest:
    """What to draw. ``rows``: area, name, text, class_, since; ``within`` frames the sight.

    ``classes`` is the number of classes of the legend. ``title`` is the accessible name.
    """

    level: str
    rows: pd.DataFrame
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


def _corners(outlines: list[dict[str, Any]]) -> tuple[list[float], list[float]]:
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
        walk(outline["outline"]["coordinates"])
    return lons, lats


def _frame_of(view: View, request: MapRequest) -> tuple[float, float, float]:
    """Return longitude, latitude and zoom at which the map shows its figures whole.

    A gemeente is framed around its hexagons, because much of it may be water or fields.
    """
    rows = request.rows
    if request.within and request.within.startswith("GM") and "lon" in rows and len(rows) > 1:
        inner = rows[["lon", "lat"]].quantile([0.02, 0.98])
        lons, lats = inner["lon"].tolist(), inner["lat"].tolist()
    else:
        own = _own_outline(view, request.within) or view.gateway.outlines("nederland")
        lons, lats = _corners(own)
    width = max(max(lons) - min(lons), 0.02)
    height = max((max(lats) - min(lats)) * STRETCH, 0.02)
    pixels = PHONE_PIXELS if on_phone() else MAP_PIXELS
    zoom = math.log2(360 / 512 * min(pixels / width, MAP_PIXELS / height))
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2, zoom


def on_phone() -> bool:
    """Tell whether the browser says that it is a phone's."""
    headers = st.context.headers
    return headers.get("Sec-Ch-Ua-Mobile") == "?1" or "Mobi" in (headers.get("User-Agent") or "")


def _features(outlines: list[dict[str, Any]], properties: dict[str, dict[str, Any]]) -> Any:  # noqa: ANN401
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": properties.get(outline["code"], {"n": outline["name"]}),
                "geometry": outline["outline"],
            }
            for outline in outlines
        ],
    }


def _own_outline(view: View, within: str | None) -> list[dict[str, Any]]:
    """Return the outline of the region or gemeente that the map is about."""
    if within is None:
        return []
    level = "gemeente" if within.startswith("GM") else "riec"
    return [outline for outline in view.gateway.outlines(level) if outline["code"] == within]


def _shape_layer(name: str, shapes: list[dict[str, Any]], **look: Any) -> pdk.Layer:  # noqa: ANN401
    return pdk.Layer("GeoJsonLayer", id=name, data=_features(shapes, {}), **look)


def _ground(view: View, request: MapRequest) -> tuple[list[pdk.Layer], list[pdk.Layer]]:
    """Return the layers below and above the figures: land, borders and the own area's edge."""
    own = _own_outline(view, request.within)
    land = palette.ELSEWHERE if own else palette.LAND
    below = [
        _shape_layer(
            "land", view.gateway.outlines("nederland"), get_fill_color=list(land), stroked=False
        ),
        _shape_layer("own", own, get_fill_color=list(palette.LAND), stroked=False),
    ]
    borders = view.gateway.outlines(request.borders) if request.borders else []
    line = {"filled": False, "get_line_color": [*palette.BORDER, 150]}
    edge = {"filled": False, "get_line_color": list(palette.EDGE)}
    above = [
        _shape_layer("borders", borders, line_width_min_pixels=0.7, **line),
        _shape_layer("edge", own, line_width_min_pixels=1.8, **edge),
    ]
    return below, above


def _colours(classes: int, field: str) -> str:
    """Return the expression that turns a class number (0: no figure) into its colour.

    A list indexed by ``properties.k`` draws black in the browser; a chain of choices works.
    """
    shades = [list(palette.class_colour(number, classes)) for number in range(-1, classes)]
    chain = "".join(f"{field}=={number}?{shade}:" for number, shade in enumerate(shades[:-1]))
    return f"{chain}{shades[-1]}".replace(" ", "")


def _marks(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what the browser needs of each place: code, class, name and text.

    And what decides its layers here: whether it stands out, is hot, and how sure it is.
    """
    columns = ("area", "class_", "name", "text", "stands", "hot", "sureness")
    return [
        {"c": area, "k": int(k) + 1, "n": name, "t": text, "s": int(s), "h": hot > 0, "q": sureness}
        for area, k, name, text, s, hot, sureness in zip(*(rows[c] for c in columns), strict=True)
    ]


Figures = tuple[list[pdk.Layer], list[pdk.Layer]]
"""The layers with the figures, and the rings around what stands out or is chosen."""


def _hexagons(request: MapRequest) -> Figures:
    data = _marks(request.rows)
    pictures = [
        _hexagon_layer(name, [row for row in data if row["q"] == sure], request.classes, opacity)
        for name, sure, opacity in PICTURES
    ]
    rings = [
        ([row for row in data if row["h"]], palette.HOT, "hot", 1.2),
        ([row for row in data if row["s"]], palette.STANDS_OUT, "stands-out", 2.2),
        ([row for row in data if row["c"] == request.chosen], palette.CHOSEN, "chosen", 3.5),
    ]
    return pictures, [_ring_layer(*ring) for ring in rings if ring[0]]


def _hexagon_layer(
    name: str, marks: list[dict[str, Any]], classes: int, opacity: float
) -> pdk.Layer:
    return pdk.Layer(
        "H3HexagonLayer",
        id=name,
        data=[{key: mark[key] for key in "cknt"} for mark in marks],
        get_hexagon="c",
        get_fill_color=_colours(classes, "k"),
        high_precision=True,
        stroked=False,
        filled=True,
        extruded=False,
        opacity=opacity,
        pickable=True,
    )


def _ring_layer(
    data: list[dict[str, Any]], colour: tuple[int, int, int], name: str, width: float
) -> pdk.Layer:
    return pdk.Layer(
        "H3HexagonLayer",
        id=name,
        data=[{"c": row["c"]} for row in data],
        get_hexagon="c",
        filled=False,
        stroked=True,
        extruded=False,
        high_precision=True,
        get_line_color=list(colour),
        line_width_min_pixels=width,
    )


def _areas(view: View, request: MapRequest) -> Figures:
    properties = {mark["c"]: mark for mark in _marks(request.rows)}
    outlines = [o for o in view.gateway.outlines(request.level) if o["code"] in properties]
    pictures = [
        pdk.Layer(
            "GeoJsonLayer",
            id=name,
            data=_features([o for o in outlines if properties[o["code"]]["q"] == sure], properties),
            get_fill_color=_colours(request.classes, "properties.k"),
            get_line_color=[255, 255, 255],
            line_width_min_pixels=0.6,
            opacity=opacity,
            pickable=True,
        )
        for name, sure, opacity in PICTURES
    ]
    rings = [
        ("hot", [o for o in outlines if properties[o["code"]]["h"]], palette.HOT, 1.2),
        (
            "stands-out",
            [o for o in outlines if properties[o["code"]]["s"]],
            palette.STANDS_OUT,
            2.2,
        ),
        ("chosen", [o for o in outlines if o["code"] == request.chosen], palette.CHOSEN, 3.5),
    ]
    return pictures, [
        _shape_layer(
            name, shapes, filled=False, get_line_color=list(colour), line_width_min_pixels=width
        )
        for name, shapes, colour, width in rings
        if shapes
    ]


def _apart(places: pd.DataFrame, zoom: float) -> list[dict[str, Any]]:
    """Return the names that fit on the map without touching, the largest places first."""
    pixels = 512 * 2**zoom / 360
    kept: list[tuple[float, float, int]] = []
    data = []
    for name, lon, lat in zip(places["name"], places["lon"], places["lat"], strict=True):
        x, y, half = lon * pixels, lat * pixels * STRETCH, 4 * len(name)
        if all(abs(x - u) > half + v + 8 or abs(y - w) > 20 for u, w, v in kept):
            kept.append((x, y, half))
            data.append({"n": name, "p": [lon, lat]})
    return data[:TEXT_LIMIT]


def _names(view: View, request: MapRequest, zoom: float) -> pdk.Layer:
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


def deck_of(view: View, request: MapRequest) -> pdk.Deck:
    """Return the map as pydeck describes it."""
    lon, lat, zoom = _frame_of(view, request)
    if request.focus:
        (lon, lat), zoom = request.focus, max(zoom, 12.0)
    hexagons = request.level.startswith("hex")
    pictures, rings = _hexagons(request) if hexagons else _areas(view, request)
    below, above = _ground(view, request)
    layers = [*below, *pictures, *above, *rings, _names(view, request, zoom)]
    return CompactDeck(
        layers=layers,
        initial_view_state=pdk.ViewState(longitude=lon, latitude=lat, zoom=zoom, max_zoom=15),
        map_provider=None,
        tooltip={"html": "<b>{n}</b><br>{t}"},
    )


def draw_map(view: View, request: MapRequest, key: str) -> str | None:
    """Draw the map; return the code of the place that was clicked, or None."""
    look: dict[str, Any] = {"height": request.height, "key": key, "alt": request.title}
    deck = deck_of(view, request)
    selection = selection_of(
        lambda: st.pydeck_chart(deck, on_select="rerun", selection_mode="single-object", **look),
        lambda: st.pydeck_chart(deck, **look | {"key": f"{key}-still"}),
    )
    return picked_place(selection, [name for name, _, _ in PICTURES], set(request.rows["area"]))
