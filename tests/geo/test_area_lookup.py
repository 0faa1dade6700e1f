"""Points in areas: every way of finding them gives what one question a point gives."""

import os
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from geo import area_lookup, point_test
from geo.area_lookup import area_rows
from geo.areas import gemeenten, places
from geo.coordinates import RD, to_lonlat, to_rd
from geo.regions import MARGIN, STRAIGHT_M, _degrees, regions

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

ROOT = Path(__file__).resolve().parents[2]
REAL = Path(os.environ.get("NL_DATA_DIR", ROOT.parent / "shared" / "nl"))

SIDE = 40
WEST, SOUTH, WIDTH = 5.0, 52.0, 0.1


def plain(lon: Floats, lat: Floats, areas: gpd.GeoDataFrame, tolerance_m: float = 0) -> Rows:
    """Ask about each point by itself: the first area that it intersects, or the nearest."""
    shapes = areas.geometry.to_numpy()
    found = []
    for x, y in zip(*to_rd(lon, lat), strict=True):
        point = shapely.Point(x, y)
        held = np.flatnonzero(shapely.intersects(shapes, point))
        distance = shapely.distance(shapes, point)
        near = distance.min() <= tolerance_m and tolerance_m > 0
        found.append(held[0] if held.size else distance.argmin() if near else -1)
    return np.array(found)


def every_way(lon: Floats, lat: Floats, areas: gpd.GeoDataFrame, tolerance_m: float) -> list[Rows]:
    """Find the areas without and with regions, and without and with boxes of several points."""
    found = []
    coarse = patch("geo.regions.regions", partial(regions, side=SIDE))
    for many in (10**9, 0):
        for together in (10**9, 0):
            by_region = patch.object(area_lookup, "MANY", many)
            with coarse, by_region, patch.object(point_test, "MANY", together):
                found.append(area_rows(lon, lat, areas, tolerance_m))
    return found


def layer(shapes: Sequence[shapely.Geometry]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=shapes, crs=RD)


