"""What placing points in areas costs, against geopandas.sjoin in the same run.

As many areas as the Netherlands has buurten, invented: the country divided around random points,
with borders that are bent. All together they are as long as the real ones (some 90,000 km) and
they have 60 corners an area; as many points lie around each. sjoin gets points that are in RD New
already, and ours are in degrees, as records are; what it costs from degrees is measured apart. It
is asked as it is by default, and with the predicate that goes another way about it. Figures are
seconds of processor time, the least of two. Run it: ``make bench BENCHMARKS=points``.
"""

import resource
import time
from collections.abc import Callable
from typing import TypeVar

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from benchmarks import Quick, Ratios
from benchmarks._least import least
from geo.area_lookup import area_rows
from geo.areas import gemeenten
from geo.coordinates import DEGREES, RD, to_lonlat
from tools.goals import at_least

AREAS = 14_568
POINTS = 4_000_000
FEW = 10
TIMES = 2

IN_TOWN, TOWN_M = 25, 1_000.0
ON_LAND = 4
"""Buurten in a town and how far they lie from its middle; one in so many lies anywhere."""

CORNER_M = 100.0
"""Borders have a corner every so many metres, at the least."""

WAVES = ((2_300.0, 130.0), (900.0, 60.0), (370.0, 25.0))
"""Lengths and heights, in metres, of the waves that bend borders."""

AS_USUAL = "geopandas.sjoin intersects, to area_rows"
GOALS = {AS_USUAL: at_least(4)}
QUICK: Quick = {AS_USUAL: "more"}

Floats = NDArray[np.float64]
Result = TypeVar("Result")


def _areas(number: int, chance: np.random.Generator) -> gpd.GeoDataFrame:
    """Return so many areas: each gemeente has middles by the root of its surface, most in towns."""
    shapes = gemeenten().geometry
    share = np.sqrt(shapes.area.to_numpy())
    bound = np.rint(np.cumsum(share) / share.sum() * number).astype(int)
    middles = np.concatenate(
        [
            _middles(shape, int(parts), chance)
            for shape, parts in zip(shapes, np.diff(bound, prepend=0), strict=True)
        ]
    )
    country = shapes.union_all()
    around = shapely.voronoi_polygons(shapely.multipoints(middles), extend_to=country)
    parts = shapely.intersection(shapely.get_parts(around), country)
    bent = shapely.transform(shapely.segmentize(parts, CORNER_M), _bent)
    return gpd.GeoDataFrame(geometry=shapely.make_valid(bent), crs=RD)


def _middles(shape: BaseGeometry, parts: int, chance: np.random.Generator) -> Floats:
    """Return points in a shape, shape (parts, 2)."""
    low, high = np.reshape(shape.bounds, (2, 2))
    shapely.prepare(shape)
    middles = np.empty((0, 2))
    while len(middles) < parts:
        towns = chance.uniform(low, high, (parts // IN_TOWN + 1, 2))
        tried = np.repeat(towns, IN_TOWN, axis=0)
        tried = tried + chance.normal(0, TOWN_M, tried.shape)
        tried[::ON_LAND] = chance.uniform(low, high, tried[::ON_LAND].shape)
        middles = np.concatenate([middles, tried[shapely.contains_xy(shape, tried)]])
    return middles[:parts]


def _bent(xy: Floats) -> Floats:
    """Move each corner by waves of where it lies: what touches still touches."""
    for length, height in WAVES:
        xy = xy + height * np.sin(xy[:, ::-1] * (2 * np.pi / length))
    return xy


def _points(
    number: int, areas: gpd.GeoDataFrame, chance: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return so many points in the boxes of areas, as many in each."""
    left, bottom, right, top = areas.bounds.to_numpy()[chance.integers(0, len(areas), number)].T
    return to_lonlat(chance.uniform(left, right), chance.uniform(bottom, top))


def _seconds(call: Callable[[], Result], times: int) -> tuple[float, Result]:
    """Return the least seconds of a call, and what it gave."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        result = call()
        taken.append(time.process_time() - start)
    return min(taken), result


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _of_each(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many points lie in each area."""
    return np.bincount(rows[rows >= 0], minlength=AREAS)


def main() -> dict[str, float]:
    chance = np.random.default_rng(1)
    areas = _areas(AREAS, chance)
    lon, lat = _points(POINTS, areas, chance)
    corners = shapely.get_num_coordinates(areas.geometry.to_numpy()).sum()
    print(f"{POINTS:,} points, {AREAS:,} areas with {corners:,} corners; seconds of processor time")

    def own(points: int) -> NDArray[np.int64]:
        return area_rows(lon[:points], lat[:points], areas, tolerance_m=0)

    def join(points: gpd.GeoDataFrame, predicate: str) -> NDArray[np.int64]:
        found = gpd.sjoin(points, areas, predicate=predicate)
        return found["index_right"].to_numpy(dtype=np.int64)

    own(FEW)
    before = _peak_mb()
    mine, rows = _seconds(lambda: own(POINTS), TIMES)
    print(
        f"{'Weerbeeld, from degrees':42}{mine:8.2f}, {_peak_mb() - before:.0f} MB more at its peak"
    )
    made, points = _seconds(
        lambda: gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat, crs=DEGREES)).to_crs(RD),
        TIMES,
    )
    print(f"{'geopandas, points in RD New from degrees':42}{made:8.2f}")
    ratios: dict[str, float] = {}
    for predicate in ("intersects", "within"):
        taken, theirs = _seconds(lambda how=predicate: join(points, how), TIMES)  # type: ignore[misc]
        if (_of_each(rows) != _of_each(theirs)).any():
            raise SystemExit("counts must be those of geopandas.sjoin")
        few, _ = _seconds(lambda how=predicate: join(points[:FEW], how), 20)  # type: ignore[misc]
        own_few, _ = _seconds(lambda: own(FEW), 20)
        print(f"{f'geopandas.sjoin, {predicate}':42}{taken:8.2f}, {taken / mine:.1f} x")
        print(f"{f'  {FEW} points':42}{few * 1000:8.2f} ms, {few / own_few:.1f} x")
        ratios |= {
            f"geopandas.sjoin {predicate}, to area_rows": taken / mine,
            f"geopandas.sjoin {predicate} from degrees, to area_rows": (made + taken) / mine,
            f"geopandas.sjoin {predicate}, to area_rows, {FEW} points": few / own_few,
        }
    return ratios


def quick() -> Ratios:
    """Compare on a tenth of the areas and fewer points."""
    chance = np.random.default_rng(1)
    areas = _areas(AREAS // 10, chance)
    lon, lat = _points(POINTS // 20, areas, chance)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat, crs=DEGREES)).to_crs(RD)
    theirs, own = least(
        {
            "geopandas.sjoin": lambda: gpd.sjoin(points, areas),
            "Weerbeeld": lambda: area_rows(lon, lat, areas, tolerance_m=0),
        }
    ).values()
    return {AS_USUAL: theirs / own}
