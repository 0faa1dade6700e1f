"""Places with their figures as a map program draws them: GeoJSON (RFC 7946), in degrees (WGS 84).

What holds for the whole table is a member ``about`` beside the features, as the standard allows.
"""

import json
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from exports.contract import Export, ExportTable, Outline

DECIMALS = 6
"""Of degrees: about a decimetre, finer than any outline here."""


def _rounded(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.round(degrees, DECIMALS)


def _right_handed(outlines: list[Outline]) -> list[Outline]:
    """Return outlines with outer rings counterclockwise and holes clockwise (section 3.1.6)."""
    shapes = np.array([shape(outline) for outline in outlines], dtype=object)
    turned = shapely.orient_polygons(shapely.transform(shapes, _rounded))
    return [json.loads(text) for text in shapely.to_geojson(turned)]


def _write(table: ExportTable) -> bytes:
    drawn = _right_handed(list(table.outlines.values()))
    geometries = dict(zip(table.outlines, drawn, strict=True))
    held: dict[str, Any] = {"type": "FeatureCollection", "about": table.about}
    held["features"] = [
        {
            "type": "Feature",
            "id": row["area"],
            "geometry": geometries.get(row["area"]),
            "properties": row,
        }
        for row in table.objects
    ]
    return f"{json.dumps(held, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _read(content: bytes) -> ExportTable:
    held = json.loads(content)
    features = held["features"]
    rows = pd.DataFrame([feature["properties"] for feature in features])
    outlines = {feature["id"]: feature["geometry"] for feature in features}
    return ExportTable.read_back(rows, held["about"], outlines)


EXPORT = Export("geojson", "GeoJSON", "application/geo+json", "geojson", _write, _read, places=True)
