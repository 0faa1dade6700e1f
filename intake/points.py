"""Reads the points of a delivery, in the system that they show, and marks those at fault.

Within the Netherlands the ranges of RD New and degrees do not overlap, nor do those of x and y in
either. So the values themselves show the system, and whether x and y were swapped.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.area_lookup import BORDER_TOLERANCE_M
from geo.areas import gemeenten
from geo.coordinates import to_lonlat, to_rd
from geo.hexagons import index_points
from intake.fault_collector import Booleans, FaultCollector, Rows
from intake.numbers import Floats

System = Literal["RD New", "degrees"]

CRS: dict[System, str] = {"RD New": "EPSG:28992", "degrees": "EPSG:4326"}

RANGES: dict[System, tuple[float, float, float, float]] = {
    "RD New": (0.0, 300_000.0, 300_000.0, 630_000.0),
    "degrees": (2.5, 7.5, 50.0, 54.5),
}
"""Least and greatest x, least and greatest y, of anything in or near the Netherlands."""

MARGIN_M = BORDER_TOLERANCE_M
"""Points this far beyond the borders still count as inside: shipped borders are simplified."""

SIMPLIFIED_M = 200.0

INSIDE = f"a point in the Netherlands, at most {MARGIN_M / 1000:g} km beyond its border"
ORDER = "x (east) first and y (north) second"


@dataclass(frozen=True)
class Points:
    """Longitude, latitude (degrees) and res-9 hexagon of each record, shape (n,)."""

    lon: Floats
    lat: Floats
    cell: NDArray[np.int64]
    system: System


def in_range(x: Floats, y: Floats, system: System) -> Booleans:
    """Return which points can lie in or near the Netherlands in ``system``, shape (n,)."""
    left, right, bottom, top = RANGES[system]
    return (x >= left) & (x <= right) & (y >= bottom) & (y <= top)


def any_in_range(x: Floats, y: Floats) -> bool:
    """Return whether any point fits any system, also with x and y swapped."""
    return any(
        bool(in_range(*pair, system).any()) for system in RANGES for pair in ((x, y), (y, x))
    )


def recognise_system(x: Floats, y: Floats) -> System:
    """Return the system that most points fit; where none fits, their magnitude decides."""
    fitting = {
        system: int((in_range(x, y, system) | in_range(y, x, system)).sum()) for system in RANGES
    }
    if any(fitting.values()):
        return max(fitting, key=lambda system: fitting[system])
    known = np.abs(np.concatenate([x, y]))
    known = known[~np.isnan(known)]
    return "degrees" if known.size and np.median(known) <= 360 else "RD New"


def read_points(x: Floats, y: Floats, collector: FaultCollector) -> Points:
    """Return the point of each record; those that cannot be true are marked as faults.

    ``x`` and ``y`` are as delivered, shape (n,), NaN where missing. A record at fault gets a point
    in the middle of the country instead of its own.
    """
    system = recognise_system(x, y)
    other: System = "degrees" if system == "RD New" else "RD New"
    fits = in_range(x, y, system)
    given = ~np.isnan(x) & ~np.isnan(y)
    swapped = ~fits & (in_range(y, x, system) | in_range(y, x, other))
    elsewhere = ~fits & in_range(x, y, other)
    safe_x, safe_y = (
        np.where(fits, values, _middle(system, axis)) for axis, values in enumerate((x, y))
    )
    if system == "RD New":
        lon, lat = to_lonlat(safe_x, safe_y)
        rd = safe_x, safe_y
    else:
        lon, lat = safe_x, safe_y
        rd = to_rd(lon, lat)
    outside = given & ~(fits & near_netherlands(*rd))
    if (outside | swapped | elsewhere).any():

        def found(rows: Rows) -> list[str]:
            return [f"{x[row]:.10g}, {y[row]:.10g}" for row in rows]

        def found_swapped(rows: Rows) -> list[str]:
            return [f"{point}: x and y look swapped" for point in found(rows)]

        collector.add("x", swapped, ORDER, found_swapped)
        collector.add("x", elsewhere, f"{system} like the rest of the file, not {other}", found)
        collector.add("x", outside, f"{INSIDE} ({system})", found)
    return Points(lon, lat, index_points(lon, lat), system)


def near_netherlands(x: Floats, y: Floats) -> Booleans:
    """Return which points (RD New, metres) lie within MARGIN_M of a gemeente, shape (n,)."""
    return np.asarray(shapely.contains_xy(_surroundings(), x, y), dtype=bool)


@cache
def _surroundings() -> shapely.Geometry:
    wide = gemeenten().geometry.simplify(SIMPLIFIED_M).buffer(MARGIN_M, quad_segs=8)
    country = wide.union_all()
    shapely.prepare(country)
    return country


def _middle(system: System, axis: int) -> float:
    least, greatest = RANGES[system][2 * axis : 2 * axis + 2]
    return (least + greatest) / 2
