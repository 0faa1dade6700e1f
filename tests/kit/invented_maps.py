"""Invented countries for simulations: real and regular maps, and places that differ in size."""

from typing import NamedTuple

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.neighbours import from_pairs
from geo import areas, hexagons
from geo.coordinates import to_rd
from geo.neighbours import area_pairs, hexagon_pairs

Floats = NDArray[np.float64]


class Map(NamedTuple):
    """Where places lie, in metres, and which share a border."""

    points: Floats
    near: csr_array


def gemeenten() -> Map:
    layer = areas.gemeenten()
    pairs, middle = area_pairs(layer), layer.geometry.representative_point()
    near = from_pairs(pairs.first, pairs.second, len(layer))
    return Map(np.column_stack([middle.x, middle.y]), near)


def lattice() -> Map:
    cells = np.sort(hexagons.cells_within(shapely.box(4.8, 51.4, 5.4, 51.75), 7))
    pairs = hexagon_pairs(cells)
    near = from_pairs(pairs.first, pairs.second, len(cells))
    return Map(np.column_stack(to_rd(*hexagons.centres(cells))), near)


def exposures(land: Map, mean: float, towns: bool, chance: Generator) -> Floats:
    """Return what places expect: lognormal, and alike among neighbours where there are towns."""
    drawn = chance.normal(size=len(land.points))
    if towns:
        for _ in range(3):
            drawn = (drawn + land.near @ drawn) / (1 + land.near.sum(axis=1))
        drawn = drawn / drawn.std() + 0.5 * chance.normal(size=len(drawn))
    size = np.exp(drawn)
    return np.asarray(size * mean / size.mean())


def own_rates(places: int, differ: bool, chance: Generator) -> Floats:
    """Return rates with mean 1 that know nothing of each other; differing, by half of that."""
    return chance.gamma(4, 1 / 4, places) if differ else np.ones(places)
