"""Gives each small gap enclosed between areas to the area that has the longest border with it.

A larger gap is water or unmapped land and stays, as does one inside the water or foreign land that
the file itself names.
"""

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.faces import Faces, shared_borders
from geo.mending_report import Mended, Rule

LARGEST_GAP_M2 = 100_000.0


def gaps(
    faces: Faces,
    owner: NDArray[np.intp],
    areas: gpd.GeoDataFrame,
    elsewhere: NDArray[Any],
) -> pd.DataFrame:
    """Return rows of face, area (the one beside it), m2 and filled, one for each gap.

    ``owner`` says which area each face belongs to (-1: none). Of areas with equally
    long borders, the first by code gets the gap.
    """
    borders = shared_borders(faces)
    borders["area"] = owner[borders["neighbour"]]
    borders = borders[(owner[borders["face"]] < 0) & (borders["area"] >= 0)]
    beside = borders.groupby(["face", "area"])["metres"].sum().round(2).reset_index()
    rank = areas["code"].rank(method="first").to_numpy()[beside["area"]]
    order = np.lexsort((rank, -beside["metres"], beside["face"]))
    found = beside.iloc[order].drop_duplicates("face")[["face", "area"]]
    number = found["face"].to_numpy()
    found["m2"] = faces.surfaces[number]
    inside = _inside(faces.shapes[number], elsewhere)
    found["filled"] = (found["m2"] <= LARGEST_GAP_M2) & ~inside
    return found


def filled_and_open(found: pd.DataFrame, faces: Faces, areas: gpd.GeoDataFrame) -> Iterator[Mended]:
    """Give what each area gained from gaps, and which gaps stay open."""
    codes, names = areas["code"].to_numpy(), areas["name"].to_numpy()
    filled = found[found["filled"] & faces.wide[found["face"]]]
    gained = filled.groupby("area")["m2"].sum()
    for area, m2 in zip(gained.index.to_numpy(), gained.to_numpy(), strict=True):
        yield Mended(Rule.GAP, codes[area], names[area], float(m2))
    stay = found[~found["filled"]]
    for area, m2 in zip(stay["area"].to_numpy(), stay["m2"].to_numpy(), strict=True):
        yield Mended(Rule.OPEN, codes[area], names[area], float(m2))


def _inside(shapes: NDArray[Any], elsewhere: NDArray[Any]) -> NDArray[np.bool_]:
    inside = np.zeros(len(shapes), dtype=bool)
    points = shapely.point_on_surface(shapes)
    inside[shapely.STRtree(elsewhere).query(points, predicate="intersects")[0]] = True
    return inside
