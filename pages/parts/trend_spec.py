"""What the chart of a trend looks like, as Vega-Lite: a line for each place, a band for the first."""

from collections.abc import Sequence
from typing import Any

from pages.kit import palette

WIDEST = 3
"""So many names fit beside each other."""

SOLID = [1, 0]
DASHES = ([8, 3, 2, 3], [6, 3], [2, 2])
"""Of the peers, the region and the country, so that colour never speaks alone."""

MANY_DASHES = (SOLID, [8, 3], [2, 2], [8, 3, 2, 3], [12, 3], [4, 4])
"""Of up to six places side by side."""


def trend_spec(labels: Sequence[str], unit: str, height: int) -> dict[str, Any]:
    """Return the chart of places with these labels; its data have end, rate, low, high and place.

    Up to four are a place with its peers, its region and the country; more are side by side.
    """
    colours = [palette.LINE_AREA, *palette.LINES[-len(labels) + 1 :]][: len(labels)]
    dashes: Sequence[list[int]] = [SOLID, *DASHES[-len(labels) + 1 :]][: len(labels)]
    if len(labels) > len(palette.LINES) + 1:
        colours, dashes = list(palette.MANY_LINES[: len(labels)]), MANY_DASHES[: len(labels)]
    x = {
        "field": "end",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%m-%Y", "tickCount": 5, "labelFlush": True},
    }
    legend = {
        "title": None,
        "orient": "top",
        "labelLimit": 220,
        "symbolType": "stroke",
        "columns": 2 if len(labels) > WIDEST else 0,
    }
    by_place = {"field": "place", "type": "nominal"}
    colour = {**by_place, "scale": {"domain": list(labels), "range": colours}, "legend": legend}
    dash = {**by_place, "scale": {"domain": list(labels), "range": list(dashes)}, "legend": None}
    band = {
        "transform": [{"filter": {"field": "place", "equal": labels[0]}}],
        "mark": {"type": "area", "opacity": 0.13, "color": palette.LINE_AREA},
        "encoding": {
            "x": x,
            "y": {"field": "low", "type": "quantitative", "title": None},
            "y2": {"field": "high"},
        },
    }
    lines = {
        "mark": {"type": "line", "strokeWidth": 2.2, "point": {"size": 28}},
        "encoding": {
            "x": x,
            "y": {
                "field": "rate",
                "type": "quantitative",
                "title": unit,
                "scale": {"zero": True},
            },
            "color": colour,
            "strokeDash": dash,
            "tooltip": [by_place, {"field": "rate", "type": "quantitative", "format": ".3g"}],
        },
    }
    return {"height": height, "layer": [band, lines]}
