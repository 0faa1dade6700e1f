"""GeoJSON as RFC 7946 wants it, of nothing but what its reader may see."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from matrix_rule import Place, sees_figure, sees_place
from planted_release import BELOW, LEVELS, PLACES, PLANTED, RIECS, plant
from shapely import LinearRing, Polygon, box
from shapely.geometry import shape

from access.scope import AccessRefusedError
from access.session import example_gateways
from exports import EXPORTS, ExportRequest, ExportTable, export_file
from store.home import Home

GEOJSON = EXPORTS["geojson"]
NETHERLANDS = box(3.2, 50.7, 7.3, 53.7)
NOT_AT_THE_TOP = {"geometry", "properties", "coordinates", "geometries", "crs", "id"}
"""Members that a FeatureCollection may not have (sections 4 and 7.1)."""


def places() -> Iterator[Place]:
    """Yield every place of the planted release."""
    yield Place("nederland", "NL", "", "")
    yield from (Place("riec", riec, "", riec) for riec in RIECS)
    for gemeente, (_, riec, _, _) in PLACES.items():
        yield Place("gemeente", gemeente, gemeente, riec)
        for level, codes in BELOW[gemeente].items():
            yield from (Place(level, code, gemeente, riec) for code in codes)


AT = {level: {p.code: p for p in places() if p.level == level} for level in LEVELS}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("geojson"))
    plant(home.releases)
    return home


def rings(geometry: dict[str, Any]) -> Iterator[tuple[bool, list[list[float]]]]:
    """Yield each ring of a geometry, and whether it is an outer one."""
    polygons = geometry["coordinates"]
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        for number, ring in enumerate(polygon):
            yield number == 0, ring


def check(content: bytes) -> dict[str, Any]:
    """Check a file against RFC 7946, and return what it holds."""
    held: dict[str, Any] = json.loads(content.decode("utf-8"))
    assert held["type"] == "FeatureCollection"
    assert not NOT_AT_THE_TOP & set(held)
    assert isinstance(held["features"], list)
    names = [feature["id"] for feature in held["features"]]
    assert len(names) == len(set(names))
    for feature in held["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature["id"], str)
        assert isinstance(feature["properties"], dict)
        assert not {"coordinates", "geometries", "features", "crs"} & set(feature)
        assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
        assert set(feature["geometry"]) == {"type", "coordinates"}
        for outer, ring in rings(feature["geometry"]):
            assert len(ring) >= 4
            assert ring[0] == ring[-1]
            assert LinearRing(ring).is_ccw == outer, "the right-hand rule (section 3.1.6)"
            for position in ring:
                assert len(position) == 2
                assert position == [round(degrees, 7) for degrees in position]
    return held


def allowed(viewer: str, code: str, level: str) -> set[str]:
    return {p.code for p in AT[level].values() if sees_figure(viewer, PLANTED[code], p)}


@pytest.mark.parametrize("viewer", ["nsoc", "riec:limburg", "gemeente:GM0983"])
@pytest.mark.parametrize("level", LEVELS)
def test_a_file_draws_the_places_within_the_grant(home: Home, viewer: str, level: str) -> None:
    asked = ExportRequest("figures", "ALL1", level, format="geojson")
    gateways = example_gateways(home.served, viewer, env="local")
    try:
        content = export_file(asked, gateways).content
    except AccessRefusedError:
        assert not allowed(viewer, "ALL1", level)
        return
    held = check(content)
    drawn = {feature["id"] for feature in held["features"]}
    assert drawn
    assert drawn <= allowed(viewer, "ALL1", level)
    assert drawn <= {p.code for p in AT[level].values() if sees_place(viewer, p)}
    assert drawn == {figure.area for figure in gateways.partner().figures("ALL1", level)}
    for feature in held["features"]:
        assert feature["properties"]["area"] == feature["id"]
    assert held["about"]["attribution"] == "Planted"
    assert held["about"]["release"] == "planted"


@pytest.mark.parametrize("level", ["riec", "gemeente", "hex8"])
def test_a_map_program_opens_it_where_the_places_lie(example_home: Home, level: str) -> None:
    """Real borders, islands and holes included, and hexagons, read as a map program does."""
    asked = ExportRequest("figures", "VG01", level, within="", format="geojson")
    viewer = "gemeente:GM0599" if level == "hex8" else "nsoc"
    gateways = example_gateways(example_home.served, viewer, env="local")
    content = export_file(asked, gateways).content
    check(content)
    frame = gpd.read_file(io.BytesIO(content))
    rows = replace(asked, format="").read(gateways).rows
    assert list(frame["area"]) == list(rows["area"])
    assert frame.crs is not None
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.is_valid.all()
    assert frame.geometry.within(NETHERLANDS).all()
    np.testing.assert_allclose(frame["smoothed"], rows["smoothed"], atol=1e-6)
    centres = shapely.points(rows["lon"], rows["lat"])
    assert shapely.distance(frame.geometry.to_numpy(), centres).max() < 0.001, "longitude first"


def test_scores_are_drawn_as_well(home: Home) -> None:
    asked = ExportRequest("scores", "", "riec", format="geojson")
    held = check(export_file(asked, example_gateways(home.served, "nsoc", env="local")).content)
    assert {"total", "figure_of"} <= set(held["features"][0]["properties"])
    assert len(held["features"]) == len(AT["riec"])


SIZES = st.floats(0.01, 2.0)


@given(st.floats(3.5, 7.0), st.floats(50.8, 53.5), SIZES, st.floats(0.1, 0.8), *[st.booleans()] * 3)
def test_rings_turn_as_they_should_however_they_came(
    lon: float, lat: float, size: float, hole: float, outer: bool, inner: bool, several: bool
) -> None:
    def square(half: float, turned: bool) -> list[tuple[float, float]]:
        corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
        placed = [(lon + x, lat + y) for x, y in (corners[::-1] if turned else corners)]
        return [*placed, placed[0]]

    rings_ = [square(size, outer), square(size * hole, inner)]
    outline: dict[str, Any] = {"type": "Polygon", "coordinates": rings_}
    if several:
        outline = {"type": "MultiPolygon", "coordinates": [rings_]}
    rows = pd.DataFrame({"area": ["A"]})
    table = ExportTable(rows, invented=False, level="gemeente", outlines={"A": outline})
    (feature,) = check(GEOJSON.write(table))["features"]
    assert feature["geometry"]["type"] == outline["type"]
    drawn = shape(feature["geometry"])
    assert drawn.symmetric_difference(Polygon(rings_[0], rings_[1:])).area < 1e-5


def test_a_ring_that_turns_the_wrong_way_would_be_seen() -> None:
    ring = [[4.0, 52.0], [4.0, 53.0], [5.0, 53.0], [5.0, 52.0], [4.0, 52.0]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "id": "A", "properties": {}, "geometry": geometry}
    collection = {"type": "FeatureCollection", "features": [feature]}
    with pytest.raises(AssertionError, match="right-hand"):
        check(json.dumps(collection).encode())
