"""Border files as CBS published them over the years, and as people's machines leave them."""

import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import pytest
from shapely import box

from errors import WeerbeeldError
from geo.areas import gemeenten
from geo.importing import ImportReport, Level, import_boundaries

ROOT = Path(__file__).resolve().parents[2]
RD = "EPSG:28992"
LEVELS: dict[str, tuple[str, str]] = {
    "buurt": ("BU0599{:04}", "Buurt {}"),
    "wijk": ("WK0599{:02}", "Wijk {}"),
}


@pytest.fixture
def cases() -> Path:
    """The inputs that went wrong, or a skip that says why."""
    folder = Path(os.environ.get("CASES_DIR", ROOT.parent / "shared" / "cases"))
    if not folder.exists():
        pytest.skip(f"no inputs that went wrong in {folder} (set CASES_DIR)")
    return folder


def areas(code: str, name: str, level: str = "buurt", **more: Any) -> gpd.GeoDataFrame:  # noqa: ANN401
    """Return nine areas in Rotterdam, with columns called ``code`` and ``name``."""
    codes, names = LEVELS[level]
    return gpd.GeoDataFrame(
        {
            code: [codes.format(n) for n in range(9)],
            name: [names.format(n) for n in range(9)],
            **{key: [value] * 9 for key, value in more.items()},
        },
        geometry=[box(90_000 + 500 * n, 435_000, 90_500 + 500 * n, 435_500) for n in range(9)],
        crs=RD,
    )


def imported(
    file: Path, target: Path, level: Level = "buurt", *, former: bool = False
) -> ImportReport:
    return import_boundaries(file, level, 2024, target, gemeenten(), former=former)


@pytest.mark.parametrize("suffix", ["shp", "gpkg", "geojson"])
@pytest.mark.parametrize("level", ["buurt", "wijk"])
def test_the_columns_of_before_2022(tmp_path: Path, suffix: str, level: Level) -> None:
    short = {"buurt": "BU", "wijk": "WK"}[level]
    rows = areas(f"{short}_CODE", f"{short}_NAAM", level, GM_CODE="GM0599", GM_NAAM="Rotterdam")
    rows.loc[8, "H2O"] = "JA"
    rows.to_file(tmp_path / f"areas.{suffix}")
    report = imported(tmp_path / f"areas.{suffix}", tmp_path / "in", level, former=True)
    assert (report.rows, report.dropped_water) == (8, 1)
    names = gpd.read_parquet(tmp_path / "in" / f"{level}_2024.parquet")["name"]
    assert list(names) == [LEVELS[level][1].format(n) for n in range(8)]


def test_a_file_of_finer_areas_is_no_file_of_gemeenten(tmp_path: Path) -> None:
    rows = areas("BU_CODE", "BU_NAAM", GM_CODE="GM0599", GM_NAAM="Rotterdam")
    rows.to_file(tmp_path / "buurten.shp")
    with pytest.raises(WeerbeeldError, match="buurt areas goes with --level buurt"):
        imported(tmp_path / "buurten.shp", tmp_path / "in", "gemeente")


def test_names_that_a_shapefile_cuts_to_ten_letters(tmp_path: Path) -> None:
    rows = gemeenten()[["code", "name", "geometry"]].to_crs(RD)
    rows = rows.rename(columns={"code": "gemeentecode", "name": "gemeentenaam"})
    rows["geometry"] = rows.geometry.simplify_coverage(500)
    with pytest.warns(UserWarning, match="10 characters"), pytest.warns(match="Normalized"):
        rows.to_file(tmp_path / "gemeenten.shp")
    assert "gemeenteco" in gpd.read_file(tmp_path / "gemeenten.shp")
    assert imported(tmp_path / "gemeenten.shp", tmp_path / "in", "gemeente").rows == 342


def test_a_refusal_lists_the_columns_that_are_known(tmp_path: Path) -> None:
    areas("nummer", "benaming").to_file(tmp_path / "a.shp")
    with pytest.raises(WeerbeeldError) as refused:
        imported(tmp_path / "a.shp", tmp_path / "in")
    for name in ("nummer", "benaming", "buurtcode", "bu_code", "statcode", "buurtnaam", "bu_naam"):
        assert name in str(refused.value)


def zipped_on_a_mac(folder: Path, file: Path, *files: Path) -> Path:
    """Return a zip as Finder makes it: each file has a shadow of the same name."""
    archive = folder / "mac.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for part in (file, *files):
            out.write(part, f"Wijk en buurt/{part.name}")
            out.writestr(f"__MACOSX/Wijk en buurt/._{part.name}", b"\x00\x05\x16\x07" * 16)
        out.writestr("Wijk en buurt/.DS_Store", b"\x00")
        out.writestr("Wijk en buurt/._.DS_Store", b"\x00")
    return archive


