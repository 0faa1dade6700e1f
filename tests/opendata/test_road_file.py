"""The national road file, fetched from a played service: streets on maps, and nothing else."""

from datetime import date
from pathlib import Path

import pytest
from command_line import weerbeeld
from server import Reply, Services, error_page, truncated
from street_files import road_file

from geo.streets.file import open_streets
from opendata import source_named
from opendata.contract import SourceFailedError, UpdateRequest
from opendata.http.fetcher import HttpFetcher
from opendata.sources.nwb_roads import ADDRESS
from opendata.updating.one_source import ask_source
from opendata.updating.update import update
from store.home import Home
from store.source_status import read_statuses

ASKED = UpdateRequest(2025, date(2025, 1, 1))


def progress(*_: object) -> None:
    """Say nothing."""


def serve(services: Services, file: Path) -> None:
    body = file.read_bytes()
    services.serve(ADDRESS, lambda _: Reply(body, headers={"ETag": f'"{len(body)}"'}))


def test_the_road_file_is_installed_once(
    services: Services, fetcher: HttpFetcher, tmp_path: Path
) -> None:
    home, source = Home(tmp_path / "home"), source_named("ground")
    serve(services, road_file(tmp_path / "nwb_wegen.gpkg"))
    first = update(home, [source], [source], ASKED, lambda *_: fetcher, progress)[0]
    assert first.status.outcome == "ok", first.status.words
    assert first.taken is not None
    assert first.taken.borders == ("streets",)
    streets = open_streets(home.served.streets)
    assert streets is not None
    assert streets.about.streets == 5
    year = streets.about.day.year
    assert streets.about.credit == f"Nationaal Wegenbestand (NWB), Rijkswaterstaat, {year}"
    (told,) = read_statuses(home.served)
    assert (told.name, told.outcome, told.figures, told.until) == (
        "ground",
        "ok",
        0,
        streets.about.day,
    )
    again = update(home, [source], [source], ASKED, lambda *_: fetcher, progress)[0]
    assert again.status.outcome == "unchanged"
    assert again.taken is not None
    assert again.taken.borders == ()
    assert open_streets(home.served.streets) is streets


@pytest.mark.parametrize("fault", [error_page(), truncated()], ids=["a page", "cut off"])
def test_a_service_that_fails_leaves_the_streets_as_they_were(
    fault: object, services: Services, fetcher: HttpFetcher, tmp_path: Path
) -> None:
    home, source = Home(tmp_path / "home"), source_named("ground")
    serve(services, road_file(tmp_path / "nwb_wegen.gpkg"))
    ask_source(home, source, fetcher, ASKED, progress)
    before = home.served.streets.read_bytes()
    services.always(ADDRESS, fault)  # type: ignore[arg-type]
    failed = ask_source(home, source, fetcher, ASKED, progress)
    assert failed.taken is None
    assert failed.status.outcome == "failed"
    assert home.served.streets.read_bytes() == before


def test_another_file_is_refused_by_name(
    services: Services, fetcher: HttpFetcher, tmp_path: Path
) -> None:
    services.always(ADDRESS, error_page())
    with pytest.raises(SourceFailedError, match="no GeoPackage: it begins with"):
        source_named("ground").fetch(fetcher, ASKED)


def test_a_file_that_a_person_downloaded_needs_no_network(tmp_path: Path) -> None:
    file = road_file(tmp_path / "nwb_wegen.gpkg")
    home = tmp_path / "home"
    done = weerbeeld(home, "update", "ground", "--file", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "streets" in done.stdout
    assert "weerbeeld build" not in done.stdout
    assert open_streets(Home(home).served.streets) is not None
    wrong = weerbeeld(home, "update", "ground", "--file", str(Path(__file__)))
    assert wrong.returncode == 2
