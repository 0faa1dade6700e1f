"""Where the places of each level lie, and which lie beside each other, numbered as in a release."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.neighbours import from_pairs
from geo import hexagons
from geo.coordinates import to_rd
from geo.neighbours import area_pairs, hexagon_pairs
from release.placing import Placer
from release.tables import Prepared
from store.release import LEVEL_NUMBERS

AREAS = ("gemeente", "wijk", "buurt")
HEXAGONS = ("hex7", "hex8", "hex9")


class Surroundings(NamedTuple):
    """The places of a level: ``ids`` (n,) rising, ``points`` (n, 2) in metres, RD New.

    ``near`` (n, n) holds 1 where two places share a border.
    """

    ids: NDArray[np.int64]
    points: NDArray[np.float64]
    near: csr_array


def surroundings(prepared: Prepared, placer: Placer) -> dict[int, Surroundings]:
    """Return the surroundings of every level with neighbours, by the level's number."""
    found = {
        LEVEL_NUMBERS[level]: _of_areas(prepared, level, placer.layers[level])
        for level in AREAS
        if level in placer.layers
    }
    for level in HEXAGONS:
        own = prepared.hexagons[prepared.hexagons["level"] == level].sort_values("id")
        cells = own["cell"].to_numpy(dtype=np.int64)
        pairs = hexagon_pairs(cells)
        near = from_pairs(pairs.first, pairs.second, len(cells))
        points = np.column_stack(to_rd(*hexagons.centres(cells)))
        found[LEVEL_NUMBERS[level]] = Surroundings(own["id"].to_numpy(), points, near)
    return found


def _of_areas(prepared: Prepared, level: str, layer: gpd.GeoDataFrame) -> Surroundings:
    ids = prepared.official.loc[prepared.official["level"] == level, "id"].to_numpy()
    pairs = area_pairs(layer)
    middle = layer.geometry.representative_point()
    points = np.column_stack([middle.x, middle.y])
    return Surroundings(ids, points, from_pairs(pairs.first, pairs.second, len(ids)))