@pytest.mark.parametrize("suffix", ["shp", "gpkg", "geojson"])
def test_a_zip_made_on_a_mac(tmp_path: Path, suffix: str) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    areas("buurtcode", "buurtnaam").to_file(inner / f"buurten.{suffix}")
    assert imported(zipped_on_a_mac(tmp_path, *inner.iterdir()), tmp_path / "in").rows == 9


def test_a_zip_with_a_file_a_level_beside_one_of_all(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    buurten, wijken = areas("BU_CODE", "BU_NAAM"), areas("WK_CODE", "WK_NAAM", "wijk")
    buurten.to_file(inner / "buurt_2019_v3.shp")
    wijken.to_file(inner / "wijk_2019_v3.shp")
    for layer, rows in {"buurten": buurten, "wijken": wijken}.items():
        rows.to_file(inner / "wijkenbuurten_2019.gpkg", layer=layer)
    archive = zipped_on_a_mac(tmp_path, *inner.iterdir())
    assert imported(archive, tmp_path / "in", "buurt").rows == 9
    assert imported(archive, tmp_path / "in", "wijk").rows == 9


@pytest.fixture
def write_ahead(tmp_path: Path) -> Iterator[Path]:
    """A GeoPackage in write-ahead mode, of which the last name is not written back yet."""
    folder = tmp_path / "share"
    folder.mkdir()
    path = folder / "buurten.gpkg"
    areas("buurtcode", "buurtnaam").to_file(path, layer="buurten", SPATIAL_INDEX="NO")
    database = sqlite3.connect(path)
    database.execute("pragma journal_mode = wal")
    database.execute("pragma wal_autocheckpoint = 0")
    database.execute("update buurten set buurtnaam = 'Nieuw' where buurtcode = 'BU05990008'")
    database.commit()
    yield path
    database.close()


def test_what_is_not_written_back_yet_goes_along(tmp_path: Path, write_ahead: Path) -> None:
    there = {path.name for path in write_ahead.parent.iterdir()}
    assert "buurten.gpkg-wal" in there
    imported(write_ahead, tmp_path / "in")
    assert list(gpd.read_parquet(tmp_path / "in" / "buurt.parquet")["name"])[-1] == "Nieuw"
    assert {path.name for path in write_ahead.parent.iterdir()} == there
    archive = zipped_on_a_mac(tmp_path, write_ahead, write_ahead.with_name("buurten.gpkg-wal"))
    imported(archive, tmp_path / "zipped")
    assert list(gpd.read_parquet(tmp_path / "zipped" / "buurt.parquet")["name"])[-1] == "Nieuw"


NOBODY = 65_534


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that every account may enter: pytest's own is for one account."""
    with TemporaryDirectory(prefix="weerbeeld-test-") as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def test_a_folder_that_is_read_only(open_to_all: Path) -> None:
    folder = open_to_all / "disc"
    folder.mkdir()
    path = folder / "buurten.gpkg"
    areas("buurtcode", "buurtnaam").to_file(path, layer="buurten", SPATIAL_INDEX="NO")
    with sqlite3.connect(path) as database:
        database.execute("pragma journal_mode = wal")
    database.close()
    imported(path, open_to_all / "before")
    for file in folder.iterdir():
        if file != path:
            file.unlink()
    path.chmod(0o444)
    folder.chmod(0o555)
    with _bound_by_rights():
        assert imported(path, open_to_all / "in").rows == 9
    assert [file.name for file in folder.iterdir()] == ["buurten.gpkg"]
    folder.chmod(0o755)


@contextmanager
def _bound_by_rights() -> Iterator[None]:
    """Become an account whom the rights on a folder bind: they do not bind root."""
    own = os.geteuid()
    if own == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(own)


def test_the_inputs_that_went_wrong(cases: Path, tmp_path: Path) -> None:
    old = imported(
        cases / "shapefile_old_cbs_columns" / "buurten.shp", tmp_path / "old", former=True
    )
    assert old.rows > 0
    whole = cases / "shapefile_gemeenten_ten_letters" / "gemeenten_2023_v2.shp"
    assert imported(whole, tmp_path / "gm", "gemeente").rows == 342
    assert imported(cases / "shapefile_zipped_on_a_mac.zip", tmp_path / "mac").rows > 0
    assert imported(cases / "geopackage_wal_read_only" / "wal.gpkg", tmp_path / "wal").rows == 9
