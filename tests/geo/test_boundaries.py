"""The shipped borders and places are what their READMEs say, measured on CBS borders of 2023."""

import hashlib
import os
import re
from pathlib import Path

import geopandas
import numpy as np
import pandas
import pytest
import shapely

from geo.surroundings import FILE, surroundings

ROOT = Path(__file__).resolve().parents[2]
BORDERS, PLACES = ROOT / "data" / "boundaries", ROOT / "data" / "places"
REAL = Path(os.environ.get("NL_DATA_DIR", ROOT.parent / "shared" / "nl"))
RIEC_COUNTS = {
    "oost-nederland": 76,
    "noord-nederland": 40,
    "midden-nederland": 38,
    "zeeland-west-brabant": 37,
    "noord-holland": 32,
    "oost-brabant": 32,
    "limburg": 31,
    "den-haag": 27,
    "rotterdam": 23,
    "amsterdam-amstelland": 6,
}


def real(name: str) -> Path:
    if not (REAL / name).exists():
        pytest.skip(f"{REAL / name} is absent: set NL_DATA_DIR to the folder with the CBS files")
    return REAL / name


@pytest.fixture(scope="module")
def gemeenten() -> geopandas.GeoDataFrame:
    return geopandas.read_file(BORDERS / "gemeenten.geojson")


@pytest.fixture(scope="module")
def riec() -> geopandas.GeoDataFrame:
    return geopandas.read_file(BORDERS / "riec.geojson")


@pytest.fixture(scope="module")
def places() -> pandas.DataFrame:
    return pandas.read_csv(PLACES / "places.csv")


@pytest.fixture(scope="module")
def cbs() -> geopandas.GeoDataFrame:
    frame = geopandas.read_file(real("gemeenten_2023.geojson")).to_crs(28992)
    return frame.assign(geometry=frame.make_valid()).set_index("gemeente_code")


@pytest.mark.parametrize("folder", [BORDERS, PLACES], ids=lambda folder: folder.name)
def test_readme_holds_the_checksum_of_every_data_file(folder: Path) -> None:
    readme = (folder / "README.md").read_text(encoding="utf-8")
    stated = dict(re.findall(r"\| `([\w.]+)` \| `([0-9a-f]{64})` \|", readme))
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.name != "README.md"
    }
    assert stated == found


def test_attribution_is_one_line_and_stands_in_the_readme() -> None:
    line = (BORDERS / "ATTRIBUTION.txt").read_text(encoding="utf-8")
    assert line.count("\n") == 1
    assert line.startswith("Gemeentegrenzen 2024: (c) CBS / Kadaster")
    assert line.strip() in (BORDERS / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "count"), [("gemeenten", 342), ("riec", 10)])
def test_areas_are_valid_and_neighbours_share_their_borders(name: str, count: int) -> None:
    frame = geopandas.read_file(BORDERS / f"{name}.geojson")
    shapes = np.array(frame.geometry)
    assert frame.crs == "EPSG:4326"
    assert frame["code"].is_unique
    assert len(frame) == count
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    lengths = frame.to_crs(28992).geometry.length.sum() / 1000
    union = shapely.coverage_union_all(np.array(frame.to_crs(28992).geometry)).length / 1000
    assert union < lengths
    print(f"{name}: {count} valid areas; {(lengths - union) / 2:,.0f} km of shared border")


def test_coordinates_have_six_decimals(gemeenten: geopandas.GeoDataFrame) -> None:
    coordinates = shapely.get_coordinates(np.array(gemeenten.geometry))
    assert np.array_equal(coordinates, coordinates.round(6))


def test_codes_and_names_are_official(gemeenten: geopandas.GeoDataFrame) -> None:
    names = gemeenten.set_index("code")["name"]
    assert names.index.str.fullmatch(r"GM\d{4}").all()
    assert names["GM0518"] == "'s-Gravenhage"
    assert names["GM0599"] == "Rotterdam"
    assert names["GM1900"] == "Súdwest-Fryslân"
    assert names.is_unique


def test_riec_regions_are_the_union_of_their_municipalities(
    gemeenten: geopandas.GeoDataFrame, riec: geopandas.GeoDataFrame
) -> None:
    assert gemeenten["riec"].value_counts().to_dict() == RIEC_COUNTS
    for code, region in riec.set_index("code").geometry.items():
        members = np.array(gemeenten.geometry[gemeenten["riec"] == code])
        assert shapely.union_all(members).symmetric_difference(region).area < 1e-12, code


