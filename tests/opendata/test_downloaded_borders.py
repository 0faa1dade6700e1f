"""Borders and the key figures beside them by file, in the layouts of the map of any year."""

from contextlib import nullcontext
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from intake.progress import silent
from opendata import SOURCES
from opendata import left_out as why
from opendata.contract import Fetcher, SourceData, SourceFailedError, UpdateRequest
from opendata.http.cache import Cache
from opendata.http.fetcher import OfflineFetcher
from opendata.updating.taking_in import take_in
from store.home import Home
from tests.opendata.test_downloaded_tables import EVERYTHING

CODES = {"buurt": "BU0599{:04}", "wijk": "WK0599{:02}"}
WITH_FIGURES = ("pdok_neighbourhoods", "pdok_geopackage")
BORDERS_ONLY = ("pdok_borders", "pdok_former_borders")


@pytest.fixture
def offline(tmp_path: Path) -> Fetcher:
    """What an update with a file is given: it asks nothing."""
    return OfflineFetcher(Cache(tmp_path / "nothing"))


def rows(level: str, code: str, name: str, **figures: object) -> gpd.GeoDataFrame:
    shapes = [box(90_000 + 500 * n, 435_000, 90_500 + 500 * n, 435_500) for n in range(6)]
    return gpd.GeoDataFrame(
        {code: [CODES[level].format(n) for n in range(6)], name: [f"Deel {n}" for n in range(6)]}
        | {column: [value] * 6 for column, value in figures.items()},
        geometry=shapes,
        crs="EPSG:28992",
    )


def fetched(name: str, file: Path, fetcher: Fetcher, year: int | None = None) -> SourceData:
    asked = UpdateRequest(year or 2025, EVERYTHING, file, year_said=year is not None)
    return SOURCES[name].fetch(fetcher, asked)


@pytest.mark.parametrize("name", WITH_FIGURES)
def test_a_geopackage_with_every_level(name: str, offline: Fetcher, tmp_path: Path) -> None:
    file = tmp_path / "wijkenbuurten_2024_v1.gpkg"
    for level, layer in (("buurt", "buurten"), ("wijk", "wijken")):
        areas = rows(
            level,
            f"{level}code",
            f"{level}naam",
            water="NEE",
            aantal_inwoners=200,
            oppervlakte_land_in_ha=250,
            aantal_bedrijven_handel_en_horeca=-99997,
        )
        areas.loc[5, "water"] = "JA"
        areas.to_file(file, layer=layer)
    brought = fetched(name, file, offline)
    assert [(b.level, b.year) for b in brought.borders] == [("wijk", 2024), ("buurt", 2024)]
    figures = brought.figures.groupby(["level", "figure"])["value"].agg(["size", "max"])
    assert figures.to_dict("index") == {
        (level, figure): {"size": 5, "max": value}
        for level in ("buurt", "wijk")
        for figure, value in (("inhabitants", 200.0), ("land_km2", 2.5))
    }
    assert set(brought.figures["source"]) == {SOURCES[name].attribution.format(year=2024)}
    assert dict(brought.left_out)[why.WATER] == 2
    assert brought.remarks == ("it holds no gemeente",)


@pytest.mark.parametrize(
    "figures",
    [
        {"AANT_INW": 200, "OPP_LAND": 250, "H2O": "NEE"},
        {"aantal_inw": 200, "oppervlakte_land_in_ha": 250, "water": "NEE"},
        {"aantal_inwoners": 200, "oppervlakte_land_in_ha": 250, "water": "NEE"},
    ],
)
def test_a_shapefile_of_any_year(
    figures: dict[str, object], offline: Fetcher, tmp_path: Path
) -> None:
    file = tmp_path / "buurt_2019_v3.shp"
    with pytest.warns() if max(map(len, figures)) > 10 else nullcontext():
        rows("buurt", "BU_CODE", "BU_NAAM", **figures).to_file(file)
    brought = fetched("pdok_neighbourhoods", file, offline)
    assert [(b.level, b.year) for b in brought.borders] == [("buurt", 2019)]
    values = brought.figures.set_index("figure")["value"].groupby(level=0).max().to_dict()
    land = {} if "oppervlakte_land_in_ha" in figures else {"land_km2": 2.5}
    assert values == {"inhabitants": 200.0} | land, "what is cut to oppervlakt may be the water"


@pytest.mark.parametrize("name", BORDERS_ONLY)
def test_borders_alone(name: str, offline: Fetcher, tmp_path: Path) -> None:
    file = tmp_path / "buurten.geojson"
    rows("buurt", "statcode", "statnaam").to_crs("EPSG:4326").to_file(file)
    with pytest.raises(SourceFailedError, match="add --year"):
        fetched(name, file, offline)
    brought = fetched(name, file, offline, 2022)
    (border,) = brought.borders
    assert (border.level, border.year, border.former) == ("buurt", 2022, "former" in name)
    assert brought.figures.empty


def test_what_it_brings_is_taken_in(offline: Fetcher, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.work.mkdir(parents=True)
    file = tmp_path / "buurt_2019_v3.shp"
    rows("buurt", "BU_CODE", "BU_NAAM", AANT_INW=200).to_file(file)
    brought = fetched("pdok_neighbourhoods", file, OfflineFetcher(Cache(home.open / "answers")))
    source = SOURCES["pdok_neighbourhoods"]
    taken = take_in(home, source, brought, OfflineFetcher(Cache(home.open / "answers")), silent)
    assert taken.borders == ("buurt",)
    assert len(pd.read_parquet(home.boundaries / "buurt.parquet")) == 6


def test_a_file_without_areas(offline: Fetcher, tmp_path: Path) -> None:
    file = tmp_path / "w2024-2024.geojson"
    rows("wijk", "nummer", "benaming").to_crs("EPSG:4326").to_file(file)
    with pytest.raises(SourceFailedError, match="gemeentecode"):
        fetched("pdok_geopackage", file, offline, 2024)
