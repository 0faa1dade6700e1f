"""Border files that are made to fill memory or disk, to run forever, or to read something else."""

import json
import os
import sqlite3
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest

from geo import border_database, border_files, border_zip
from geo.areas import gemeenten
from geo.border_limits import LARGEST_FILE
from geo.importing import import_boundaries

RefuseBorder = Callable[[Path], str]
SQUARE = [[4.40, 51.90], [4.41, 51.90], [4.41, 51.91], [4.40, 51.90]]


def feature(shape: object, **properties: object) -> dict[str, object]:
    named = {"wijkcode": "WK059900", "wijknaam": "Wijk 0"} | properties
    return {"type": "Feature", "properties": named, "geometry": shape}


def collection(*features: object, **more: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


def zipped(wijken: gpd.GeoDataFrame, folder: Path, stem: str = "wijken_2024") -> Path:
    """Return a zip of a Shapefile, as CBS publishes them."""
    inner = folder / "inner"
    inner.mkdir()
    wijken.to_file(inner / f"{stem}.shp")
    path = folder / "w.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(inner.iterdir()):
            archive.write(part, f"cbs/{part.name}")
        archive.writestr("cbs/lees mij.txt", "toelichting")
    return path


def add(path: Path, name: str | zipfile.ZipInfo, data: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return path


def geopackage(wijken: gpd.GeoDataFrame, folder: Path, *statements: str) -> Path:
    path = folder / "w.gpkg"
    wijken.to_file(path, layer="wijken", SPATIAL_INDEX="NO")
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)
    database.close()
    return path


# A file that is another kind than its name says


def test_a_file_that_names_another_file_is_not_followed(
    tmp_path: Path, wijken: gpd.GeoDataFrame, refuse_border: RefuseBorder
) -> None:
    """GDAL opens a file by what it holds: as VRT or as a pipeline it would read any other."""
    wijken.to_file(tmp_path / "other.gpkg", layer="wijken")
    other = tmp_path / "other.gpkg"
    virtual = (
        f'<OGRVRTDataSource><OGRVRTLayer name="wijken"><SrcDataSource>{other}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    )
    pipeline = json.dumps(
        {"type": "gdal_streamed_alg", "command_line": f"gdal vector pipeline ! read {other}"}
    )
    for name in ("w.geojson", "w.json", "w.gpkg", "w.shp"):
        for text in (virtual, pipeline, f" \n{virtual}", f"\ufeff{pipeline}"):
            (tmp_path / name).write_text(text, encoding="utf-8")
            assert "cannot be read" in refuse_border(tmp_path / name)


def test_a_database_that_is_no_geopackage(tmp_path: Path, refuse_border: RefuseBorder) -> None:
    sqlite3.connect(tmp_path / "w.gpkg").execute("create table wijken (wijkcode, wijknaam)")
    assert "no GeoPackage" in refuse_border(tmp_path / "w.gpkg")


# Zips


def test_a_zip_of_cbs_is_read(tmp_path: Path, wijken: gpd.GeoDataFrame) -> None:
    path = zipped(wijken, tmp_path)
    before = path.read_bytes()
    report = import_boundaries(path, "wijk", 2024, tmp_path / "installed", gemeenten())
    assert (report.rows, report.crs) == (4, "EPSG:28992")
    assert path.read_bytes() == before
    sheet = json.loads((tmp_path / "installed" / "wijk.json").read_text(encoding="utf-8"))
    assert sheet["source"] == "w.zip"


@pytest.mark.parametrize("suffix", ["gpkg", "geojson"])
def test_the_file_of_the_level_is_taken_from_a_zip(
    tmp_path: Path, wijken: gpd.GeoDataFrame, suffix: str, refuse_border: RefuseBorder
) -> None:
    wijken.to_file(tmp_path / f"x.{suffix}")
    data = (tmp_path / f"x.{suffix}").read_bytes()
    add(tmp_path / "w.zip", f"WijkenBuurten/buurten.{suffix}", b"not looked at")
    add(tmp_path / "w.zip", f"WijkenBuurten/Wijken.{suffix}", data)
    target = tmp_path / "two"
    assert import_boundaries(tmp_path / "w.zip", "wijk", 2024, target, gemeenten()).rows == 4
    add(tmp_path / "w.zip", f"wijken-2.{suffix}", data)
    assert "where one of wijk was expected" in refuse_border(tmp_path / "w.zip")


def test_a_zip_without_borders(tmp_path: Path, refuse_border: RefuseBorder) -> None:
    assert "(none)" in refuse_border(add(tmp_path / "w.zip", "readme.txt", b"x"))


@pytest.mark.parametrize(
    "name", ["../w.prj", "/tmp/w.prj", "a/../../w.prj", "..\\w.prj", "C:\\w.prj", "C:w.prj"]
)
def test_a_zip_that_would_write_elsewhere(
    tmp_path: Path, wijken: gpd.GeoDataFrame, name: str, refuse_border: RefuseBorder
) -> None:
    path = add(zipped(wijken, tmp_path), name, b"x")
    before = sorted(tmp_path.rglob("*"))
    assert "outside its folder" in refuse_border(path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_zip_with_a_link(
    tmp_path: Path, wijken: gpd.GeoDataFrame, refuse_border: RefuseBorder
) -> None:
    link = zipfile.ZipInfo("cbs/wijken_2024.cst")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert "a link" in refuse_border(add(zipped(wijken, tmp_path), link, b"/etc/passwd"))


def test_an_encrypted_zip(
    tmp_path: Path, wijken: gpd.GeoDataFrame, refuse_border: RefuseBorder
) -> None:
    path = zipped(wijken, tmp_path)
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    assert "encrypted" in refuse_border(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_packed_in_a_way_that_may_take_gigabytes_to_unpack(
    tmp_path: Path, wijken: gpd.GeoDataFrame, method: int, refuse_border: RefuseBorder
) -> None:
    wijken.to_file(tmp_path / "x.gpkg")
    with zipfile.ZipFile(tmp_path / "w.zip", "w", method) as archive:
        archive.write(tmp_path / "x.gpkg", "wijken.gpkg")
    assert "unusual way" in refuse_border(tmp_path / "w.zip")


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "shp"])
def test_a_zip_bomb(tmp_path: Path, suffix: str, refuse_border: RefuseBorder) -> None:
    """Half a gigabyte of nothing, in half a megabyte."""
    path = tmp_path / "w.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(f"wijken.{suffix}", "w") as out,
    ):
        for _ in range(512):
            out.write(bytes(2**20))
    assert path.stat().st_size < 600_000
    assert "grows beyond" in refuse_border(path)


def test_a_zip_whose_stated_sizes_are_lies(
    tmp_path: Path, refuse_border: RefuseBorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(border_zip, "LARGEST_FILE", 2**20)
    path = add(tmp_path / "w.zip", "wijken.gpkg", os.urandom(2**21))
    assert "grows beyond 1,048,576 bytes" in refuse_border(path)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(data)
    assert "cannot be read" in refuse_border(path)


def test_a_zip_of_a_hundred_thousand_names(tmp_path: Path, refuse_border: RefuseBorder) -> None:
    path = tmp_path / "w.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"{number}.txt", b"")
    tracemalloc.start()
    try:
        assert "more than 1,000 files" in refuse_border(path)
        assert tracemalloc.get_traced_memory()[1] < 2**23
    finally:
        tracemalloc.stop()
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1_200):
            archive.writestr(f"{number}.txt", b"")
    assert "1,200 files" in refuse_border(path)


# GeoPackages: databases that hold programs

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select i as fid"
OVER = "null as geom, 'WK059900' as wijkcode, 'x' as wijknaam"


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["drop table wijken", f"create view wijken as {ENDLESS}, {OVER} from n"], "view wijken"),
        ([f"create view aside as {ENDLESS} from n"], "view aside"),
        (["create virtual table wide using fts5(x)"], "table wide"),
        (
            ["alter table wijken add column c text as (hex(zeroblob(400000000))) virtual"],
            "wijken.c",
        ),
    ],
)
def test_a_geopackage_that_computes(
    tmp_path: Path,
    wijken: gpd.GeoDataFrame,
    statements: list[str],
    said: str,
    refuse_border: RefuseBorder,
) -> None:
    path = geopackage(wijken, tmp_path, *statements)
    begun = time.monotonic()
    assert f"{said}, where only tables are expected" in refuse_border(path)
    assert time.monotonic() - begun < 10


