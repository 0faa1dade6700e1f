"""Installed borders of gemeenten and official police units are used instead of the shipped ones."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import box
from small_home import furnish, shrink
from sqlalchemy import text
from typer.testing import CliRunner

from cli import app
from errors import WeerbeeldError
from geo import areas
from geo.coordinates import to_lonlat
from geo.distances import distances_km, land_border
from geo.importing import import_boundaries
from operations.build import build
from release.gazetteer import official_areas
from release.placing import Placer
from store.home import Home
from store.release import open_release

pytestmark = pytest.mark.long


ROOT = Path(__file__).resolve().parents[2]
REAL = Path(os.environ.get("NL_DATA_DIR", ROOT.parent / "shared" / "nl"))
TILBURG, OISTERWIJK = "GM0855", "GM0824"
YEAR = 2025


def moved() -> gpd.GeoDataFrame:
    """Return the shipped gemeenten as CBS writes them, Tilburg larger by a strip of Oisterwijk."""
    frame = areas.gemeenten()[["code", "name", "geometry"]].set_index("code")
    strip = frame.geometry[TILBURG].buffer(1500).intersection(frame.geometry[OISTERWIJK])
    shapes = frame.geometry.copy()
    shapes[TILBURG] = shapes[TILBURG].union(strip)
    shapes[OISTERWIJK] = shapes[OISTERWIJK].difference(strip)
    frame = frame.set_geometry(shapes).reset_index()
    return frame.rename(columns={"code": "statcode", "name": "statnaam"})


@pytest.fixture(scope="module")
def border_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("borders") / "gemeenten.gpkg"
    moved().to_file(file)
    return file


@pytest.fixture
def folder(border_file: Path, tmp_path: Path) -> Path:
    import_boundaries(border_file, "gemeente", YEAR, tmp_path / "b", areas.gemeenten())
    return tmp_path / "b"


def write_table(folder: Path, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Path:
    """Write a table of RIECs: the shipped one, changed."""
    folder.mkdir(parents=True, exist_ok=True)
    table = areas.gemeenten()[["code", "riec"]].rename(columns={"code": "gemeente"})
    change(pd.DataFrame(table)).to_csv(folder / areas.RIEC_TABLE, index=False)
    return folder


def oisterwijk_elsewhere(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(riec=table["riec"].where(table["gemeente"] != OISTERWIJK, "oost-brabant"))


def test_without_own_borders_the_shipped_ones_are_used(tmp_path: Path) -> None:
    assert areas.gemeenten(tmp_path) is areas.gemeenten()
    assert areas.riecs(tmp_path) is areas.riecs()
    assert areas.attributions(tmp_path)[0].endswith(areas.PLACE_NAMES)


def test_installed_borders_place_records_and_measure_land(folder: Path) -> None:
    here, shipped = areas.gemeenten(folder), areas.gemeenten()
    assert here["code"].tolist() == shipped["code"].tolist()
    assert here["name"].tolist() == shipped["name"].tolist()
    assert here["riec"].tolist() == shipped["riec"].tolist()
    changed = here["code"][(here.area - shipped.area).abs() > 10_000]
    assert set(changed) == {TILBURG, OISTERWIJK}
    before, after = (f.set_index("code").geometry for f in (shipped, here))
    spot = after[TILBURG].intersection(before[OISTERWIJK]).representative_point()
    lon, lat = to_lonlat(np.array([spot.x]), np.array([spot.y]))
    for borders, expected in ((folder, TILBURG), (folder / "none", OISTERWIJK)):
        placed = Placer(borders).place(lon, lat, np.zeros(1, dtype=np.int64))
        assert shipped["code"][placed["gemeente"].iloc[0]] == expected


def test_what_is_read_is_named_in_the_release_and_attributed(folder: Path, tmp_path: Path) -> None:
    shipped, own = areas.fingerprint(tmp_path), areas.fingerprint(folder)
    assert own.keys() - shipped.keys() == {"gemeente.parquet", "year of gemeente"}
    sheet = folder / "gemeente.json"
    sheet.write_text(sheet.read_text().replace(f'"year": {YEAR}', f'"year": {YEAR - 1}'))
    assert areas.fingerprint(folder) == own | {"year of gemeente": str(YEAR - 1)}
    sheet.write_text(sheet.read_text().replace(f'"year": {YEAR - 1}', f'"year": {YEAR}'))
    write_table(folder, oisterwijk_elsewhere)
    assert areas.fingerprint(folder).keys() - own.keys() == {areas.RIEC_TABLE}
    line = f"Kadaster / Centraal Bureau voor de Statistiek, {YEAR}"
    assert areas.attributions(folder) == [areas.PLACE_NAMES, line]


def test_the_table_names_the_riec_of_each_gemeente(folder: Path, tmp_path: Path) -> None:
    """With the shipped borders and with installed ones; RIECs consist of their gemeenten."""
    for place in (folder, tmp_path / "only-a-table"):
        write_table(place, oisterwijk_elsewhere)
        own, regions = areas.gemeenten(place), areas.riecs(place)
        changed = own["code"][own["riec"] != areas.gemeenten()["riec"]]
        assert changed.tolist() == [OISTERWIJK]
        assert regions["code"].tolist() == areas.riecs()["code"].tolist()
        by_code = regions.set_index("code").geometry
        assert by_code.area.sum() == pytest.approx(own.area.sum(), rel=1e-9)
        inside = own.geometry.representative_point()
        around = gpd.GeoSeries(by_code.loc[own["riec"]])
        assert inside.within(around, align=False).all()


def drawn(official: pd.DataFrame) -> "pd.Series[float]":
    """Return how large each area is on a map."""
    shapes = shapely.from_geojson(official["outline"].map(json.dumps).to_numpy(dtype=object))
    return pd.Series(shapely.area(shapes), index=official.index)


def test_the_areas_of_a_release_follow_borders_and_table(folder: Path) -> None:
    write_table(folder, oisterwijk_elsewhere)
    official = official_areas(Placer(folder)).set_index("code")
    assert official.loc[OISTERWIJK, "riec"] == "oost-brabant"
    shipped = official_areas(Placer(folder / "none")).set_index("code")
    assert shipped.loc[OISTERWIJK, "riec"] == "zeeland-west-brabant"
    larger = drawn(official) / drawn(shipped)
    assert larger[TILBURG] > 1.05
    assert larger[OISTERWIJK] < 0.95
    assert larger["oost-brabant"] > 1.005
    assert larger["zeeland-west-brabant"] < 0.995
    assert larger[["NL", "limburg", "GM0599"]].to_numpy() == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda t: t.iloc[1:], "GM0014"),
        (lambda t: pd.concat([t, t.iloc[:1]]), "GM0014"),
        (lambda t: t.assign(gemeente=t["gemeente"].replace("GM0599", "GM9999")), "GM0599, GM9999"),
        (lambda t: t.assign(riec=t["riec"].replace("limburg", "Limburg")), "Limburg, limburg"),
        (lambda t: t[["gemeente"]], "no table of gemeente and riec"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(
    tmp_path: Path, change: Callable[[pd.DataFrame], pd.DataFrame], named: str
) -> None:
    with pytest.raises(WeerbeeldError, match=named):
        areas.gemeenten(write_table(tmp_path, change))


def test_other_gemeenten_than_those_of_today_are_refused(tmp_path: Path) -> None:
    file, target = tmp_path / "old.gpkg", tmp_path / "b"
    older = {"statcode": {"GM1992": "GM0501"}, "statnaam": {"Voorne aan Zee": "Brielle"}}
    moved().replace(older).to_file(file)
    with pytest.raises(WeerbeeldError) as refused:
        import_boundaries(file, "gemeente", 2022, target, areas.gemeenten())
    said = str(refused.value)
    assert "found no area of GM1992 Voorne aan Zee, expected the 342 gemeenten" in said
    assert "found also GM0501 Brielle" in said
    assert not target.exists()


def test_a_gemeente_without_a_shape_is_not_left_out(tmp_path: Path) -> None:
    frame = moved()
    frame.loc[frame["statcode"] == "GM0599", "geometry"] = None
    frame.to_file(tmp_path / "g.gpkg")
    with pytest.raises(WeerbeeldError, match="found no area of GM0599 Rotterdam"):
        import_boundaries(tmp_path / "g.gpkg", "gemeente", YEAR, tmp_path, areas.gemeenten())


def test_another_level_is_named(tmp_path: Path) -> None:
    file = tmp_path / "w.gpkg"
    rows = {"statcode": ["WK059901"], "statnaam": ["Een"]}
    shape = [box(90_000, 430_000, 91_000, 440_000)]
    gpd.GeoDataFrame(rows, geometry=shape, crs="EPSG:28992").to_file(file)
    with pytest.raises(WeerbeeldError, match="import it with --level wijk"):
        import_boundaries(file, "gemeente", YEAR, tmp_path / "b", areas.gemeenten())


def test_a_release_is_built_on_installed_borders(
    border_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shrink(monkeypatch.setattr)
    monkeypatch.setenv("WEERBEELD_HOME", str(tmp_path / "home"))
    home = Home(tmp_path / "home")
    furnish(home, tmp_path)
    first = build(home)
    words = ["boundaries", "import", str(border_file), "--level", "gemeente", "--year", str(YEAR)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert "342 gemeenten of 2025 imported" in result.output
    write_table(home.boundaries, oisterwijk_elsewhere)
    second = build(home)
    assert second.name != first.name
    for release, riec, own in ((first, "zeeland-west-brabant", 0), (second, "oost-brabant", 1)):
        with open_release(release.path).connect() as connection:
            query = text(f"SELECT riec FROM area WHERE code = '{OISTERWIJK}'")
            assert connection.execute(query).scalar_one() == riec
            line = text("SELECT count(*) FROM attribution WHERE line LIKE 'Kadaster / Centraal%'")
            assert connection.execute(line).scalar_one() == own


def test_generalised_borders_of_cbs_come_in_and_measure_alike(tmp_path: Path) -> None:
    file = REAL / "gemeenten_2023.geojson"
    if not file.exists():
        pytest.skip(f"{file} is not here: set NL_DATA_DIR to the folder with Dutch test data")
    names = {"gemeente_code": "statcode", "gemeente_naam": "statnaam"}
    frame = gpd.read_file(file)[[*names, "geometry"]].rename(columns=names)
    frame.to_file(tmp_path / "g.gpkg")
    report = import_boundaries(tmp_path / "g.gpkg", "gemeente", 2023, tmp_path, areas.gemeenten())
    assert report.rows == 342
    own = areas.gemeenten(tmp_path)
    assert own.area.sum() / 1e6 == pytest.approx(35_074, abs=20)
    border = land_border(own).length / 1000
    assert border == pytest.approx(land_border(areas.gemeenten()).length / 1000, rel=0.03)
    both = distances_km(own)["border"], distances_km(areas.gemeenten())["border"]
    differences = (both[0] - both[1]).abs()
    print(f"{differences.median():.2f} km apart by the median, {differences.max():.1f} at most")
    assert differences.median() < 0.5
    assert differences.quantile(0.95) < 2
    regions = areas.riecs(tmp_path)
    assert shapely.is_valid(regions.geometry.to_numpy()).all()
    assert len(official_areas(Placer(tmp_path))) == 1 + 10 + 342
