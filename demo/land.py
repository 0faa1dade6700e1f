"""The hexagons of the country, each with its gemeente: the ground on which people are placed."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree
from shapely import Polygon, get_parts
from shapely.geometry.base import BaseGeometry

from demo.arrays import Floats, Ints
from geo import areas, hexagons
from geo.coordinates import DEGREES, to_rd


@dataclass(frozen=True)
class Land:
    """Res-9 hexagons whose centre lies in a gemeente; all arrays have shape (n,).

    ``x``, ``y`` are the centre in RD New metres, ``gemeente`` the row of ``areas.gemeenten()``.
    """

    cell: Ints
    x: Floats
    y: Floats
    gemeente: Ints
    tree: cKDTree

    def near(self, x: float, y: float, radius: float) -> Ints:
        """Return the rows of the cells whose centre lies within ``radius`` metres."""
        return np.sort(np.asarray(self.tree.query_ball_point((x, y), radius), dtype=np.int64))


def _cells_of(shape: BaseGeometry) -> Ints:
    parts = [part for part in get_parts(shape) if isinstance(part, Polygon)]
    return np.concatenate([hexagons.cells_within(part) for part in parts])


def land() -> Land:
    """Return every res-9 hexagon of the 342 gemeenten, ordered by cell."""
    shapes = areas.gemeenten().geometry.to_crs(DEGREES)
    cells = [_cells_of(shape) for shape in shapes]
    gemeente = np.repeat(np.arange(len(cells)), [len(found) for found in cells])
    cell, first = np.unique(np.concatenate(cells), return_index=True)
    x, y = to_rd(*hexagons.centres(cell))
    return Land(cell, x, y, gemeente[first], cKDTree(np.column_stack((x, y))))
