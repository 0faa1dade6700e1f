"""Reads the points of a delivery, in the system that they show, and marks those at fault.

Within the Netherlands the ranges of RD New and degrees do not overlap, nor do those of x and y in
either. So the values themselves show the system, and whether x and y were swapped.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from geo.coordinates import to_lonlat, to_rd
from geo.surroundings import MARGIN_M, near_netherlands
from intake.arrays import Booleans, Floats, Integers
from intake.fault_collector import CellFaults

System = Literal["RD New", "degrees"]

CRS: dict[System, str] = {"RD New": "EPSG:28992", "degrees": "EPSG:4326"}

RANGES: dict[System, tuple[float, float, float, float]] = {
    "RD New": (0.0, 300_000.0, 300_000.0, 630_000.0),
    "degrees": (2.5, 7.5, 50.0, 54.5),
}
"""Least and greatest x, least and greatest y, of anything in or near the Netherlands."""

A_CIRCLE = 360
"""No angle is greater; the RD coordinates of the Netherlands all are."""

INSIDE = f"a point in the Netherlands, at most {MARGIN_M / 1000:g} km beyond its border"
ORDER = "x (east) first and y (north) second"


@dataclass(frozen=True)
class Points:
    """Longitude and latitude (degrees) of each record, shape (n,)."""

    lon: Floats
    lat: Floats


@dataclass
class Spread:
    """What the coordinates of a delivery show together: the system that they are in.

    ``fitting`` counts the points that can lie in or near the Netherlands in each system, also with
    x and y swapped.
    """

    fitting: dict[System, int] = field(default_factory=lambda: dict.fromkeys(RANGES, 0))
    _small: int = 0
    _large: int = 0
    _around: tuple[float, float] = (-np.inf, np.inf)

    def add(self, x: Floats, y: Floats) -> None:
        """Take in more points, shape (n,) each."""
        for system in RANGES:
            fits = in_range(x, y, system) | in_range(y, x, system)
            self.fitting[system] += int(fits.sum())
        sizes = np.abs(np.concatenate([x, y]))
        small, large = sizes[sizes <= A_CIRCLE], sizes[sizes > A_CIRCLE]
        self._small, self._large = self._small + small.size, self._large + large.size
        below, above = self._around
        self._around = small.max(initial=below), large.min(initial=above)

    @property
    def fits_any(self) -> bool:
        """Whether any point fits any system."""
        return any(self.fitting.values())

    @property
    def system(self) -> System:
        """The system that most points fit; where none fits, the median of magnitudes decides."""
        if self.fits_any:
            return max(self.fitting, key=lambda system: self.fitting[system])
        if self._small == self._large:
            return "degrees" if self._small and sum(self._around) / 2 <= A_CIRCLE else "RD New"
        return "degrees" if self._small > self._large else "RD New"


def in_range(x: Floats, y: Floats, system: System) -> Booleans:
    """Return which points can lie in or near the Netherlands in ``system``, shape (n,)."""
    left, right, bottom, top = RANGES[system]
    return (x >= left) & (x <= right) & (y >= bottom) & (y <= top)


def read_points(x: Floats, y: Floats, system: System, cells: CellFaults) -> Points:
    """Return the point of each record; those that cannot be true are marked as faults.

    ``x`` and ``y`` are as delivered, in ``system``, shape (n,), NaN where missing. A record at
    fault gets a point in the middle of the country instead of its own.
    """
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

        def found(rows: Integers) -> list[str]:
            return [f"{x[row]:.10g}, {y[row]:.10g}" for row in rows]

        def found_swapped(rows: Integers) -> list[str]:
            return [f"{point}: x and y look swapped" for point in found(rows)]

        cells.add("x", swapped, ORDER, found_swapped)
        cells.add("x", elsewhere, f"{system} like the rest of the file, not {other}", found)
        cells.add("x", outside, f"{INSIDE} ({system})", found)
    return Points(lon, lat)


def _middle(system: System, axis: int) -> float:
    least, greatest = RANGES[system][2 * axis : 2 * axis + 2]
    return (least + greatest) / 2
