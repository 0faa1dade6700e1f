"""Border files of every kind, offered to the import of wijken."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import geopandas as gpd

from errors import WeerbeeldError
from geo.areas import gemeenten
from geo.importing import import_boundaries
from tools.fuzz.contract import PartlyLoadedError, Reader, expect_same, state_of
from tools.fuzz.geojson_inputs import geojson
from tools.fuzz.geopackage_inputs import geopackage
from tools.fuzz.shapefile_inputs import zipped_shapefile


@dataclass(frozen=True)
class Workspace:
    """A folder for the file, and one for what is installed, which is empty before."""

    incoming: Path
    installed: Path
    gemeenten: gpd.GeoDataFrame


def _prepare(folder: Path) -> Workspace:
    (folder / "incoming").mkdir()
    (folder / "installed").mkdir()
    return Workspace(folder / "incoming", folder / "installed", gemeenten())


def _read(suffix: str, workspace: Workspace, data: bytes) -> str:
    file = workspace.incoming / f"w{suffix}"
    shutil.rmtree(workspace.incoming)
    workspace.incoming.mkdir()
    file.write_bytes(data)
    try:
        report = import_boundaries(file, "wijk", 2024, workspace.installed, workspace.gemeenten)
    except WeerbeeldError:
        expect_same({}, workspace.installed)
        raise
    finally:
        _expect_untouched(workspace, file, data)
    kept = gpd.read_parquet(workspace.installed / "wijk.parquet")
    names = sorted(state_of(workspace.installed))
    for path in workspace.installed.iterdir():
        path.unlink()
    if len(kept) != report.rows or names != ["wijk.json", "wijk.parquet"]:
        raise PartlyLoadedError(f"{report.rows} areas were accepted, and {len(kept)} are there")
    return "\n".join(report.lines)


def _expect_untouched(workspace: Workspace, file: Path, data: bytes) -> None:
    expect_same({file.name: data}, workspace.incoming)


def _reader(name: str, share: int, suffix: str, make: Callable[..., bytes]) -> Reader:
    return Reader(name, share, _prepare, make, partial(_read, suffix))


READERS = (
    _reader("GeoPackage borders", 40, ".gpkg", geopackage),
    _reader("GeoJSON borders", 40, ".geojson", geojson),
    _reader("Shapefile borders", 40, ".zip", zipped_shapefile),
)
