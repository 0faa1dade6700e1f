"""The areas of a release: names, borders for maps, and the gemeente and RIEC of each."""

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo import areas, hexagons
from geo.coordinates import to_rd
from release.placing import Placer

SIMPLIFIED_M = {"nederland": 500.0, "riec": 300.0, "gemeente": 150.0, "wijk": 40.0, "buurt": 15.0}
"""How far a border on a map may lie from the one that points are counted by."""

COLUMNS = ["level", "code", "name", "gemeente", "riec", "lon", "lat", "outline"]


def _outlines(frame: gpd.GeoDataFrame, level: str) -> list[dict[str, Any]]:
    shapes = shapely.coverage_simplify(frame.geometry.to_numpy(), SIMPLIFIED_M[level])
    degrees = gpd.GeoSeries(shapes, crs=frame.crs).to_crs("EPSG:4326")
    rounded = shapely.set_precision(degrees.to_numpy(), 1e-4, mode="pointwise")
    texts: list[str] = [shapely.to_geojson(shape) for shape in rounded]
    return [json.loads(text) for text in texts]


def _official(frame: gpd.GeoDataFrame, level: str) -> pd.DataFrame:
    points = frame.geometry.representative_point().to_crs("EPSG:4326")
    return pd.DataFrame(
        {
            "level": level,
            "code": frame["code"].to_numpy(),
            "name": frame["name"].to_numpy(),
            "gemeente": frame["gemeente"].to_numpy(),
            "riec": frame["riec"].to_numpy(),
            "lon": points.x.round(5).to_numpy(),
            "lat": points.y.round(5).to_numpy(),
            "outline": _outlines(frame, level),
        }
    )


def official_areas(placer: Placer) -> pd.DataFrame:
    """Return every official area in use, shape (n, len(COLUMNS)), from large to small."""
    gemeenten, riecs = areas.gemeenten(), areas.riecs()
    country = gpd.GeoDataFrame(
        {"code": [areas.COUNTRY], "name": [areas.COUNTRY_NAME]},
        geometry=[shapely.coverage_union_all(gemeenten.geometry.to_numpy())],
        crs=gemeenten.crs,
    )
    riec_of = gemeenten.set_index("code")["riec"]
    frames = [
        _official(country.assign(gemeente="", riec=""), "nederland"),
        _official(riecs.assign(gemeente="", riec=riecs["code"]), "riec"),
        _official(gemeenten.assign(gemeente=gemeenten["code"]), "gemeente"),
    ]
    for level in ("wijk", "buurt"):
        if level in placer.layers:
            layer = placer.layers[level]
            owned = layer.assign(gemeente=layer["parent"], riec=layer["parent"].map(riec_of))
            frames.append(_official(owned, level))
    return pd.concat(frames, ignore_index=True)


def _nearest_place(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return the name of the nearest populated place, so that people recognise a hexagon."""
    places = areas.places()
    known = cKDTree(np.column_stack(to_rd(places["longitude"], places["latitude"])))
    _, nearest = known.query(np.column_stack(to_rd(lon, lat)))
    return places["name"].to_numpy(dtype=object)[nearest]


def hexagon_areas(codes: dict[str, list[str]], placer: Placer) -> pd.DataFrame:
    """Return the hexagons in use, named after the nearest place.

    A hexagon belongs to the gemeente that holds its centre.
    """
    riec_of = areas.gemeenten().set_index("code")["riec"]
    frames = []
    for level, texts in codes.items():
        cells = np.array([hexagons.from_text(text) for text in texts], dtype=np.int64)
        lon, lat = hexagons.centres(cells)
        gemeente = placer.place(lon, lat, cells)["gemeente"]
        frames.append(
            pd.DataFrame(
                {
                    "level": level,
                    "code": texts,
                    "name": _nearest_place(lon, lat),
                    "gemeente": gemeente,
                    "riec": gemeente.map(riec_of).fillna(""),
                    "lon": lon.round(5),
                    "lat": lat.round(5),
                    "outline": None,
                }
            )
        )
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COLUMNS)
