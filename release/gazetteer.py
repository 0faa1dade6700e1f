"""The areas of a release, numbered: names, borders for maps, and the gemeente and RIEC of each."""

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo import areas, hexagons
from geo.coordinates import DEGREES, to_rd
from geo.dissolving import united
from geo.official_names import COUNTRY
from release.placing import Placer

SIMPLIFIED_M = {"nederland": 500.0, "riec": 300.0, "gemeente": 150.0, "wijk": 40.0, "buurt": 15.0}
"""How far a border on a map may lie from the one that points are counted by."""

HEXAGON_LEVELS = {f"hex{resolution}": resolution for resolution in (7, 8, 9)}


def _outlines(frame: gpd.GeoDataFrame, level: str) -> list[dict[str, Any]]:
    shapes = shapely.coverage_simplify(frame.geometry.to_numpy(), SIMPLIFIED_M[level])
    degrees = gpd.GeoSeries(shapes, crs=frame.crs).to_crs(DEGREES)
    rounded = shapely.set_precision(degrees.to_numpy(), 1e-4, mode="pointwise")
    return [_trimmed(json.loads(shapely.to_geojson(shape))) for shape in rounded]


def _trimmed(part: Any) -> Any:  # noqa: ANN401 - GeoJSON nests to any depth
    """Return GeoJSON with its coordinates written in at most four decimals (about 10 m)."""
    if isinstance(part, float):
        return round(part, 4)
    if isinstance(part, list):
        return [_trimmed(item) for item in part]
    return part | {"coordinates": _trimmed(part["coordinates"])} if isinstance(part, dict) else part


def _official(frame: gpd.GeoDataFrame, level: str) -> pd.DataFrame:
    points = frame.geometry.representative_point().to_crs(DEGREES)
    columns = {name: frame[name].to_numpy() for name in ("code", "name", "gemeente", "riec")}
    where = {"lon": points.x.round(5).to_numpy(), "lat": points.y.round(5).to_numpy()}
    return pd.DataFrame({"level": level, **columns, **where, "outline": _outlines(frame, level)})


def official_areas(placer: Placer) -> pd.DataFrame:
    """Return every official area in use, from large to small and by code, with its ``id``.

    Columns: level, code, name, gemeente, riec, lon, lat, outline (GeoJSON), id (1, 2, ...).
    """
    gemeenten, riecs = placer.layers["gemeente"], areas.riecs(placer.folder)
    country = gpd.GeoDataFrame(
        {"code": [COUNTRY], "name": [areas.COUNTRY_NAME]},
        geometry=[united(gemeenten.geometry.to_numpy())],
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
    every = pd.concat(frames, ignore_index=True)
    return every.assign(id=np.arange(1, len(every) + 1))


def first_ids(official: pd.DataFrame) -> dict[str, int]:
    """Return the id of the first area of each level; the others follow in order of code."""
    return {str(level): int(ids.min()) for level, ids in official.groupby("level")["id"]}


def cells_above(cells: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """Return for each hexagon level the cell of that level above (or at) each res-9 cell."""
    finest = hexagons.FINEST
    return {
        level: cells if resolution == finest else hexagons.parents(cells, resolution)
        for level, resolution in HEXAGON_LEVELS.items()
    }


def number_hexagons(
    above: dict[str, NDArray[np.int64]], first: int, is_open: NDArray[np.bool_]
) -> pd.DataFrame:
    """Return level, cell and id (from ``first`` on) of the distinct cells of each level, by cell.

    ``above`` is what `cells_above` returns. Cells that only records know (``is_open`` is false of
    the cell below) come last: else a number left out between others would say that a record is
    there.
    """
    frames = [pd.DataFrame({"level": lv, "cell": np.unique(own)}) for lv, own in above.items()]
    known = [
        np.isin(f["cell"], own[is_open]) for f, own in zip(frames, above.values(), strict=True)
    ]
    every = pd.concat(frames, ignore_index=True)
    ids = np.empty(len(every), dtype=np.int64)
    ids[np.argsort(~np.concatenate(known), kind="stable")] = np.arange(first, first + len(every))
    return every.assign(id=ids)


def _nearest_place(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return the name of the nearest populated place, so that people recognise a hexagon."""
    places = areas.places()
    known = cKDTree(np.column_stack(to_rd(places["longitude"], places["latitude"])))
    _, nearest = known.query(np.column_stack(to_rd(lon, lat)))
    return places["name"].to_numpy(dtype=object)[nearest]


def hexagon_areas(numbered: pd.DataFrame, placer: Placer) -> pd.DataFrame:
    """Return numbered hexagons with the columns of ``official_areas``, named after a place nearby.

    A hexagon belongs to the gemeente that holds its centre.
    """
    cells = numbered["cell"].to_numpy()
    lon, lat = hexagons.centres(cells)
    gemeenten = placer.layers["gemeente"]
    row = placer.place(lon, lat, cells)["gemeente"].to_numpy()
    codes = {
        name: np.append(gemeenten[name].to_numpy(dtype=object), "")[row]
        for name in ("code", "riec")
    }
    return pd.DataFrame(
        {
            "level": numbered["level"],
            "code": hexagons.to_text(cells),
            "name": _nearest_place(lon, lat),
            "gemeente": codes["code"],
            "riec": codes["riec"],
            "lon": lon.round(5),
            "lat": lat.round(5),
            "outline": None,
            "id": numbered["id"],
        }
    )
