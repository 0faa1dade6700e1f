"""Livability, from a WFS as GeoServer serves it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from server import (
    Fault,
    Reply,
    Request,
    Services,
    altered,
    as_json,
    cut_json,
    error_page,
)

from intake.receive import receive
from opendata import SOURCES
from opendata import left_out as why
from opendata.contract import SourceFailedError, UpdateRequest
from opendata.http.fetcher import HttpFetcher
from opendata.sources import leefbaarometer
from store.home import Home

ADDRESS = "https://geo.leefbaarometer.nl/lbm3/ows"
EDITIONS = ("18", "22", "24")
CLASSES: dict[str, dict[str, int | None]] = {
    "lbm3:gemeentescore24": {"GM0363": 6, "GM0599": 5, "GM0005": 4},
    "lbm3:wijkscore24": {"WK036301": 9, "WK059901": 1},
    "lbm3:buurtscore24": {f"BU0363{n:04d}": 1 + n % 9 for n in range(12)} | {"BU05990001": None},
}


def answer(request: Request) -> Reply:
    if request.query["request"] == "GetCapabilities":
        layers = [f"lbm3:{layer}{two}" for layer in leefbaarometer.LAYERS for two in EDITIONS]
        names = "".join(f"<Name>{name}</Name>" for name in [*layers, "lbm3:pc4score24"])
        return Reply(f"<WFS_Capabilities>{names}</WFS_Capabilities>".encode())
    rows = CLASSES[request.query["typeNames"]]
    assert request.query["propertyName"] == "id,kscore"
    first, size = int(request.query["startIndex"]), int(request.query["count"])
    features = [
        {"type": "Feature", "geometry": None, "properties": {"id": area, "kscore": score}}
        for area, score in sorted(rows.items())[first : first + size]
    ]
    body = {"type": "FeatureCollection", "features": features, "numberMatched": len(rows)}
    return as_json(body)


@pytest.fixture
def wfs(services: Services, monkeypatch: pytest.MonkeyPatch) -> Services:
    monkeypatch.setattr(leefbaarometer, "PAGE", 5)
    services.serve(ADDRESS, answer)
    return services


def test_classes_of_the_newest_edition(wfs: Services, fetcher: HttpFetcher, tmp_path: Path) -> None:
    source = SOURCES["leefbaarometer"]
    brought = source.fetch(fetcher, UpdateRequest(2025, date(2024, 1, 1)))
    found = brought.figures.set_index("area")["value"]
    assert found["GM0363"] == 6
    assert found["WK059901"] == 1
    assert found["BU03630011"] == 3
    assert set(brought.figures["date"].dt.year) == {2024}
    assert brought.left_out == ((why.NO_CLASS, 1), (why.FORMER, 1))
    assert len(found) + 2 == sum(map(len, CLASSES.values())), "what came in is taken or counted"
    file = tmp_path / "figures.parquet"
    brought.figures.to_parquet(file, index=False)
    taken = receive("area_figure", file, source.partner, Home(tmp_path), today=date(2026, 7, 1))
    assert taken.rows == len(found)


def test_an_older_year_asks_for_an_older_edition(wfs: Services, fetcher: HttpFetcher) -> None:
    with pytest.raises(SourceFailedError, match="no layer gemeentescore up to 2016"):
        SOURCES["leefbaarometer"].fetch(fetcher, UpdateRequest(2016, date(2016, 1, 1)))


def _without_class(body: dict[str, list[dict[str, dict[str, object]]]]) -> object:
    for feature in body["features"]:
        feature["properties"]["score"] = feature["properties"].pop("kscore")
    return body


FAULTS: dict[str, tuple[Fault, str]] = {
    "a page in HTML": (error_page(), "no whole JSON"),
    "cut off": (cut_json(), "no whole JSON"),
    "a renamed column": (altered(_without_class), "without id or kscore, but with id, score"),
    "no features": (altered(lambda _: {"exceptions": []}), "gave no features"),
    "fewer than there are": (
        altered(lambda body: {**body, "numberMatched": 999}),
        "where it has 999",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_named(wfs: Services, fetcher: HttpFetcher, fault: str) -> None:
    change, words = FAULTS[fault]

    def features_alone(request: Request, asked: Callable[[Request], Reply]) -> Reply:
        if request.query["request"] == "GetCapabilities":
            return asked(request)
        return change(request, asked)

    wfs.always(ADDRESS, features_alone)
    with pytest.raises(SourceFailedError, match=words):
        SOURCES["leefbaarometer"].fetch(fetcher, UpdateRequest(2025, date(2024, 1, 1)))


def test_a_service_that_offers_nothing_is_refused(services: Services, fetcher: HttpFetcher) -> None:
    services.serve(ADDRESS, lambda _: Reply(b"<html>Onderhoud</html>"))
    with pytest.raises(SourceFailedError, match="does not say what it offers"):
        SOURCES["leefbaarometer"].fetch(fetcher, UpdateRequest(2025, date(2024, 1, 1)))
