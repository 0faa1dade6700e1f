"""The shipped ground of maps: land abroad, roads, railways, places abroad; public, and the same
for every release (data/ground)."""

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

import pandas as pd
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.areas import DATA
from geo.lines import Lines, lines_of

SHIPPED_GROUND = DATA / "ground" / "ground.geojson"
ABROAD = DATA / "ground" / "abroad.csv"
CREDIT = DATA / "ground" / "ATTRIBUTION.txt"

KINDS = ("land", "road", "minor_road", "rail")
DEGREE = 10_000
"""Steps in a degree: 7 to 11 m, ten times finer than the sources are."""


@dataclass(frozen=True)
class NamedAbroad:
    """A large place outside the Netherlands (degrees), with its inhabitants."""

    name: str
    lon: float
    lat: float
    population: int


@dataclass(frozen=True, eq=False)
class Ground:
    """Lines by kind (``KINDS``; of land the outlines), and places abroad, the largest first.

    ``credit`` is what a map of it must show; ``digest`` differs where anything of it does.
    """

    lines: dict[str, Lines]
    abroad: tuple[NamedAbroad, ...]
    credit: str
    digest: str


@cache
def shipped_ground() -> Ground:
    """Return the ground that is shipped."""
    contents = [path.read_bytes() for path in (SHIPPED_GROUND, ABROAD)]
    features = json.loads(contents[0])["features"]
    shapes = {found["properties"]["kind"]: shape(found["geometry"]) for found in features}
    table = pd.read_csv(ABROAD)
    return Ground(
        {kind: lines_of(_parts(shapes[kind]), DEGREE) for kind in KINDS},
        tuple(
            NamedAbroad(str(name), float(lon), float(lat), int(population))
            for name, lat, lon, population in table.itertuples(index=False, name=None)
        ),
        CREDIT.read_text(encoding="utf-8").strip(),
        sha256(b"".join(contents)).hexdigest()[:16],
    )


def _parts(found: BaseGeometry) -> list[BaseGeometry]:
    """Return the lines of a shape; of areas their outer rings."""
    parts = shapely.get_parts(found)
    areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings: list[BaseGeometry] = [*shapely.get_exterior_ring(parts[areas]), *parts[~areas]]
    return rings
