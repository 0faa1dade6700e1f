"""The shipped ground is what its README says: where land, roads and railways lie."""

import hashlib
import json
import re

import geopandas
import numpy as np
import pytest
from shapely.geometry import LineString, Point, shape
from shapely.geometry.base import BaseGeometry

from geo.areas import DATA, places
from geo.coordinates import to_rd
from geo.ground import DEGREE, KINDS, SHIPPED_GROUND, shipped_ground

GROUND = DATA / "ground"
STATIONS = {
    "Amsterdam Centraal": (4.9003, 52.3791),
    "Rotterdam Centraal": (4.4690, 51.9249),
    "Den Haag Centraal": (4.3247, 52.0808),
    "Utrecht Centraal": (5.1101, 52.0894),
    "Eindhoven": (5.4813, 51.4432),
    "Groningen": (6.5645, 53.2108),
    "Leeuwarden": (5.7921, 53.1957),
    "Zwolle": (6.0918, 52.5049),
    "Arnhem": (5.8995, 51.9850),
    "Maastricht": (5.7053, 50.8499),
    "Heerlen": (5.9755, 50.8908),
    "Venlo": (6.1713, 51.3641),
}


@pytest.fixture(scope="module")
def shapes() -> dict[str, BaseGeometry]:
    """Return each kind in RD New."""
    features = json.loads(SHIPPED_GROUND.read_text(encoding="utf-8"))["features"]
    frame = geopandas.GeoSeries([shape(f["geometry"]) for f in features], crs=4326).to_crs(28992)
    kinds = [f["properties"]["kind"] for f in features]
    return dict(zip(kinds, frame, strict=True))


def metric(*points: tuple[float, float]) -> list[Point]:
    x, y = to_rd(*np.array(points, float).T)
    return [Point(at) for at in zip(x, y, strict=True)]


def test_readme_holds_the_checksum_of_every_file() -> None:
    readme = (GROUND / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"\| `([\w.]+)` \| `([0-9a-f]{64})` \|", readme))
    files = [path for path in GROUND.iterdir() if path.name != "README.md"]
    assert told == {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def test_shapes_are_valid_and_of_the_known_kinds(shapes: dict[str, BaseGeometry]) -> None:
    assert tuple(shapes) == KINDS
    assert all(found.is_valid and not found.is_empty for found in shapes.values())


def test_neighbours_are_land_and_water_is_not(shapes: dict[str, BaseGeometry]) -> None:
    abroad = metric((4.352, 50.847), (6.96, 50.938), (4.402, 51.219), (7.2, 53.37), (7.03, 52.21))
    water = metric((3.0, 52.5), (5.35, 52.75), (5.6, 53.3), (7.05, 53.30), (3.6, 51.42))
    assert all(shapes["land"].contains(point) for point in abroad)
    assert not any(shapes["land"].contains(point) for point in water)


def test_no_gap_shows_between_the_netherlands_and_its_neighbours(
    shapes: dict[str, BaseGeometry],
) -> None:
    own = geopandas.read_file(DATA / "boundaries" / "gemeenten.geojson").to_crs(28992).union_all()
    both = own.union(shapes["land"])
    ways = [
        ((6.89, 52.22), (7.03, 52.21)),  # Enschede to Gronau
        ((4.77, 51.59), (4.77, 51.35)),  # Breda to Turnhout
        ((5.98, 50.89), (6.08, 50.78)),  # Heerlen to Aken
        ((6.55, 53.22), (7.29, 53.10)),  # Groningen to Leer
        ((5.69, 50.85), (5.57, 50.64)),  # Maastricht to Luik
    ]
    for start, end in ways:
        assert both.contains(LineString([(p.x, p.y) for p in metric(start, end)])), (start, end)


@pytest.mark.parametrize("station", STATIONS)
def test_a_station_lies_on_the_railway(station: str, shapes: dict[str, BaseGeometry]) -> None:
    assert shapes["rail"].distance(metric(STATIONS[station])[0]) < 500


def test_large_places_lie_on_roads_and_the_afsluitdijk_is_one(
    shapes: dict[str, BaseGeometry],
) -> None:
    every = shapes["road"].union(shapes["minor_road"])
    large = places().query("population >= 30000")
    points = metric(*zip(large["longitude"], large["latitude"], strict=True))
    far = np.array([every.distance(point) for point in points])
    assert far.max() < 4_000
    assert np.quantile(far, 0.95) < 2_500
    (dike,) = metric((5.2056, 53.0167))  # Breezanddijk
    assert shapes["road"].distance(dike) < 500


def test_lines_are_handed_out_as_the_file_has_them() -> None:
    ground = shipped_ground()
    assert tuple(ground.lines) == KINDS
    assert "OpenStreetMap" in ground.credit
    features = json.loads(SHIPPED_GROUND.read_text(encoding="utf-8"))["features"]
    for feature in features[1:]:
        lines = ground.lines[feature["properties"]["kind"]]
        points = np.cumsum(lines.steps, axis=0) / DEGREE
        found = np.split(points, np.cumsum(lines.lengths)[:-1])
        told = feature["geometry"]["coordinates"]
        assert len(found) == len(told)
        assert all(np.abs(a - np.array(b)).max() < 1e-6 for a, b in zip(found, told, strict=True))
    assert [place.population for place in ground.abroad] == sorted(
        (place.population for place in ground.abroad), reverse=True
    )
    assert {"Keulen", "Brussel", "Antwerpen", "Aken"} <= {place.name for place in ground.abroad}
