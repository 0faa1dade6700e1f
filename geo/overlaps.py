"""Gives land that is drawn in several areas to the smallest of them.

So a small area keeps its land where a coarsely drawn large one covers it. Of areas with equal
surface, the first by code gets the land.
"""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from errors import WeerbeeldError
from geo.faces import Faces
from geo.mending_report import Mended, Rule, first_codes

MOST_LOST = 0.5
"""Share of its surface that an area may lose to smaller ones."""

MOST_OVERLAP = 0.05
"""Share of all land that may be drawn in more than one area."""


def smallest_owner(faces: Faces, areas: gpd.GeoDataFrame) -> NDArray[np.intp]:
    """Return the number of the smallest area over each face, and -1 for a gap."""
    surfaces = areas.geometry.area.to_numpy()
    rank = areas["code"].rank(method="first").to_numpy()
    order = np.lexsort((rank[faces.area], surfaces[faces.area], faces.face))
    covered, first = np.unique(faces.face[order], return_index=True)
    owner = np.full(len(faces.shapes), -1)
    owner[covered] = faces.area[order][first]
    return owner


def refuse_another_map(faces: Faces, owner: NDArray[np.intp], areas: gpd.GeoDataFrame) -> None:
    """Raise WeerbeeldError when too much overlaps to be careless drawing."""
    surface = faces.surfaces[faces.face]
    kept = np.where(owner[faces.face] == faces.area, surface, 0.0)
    drawn, left = (np.bincount(faces.area, part, len(areas)) for part in (surface, kept))
    lost = left <= (1 - MOST_LOST) * drawn
    if lost.any():
        raise WeerbeeldError(
            f"Smaller areas are drawn over at least {MOST_LOST:.0%} of "
            f"{first_codes(areas.loc[lost, 'code'])}, expected each piece of land in one area."
        )
    twice = faces.surfaces[faces.layers > 1].sum() / faces.surfaces[faces.layers > 0].sum()
    if twice > MOST_OVERLAP:
        raise WeerbeeldError(
            f"{twice:.1%} of the land is drawn in more than one area, expected at most "
            f"{MOST_OVERLAP:.0%}."
        )


def overlaps(faces: Faces, owner: NDArray[np.intp], areas: gpd.GeoDataFrame) -> Iterator[Mended]:
    """Give, for each pair of areas, the surface that one lost to the other."""
    lost = (owner[faces.face] != faces.area) & faces.wide[faces.face]
    face = faces.face[lost]
    pieces = pd.DataFrame(
        {"loser": faces.area[lost], "winner": owner[face], "m2": faces.surfaces[face]}
    )
    pairs = pieces.groupby(["loser", "winner"], as_index=False).sum()
    codes, names = areas["code"].to_numpy(), areas["name"].to_numpy()
    columns = (pairs[column].to_numpy() for column in ("loser", "winner", "m2"))
    for loser, winner, m2 in zip(*columns, strict=True):
        yield Mended(Rule.OVERLAP, codes[loser], names[loser], float(m2), codes[winner])
