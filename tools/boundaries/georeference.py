"""Lay the image on the RD New grid by fitting its coast and outer border on the CBS outline."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from tools.boundaries.raster import Pieces

Floats = NDArray[np.float64]
FAR_AT_FIRST_M, FAR_AT_LAST_M, STEPS = 3000.0, 250.0, 80
OUTLINE_STEP_M = 50.0


@dataclass(frozen=True)
class Grid:
    """x = left + dx * column and y = top + dy * row, in metres RD New, for corners of cells."""

    left: float
    top: float
    dx: float
    dy: float

    @property
    def cell_km2(self) -> float:
        """What one cell covers."""
        return abs(self.dx * self.dy) / 1e6

    def to_rd(self, columns_rows: Floats) -> Floats:
        """(n, 2) corners of cells to (n, 2) RD New."""
        return columns_rows * [self.dx, self.dy] + [self.left, self.top]

    def cell(self, x: Floats, y: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Row and column of the cells that hold these RD New points."""
        column = np.floor((x - self.left) / self.dx).astype(np.int64)
        return np.floor((y - self.top) / self.dy).astype(np.int64), column


def fit(pieces: Pieces, outline: BaseGeometry) -> Grid:
    """Least squares on the nearest outline point, ever nearer ones counting; no rotation."""
    shore = _shore(pieces.labels > 0)
    target = shapely.get_coordinates(shapely.segmentize(outline.boundary, OUTLINE_STEP_M))
    tree = cKDTree(target)
    low, high = shore.min(axis=0), shore.max(axis=0)
    west, south, east, north = outline.bounds
    dx, dy = (east - west) / (high[0] - low[0]), (south - north) / (high[1] - low[1])
    left, top = west - dx * low[0], north - dy * low[1]
    for step in range(STEPS):
        distance, nearest = map(np.asarray, tree.query(shore * [dx, dy] + [left, top]))
        near = distance < max(FAR_AT_LAST_M, FAR_AT_FIRST_M * 0.8**step)
        here, there = shore[near], target[nearest[near]]
        dx, left = np.polyfit(here[:, 0], there[:, 0], 1)
        dy, top = np.polyfit(here[:, 1], there[:, 1], 1)
    return Grid(*(round(float(value), 4) for value in (left, top, dx, dy)))


def cbs_outline(chart: Path) -> BaseGeometry:
    """The country in RD New, from the paths of a CBS chart (web mercator, y negated)."""
    to_rd = Transformer.from_crs(3857, 28992, always_xy=True)
    regions = json.loads(chart.read_text(encoding="utf-8"))["options"]["chart"]["map"]
    rings = [ring for region in regions for ring in _rings(region["path"])]
    parts = shapely.make_valid(np.array([shapely.Polygon(ring) for ring in rings]))
    return shapely.transform(
        shapely.union_all(parts), lambda c: np.column_stack(to_rd.transform(c[:, 0], -c[:, 1]))
    )


def _rings(path: list[str | float]) -> list[list[tuple[float, float]]]:
    rings: list[list[tuple[float, float]]] = []
    numbers: list[float] = []
    for item in path:
        if item == "M":
            rings.append([])
        elif not isinstance(item, str):
            numbers.append(float(item))
            if len(numbers) == 2:
                rings[-1].append((numbers[0], numbers[1]))
                numbers = []
    return [ring for ring in rings if len(ring) > 2]


def _shore(land: NDArray[np.bool_]) -> Floats:
    """Middles of the cell sides between land and sea, as (n, 2) column and row."""
    rows, columns = np.nonzero(land[:, 1:] != land[:, :-1])
    upright = np.column_stack([columns + 1.0, rows + 0.5])
    rows, columns = np.nonzero(land[1:] != land[:-1])
    return np.vstack([upright, np.column_stack([columns + 0.5, rows + 1.0])])
