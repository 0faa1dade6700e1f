"""Mend a layer of areas by stated rules, until no two overlap and no small gap is left.

The rules, in this order; ``mending_report.SENTENCES`` states them for readers:

1. An area without a shape is left out; its figures stay at the larger level.
2. An invalid polygon is made valid when its surface changes by at most 1%, and is refused
   otherwise; parts that are no polygon are dropped (``valid_shapes``).
3. Land that is drawn in several areas goes to the smallest of them (``overlaps``).
4. A gap enclosed between areas goes to the one that has the longest border with it when it
   measures at most 0.1 km2; a larger one is water or unmapped land and stays (``gaps``).

A layer is refused when many areas have no shape, when much of it overlaps, or when an area would
lose half of its surface: that is no careless drawing but another map. Decision 0016 has the
measurements behind the rules.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from errors import WeerbeeldError
from geo.faces import Faces, faces_of
from geo.gaps import filled_and_open, gaps
from geo.mending_report import Mended, Rule, first_codes
from geo.overlaps import overlaps, refuse_another_map, smallest_owner
from geo.tangles import is_tangled
from geo.valid_shapes import MOST_CHANGED, Shapes, made_valid, without_shape

MOST_WITHOUT_SHAPE = 0.1
"""Share of the areas that may lack a shape."""


def mended(
    rows: gpd.GeoDataFrame, elsewhere: NDArray[Any] | None = None
) -> tuple[gpd.GeoDataFrame, tuple[Mended, ...]]:
    """Return ``rows`` as a valid coverage on a grid of 1 cm, and what was mended.

    ``rows`` have columns code, name and geometry (polygons in EPSG:28992) and keep their order and
    other columns. ``elsewhere`` are shapes in which gaps stay: water and foreign land. Raises
    WeerbeeldError naming the areas that are beyond mending.
    """
    areas, left_out = _with_shape(rows)
    areas, drawn_anew = _valid(areas)
    faces = faces_of(areas.geometry.to_numpy())
    owner = smallest_owner(faces, areas)
    refuse_another_map(faces, owner, areas)
    lost = list(overlaps(faces, owner, areas))
    found = gaps(faces, owner, areas, np.array([]) if elsewhere is None else elsewhere)
    filled = found[found["filled"]]
    owner[filled["face"]] = filled["area"]
    gained = filled_and_open(found, faces, areas)
    return _with(areas, _joined(faces, owner)), (*left_out, *drawn_anew, *lost, *gained)


def _with_shape(rows: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Mended]]:
    gone = without_shape(rows.geometry.to_numpy())
    if gone.sum() > MOST_WITHOUT_SHAPE * len(rows) or rows.empty:
        raise WeerbeeldError(
            f"{gone.sum():,} of {len(rows):,} areas have no shape: "
            f"{first_codes(rows.loc[gone, 'code'])}; expected at most {MOST_WITHOUT_SHAPE:.0%}."
        )
    named = zip(rows.loc[gone, "code"], rows.loc[gone, "name"], strict=True)
    left_out = [Mended(Rule.NO_SHAPE, code, name) for code, name in named]
    return rows[~gone].reset_index(drop=True), left_out


def _valid(areas: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Mended]]:
    before = areas.geometry.to_numpy()
    shapes, changed = made_valid(before)
    beyond = changed > MOST_CHANGED
    if beyond.any():
        raise WeerbeeldError(
            f"Making the invalid polygons of {first_codes(areas.loc[beyond, 'code'])} valid "
            f"changes more than {MOST_CHANGED:.0%} of their surface."
        )
    if is_tangled(shapes):
        raise WeerbeeldError("The borders cross one another all over, expected those of areas.")
    codes, names = areas["code"].to_numpy(), areas["name"].to_numpy()
    drawn_anew = [
        Mended(Rule.INVALID, codes[one], names[one], float(changed[one] * before[one].area))
        for one in np.flatnonzero(~shapely.is_valid(before))
    ]
    return _with(areas, shapes), drawn_anew


def _with(areas: gpd.GeoDataFrame, shapes: Shapes) -> gpd.GeoDataFrame:
    return areas.set_geometry(gpd.GeoSeries(shapes, areas.index, crs=areas.crs))


def _joined(faces: Faces, owner: NDArray[np.intp]) -> Shapes:
    """Put each area together from its faces; every area has some."""
    owned = np.flatnonzero(owner >= 0)
    order = owned[np.argsort(owner[owned], kind="stable")]
    groups = np.split(faces.shapes[order], np.flatnonzero(np.diff(owner[order])) + 1)
    joined = np.empty(len(groups), dtype=object)
    joined[:] = [part[0] if len(part) == 1 else shapely.coverage_union_all(part) for part in groups]
    return joined
