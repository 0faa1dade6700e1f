"""Whichever command comes first on a new home, nobody else may enter what it makes."""

import os
import stat
from pathlib import Path

import geopandas as gpd
import pytest
from command_line import weerbeeld
from intake_samples import sample_csv
from planted_release import plant
from shapely.geometry import box
from street_files import road_file

from folders import make_folder


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A delivery and borders of one buurt, in a folder beside the home."""
    (tmp_path / "business.csv").write_bytes(sample_csv("business"))
    columns = {"buurtcode": ["BU05990001"], "buurtnaam": ["Cool"], "gemeentecode": ["GM0599"]}
    square = [box(91_000, 436_000, 92_000, 437_000)]
    frame = gpd.GeoDataFrame(columns | {"gemeentenaam": ["Rotterdam"]}, geometry=square, crs=28992)
    frame.to_file(tmp_path / "buurten.gpkg", layer="buurten")
    road_file(tmp_path / "streets.gpkg")
    return tmp_path


COMMANDS = (
    "boundaries import {files}/buurten.gpkg --level buurt --year 2025",
    "ground import {files}/streets.gpkg",
    "intake business {files}/business.csv --partner kvk",
    "grant add somebody nsoc --organisation NSOC --purpose toezicht",
    "demo",
    "update --offline",
    "build",
    "verify",
    "retention run",
)


def others_enter(home: Path) -> list[str]:
    """Return the folders of a home that others may enter or read."""
    folders = [home, *(path for path in home.rglob("*") if path.is_dir())]
    return [str(f) for f in folders if stat.S_IMODE(f.stat().st_mode) & 0o077]


@pytest.mark.long
@pytest.mark.sqlite
@pytest.mark.parametrize("words", COMMANDS)
def test_a_new_home_is_its_owners_alone(words: str, files: Path) -> None:
    home, before = files / "new" / "home", os.umask(0o022)
    try:
        done = weerbeeld(home, *words.format(files=files).split())
    finally:
        os.umask(before)
    if words.split(maxsplit=1)[0] in ("boundaries", "ground", "intake", "grant", "demo"):
        assert done.returncode == 0, done.stdout + done.stderr
        assert home.exists()
    if home.exists():
        assert others_enter(home) == []


def test_a_release_is_written_to_folders_of_its_own(tmp_path: Path) -> None:
    plant(tmp_path / "home" / "releases")
    assert others_enter(tmp_path / "home") == []


def test_a_folder_that_was_shared_stays_so(tmp_path: Path) -> None:
    shared = tmp_path / "home"
    shared.mkdir()
    shared.chmod(0o751)
    make_folder(shared / "work" / "records")
    make_folder(shared)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o751
    assert stat.S_IMODE((shared / "work").stat().st_mode) == 0o700
    assert stat.S_IMODE((shared / "work" / "records").stat().st_mode) == 0o700
