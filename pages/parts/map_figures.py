"""The layers of a map that show its figures, as hexagons or as areas, and the rings around some."""

from typing import Any

import pydeck as pdk

from access.facts import Outline
from pages.kit import palette
from pages.parts.rows import LENT, SURE, UNSURE, ShownPlace

PICTURES = (("lent", LENT, 0.25), ("unsure", UNSURE, 0.5), ("figures", SURE, 0.88))
"""Layers with how sure their places are, and how full in colour: what may be chance is quieter."""

Layers = tuple[list[pdk.Layer], list[pdk.Layer]]
"""The layers with the figures, and the rings around what stands out or is chosen."""


def shape_layer(name: str, outlines: list[Outline], **look: Any) -> pdk.Layer:  # noqa: ANN401
    """Return a layer with the shapes of official areas, named when they are pointed at."""
    features = [_feature(outline, {"n": outline.name}) for outline in outlines]
    return pdk.Layer("GeoJsonLayer", id=name, data=_collection(features), **look)


def _feature(outline: Outline, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": outline.outline}


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _colours(classes: int, field: str) -> str:
    """Return the expression that turns a class number (0: no figure) into its colour.

    A list indexed by ``properties.k`` draws black in the browser; a chain of choices works.
    """
    shades = [list(palette.class_colour(number, classes)) for number in range(-1, classes)]
    chain = "".join(f"{field}=={number}?{shade}:" for number, shade in enumerate(shades[:-1]))
    return f"{chain}{shades[-1]}".replace(" ", "")


def _marks(place: ShownPlace) -> dict[str, Any]:
    """Return what the browser needs of a place: code, class (0: no figure), name and text."""
    return {"c": place.area, "k": place.class_ + 1, "n": place.name, "t": place.text}


Ring = tuple[str, list[ShownPlace], tuple[int, int, int], float]
"""Name of a layer of rings, the places that have one, and how it looks: colour and width."""


def _rings(places: list[ShownPlace], chosen: str | None) -> list[Ring]:
    """Return the rings around what is hot, stands out or is chosen, where there is any."""
    rings: list[Ring] = [
        ("hot", [place for place in places if place.hot], palette.HOT, 1.2),
        ("stands-out", [place for place in places if place.stands], palette.STANDS_OUT, 2.2),
        ("chosen", [place for place in places if place.area == chosen], palette.CHOSEN, 3.5),
    ]
    return [ring for ring in rings if ring[1]]


def hexagon_layers(places: list[ShownPlace], classes: int, chosen: str | None) -> Layers:
    """Return the layers of a map of hexagons."""
    pictures = [
        pdk.Layer(
            "H3HexagonLayer",
            id=name,
            data=[_marks(place) for place in places if place.sureness == sureness],
            get_hexagon="c",
            get_fill_color=_colours(classes, "k"),
            high_precision=True,
            stroked=False,
            filled=True,
            extruded=False,
            opacity=opacity,
            pickable=True,
        )
        for name, sureness, opacity in PICTURES
    ]
    return pictures, [_hexagon_ring(*ring) for ring in _rings(places, chosen)]


def _hexagon_ring(
    name: str, places: list[ShownPlace], colour: tuple[int, int, int], width: float
) -> pdk.Layer:
    return pdk.Layer(
        "H3HexagonLayer",
        id=name,
        data=[{"c": place.area} for place in places],
        get_hexagon="c",
        filled=False,
        stroked=True,
        extruded=False,
        high_precision=True,
        get_line_color=list(colour),
        line_width_min_pixels=width,
    )


def area_layers(
    outlines: list[Outline], places: list[ShownPlace], classes: int, chosen: str | None
) -> Layers:
    """Return the layers of a map of official areas with these ``outlines``."""
    by_code = {place.area: place for place in places}
    shapes = [(outline, by_code[outline.code]) for outline in outlines if outline.code in by_code]
    pictures = [
        pdk.Layer(
            "GeoJsonLayer",
            id=name,
            data=_collection(
                [
                    _feature(outline, _area_marks(place))
                    for outline, place in shapes
                    if place.sureness == sureness
                ]
            ),
            get_fill_color=_colours(classes, "properties.k"),
            get_line_color=[255, 255, 255],
            line_width_min_pixels=0.6,
            opacity=opacity,
            pickable=True,
        )
        for name, sureness, opacity in PICTURES
    ]
    drawn = [place for _, place in shapes]
    outline_of = {place.area: outline for outline, place in shapes}
    return pictures, [
        shape_layer(
            name,
            [outline_of[place.area] for place in ringed],
            filled=False,
            get_line_color=list(colour),
            line_width_min_pixels=width,
        )
        for name, ringed, colour, width in _rings(drawn, chosen)
    ]


def _area_marks(place: ShownPlace) -> dict[str, Any]:
    """Return the marks of an area, and how it is drawn: standing out, hot, and how sure."""
    drawn = {"s": int(place.stands), "h": place.hot, "q": place.sureness}
    return _marks(place) | drawn