def test_every_code_lies_on_the_right_polygon(
    gemeenten: geopandas.GeoDataFrame, cbs: geopandas.GeoDataFrame
) -> None:
    ours = gemeenten.to_crs(28992).set_index("code").geometry
    assert set(ours.index) == set(cbs.index)
    left, right = cbs.sindex.query(np.array(ours), predicate="intersects")
    shared = np.array(ours)[left], np.array(cbs.geometry)[right]
    overlap = pandas.DataFrame(
        {
            "code": ours.index[left],
            "cbs": cbs.index[right],
            "area": shapely.area(shapely.intersection(*shared)),
        }
    )
    best = overlap.loc[overlap.groupby("code")["area"].idxmax()]
    assert (best["code"] == best["cbs"]).all()
    pair = np.array(ours), np.array(cbs.geometry.reindex(ours.index))
    shared_area = shapely.area(shapely.intersection(*pair))
    iou = pandas.Series(shared_area / shapely.area(shapely.union(*pair)), index=ours.index)
    print(
        f"right polygon: {len(best)} of {len(ours)}; IoU median {iou.median():.3f}, "
        f"5th percentile {iou.quantile(0.05):.3f}, lowest {iou.min():.2f} ({iou.idxmin()}); "
        f"{ours.area.sum() / 1e6:,.0f} km2 against {cbs.area.sum() / 1e6:,.0f}"
    )
    assert iou.median() >= 0.94
    assert iou.quantile(0.05) >= 0.87


def test_borders_lie_within_a_quarter_kilometre_of_those_of_cbs(
    gemeenten: geopandas.GeoDataFrame, cbs: geopandas.GeoDataFrame
) -> None:
    lines = shapely.get_parts(shapely.boundary(np.array(gemeenten.to_crs(28992).geometry)))
    along = shapely.segmentize(np.array(cbs.boundary), 500)
    points = shapely.points(shapely.get_coordinates(along))
    distance = shapely.distance(points, lines[shapely.STRtree(lines).nearest(points)])
    median, high = np.percentile(distance, [50, 95])
    print(f"distance to the CBS border: median {median:.0f} m, 95th percentile {high:.0f} m")
    assert median <= 75
    assert high <= 300


def test_riec_of_each_municipality_agrees_with_the_compiled_list(
    gemeenten: geopandas.GeoDataFrame,
) -> None:
    listed = pandas.read_csv(real("riec_gemeenten.csv")).set_index("gemeente_code")["riec"]
    slugs = listed.str.lower().str.replace(" ", "-")
    ours = gemeenten.set_index("code")["riec"]
    assert ours.sort_index().to_dict() == slugs.sort_index().to_dict()


def test_places_lie_in_the_municipality_they_name(
    places: pandas.DataFrame, gemeenten: geopandas.GeoDataFrame
) -> None:
    points = geopandas.GeoSeries.from_xy(places["longitude"], places["latitude"], crs=4326)
    areas = gemeenten.to_crs(28992).set_index("code").geometry.reindex(places["gemeente"])
    distance = shapely.distance(np.array(points.to_crs(28992)), np.array(areas))
    print(f"{len(places):,} places, {(distance > 0).sum()} outside their polygon")
    assert (distance <= 1000).all()
    assert (distance > 0).sum() <= 5
    assert set(places["gemeente"]) == set(gemeenten["code"])
    assert (places["population"] > 0).all()
    assert not places.duplicated(["name", "latitude", "longitude"]).any()


def test_place_populations_follow_the_municipalities(places: pandas.DataFrame) -> None:
    known = pandas.read_csv(real("kerncijfers_gemeenten_2024.csv")).set_index("gemeente_code")
    summed = places.groupby("gemeente")["population"].sum()
    inhabitants = known["inwoners"].reindex(summed.index)
    correlation = np.corrcoef(summed, inhabitants)[0, 1]
    within = (summed / inhabitants).between(0.5, 2).mean()
    print(f"{summed.sum():,} inhabitants; r {correlation:.3f}; {within:.0%} within a factor of two")
    assert correlation >= 0.94
    assert within >= 0.9


def test_the_shape_around_the_country_is_made_of_the_borders(
    gemeenten: geopandas.GeoDataFrame,
) -> None:
    made = shapely.from_wkt(surroundings(gemeenten.to_crs(28992)))
    shipped = shapely.from_wkt(FILE.read_text(encoding="ascii"))
    assert shapely.hausdorff_distance(made, shipped) < 1
