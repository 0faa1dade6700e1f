"""How each layer of a map looks, as pydeck describes it; what is in it the browser fetches itself.

A layer of the browser is one of these with its data, and for figures with the colour of each place.
"""

import json
from functools import cache
from typing import Any

import pydeck as pdk

from pages.kit import palette

PIXELS = pdk.types.String("pixels")
RINGS = {
    "possible": (palette.POSSIBLE_BORDER, 1.2),
    "hot": (palette.HOT, 1.2),
    "stands": (palette.STANDS_OUT, 2.2),
    "strong": (palette.STRONG_BORDER, 2.6),
    "chosen": (palette.CHOSEN, 3.5),
}
"""The borders around places, with their width in pixels, the last one on top."""

HEXAGONS: dict[str, Any] = {"high_precision": True, "extruded": False}
OUTLINE: dict[str, Any] = {"filled": False, "stroked": True, "line_width_units": PIXELS}


def _layers() -> list[pdk.Layer]:
    """Return a layer of each sort, from the ground up."""
    ground = {
        "abroad": palette.ABROAD,
        "land": palette.LAND,
        "elsewhere": palette.ELSEWHERE,
        "own": palette.LAND,
    }
    over = {
        "streets": (palette.STREET, 1.1),
        "minor_road": (palette.MINOR_ROAD, 0.9),
        "road": (palette.ROAD, 1.6),
        "rail": (palette.RAIL, 1.1),
    }
    lines = {"borders": ((*palette.BORDER, 150), 0.8), "edge": (palette.EDGE, 1.8)}
    return [
        *(
            pdk.Layer("GeoJsonLayer", id=name, stroked=False, get_fill_color=list(colour))
            for name, colour in ground.items()
        ),
        pdk.Layer("H3HexagonLayer", id="hexagons", stroked=False, **HEXAGONS),
        pdk.Layer(
            "GeoJsonLayer",
            id="areas",
            get_line_color=[255, 255, 255],
            get_line_width=0.6,
            line_width_units=PIXELS,
        ),
        *(_path(name, *look) for name, look in over.items()),
        *(_line("GeoJsonLayer", name, *look) for name, look in lines.items()),
        *(_line("GeoJsonLayer", f"{name}-areas", *look) for name, look in RINGS.items()),
        *(
            _line("H3HexagonLayer", f"{name}-hexagons", *look, **HEXAGONS)
            for name, look in RINGS.items()
        ),
        pdk.Layer(
            "TextLayer",
            id="names",
            get_size=13,
            get_color=list(palette.TEXT),
            character_set=pdk.types.String("auto"),
            background=True,
            get_background_color=[255, 255, 255, 170],
            background_padding=[3, 1],
            font_family=pdk.types.String("Source Sans, sans-serif"),
            font_weight=600,
        ),
        pdk.Layer(
            "TextLayer",
            id="street_names",
            get_size=11,
            get_color=list(palette.TEXT),
            character_set=pdk.types.String("auto"),
            background=True,
            get_background_color=[255, 255, 255, 150],
            background_padding=[2, 0],
            font_family=pdk.types.String("Source Sans, sans-serif"),
        ),
    ]


def _path(name: str, colour: tuple[int, ...], width: float) -> pdk.Layer:
    """Return a layer of the ground over the figures."""
    return pdk.Layer(
        "PathLayer",
        id=name,
        get_color=list(colour),
        get_width=width,
        width_units=PIXELS,
        joint_rounded=True,
        cap_rounded=True,
    )


def _line(kind: str, name: str, colour: tuple[int, ...], width: float, **more: Any) -> pdk.Layer:  # noqa: ANN401
    """Return a layer of lines of a width in pixels."""
    joints = {"line_joint_rounded": True} if kind == "GeoJsonLayer" else {}
    return pdk.Layer(
        kind,
        id=name,
        get_line_color=list(colour),
        get_line_width=width,
        **(OUTLINE | joints | more),
    )


@cache
def looks() -> dict[str, dict[str, Any]]:
    """Return how each layer looks by its name: the ``@@type`` of deck.gl, and its properties."""
    described = [json.loads(layer.to_json()) for layer in _layers()]
    return {
        layer["id"]: {key: value for key, value in layer.items() if key not in ("id", "data")}
        for layer in described
    }
