"""Roads and railways near the Netherlands, thinned to what a map of the country can show."""

from collections.abc import Iterable

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from tools.ground.archives import Graph, Nodes

Pairs = NDArray[np.int64]
Shapes = NDArray[np.object_]

GRID = 500
"""Cells in a degree of which the nodes become one, in their middle: 220 m, so that tracks beside
each other are one line."""

SMOOTH = 60.0
"""Metres by which a line may be simplified: far below a node's own precision of 100 m."""

SHORTEST = 1_500.0
"""Metres of a line that ends nowhere, below which it is left out: sidings and ramps."""


class Network:
    """A network of which near nodes are one: ``points`` (n, 2) in degrees, ``ends`` (m, 2)."""

    def __init__(self, graph: Graph, nodes: Nodes, near: BaseGeometry) -> None:
        """Keep the edges whose ends lie ``near``, an area in degrees."""
        places = np.array(nodes)[:, ::-1]
        inside = shapely.contains_xy(near, places)
        edges = np.array(
            [(a, b) for a in np.flatnonzero(inside) for b in graph[a] if a < b and inside[b]]
        )
        used, among = np.unique(edges, return_inverse=True)
        cells = np.rint(places[used] * GRID)
        _, cell = np.unique(cells, axis=0, return_inverse=True)
        pairs = np.unique(np.sort(cell[among].reshape(-1, 2), axis=1), axis=0)
        sums = np.stack([np.bincount(cell, places[used, axis]) for axis in (0, 1)], axis=1)
        self.points = np.round(sums / np.bincount(cell)[:, None], 4)
        self.ends: Pairs = pairs[pairs[:, 0] != pairs[:, 1]]

    @property
    def lengths(self) -> NDArray[np.float64]:
        """Lengths of the edges (m,) in metres."""
        return shapely.length(_metric(self._edges()))

    def used(self, places: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return by edge (m,) how many shortest ways between ``places`` (k, 2) run over it."""
        n = len(self.points)
        a, b = self.ends.T
        matrix = coo_array((self.lengths, (a, b)), shape=(n, n)).tocsr()
        tree = shapely.STRtree([Point(at) for at in self.points])
        terminals = np.unique(tree.nearest(shapely.points(places)))
        distance, before = dijkstra(
            matrix, directed=False, indices=terminals, return_predecessors=True
        )
        counted = np.zeros(len(self.ends), np.int64)
        edge = {(int(low), int(high)): i for i, (low, high) in enumerate(self.ends)}
        for ways, far in zip(before, distance, strict=True):
            passing = np.zeros(n, np.int64)
            passing[terminals] = 1
            for node in np.argsort(far)[::-1]:
                if passing[node] and ways[node] >= 0 and np.isfinite(far[node]):
                    passing[ways[node]] += passing[node]
                    pair = (min(node, ways[node]), max(node, ways[node]))
                    counted[edge[pair]] += passing[node]
        return counted

    def strokes(self, kept: NDArray[np.bool_]) -> Shapes:
        """Return the lines (k,) in degrees that the kept edges make, simplified, without stubs."""
        merged = shapely.line_merge(shapely.multilinestrings(_metric(self._edges()[kept])))
        lines = shapely.get_parts(merged)
        ends = np.concatenate([_ends(lines, 0), _ends(lines, -1)])
        _, inverse, many = np.unique(ends, return_inverse=True, return_counts=True)
        loose = (many[inverse].reshape(2, -1) == 1).any(axis=0)
        lines = lines[~loose | (shapely.length(lines) > SHORTEST)]
        return _degrees(shapely.simplify(lines, SMOOTH))

    def _edges(self) -> Shapes:
        return np.array([LineString(points) for points in self.points[self.ends]])


def _ends(lines: Shapes, at: int) -> NDArray[np.complex128]:
    """Return one end of each line as a complex number, so that ends can be told apart."""
    points = shapely.get_point(lines, at)
    return np.round(shapely.get_x(points)) + 1j * np.round(shapely.get_y(points))


def _metric(shapes: Iterable[BaseGeometry]) -> Shapes:
    found = geopandas.GeoSeries(list(shapes), crs=4326).to_crs(28992)
    return np.array(found)


def _degrees(shapes: Iterable[BaseGeometry]) -> Shapes:
    found = geopandas.GeoSeries(list(shapes), crs=28992).to_crs(4326)
    return np.array(found)
