"""Finds which areas lie beside each other: hexagons by their grid, others by a shared border."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from geo import hexagons

TOUCHING_M = 1.0
"""Borders this close count as shared: border files have slivers narrower than this."""

Ints = NDArray[np.int64]


class Pairs(NamedTuple):
    """Neighbours ``first[i]`` and ``second[i]``, by their position in the list; each pair once."""

    first: Ints
    second: Ints


def hexagon_pairs(cells: Ints) -> Pairs:
    """Return which of ``cells`` (distinct, of one resolution, shape (n,)) share an edge."""
    order = np.argsort(cells)
    ordered = cells[order]
    around = hexagons.rings(cells)
    owner = np.repeat(np.arange(len(cells)), [len(ring) for ring in around])
    beside = np.concatenate([*around, np.array([], dtype=np.int64)])
    spot = np.searchsorted(ordered, beside).clip(0, max(len(cells) - 1, 0))
    there = ordered[spot] == beside if len(cells) else np.zeros(0, dtype=bool)
    first, second = owner[there], order[spot[there]]
    once = first < second
    return Pairs(first[once], second[once])


def area_pairs(areas: gpd.GeoDataFrame) -> Pairs:
    """Return which ``areas`` (EPSG:28992) share a border or come within TOUCHING_M of it."""
    shapes = areas.geometry.to_numpy()
    tree = areas.sindex
    first, second = tree.query(shapes, predicate="dwithin", distance=TOUCHING_M)
    once = first < second
    return Pairs(first[once].astype(np.int64), second[once].astype(np.int64))
