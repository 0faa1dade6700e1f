"""A CBS border file comes in whole, or is refused with every fault named and nothing written."""

import json
import os
import sqlite3
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import geopandas
import pytest
import shapely
from shapely import Polygon, box

from errors import WeerbeeldError
from geo.importing import ImportReport, Level, Reassigned, import_boundaries
from geo.mending_report import SENTENCES, Mended, Rule

ROOT = Path(__file__).resolve().parents[2]
REAL = Path(os.environ.get("NL_DATA_DIR", ROOT.parent / "shared" / "nl"))
RD = "EPSG:28992"
WEST, SOUTH, SIDE = 80_000, 430_000, 1_000
BOW = Polygon([(80_000, 430_000), (81_000, 431_000), (81_000, 430_000), (80_000, 431_000)])

Rows = dict[str, list[object]]


def square(number: int) -> Polygon:
    x, y = WEST + number % 10 * SIDE, SOUTH + number // 10 % 10 * SIDE
    return box(x, y, x + SIDE, y + SIDE)


@pytest.fixture
def gemeenten() -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {"code": ["GM0599", "GM1992"], "name": ["Rotterdam", "Voorne aan Zee"]},
        geometry=[box(80_000, 430_000, 90_000, 440_000), box(90_000, 430_000, 99_000, 440_000)],
        crs=RD,
    )


def wijken(count: int = 4) -> Rows:
    return {
        "wijkcode": [f"WK0599{number:02}" for number in range(count)],
        "wijknaam": [f"Wijk {number}" for number in range(count)],
        "geometry": [square(number) for number in range(count)],
    }


def written(rows: Rows, file: Path, crs: str | None = RD) -> Path:
    geopandas.GeoDataFrame(rows, geometry="geometry", crs=crs).to_file(file)
    return file


@pytest.fixture
def take(tmp_path: Path, gemeenten: geopandas.GeoDataFrame) -> Callable[..., ImportReport]:
    def take_in(
        file: Path, level: Level = "wijk", year: int = 2024, *, strict: bool = False
    ) -> ImportReport:
        target = tmp_path / "installed"
        return import_boundaries(file, level, year, target, gemeenten, strict=strict)

    return take_in


@pytest.fixture
def refusal(tmp_path: Path, take: Callable[..., ImportReport]) -> Callable[..., str]:
    def refuse(file: Path, level: str = "wijk", year: int = 2024, *, strict: bool = False) -> str:
        with pytest.raises(WeerbeeldError) as refused:
            take(file, level, year, strict=strict)
        assert not list(tmp_path.glob("installed/*")), "something was written"
        return str(refused.value)

    return refuse


def test_what_is_written(tmp_path: Path, take: Callable[..., ImportReport]) -> None:
    rows = wijken()
    rows["wijkcode"].reverse()
    file = written(rows, tmp_path / "wijken.gpkg")
    report = take(file)
    assert report == ImportReport("wijk", 2024, 4, 0, (), RD)
    frame = geopandas.read_parquet(tmp_path / "installed" / "wijk.parquet")
    assert list(frame.columns) == ["code", "name", "parent", "geometry"]
    assert frame.crs == RD
    assert frame["code"].tolist() == ["WK059900", "WK059901", "WK059902", "WK059903"]
    assert frame["name"].tolist() == ["Wijk 3", "Wijk 2", "Wijk 1", "Wijk 0"]
    assert set(frame["parent"]) == {"GM0599"}
    assert frame.geometry.iloc[0].equals(square(3))
    assert json.loads((tmp_path / "installed" / "wijk.json").read_text(encoding="utf-8")) == {
        "level": "wijk",
        "year": 2024,
        "source": "wijken.gpkg",
        "sha256": sha256(file.read_bytes()).hexdigest(),
        "rows": 4,
        "attribution": "Kadaster / Centraal Bureau voor de Statistiek, 2024",
        "mended": [],
    }
    assert sorted(path.name for path in (tmp_path / "installed").iterdir()) == [
        "wijk.json",
        "wijk.parquet",
    ]


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "shp"])
@pytest.mark.parametrize("crs", [RD, "EPSG:4326", "EPSG:3857"])
def test_kinds_of_file_and_coordinate_systems(
    tmp_path: Path, take: Callable[..., ImportReport], suffix: str, crs: str
) -> None:
    frame = geopandas.GeoDataFrame(wijken(), geometry="geometry", crs=RD).to_crs(crs)
    frame.to_file(tmp_path / f"wijken.{suffix}")
    assert take(tmp_path / f"wijken.{suffix}").rows == 4
    found = geopandas.read_parquet(tmp_path / "installed" / "wijk.parquet")
    assert shapely.hausdorff_distance(found.geometry.iloc[0], square(0)) < 1