def scattered(chance: np.random.Generator, n: int) -> tuple[Floats, Floats]:
    """Return points in degrees in and around a square, some of them twice."""
    lon = chance.uniform(WEST - WIDTH / 4, WEST + WIDTH * 1.25, n)
    lat = chance.uniform(SOUTH - WIDTH / 4, SOUTH + WIDTH * 1.25, n)
    again = chance.integers(0, n, n // 4)
    return np.append(lon, lon[again]), np.append(lat, lat[again])


def patchwork(chance: np.random.Generator, x: Floats, y: Floats, areas: int) -> gpd.GeoDataFrame:
    """Divide the ground between lines at ``x`` and ``y`` among areas, with holes and parts."""
    squares = [
        shapely.box(left, below, right, above)
        for left, right in pairwise(np.unique(x))
        for below, above in pairwise(np.unique(y))
    ]
    owner = chance.integers(-1, areas, len(squares))  # -1: nobody's
    shapes = [
        shapely.union_all([square for square, of in zip(squares, owner, strict=True) if of == area])
        for area in range(areas)
    ]
    return layer([shape for shape in shapes if not shape.is_empty])


def stars(chance: np.random.Generator, areas: int) -> list[shapely.Polygon]:
    """Return areas that may overlap, each with a hole of its own form."""
    shapes = []
    for _ in range(areas):
        angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        reach = chance.uniform(500, 3_000, 24)
        middle = np.array(to_rd(*(start + chance.uniform(0, WIDTH) for start in (WEST, SOUTH))))
        ring = np.column_stack([np.cos(angles), np.sin(angles)]) * reach[:, None]
        shapes.append(shapely.Polygon(middle + ring, [middle + ring[::-1] * 0.4]))
    return shapes


@settings(deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 12), st.integers(1, 9))
def test_points_on_shared_borders_and_corners_go_to_the_first(
    seed: int, lines: int, areas: int
) -> None:
    """Every line of the patchwork runs through points exactly: through corners and elsewhere."""
    chance = np.random.default_rng(seed)
    lon, lat = scattered(chance, 30)
    x, y = to_rd(lon, lat)
    ground = patchwork(chance, x[:lines], y[lines // 2 : lines // 2 + lines], areas)
    if len(ground):
        expected = plain(lon, lat, ground)
        for found in every_way(lon, lat, ground, 0):
            np.testing.assert_array_equal(found, expected)


def test_the_patchwork_has_holes_and_points_on_borders_and_corners() -> None:
    chance = np.random.default_rng(0)
    lon, lat = scattered(chance, 30)
    x, y = to_rd(lon, lat)
    ground = patchwork(chance, x[:12], y[6:18], 2).geometry.to_numpy()
    points = shapely.points(x, y)
    held = shapely.intersects(ground[:, None], points)
    corners = shapely.multipoints(shapely.get_coordinates(ground))
    assert (held.sum(axis=0) >= 2).any()
    assert shapely.intersects(corners, points).any()
    assert len(shapely.get_rings(shapely.get_parts(ground))) > len(shapely.get_parts(ground))


@settings(deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 9), st.sampled_from([0, 100, 1_000, 5_000]))
def test_slanting_and_overlapping_areas_with_holes(
    seed: int, areas: int, tolerance_m: float
) -> None:
    chance = np.random.default_rng(seed)
    lon, lat = scattered(chance, 60)
    ground = layer(stars(chance, areas))
    corners = shapely.get_coordinates(ground.geometry.to_numpy())
    on_corner = chance.integers(0, len(corners), 10)
    beside = to_lonlat(*corners[on_corner].T)
    lon, lat = np.append(lon, beside[0]), np.append(lat, beside[1])
    expected = plain(lon, lat, ground, tolerance_m)
    for found in every_way(lon, lat, ground, tolerance_m):
        np.testing.assert_array_equal(found, expected)


def test_points_a_millimetre_from_a_border_are_told_apart() -> None:
    """Also where the border runs along the edge of a cell."""
    west, east = (shapely.box(left, 460_000, left + 10_000, 470_000) for left in (140_000, 150_000))
    x = np.repeat(150_000 + np.array([-0.1, -0.001, 0.001, 0.1]), 500)
    y = np.tile(np.linspace(460_001, 469_999, 500), 4)
    lon, lat = to_lonlat(x, y)
    for found in every_way(lon, lat, layer([west, east]), 0):
        assert found.tolist() == [0] * 1_000 + [1] * 1_000


@pytest.mark.parametrize("length", [STRAIGHT_M, STRAIGHT_M / 3])
def test_a_border_bends_less_in_degrees_than_the_margin(length: float) -> None:
    chance = np.random.default_rng(4)
    x, y = chance.uniform(-20_000, 320_000, 50_000), chance.uniform(290_000, 640_000, 50_000)
    angle, share = chance.uniform(0, 2 * np.pi, 50_000), chance.uniform(0, 1, 50_000)
    end_x, end_y = x + length * np.cos(angle), y + length * np.sin(angle)
    start, end = np.array(to_lonlat(x, y)), np.array(to_lonlat(end_x, end_y))
    middle = np.array(to_lonlat(x + share * (end_x - x), y + share * (end_y - y)))
    bend = np.abs(middle - (start + share * (end - start)))
    assert 0 < bend.max() < MARGIN / 2


def test_borders_are_projected_well_within_the_margin() -> None:
    chance = np.random.default_rng(7)
    x, y = chance.uniform(-20_000, 320_000, 50_000), chance.uniform(290_000, 640_000, 50_000)
    off = np.abs(np.array(_degrees(x, y)) - np.array(to_lonlat(x, y)))
    assert 0 < off.max() < MARGIN / 100


@pytest.mark.parametrize("jagged", [True, False])
def test_what_lies_next_to_a_border_is_in_no_region(jagged: bool) -> None:
    ground = gemeenten() if jagged else layer([shapely.box(80_000, 400_000, 180_000, 500_000)])
    rings = shapely.get_rings(shapely.get_parts(ground.geometry.to_numpy()))
    x, y = shapely.get_coordinates(shapely.segmentize(rings, 30.0)).T
    found = regions(ground, SIDE * 50)
    border = to_lonlat(x, y)
    for east, north in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        lon, lat = border[0] + east * MARGIN / 2, border[1] + north * MARGIN / 2
        assert not found.of(lon, lat).any()


def test_a_region_lies_in_the_same_areas_throughout() -> None:
    """Five points of each cell, out of all regions of a map of the Netherlands."""
    ground = gemeenten()
    found = regions(ground, 300)
    assert found.numbers.max() > len(ground) / 2
    row, column = np.nonzero(found.numbers)
    chance = np.random.default_rng(5)
    for corner in [(0.0, 0.0), (0.999999, 0.999999), *chance.uniform(0, 1, (3, 2))]:
        lon, lat = (
            found.origin[axis] + found.step[axis] * (cell + corner[axis])
            for axis, cell in enumerate((column, row))
        )
        area = area_rows(lon, lat, ground, tolerance_m=0)
        number = found.numbers[row, column]
        first = np.unique(number, return_index=True)[1]
        np.testing.assert_array_equal(area, area[first][number - 1])


def test_known_places_lie_in_their_gemeenten() -> None:
    ground = gemeenten()
    known = {
        "GM0363": (4.8932, 52.3731),  # the Dam in Amsterdam
        "GM0344": (5.1213, 52.0907),  # the Dom of Utrecht
        "GM0935": (5.6889, 50.8489),  # the Vrijthof in Maastricht
        "GM0014": (6.5665, 53.2188),  # the Martinitoren in Groningen
        "GM0093": (5.2143, 53.3604),  # the Brandaris on Terschelling
        "GM0744": (4.9298, 51.4445),  # the church of Baarle-Nassau
    }
    lon, lat = np.array(list(known.values())).T
    assert [*ground["code"].iloc[area_rows(lon, lat, ground)]] == [*known]
    for found in every_way(lon, lat, ground, 5_000):
        assert [*ground["code"].iloc[found]] == [*known]


def test_real_gemeenten_hold_the_same_places_in_every_way() -> None:
    ground, known = gemeenten(), places()
    lon, lat = known["longitude"].to_numpy(), known["latitude"].to_numpy()
    expected = plain(lon, lat, ground, 5_000)
    assert (ground["code"].to_numpy()[expected] == known["gemeente"]).mean() > 0.95
    for found in every_way(lon, lat, ground, 5_000):
        np.testing.assert_array_equal(found, expected)


@pytest.mark.long
def test_real_buurten_hold_the_same_points_in_every_way() -> None:
    """14,566 buurten as they come, some of which overlap; points also on their corners."""
    file = REAL / "buurten_2024.gpkg"
    if not file.exists():
        pytest.skip(f"{file} is absent: set NL_DATA_DIR to the folder with the CBS files")
    ground = gpd.read_file(file)
    ground = ground[~ground.geometry.is_empty].reset_index(drop=True)
    shapes = ground.geometry.to_numpy()
    chance = np.random.default_rng(6)
    corners = chance.choice(shapely.get_coordinates(shapes), 20_000)
    x, y = np.concatenate([corners, corners + chance.normal(0, 500, corners.shape)]).T
    lon, lat = to_lonlat(x, y)
    expected = np.full(len(lon), len(ground))
    point, area = shapely.STRtree(shapes).query(
        shapely.points(*to_rd(lon, lat)), predicate="intersects"
    )
    np.minimum.at(expected, point, area)
    expected[expected == len(ground)] = -1
    assert (expected == -1).any()
    assert len(np.unique(expected)) > 5_000
    for found in every_way(lon, lat, ground, 0):
        np.testing.assert_array_equal(found, expected)


def test_regions_are_looked_for_only_where_they_pay() -> None:
    lon, lat = np.full(10, 5.2), np.full(10, 52.0)
    with patch("geo.regions.regions", side_effect=AssertionError):
        area_rows(lon, lat, gemeenten())
        with patch.object(area_lookup, "MANY", 10), pytest.raises(AssertionError):
            area_rows(lon, lat, gemeenten())


def test_what_is_nowhere_lies_in_no_area() -> None:
    lon = np.array([5.2, np.nan, np.inf, 1_000.0, -170.0, 5.3, np.nan])
    lat = np.array([52.0, 52.0, 52.0, 52.0, -80.0, np.nan, np.nan])
    for found in every_way(lon, lat, gemeenten(), 0):
        assert (found >= 0).tolist() == [True] + [False] * 6
    for found in every_way(np.array([]), np.array([]), gemeenten(), 5_000):
        assert found.shape == (0,)
    assert area_rows(5.2, 52.0, gemeenten()).shape == (1,)


def test_areas_are_left_as_they_were() -> None:
    """Prepared shapes are not safe to share among threads."""
    ground = layer([shapely.box(140_000, 460_000, 150_000, 470_000)])
    lon, lat = to_lonlat(np.array([145_000.0]), np.array([465_000.0]))
    for found in every_way(lon, lat, ground, 0):
        assert found.tolist() == [0]
    assert not shapely.is_prepared(ground.geometry.to_numpy()).any()
