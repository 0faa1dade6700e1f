"""Tables over OData: found by name, asked in parts, and every answer held against the question."""

import os
from collections.abc import Callable
from pathlib import Path

import odata_tables as played
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odata_tables import PlayedDimension, PlayedMeasure, PlayedTable, play_v3, play_v4
from server import Fault, Services, altered, cut_json, error_in_json, renamed

from opendata.contract import SourceFailedError
from opendata.http.fetcher import HttpFetcher
from opendata.tables.calls import split
from opendata.tables.columns import TOTAL, Category
from opendata.tables.odata3 import OData3Table
from opendata.tables.odata4 import OData4Table
from opendata.tables.odata_answers import read_rows
from opendata.tables.statistics_table import StatisticsTable

NL_DATA = Path(os.environ.get("NL_DATA_DIR", Path(__file__).resolve().parents[3] / "shared" / "nl"))
HOST = "opendata.cbs.nl"
BUURTEN = [f"BU{gemeente:04d}{buurt:04d}" for gemeente in (14, 363, 599) for buurt in range(80)]
AREAS = [(code, code) for code in ["NL00", "PV20", "GM0014", "GM0363", "GM0599", *BUURTEN]]
KINDS = [("0.0.0", "Misdrijven, totaal"), ("3.1.1", "3.1.1 Drugshandel"), ("T001", "Brand")]
MONTHS = [(f"{year}MM{month:02d}", "") for year in (2024, 2025) for month in range(1, 13)]


def area_number(measure: str, codes: dict[str, str]) -> float:
    return float(int(codes["Wijken"][2:]) if codes["Wijken"][2:].isdigit() else 0)


def table(**changes: object) -> PlayedTable:
    given: dict[str, object] = {
        "table": "1NED",
        "title": "Misdrijven 2025",
        "dimensions": [
            PlayedDimension("Soort", "Soort misdrijf", "Dimension", KINDS, width=6),
            PlayedDimension("Wijken", "Wijken en buurten", "GeoDetail", AREAS, width=11),
            PlayedDimension("Perioden", "Perioden", "TimeDimension", MONTHS),
        ],
        "measures": [
            PlayedMeasure("Misdrijven_7", "Misdrijven", groups=("Politie", "Aantallen")),
            PlayedMeasure("Misdrijven_8", "Misdrijven", groups=("Politie", "Per inwoner")),
        ],
        "value": area_number,
    }
    return PlayedTable(**{**given, **changes})  # type: ignore[arg-type]


PLAYERS: dict[str, tuple[Callable[..., str], Callable[..., StatisticsTable], str]] = {
    "v3": (play_v3, OData3Table, HOST),
    "v4": (play_v4, OData4Table, "datasets.cbs.nl"),
}