@pytest.mark.parametrize(
    ("code", "name"),
    [("code", "name"), ("statcode", "statnaam"), ("BUURTCODE", "BUURTNAAM"), ("gwb_code", "name")],
)
def test_column_names_of_cbs(
    tmp_path: Path, take: Callable[..., ImportReport], code: str, name: str
) -> None:
    rows: Rows = {
        code: ["BU05990110", "BU0599AA01"],
        name: ["Een", "Twee"],
        "geometry": [square(0), square(1)],
    }
    assert take(written(rows, tmp_path / "b.gpkg"), "buurt").rows == 2
    found = geopandas.read_parquet(tmp_path / "installed" / "buurt.parquet")
    assert found["parent"].tolist() == ["GM0599", "GM0599"]


def test_missing_coordinate_system_is_recognised(
    tmp_path: Path, take: Callable[..., ImportReport]
) -> None:
    metres = take(written(wijken(), tmp_path / "metres.shp", crs=None))
    assert metres.crs == "EPSG:28992 (recognised by its coordinates)"
    rows = wijken()
    frame = geopandas.GeoDataFrame(rows, geometry="geometry", crs=RD).to_crs(4326)
    rows["geometry"] = list(frame.geometry)
    degrees = take(written(rows, tmp_path / "degrees.shp", crs=None))
    assert degrees.crs == "EPSG:4326 (recognised by its coordinates)"


def test_geojson_in_metres_is_recognised(tmp_path: Path, take: Callable[..., ImportReport]) -> None:
    file = written(wijken(), tmp_path / "wijken.geojson", crs="EPSG:4326")
    assert take(file).crs == "EPSG:28992 (recognised by its coordinates)"


def test_unknown_coordinates_are_refused(tmp_path: Path, refusal: Callable[..., str]) -> None:
    rows = wijken()
    rows["geometry"] = [box(5e6 + n, 5e6, 5e6 + n + 1, 5e6 + 1) for n in range(4)]
    message = refusal(written(rows, tmp_path / "w.shp", crs=None))
    assert "no coordinate system" in message
    assert "EPSG:28992" in message


def test_swapped_axes_are_refused(tmp_path: Path, refusal: Callable[..., str]) -> None:
    rows = wijken()
    rows["geometry"] = [box(SOUTH, WEST + n * SIDE, SOUTH + SIDE, WEST + 9_000) for n in range(4)]
    message = refusal(written(rows, tmp_path / "w.gpkg"))
    assert "4 of 4 areas elsewhere (row 1" in message
    assert "order of x and y" in message


def test_water_and_foreign_rows_are_left_out(
    tmp_path: Path, take: Callable[..., ImportReport]
) -> None:
    rows = wijken() | {"water": ["NEE", "JA", "B", "nee"]}
    report = take(written(rows, tmp_path / "w.gpkg"))
    assert (report.rows, report.dropped_water) == (2, 2)
    found = geopandas.read_parquet(tmp_path / "installed" / "wijk.parquet")
    assert found["code"].tolist() == ["WK059900", "WK059903"]


def test_area_of_a_former_gemeente_is_named_and_kept(
    tmp_path: Path, take: Callable[..., ImportReport]
) -> None:
    rows = wijken(3)
    rows["wijkcode"] = ["WK053010", "WK059901", "WK061400"]
    overlapping = box(89_700, 430_000, 90_700, 431_000)
    rows["geometry"] = [overlapping, square(1), box(99_500, 430_000, 99_900, 431_000)]
    report = take(written(rows, tmp_path / "w.gpkg"))
    assert report.rows == 3
    assert report.reassigned == (
        Reassigned("WK053010", "Wijk 0", "GM0530", "GM1992"),
        Reassigned("WK061400", "Wijk 2", "GM0614", "GM1992"),
    )
    assert "  WK053010 Wijk 0: GM0530 -> GM1992" in report.lines
    found = geopandas.read_parquet(tmp_path / "installed" / "wijk.parquet")
    assert found["parent"].tolist() == ["GM1992", "GM0599", "GM1992"]


