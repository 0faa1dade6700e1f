"""The places of one level as a map draws them: codes, names and outlines, in one fixed order."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from access.facts import Area

DEGREE = 100_000
"""Steps of an outline in a degree: about a metre, far below the width of a line."""


@dataclass(frozen=True, eq=False)
class MapShapes:
    """The readable places of a level, by code; ``MapFigures`` has them in the same order.

    Hexagons have no outline: their code says where they are. Of other levels ``polygons`` (n,) are
    the numbers of polygons of each place, ``rings`` for each polygon its number of rings followed
    by the number of points of each, and ``points`` (p, 2) the steps in longitude and latitude from
    one point of a ring to the next, the first of each from zero, in 1/DEGREE degrees.
    """

    level: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    polygons: NDArray[np.uint16]
    rings: NDArray[np.uint16]
    points: NDArray[np.int32]


def shapes_of(level: str, areas: list[Area], outlines: dict[str, dict[str, Any]]) -> MapShapes:
    """Return the shapes of ``areas``; ``outlines`` holds GeoJSON geometries by code."""
    ordered = sorted(areas, key=lambda area: area.code)
    polygons: list[int] = []
    rings: list[int] = []
    points: list[NDArray[np.int32]] = [np.zeros((0, 2), np.int32)]
    for area in ordered if outlines else ():
        parts = _polygons(outlines[area.code])
        polygons.append(len(parts))
        for part in parts:
            rings += [len(part), *map(len, part)]
            points += [_steps(ring) for ring in part]
    return MapShapes(
        level=level,
        codes=tuple(area.code for area in ordered),
        names=tuple(area.name for area in ordered),
        polygons=np.array(polygons, np.uint16),
        rings=np.array(rings, np.uint16),
        points=np.concatenate(points),
    )


def _polygons(outline: dict[str, Any]) -> list[list[list[list[float]]]]:
    coordinates: list[Any] = outline["coordinates"]
    return [coordinates] if outline["type"] == "Polygon" else coordinates


def _steps(ring: list[list[float]]) -> NDArray[np.int32]:
    corners = np.rint(np.array(ring)[:, :2] * DEGREE).astype(np.int32)
    steps: NDArray[np.int32] = np.diff(corners, axis=0, prepend=np.zeros((1, 2), np.int32))
    return steps
