"""Turn a grid of codes into polygons whose neighbours share every vertex of their border."""

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from tools.boundaries.georeference import Grid

Floats = NDArray[np.float64]
SMOOTHING_CELLS = 2.0
SIMPLIFY_M = 100.0


def polygons(areas: NDArray[np.int64], grid: Grid) -> dict[int, shapely.Geometry]:
    """Polygon in RD New of each number above 0 in `areas` (rows, columns); 0 is no area."""
    arcs = [_smoothed(arc) for arc in _arcs(areas)]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(arcs)]))
    inside = shapely.get_coordinates(shapely.point_on_surface(faces))
    numbers = areas[inside[:, 1].astype(np.int64), inside[:, 0].astype(np.int64)]
    present = [int(number) for number in np.unique(numbers) if number > 0]
    merged = np.array([shapely.coverage_union_all(faces[numbers == n]) for n in present])
    on_map = shapely.transform(merged, grid.to_rd)
    return dict(zip(present, shapely.coverage_simplify(on_map, SIMPLIFY_M), strict=True))


def _arcs(areas: NDArray[np.int64]) -> list[Floats]:
    """Borders between areas along cell sides, each from one meeting point to the next."""
    padded = np.pad(areas, 1)
    rows, columns = np.nonzero(padded[:, 1:] != padded[:, :-1])
    upright = np.stack([columns, rows - 1, columns, rows], axis=1)
    rows, columns = np.nonzero(padded[1:] != padded[:-1])
    level = np.stack([columns - 1, rows, columns, rows], axis=1)
    sides = np.vstack([upright, level]).reshape(-1, 2, 2).astype(np.float64)
    lines = np.asarray(shapely.linestrings(sides))
    merged = shapely.line_merge(shapely.multilinestrings(lines))
    return [shapely.get_coordinates(arc) for arc in shapely.get_parts(merged)]


def _smoothed(arc: Floats) -> shapely.Geometry:
    """The arc without its steps: ends stay, a closed arc is smoothed all round."""
    if np.array_equal(arc[0], arc[-1]):
        ring = gaussian_filter1d(arc[:-1], SMOOTHING_CELLS, axis=0, mode="wrap")
        return shapely.LineString(np.vstack([ring, ring[:1]]))
    reach = min(len(arc) - 1, int(4 * SMOOTHING_CELLS))
    before = 2 * arc[0] - arc[reach:0:-1]
    after = 2 * arc[-1] - arc[-2 : -2 - reach : -1]
    smooth = gaussian_filter1d(np.vstack([before, arc, after]), SMOOTHING_CELLS, axis=0)
    inner = smooth[reach : reach + len(arc)]
    inner[0], inner[-1] = arc[0], arc[-1]
    return shapely.LineString(inner)