def test_every_fault_is_listed_at_once(tmp_path: Path, refusal: Callable[..., str]) -> None:
    rows = wijken(9)
    rows["wijkcode"][1] = "WK5990"
    rows["wijkcode"][2] = "WK059900"
    rows["wijkcode"][3] = None
    rows["wijknaam"][4] = None
    rows["geometry"][7] = BOW
    message = refusal(written(rows, tmp_path / "w.gpkg"))
    assert "w.gpkg is not imported; nothing was changed. 5 faults:" in message
    for line in (
        "row 2, column wijkcode: found 'WK5990', expected a code like WK059901",
        "row 4, column wijkcode: found nothing, expected a code like WK059901",
        "row 3, column wijkcode: found WK059900 again (also in row 1), expected each code once",
        "row 5, column wijknaam: found nothing, expected the name of the area",
        "row 8, column geometry: found a polygon beyond mending (Self-intersection",
    ):
        assert line in message


def test_many_alike_faults_name_all_their_rows(tmp_path: Path, refusal: Callable[..., str]) -> None:
    rows = wijken(30)
    rows["wijkcode"][:25] = [f"X{number}" for number in range(25)]
    message = refusal(written(rows, tmp_path / "w.gpkg"))
    assert "25 faults" in message
    assert "row 20, column wijkcode: found 'X19'" in message
    assert "and 5 more" in message
    assert "rows 21-25" in message


def test_points_are_no_areas(tmp_path: Path, refusal: Callable[..., str]) -> None:
    rows = wijken()
    rows["geometry"] = [shape.centroid for shape in rows["geometry"]]  # type: ignore[attr-defined]
    assert "row 1, column geometry: found a Point" in refusal(written(rows, tmp_path / "w.gpkg"))


def test_other_level_is_named(tmp_path: Path, refusal: Callable[..., str]) -> None:
    rows = wijken()
    rows["code"], rows["name"] = rows.pop("wijkcode"), rows.pop("wijknaam")
    message = refusal(written(rows, tmp_path / "w.gpkg"), "buurt")
    assert "found codes of a wijk (WK059900)" in message
    assert "--level wijk" in message
    message = refusal(written(wijken(), tmp_path / "v.gpkg"), "buurt")
    assert "a column buurtcode / bu_code / statcode / code / gwb_code" in message
    assert "--level wijk" in message


def test_missing_columns_are_named_together(tmp_path: Path, refusal: Callable[..., str]) -> None:
    rows: Rows = {"gemeente": ["GM0599"], "geometry": [square(0)]}
    message = refusal(written(rows, tmp_path / "w.gpkg"))
    assert "Found columns gemeente" in message
    assert "wijkcode / wk_code / statcode / code / gwb_code and a column wijknaam" in message


def test_years_must_agree(tmp_path: Path, refusal: Callable[..., str]) -> None:
    rows = wijken() | {"jaarcode": [2023, 2023, 2024, 2024]}
    message = refusal(written(rows, tmp_path / "w.gpkg"))
    assert "column jaarcode: found 2023, expected areas of 2024 only" in message
    assert "Year 1850" in refusal(written(wijken(), tmp_path / "v.gpkg"), year=1850)


def test_layer_of_the_level_is_chosen(tmp_path: Path, take: Callable[..., ImportReport]) -> None:
    file = tmp_path / "gebieden.gpkg"
    frame = geopandas.GeoDataFrame(wijken(), geometry="geometry", crs=RD)
    frame.head(1).to_file(file, layer="gemeente_gegeneraliseerd_2024")
    frame.head(2).to_file(file, layer="wijk_niet_gegeneraliseerd_2024")
    frame.head(3).to_file(file, layer="wijk_gegeneraliseerd_2024")
    frame.to_file(file, layer="wijk_labelpoint_2024")
    assert take(file).rows == 3