def test_a_check_in_a_geopackage_is_not_run(tmp_path: Path, wijken: gpd.GeoDataFrame) -> None:
    """A pattern of many stars takes longer than the world lasts, within one step of SQLite."""
    path = geopackage(wijken, tmp_path)
    with sqlite3.connect(path) as database:
        database.execute(
            "create table slow (t text check (t not glob '*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b'))"
        )
        database.execute("pragma ignore_check_constraints = on")
        database.execute("insert into slow values (replace(hex(zeroblob(5000)), '0', 'a'))")
    database.close()
    target = tmp_path / "installed"
    assert import_boundaries(path, "wijk", 2024, target, gemeenten()).rows == 4


def test_a_geopackage_with_a_giant_value(
    tmp_path: Path,
    wijken: gpd.GeoDataFrame,
    refuse_border: RefuseBorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = geopackage(wijken, tmp_path, "update wijken set geom = zeroblob(3000000) where fid = 1")
    monkeypatch.setattr(border_database, "LARGEST_VALUE", 2_000_000)
    assert "cannot be read" in refuse_border(path)


def test_a_geopackage_whose_value_goes_round_and_round(
    tmp_path: Path, wijken: gpd.GeoDataFrame, refuse_border: RefuseBorder
) -> None:
    """An overflow chain that comes back to itself makes a small file as long as it states."""
    path = geopackage(wijken, tmp_path, "update wijken set geom = zeroblob(200000) where fid = 1")
    data = bytearray(path.read_bytes())
    page = struct.unpack(">H", data[16:18])[0]
    zeros = [n for n in range(len(data) // page) if not any(data[n * page + 4 : (n + 1) * page])]
    chained = [n for n in zeros if struct.unpack(">I", data[n * page : n * page + 4])[0] == n + 2]
    last = chained[-1]
    data[last * page : last * page + 4] = struct.pack(">I", chained[0] + 1)
    path.write_bytes(data)
    assert "cannot be read" in refuse_border(path)


def test_a_geopackage_that_takes_long_is_given_up(
    tmp_path: Path,
    wijken: gpd.GeoDataFrame,
    refuse_border: RefuseBorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = geopackage(
        wijken,
        tmp_path,
        "create table more as with recursive n(i) as "
        "(select 1 union all select i + 1 from n where i < 200000) select i from n",
    )
    monkeypatch.setattr(border_database, "SECONDS", 0.0)
    monkeypatch.setattr(border_database, "STEPS", 100)
    assert "interrupted" in refuse_border(path)


def test_more_areas_than_there_can_be(
    tmp_path: Path,
    wijken: gpd.GeoDataFrame,
    refuse_border: RefuseBorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(border_database, "MOST_AREAS", 3)
    assert "4 areas where at most 3" in refuse_border(geopackage(wijken, tmp_path))
    monkeypatch.setattr(border_files, "MOST_AREAS", 3)
    for name in ("w.geojson", "w.shp"):
        wijken.to_file(tmp_path / name)
        assert "Found 4 areas, expected at most 3" in refuse_border(tmp_path / name)


# Size, depth and corner points


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "shp"])
def test_a_file_that_is_too_large_is_not_opened(
    tmp_path: Path, suffix: str, refuse_border: RefuseBorder
) -> None:
    path = tmp_path / f"w.{suffix}"
    with path.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    assert "at most 2,147,483,648 are read" in refuse_border(path)


@pytest.mark.parametrize("depth", [100, 10_000, 2_000_000])
def test_deep_nesting(tmp_path: Path, depth: int, refuse_border: RefuseBorder) -> None:
    path = tmp_path / "w.geojson"
    begun = time.monotonic()
    for opened, shut in (("[", "]"), ('{"a":', "}")):
        nested = f"{opened * depth}1{shut * depth}"
        for where in ("coordinates", "bbox"):
            shape = f'{{"type": "MultiPolygon", "{where}": {nested}}}'
            path.write_text(collection(feature(None)).replace("null", shape), encoding="utf-8")
            refuse_border(path)
        shapes = '{"type": "GeometryCollection", "geometries": [' * depth + "]}" * depth
        path.write_text(collection(feature(None)).replace("null", shapes), encoding="utf-8")
        refuse_border(path)
    assert time.monotonic() - begun < 60


def test_absurd_numbers_of_corner_points(
    tmp_path: Path, refuse_border: RefuseBorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(border_files, "MOST_POINTS_OF_ONE", 1_000)
    ring = [*SQUARE[:-1], *([4.40, 51.90 + n / 1e6] for n in range(1_000)), SQUARE[0]]
    (tmp_path / "w.geojson").write_text(
        collection(feature({"type": "Polygon", "coordinates": [ring]})), encoding="utf-8"
    )
    assert "1,004 in one area" in refuse_border(tmp_path / "w.geojson")
    monkeypatch.setattr(border_files, "MOST_POINTS", 10)
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    (tmp_path / "w.geojson").write_text(collection(*[feature(shape)] * 3), encoding="utf-8")
    assert "12 corner points" in refuse_border(tmp_path / "w.geojson")


# Messages: what the fuzzer found


@pytest.mark.parametrize("text", ["\x1b[2J", "\u202eabc", "a\nb", "x" * 5_000])
def test_texts_of_a_border_file_in_messages(
    tmp_path: Path, text: str, refuse_border: RefuseBorder
) -> None:
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    path = tmp_path / "w.geojson"
    for row in (feature(shape, wijkcode=text), feature(shape, jaarcode=text)):
        path.write_text(collection(row), encoding="utf-8")
        assert len(refuse_border(path)) < 500
    odd = {"type": "Feature", "properties": {text: 1}, "geometry": shape}
    path.write_text(collection(odd), encoding="utf-8")
    assert len(refuse_border(path)) < 600


@pytest.mark.parametrize("day", ["-2024-01-01", "2024-02-31", "2024-01-01T25:00:00Z"])
def test_a_text_that_looks_like_a_day(
    tmp_path: Path, day: str, refuse_border: RefuseBorder
) -> None:
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    path = tmp_path / "w.geojson"
    path.write_text(collection(feature(shape, wijkcode=day, other=day)), encoding="utf-8")
    assert "a code like WK059901" in refuse_border(path)


def test_digits_of_other_scripts_are_no_code(tmp_path: Path, refuse_border: RefuseBorder) -> None:
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    path = tmp_path / "w.geojson"
    path.write_text(collection(feature(shape, wijkcode="WK٠٥٩٩00")), encoding="utf-8")
    assert "a code like WK059901" in refuse_border(path)
