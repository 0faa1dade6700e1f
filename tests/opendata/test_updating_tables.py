"""An update with table sources: one that fails stops no other, a file by hand is found."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from odata_tables import play_v3
from server import Services, cut_json

from intake.progress import silent
from opendata import SOURCES
from opendata import left_out as why
from opendata.contract import Fetcher, UpdateRequest
from opendata.http.cache import Cache
from opendata.http.fetcher import HttpFetcher
from opendata.http.network import Network
from opendata.updating.one_source import Result
from opendata.updating.update import update
from store.home import Home
from tests.opendata.test_table_sources import house_prices, roads

Run = Callable[..., dict[str, Result]]


@pytest.fixture
def run(network: Network, tmp_path: Path) -> Run:
    home = Home(tmp_path / "home")

    def maker(cache: Cache, since: datetime) -> Fetcher:
        return HttpFetcher(cache, network, since)

    def run(*names: str, file: Path | None = None) -> dict[str, Result]:
        asked = UpdateRequest(2025, date(2024, 1, 1), file)
        chosen = [SOURCES[name] for name in names]
        results = update(home, chosen, list(SOURCES.values()), asked, maker, silent)
        return {result.status.name: result for result in results}

    return run


def test_a_table_that_fails_stops_no_other_and_comes_back(services: Services, run: Run) -> None:
    address = play_v3(services, house_prices())
    play_v3(services, roads())
    services.fail(f"{address}/TypedDataSet", cut_json())
    first = run("cbs_house_prices", "cbs_roads")
    assert first["cbs_house_prices"].status.outcome == "failed"
    assert "83625NED" in first["cbs_house_prices"].status.words
    assert first["cbs_roads"].status.outcome == "ok"
    second = run("cbs_house_prices", "cbs_roads")
    assert second["cbs_house_prices"].status.outcome == "ok"
    assert second["cbs_roads"].status.outcome == "unchanged"
    left_out = second["cbs_house_prices"].status.left_out
    assert {reason for reason, _ in left_out} == {why.MISSING, why.FORMER}


def test_a_file_by_hand_is_named_or_lies_in_its_folder(run: Run, tmp_path: Path) -> None:
    missing = run("fiu")["fiu"].status
    assert (missing.outcome, "--file PATH" in missing.words) == ("failed", True)
    named = tmp_path / "cijfers.csv"
    named.write_text("gemeente;jaar;aantal\nBreda;2024;11\n", encoding="utf-8")
    taken = run("fiu", file=named)["fiu"].taken
    assert taken is not None
    assert (taken.new, taken.figures) == (1, 1)
    folder = Home(tmp_path / "home").open / "files"
    folder.mkdir()
    (folder / "fiu.csv").write_text("gemeente;jaar;aantal\nBreda;2025;12\n", encoding="utf-8")
    again = run("fiu")["fiu"].taken
    assert again is not None
    assert (again.new, again.figures) == (1, 2)