def test_file_without_a_layer_of_the_level_is_refused(
    tmp_path: Path, refusal: Callable[..., str]
) -> None:
    frame = geopandas.GeoDataFrame(wijken(), geometry="geometry", crs=RD)
    for layer in ("gemeenten", "provincies"):
        frame.to_file(tmp_path / "g.gpkg", layer=layer)
    message = refusal(tmp_path / "g.gpkg")
    assert "map layers gemeenten, provincies, expected exactly one layer of wijk" in message


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "shp"])
def test_empty_binary_and_absent_files(
    tmp_path: Path, refusal: Callable[..., str], suffix: str
) -> None:
    file = tmp_path / f"w.{suffix}"
    assert "no such file" in refusal(file)
    file.write_bytes(b"")
    assert "an empty file (0 bytes)" in refusal(file)
    for junk in (b"\x00\xff\x07junk" * 500, b"PK\x03\x04", b"code;name\nWK059900;Een\n"):
        file.write_bytes(junk)
        assert "cannot be read" in refusal(file)
    assert "w.gpkg.zip" in refusal(tmp_path / "w.gpkg.zip")


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "shp"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95, 0.999])
def test_truncated_files(
    tmp_path: Path, refusal: Callable[..., str], suffix: str, share: float
) -> None:
    file = written(wijken(60), tmp_path / f"w.{suffix}")
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    message = refusal(file)
    assert "cannot be read" in message
    assert str(tmp_path) not in message


def test_shapefile_without_its_table(tmp_path: Path, refusal: Callable[..., str]) -> None:
    file = written(wijken(), tmp_path / "w.shp")
    file.with_suffix(".dbf").unlink()
    assert "no .dbf beside it" in refusal(file)


def test_file_without_areas(tmp_path: Path, refusal: Callable[..., str]) -> None:
    frame = geopandas.GeoDataFrame(wijken(), geometry="geometry", crs=RD)
    frame.head(0).to_file(tmp_path / "w.gpkg")
    assert "found no areas, expected at least one wijk" in refusal(tmp_path / "w.gpkg")
    only_water = written(wijken() | {"water": ["JA"] * 4}, tmp_path / "v.gpkg")
    assert "found no areas" in refusal(only_water)


def test_refusal_leaves_what_was_installed(
    tmp_path: Path, take: Callable[..., ImportReport]
) -> None:
    take(written(wijken(), tmp_path / "good.gpkg"))
    before = {f.name: f.read_bytes() for f in (tmp_path / "installed").iterdir()}
    rows = wijken()
    rows["wijkcode"][0] = "?"
    with pytest.raises(WeerbeeldError):
        take(written(rows, tmp_path / "bad.gpkg"))
    assert {f.name: f.read_bytes() for f in (tmp_path / "installed").iterdir()} == before