@pytest.fixture(params=PLAYERS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def opened(
    services: Services, fetcher: HttpFetcher, version: str, made: PlayedTable | None = None
) -> StatisticsTable:
    player, kind, host = PLAYERS[version]
    player(services, made or table(measures=[PlayedMeasure("Misdrijven_7", "Misdrijven")]))
    return kind(fetcher, host, "1NED")


def rows_address(version: str) -> str:
    if version == "v3":
        return f"https://{HOST}/ODataApi/odata/1NED/TypedDataSet"
    return "https://datasets.cbs.nl/odata/v1/CBS/1NED/Observations"


def test_every_row_once_and_no_call_over_the_limit(
    services: Services, fetcher: HttpFetcher
) -> None:
    there = opened(services, fetcher, "v3")
    frame = there.rows([there.measure("misdrijven")], {})
    assert len(frame) == len(AREAS) * len(MONTHS) * len(KINDS) == 17_640
    assert not frame.duplicated(["Soort", "Wijken", "Perioden"]).any()
    assert set(frame["Wijken"]) == {code for code, _ in AREAS}
    assert (frame.loc[frame["Wijken"] == "GM0599", "Misdrijven_7"] == 599).all()
    assert len(services.asked_of(rows_address("v3"))) == len(MONTHS), "a call a month"


def test_chosen_areas_and_categories_alone(
    services: Services, fetcher: HttpFetcher, version: str
) -> None:
    there = opened(services, fetcher, version)
    kind, areas = there.dimension("soort misdrijf"), there.areas
    frame = there.rows(
        [there.measure("Misdrijven")],
        {
            kind: [there.category(kind, "Drugshandel")],
            areas: [c for c in there.categories(areas) if c.code.startswith(("GM", "BU0363"))],
            there.dimension("Perioden"): list(there.categories(there.dimension("Perioden")))[-2:],
        },
    )
    assert set(frame["Soort"]) == {"3.1.1"}
    assert set(frame["Perioden"]) == {"2025MM11", "2025MM12"}
    assert len(frame) == 2 * (3 + 80)
    (asked,) = services.asked_of(rows_address(version))
    assert "Soort eq '3.1.1 '" in asked.query["$filter"], "padded as the list of codes has it"
    assert "startswith(Wijken,'BU0363')" in asked.query["$filter"].replace("'BU03'", "'BU0363'")


def test_pages_are_followed(services: Services, fetcher: HttpFetcher, version: str) -> None:
    there = opened(
        services,
        fetcher,
        version,
        table(measures=[PlayedMeasure("Misdrijven_7", "Misdrijven")], page=1_000),
    )
    frame = there.rows([there.measure("Misdrijven")], {})
    assert len(frame) == 17_640


def test_several_measures_side_by_side_in_v4(services: Services, fetcher: HttpFetcher) -> None:
    there = opened(
        services,
        fetcher,
        "v4",
        table(
            measures=[PlayedMeasure("M1", "Een"), PlayedMeasure("M2", "Twee")],
            value=lambda measure, _: 1.0 if measure == "M1" else 2.0,
        ),
    )
    frame = there.rows([there.measure("Een"), there.measure("Twee")], {})
    assert (frame["M1"] == 1).all()
    assert (frame["M2"] == 2).all()
    assert len(frame) == 17_640


FAULTS: dict[str, tuple[Fault, str]] = {
    "wrong width": (played.empty(), "padded to another width"),
    "an error in a 200": (error_in_json(), "answers with an error: 'Internal'"),
    "cut off": (cut_json(), "no whole JSON"),
    "no list": (altered(lambda _: {"rows": []}), "no list of rows under 'value'"),
    "filter ignored": (
        played.without_filter("Wijken", "PV20"),
        "does not keep to the filter|was not asked for",
    ),
    "a column less": (renamed("Wijken", "Regio"), "Wijken"),
    "a row twice": (
        altered(lambda body: {"value": body["value"] + body["value"][:1]}),
        "more than one row|came before",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_answer_that_is_not_as_asked_is_refused_by_name(
    services: Services, fetcher: HttpFetcher, version: str, fault: str
) -> None:
    there = opened(services, fetcher, version)
    services.fail(rows_address(version), FAULTS[fault][0])
    first = there.categories(there.dimension("Perioden"))[:1]
    areas = [c for c in there.categories(there.areas) if c.code.startswith("GM")]
    chosen = {there.dimension("Perioden"): first, there.areas: areas}
    with pytest.raises(SourceFailedError, match=FAULTS[fault][1]) as raised:
        there.rows([there.measure("Misdrijven")], chosen)
    assert "1NED" in str(raised.value)
    assert len(there.rows([there.measure("Misdrijven")], chosen)) == 9, "the next answer is sound"


def test_keys_of_another_width_than_the_list_has_are_a_fault(
    services: Services, fetcher: HttpFetcher, version: str
) -> None:
    there = opened(services, fetcher, version)
    codes = "Wijken" if version == "v3" else "WijkenCodes"
    services.always(
        rows_address(version).rpartition("/")[0] + f"/{codes}",
        altered(lambda body: _narrower(body, "Key" if version == "v3" else "Identifier")),
    )
    one = [c for c in there.categories(there.areas) if c.code == "GM0363"]
    with pytest.raises(SourceFailedError, match="padded to another width"):
        there.rows([there.measure("Misdrijven")], {there.areas: one})


def _narrower(body: dict[str, list[dict[str, str]]], name: str) -> dict[str, object]:
    return {"value": [{**row, name: row[name].strip()} for row in body["value"]]}


def test_a_column_is_found_whatever_its_suffix_and_below_its_group(
    services: Services, fetcher: HttpFetcher
) -> None:
    there = opened(services, fetcher, "v3", table())
    assert there.measure("misdrijven", "Aantallen").key == "Misdrijven_7"
    assert there.measure("Misdrijven", "Per inwoner").key == "Misdrijven_8"
    assert not there.has_one("Misdrijven")
    with pytest.raises(SourceFailedError, match=r"2 columns 'Misdrijven'.*Politie / Aantallen"):
        there.measure("Misdrijven")
    with pytest.raises(SourceFailedError, match="is in 'aantal', expected 'km'"):
        there.measure("Misdrijven", "Aantallen", unit="km")


def test_a_renamed_column_dimension_or_category_is_refused_and_not_guessed(
    services: Services, fetcher: HttpFetcher, version: str
) -> None:
    there = opened(services, fetcher, version)
    with pytest.raises(SourceFailedError, match=r"no column 'Delicten'.*It has: Misdrijven"):
        there.measure("Delicten")
    with pytest.raises(SourceFailedError, match="no dimension 'Regio'"):
        there.dimension("Regio")
    kind = there.dimension("Soort")
    with pytest.raises(SourceFailedError, match=r"no category 'Drugs'.*3.1.1 Drugshandel"):
        there.category(kind, "Drugs")
    assert there.category(kind, "0.0.0").key == "0.0.0 "
    assert there.category(kind, TOTAL).code == "T001"


def test_a_list_of_just_the_limit_is_taken_for_cut_off(
    services: Services, fetcher: HttpFetcher
) -> None:
    codes = [(f"BU{n:08d}", "") for n in range(10_000)]
    dimensions = [PlayedDimension("Wijken", "Wijken", "GeoDetail", codes)]
    there = opened(services, fetcher, "v3", table(dimensions=dimensions))
    with pytest.raises(SourceFailedError, match="seems cut off"):
        there.categories(there.areas)


def test_the_sample_of_the_documentation_is_read() -> None:
    sample = NL_DATA / "service_samples" / "fake_odata_47022NED.json"
    if not sample.exists():
        pytest.skip(f"{sample} is absent: set NL_DATA_DIR to the folder with service samples")
    rows, page = read_rows(sample.read_bytes(), "the sample")
    assert page == ""
    assert [row["WijkenEnBuurten"] for row in rows] == ["GM0059    ", "BU00590000"]
    assert [row["GeregistreerdeMisdrijven_1"] for row in rows] == [61, None]


def test_pages_that_go_round_end(services: Services, fetcher: HttpFetcher) -> None:
    there = opened(services, fetcher, "v3")
    address = f"https://{HOST}/ODataApi/odata/1NED/Wijken"
    link = f"{address}?$format=json&page=2"
    services.always(address, altered(lambda body: {**body, "odata.nextLink": link}))
    with pytest.raises(SourceFailedError, match="round in a circle"):
        there.categories(there.areas)


KEYS = st.lists(
    st.text("GMBU012", min_size=1, max_size=5), min_size=1, max_size=60, unique=True
).flatmap(lambda keys: st.tuples(st.just(keys), st.lists(st.sampled_from(keys), unique=True)))


@settings(max_examples=200, deadline=None)
@given(areas=KEYS, months=st.integers(1, 5), most=st.integers(3, 40))
def test_calls_ask_for_just_what_is_wanted(
    areas: tuple[list[str], list[str]], months: int, most: int
) -> None:
    every = [Category(key.ljust(6), key) for key in areas[0]]
    some = [category for category in every if category.code in areas[1]]
    periods = [Category(f"2025MM{month:02d}", "") for month in range(1, months + 1)]
    calls = split({"A": (some, every), "P": (periods, periods)}, ["P", "A"], most)
    world = played.PlayedTable(
        "x",
        "x",
        [
            PlayedDimension("A", "A", "GeoDetail", [(c.code, "") for c in every], width=6),
            PlayedDimension("P", "P", "TimeDimension", [(p.code, "") for p in periods]),
        ],
        [],
    )
    answered = [(row["A"], row["P"]) for call in calls for row in world.chosen(call.filter)]
    assert sorted(answered) == sorted((c.key, p.key) for c in some for p in periods)
    assert all(call.most == len(world.chosen(call.filter)) <= most for call in calls)
