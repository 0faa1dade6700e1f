"""H3 hexagons: the only file that imports h3.

Cells are signed 64-bit integers here and in the stores; anything that reaches a browser is a
hexadecimal string, because JavaScript loses 64-bit integers.
"""

from collections.abc import Iterable

import h3.api.basic_int as h3
import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely import Polygon

FINEST = 9
"""Resolution at which points are stored (about 0.09 km2 a cell in the Netherlands)."""

Cells = NDArray[np.int64]


def index_points(lon: ArrayLike, lat: ArrayLike, resolution: int = FINEST) -> Cells:
    """Return the cell of each point (degrees, shape (n,)) as int64, shape (n,)."""
    lons, lats = np.asarray(lon, dtype=float).tolist(), np.asarray(lat, dtype=float).tolist()
    cell_of = h3.latlng_to_cell
    cells = (cell_of(y, x, resolution) for x, y in zip(lons, lats, strict=True))
    return np.fromiter(cells, dtype=np.int64, count=len(lons))


def parents(cells: ArrayLike, resolution: int) -> Cells:
    """Return the cell of ``resolution`` above each cell, shape (n,)."""
    values = np.asarray(cells, dtype=np.int64).tolist()
    above = (h3.cell_to_parent(cell, resolution) for cell in values)
    return np.fromiter(above, dtype=np.int64, count=len(values))


def centres(cells: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return longitude and latitude (degrees) of the centre of each cell."""
    values = np.asarray(cells, dtype=np.int64).tolist()
    points = np.array([h3.cell_to_latlng(cell) for cell in values], dtype=float).reshape(-1, 2)
    return points[:, 1], points[:, 0]


def areas_km2(cells: ArrayLike) -> NDArray[np.float64]:
    """Return each cell's own area in km2: H3 cells differ in size."""
    values = np.asarray(cells, dtype=np.int64).tolist()
    sizes = (h3.cell_area(cell, unit="km^2") for cell in values)
    return np.fromiter(sizes, dtype=np.float64, count=len(values))


def cells_within(polygon: Polygon, resolution: int = FINEST) -> Cells:
    """Return the cells whose centre lies in ``polygon`` (degrees).

    Containment by centre is the only rule under which a country is divided without overlap.
    """
    outer = [(y, x) for x, y in polygon.exterior.coords]
    holes = [[(y, x) for x, y in ring.coords] for ring in polygon.interiors]
    return np.array(h3.h3shape_to_cells(h3.LatLngPoly(outer, *holes), resolution), dtype=np.int64)


def rings(cells: ArrayLike) -> list[Cells]:
    """Return the cells that share an edge with each cell: six, or five around a pentagon."""
    values = np.asarray(cells, dtype=np.int64).tolist()
    return [np.array(h3.grid_ring(cell, 1), dtype=np.int64) for cell in values]


def outline(cell: int) -> list[list[float]]:
    """Return the cell's closed ring of [longitude, latitude]."""
    ring = [[lon, lat] for lat, lon in h3.cell_to_boundary(cell)]
    return [*ring, ring[0]]


def to_text(cells: Iterable[int]) -> list[str]:
    """Return each cell as the hexadecimal string that browsers and people use."""
    return [h3.int_to_str(int(cell)) for cell in cells]


def from_text(text: str) -> int | None:
    """Return the cell of a hexadecimal string, or None when it is not one."""
    try:
        cell = h3.str_to_int(text)
    except ValueError:
        return None
    return int(cell) if h3.is_valid_cell(cell) else None


def resolution_of(cell: int) -> int:
    """Return a cell's resolution."""
    return int(h3.get_resolution(cell))