def test_crash_while_writing_leaves_what_was_installed(
    tmp_path: Path, take: Callable[..., ImportReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    take(written(wijken(), tmp_path / "good.gpkg"))
    before = {f.name: f.read_bytes() for f in (tmp_path / "installed").iterdir()}

    def full_disk(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(OSError, match="no space"):
        take(written(wijken(2), tmp_path / "next.gpkg"))
    assert {f.name: f.read_bytes() for f in (tmp_path / "installed").iterdir()} == before


def test_damage_inside_a_geopackage_is_found(tmp_path: Path, refusal: Callable[..., str]) -> None:
    file = written(wijken(400), tmp_path / "w.gpkg")
    whole = bytearray(file.read_bytes())
    with sqlite3.connect(file) as database:
        page_size = database.execute("pragma page_size").fetchone()[0]
        table = "select rootpage from sqlite_master where name = 'w'"
        root = database.execute(table).fetchone()[0]
    start = (root - 1) * page_size
    whole[start : start + page_size] = bytes(page_size)
    file.write_bytes(whole)
    assert "cannot be read" in refusal(file)


def test_real_districts_of_cbs(tmp_path: Path) -> None:
    file = REAL / "wijken_2022.gpkg"
    if not file.exists():
        pytest.skip(f"{file} is absent: set NL_DATA_DIR to the folder with the CBS files")
    shipped = geopandas.read_file(ROOT / "data" / "boundaries" / "gemeenten.geojson").to_crs(RD)
    report = import_boundaries(file, "wijk", 2022, tmp_path, shipped)
    found = geopandas.read_parquet(tmp_path / "wijk.parquet")
    print("\n".join(report.lines))
    assert (report.rows, report.dropped_water, report.crs) == (3340, 0, RD)
    assert len(found) == 3340
    assert set(found["parent"]) == set(shipped["code"])
    former = {"GM0457": "GM0363", "GM0501": "GM1992", "GM0530": "GM1992", "GM0614": "GM1992"}
    assert len(report.reassigned) == 25
    assert {area.old for area in report.reassigned} == set(former)
    expected = [area.new == former[area.old] for area in report.reassigned]
    assert sum(expected) >= 24
    assert (found.loc[found["code"].str.startswith("WK0599"), "parent"] == "GM0599").all()


def test_dirty_file_is_mended_or_strictly_refused(
    tmp_path: Path, take: Callable[..., ImportReport], refusal: Callable[..., str]
) -> None:
    rows = wijken(40)
    rows["geometry"][0] = None
    rows["geometry"][11] = shapely.union(square(11), box(82_000, 431_000, 82_050, 432_000))
    file = written(rows, tmp_path / "w.gpkg")
    message = refusal(file, strict=True)
    assert "w.gpkg is not imported; nothing was changed. It needs mending:" in message
    assert "Areas without a shape: 1 area. An area without a shape is left out" in message
    assert "  WK059900 Wijk 0" in message
    assert "  WK059911 Wijk 11 -> WK059912: 0.0500 km2" in message
    report = take(file)
    assert report.rows == 39
    assert report.mended == (
        Mended(Rule.NO_SHAPE, "WK059900", "Wijk 0"),
        Mended(Rule.OVERLAP, "WK059911", "Wijk 11", 50_000.0, "WK059912"),
    )
    sheet = json.loads((tmp_path / "installed" / "wijk.json").read_text(encoding="utf-8"))
    assert sheet["rows"] == 39
    assert sheet["mended"] == [
        {"rule": SENTENCES[Rule.NO_SHAPE], "m2": 0, "areas": ["WK059900: 0"]},
        {"rule": SENTENCES[Rule.OVERLAP], "m2": 50_000, "areas": ["WK059911 -> WK059912: 50000"]},
    ]
    assert take(written(wijken(), tmp_path / "sound.gpkg"), strict=True).mended == ()


def test_file_of_another_map_is_refused_whole(tmp_path: Path, refusal: Callable[..., str]) -> None:
    rows = wijken()
    rows["geometry"][1] = square(0)
    message = refusal(written(rows, tmp_path / "w.gpkg"))
    assert "w.gpkg is not imported; nothing was changed. Smaller areas are drawn over" in message
    assert "WK059901" in message


def test_gap_in_water_or_abroad_stays(tmp_path: Path, take: Callable[..., ImportReport]) -> None:
    enclave, whole = box(80_400, 430_400, 80_600, 430_600), square(0)
    for code, area in (("B", 960_000), ("NEE", 1_000_000)):
        rows = wijken() | {"water": [code, "NEE", "NEE", "NEE"]}
        rows["wijkcode"] = ["WK059999", "WK059901", "WK059902", "WK059903"]
        rows["geometry"] = [enclave, whole.difference(enclave), square(1), square(2)]
        if code == "NEE":
            rows["geometry"][0] = square(3)
        take(written(rows, tmp_path / f"{code}.gpkg"))
        found = geopandas.read_parquet(tmp_path / "installed" / "wijk.parquet").set_index("code")
        assert found.geometry["WK059901"].area == area


@pytest.mark.long
def test_real_dirty_neighbourhoods_are_mended(tmp_path: Path) -> None:
    file = REAL / "buurten_2024.gpkg"
    if not file.exists():
        pytest.skip(f"{file} is absent: set NL_DATA_DIR to the folder with the CBS files")
    shipped = geopandas.read_file(ROOT / "data" / "boundaries" / "gemeenten.geojson").to_crs(RD)
    begun = time.monotonic()
    report = import_boundaries(file, "buurt", 2024, tmp_path, shipped)
    assert time.monotonic() - begun < 60
    print("\n".join(report.lines))
    assert report.rows == 14_566
    without = [one.code for one in report.mended if one.rule is Rule.NO_SHAPE]
    assert without == ["BU18920102", "BU19780608"]
    found = geopandas.read_parquet(tmp_path / "buurt.parquet").set_index("code")
    assert len(found) == 14_566
    shapes = found.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    before = geopandas.read_file(file).set_index("buurtcode").loc[found.index]
    land = shapely.union_all(before.geometry.to_numpy()).area
    filled = sum(one.m2 for one in report.mended if one.rule is Rule.GAP)
    assert shapely.coverage_union_all(shapes).area == pytest.approx(land + filled, abs=1_000)
    assert found.area.sum() == pytest.approx(land + filled, abs=1_000)
    kept = found.area / before.area
    assert kept.min() > 0.86
    assert kept.max() < 2.8
    assert ((kept > 0.95) & (kept < 1.2)).mean() > 0.98
