"""Cuts lines into square tiles of the web map (zoom 13, some 3 km wide in the Netherlands)."""

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray

ZOOM = 13
SIDE = 2**ZOOM

Shapes = NDArray[np.object_]


def tile_of(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return column and row (n, 2), from the north-west, of the tile at each point (degrees)."""
    x = (lon + 180) / 360
    y = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2
    tiles: NDArray[np.int64] = np.floor(np.stack([x, y], axis=1) * SIDE).astype(np.int64)
    return tiles


def box_of(column: int, row: int) -> tuple[float, float, float, float]:
    """Return west, south, east and north (degrees) of a tile."""
    lons = [(column + step) / SIDE * 360 - 180 for step in (0, 1)]
    lats = [
        float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (row + step) / SIDE)))))
        for step in (1, 0)
    ]
    return lons[0], lats[0], lons[1], lats[1]


def cut(lines: Shapes) -> Iterator[tuple[int, int, int, shapely.Geometry]]:
    """Give column and row of a tile, the number of a line (n,), and the part of it in there."""
    west, south, east, north = shapely.bounds(lines).T
    first, last = tile_of(west, north), tile_of(east, south)
    whole = (first == last).all(axis=1)
    for number in np.flatnonzero(whole).tolist():
        yield int(first[number, 0]), int(first[number, 1]), number, lines[number]
    for number in np.flatnonzero(~whole).tolist():
        for column in range(int(first[number, 0]), int(last[number, 0]) + 1):
            for row in range(int(first[number, 1]), int(last[number, 1]) + 1):
                piece = shapely.clip_by_rect(lines[number], *box_of(column, row))
                for part in shapely.get_parts(piece):
                    if shapely.get_num_coordinates(part) > 1:
                        yield column, row, number, part
