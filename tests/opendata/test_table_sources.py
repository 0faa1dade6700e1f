"""Sources that are tables: known answers, what is left out counted, the rest taken in."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from odata_tables import Codes, PlayedDimension, PlayedMeasure, PlayedTable, Value, play_v3, play_v4
from server import Services, altered, as_json

from intake.receive import receive
from opendata import SOURCES, OpenSource
from opendata import left_out as why
from opendata.contract import COLUMNS, SourceData, SourceFailedError, UpdateRequest
from opendata.http.fetcher import HttpFetcher
from records.branches import GROUPS
from records.figures import TEST_ONLY
from store.home import Home

ASKED = UpdateRequest(year=2025, since=date(2024, 1, 1))
TODAY = date(2026, 7, 1)

REGIOS = [
    ("NL01", "Nederland"),
    ("PV27", "Noord-Holland (PV)"),
    ("GM0363", "Amsterdam"),
    ("GM0599", "Rotterdam"),
    ("GM0003", "Appingedam"),
    ("GM0998", "Onbekend"),
]
BUURTEN = [
    ("NL00", "Nederland"),
    ("GM0363", "Amsterdam"),
    ("WK036301", "Burgwallen-Oude Zijde"),
    ("BU0363AA01", "Kop Zeedijk"),
    ("BU03630001", "Elders"),
    ("GM0999", "Onbekend"),
]
YEARS = [(f"{year}JJ00", str(year)) for year in (2015, 2022, 2023, 2024, 2025)]


def regios(kind: str = "GeoDimension") -> PlayedDimension:
    return PlayedDimension("RegioS", "Regio's", kind, REGIOS, width=10)


def periods(codes: list[tuple[str, str]]) -> PlayedDimension:
    return PlayedDimension("Perioden", "Perioden", "TimeDimension", codes)


def number(codes: Codes) -> float:
    """Return a figure that differs by area and by year."""
    area = next(code for key, code in codes.items() if key in ("RegioS", "WijkenEnBuurten"))
    return float({"NL": 9000, "PV": 5000}.get(area[:2], int(area[2:6]))) + int(
        codes.get("Perioden", "2000")[2:4]
    )


def taken(brought: SourceData) -> dict[tuple[str, str, str, int], float]:
    """Return the value of each figure, by figure, area, day and months."""
    return {
        (row.figure, row.area, f"{row.date:%Y-%m-%d}", row.months): row.value  # type: ignore[misc]
        for row in brought.figures.itertuples()
    }


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def receive_all(source: OpenSource, brought: SourceData, home: Home, tmp_path: Path) -> None:
    """Deliver what a source brought as an update does; intake judges it like any delivery."""
    assert list(brought.figures) == list(COLUMNS)
    assert set(brought.figures["figure"]) <= set(source.brings)
    file = tmp_path / "figures.parquet"
    brought.figures.to_parquet(file, index=False)
    receipt = receive("area_figure", file, source.partner, home, today=TODAY)
    assert receipt.rows == len(brought.figures)


# The tables, as they are documented or were seen by others.


def house_prices() -> PlayedTable:
    def value(_: str, codes: Codes) -> Value:
        return None if codes["RegioS"] == "GM0003" else number(codes)

    return PlayedTable(
        "83625NED",
        "Bestaande koopwoningen; gemiddelde verkoopprijzen, regio",
        [regios(), periods(YEARS)],
        [PlayedMeasure("GemiddeldeVerkoopprijs_1", "Gemiddelde verkoopprijs", "euro")],
        value,
    )


def roads() -> PlayedTable:
    kinds = [("T001491", "Totale weglengte"), ("A047344", "Gemeentelijke wegen")]
    return PlayedTable(
        "70806ned",
        "Lengte van wegen; wegkenmerken, regio",
        [
            PlayedDimension("SoortRijbanen", "Soort rijbanen", "Dimension", kinds, width=8),
            regios(),
            periods(YEARS),
        ],
        [PlayedMeasure("Weglengte_1", "Weglengte", "km")],
        lambda _, codes: number(codes) if codes["SoortRijbanen"] == "T001491" else 0.5,
    )


MONTHS = [("2023MM12", ""), ("2024JJ00", ""), ("2024MM01", ""), ("2024MM02", "")]


def bankruptcies() -> PlayedTable:
    kinds = [("T001243", "Totaal"), ("A047596", "Bedrijven, instellingen en eenmanszaken")]
    country = PlayedDimension("RegioS", "Regio's", "GeoDimension", REGIOS[:2], width=6)
    return PlayedTable(
        "82522NED",
        "Faillissementen; bedrijven en instellingen, regio",
        [
            PlayedDimension("TypeGefailleerde", "Type gefailleerde", "Dimension", kinds),
            country,
            periods(MONTHS),
        ],
        [PlayedMeasure("A047596_1", "Uitgesproken faillissementen")],
        lambda _, codes: 300.0 if codes["TypeGefailleerde"] == "A047596" else 999.0,
    )


def establishment_events(table: str, event: str) -> PlayedTable:
    branches = [("T001081 ", "A-U Alle economische activiteiten"), ("301000 ", "A Landbouw")]
    return PlayedTable(
        table,
        f"Vestigingen van bedrijven; {event.lower()}, bedrijfstak, regio",
        [
            PlayedDimension(
                "BedrijfstakkenBranchesSBI2008",
                "Bedrijfstakken/branches (SBI 2008)",
                "Dimension",
                branches,
            ),
            PlayedDimension("RegioS", "Regio's", "GeoDimension", REGIOS[:2], width=6),
            periods(YEARS),
        ],
        [PlayedMeasure(f"{event}VanVestigingen_1", f"{event} van vestigingen")],
        lambda _, codes: 7.0 if codes["BedrijfstakkenBranchesSBI2008"] == "301000" else 250_000.0,
    )


SECTIONS = [
    ("T001081", "A-U Alle economische activiteiten"),
    ("354200", "G Handel"),
    ("383100", "I Horeca"),
    ("427100", "S Overige dienstverlening"),
]


def branches(codes: list[tuple[str, str]] = SECTIONS) -> PlayedTable:
    worth = {"T001081": 1000, "354200": 200, "383100": 90, "383200": 20, "383300": 70, "45": 40}

    def value(_: str, place: Codes) -> Value:
        if place["RegioS"] == "GM0599" and place["BedrijfstakkenBranchesSBI2008"] == "383300":
            return None
        return float(worth.get(place["BedrijfstakkenBranchesSBI2008"], 5))

    return PlayedTable(
        "81575NED",
        "Vestigingen van bedrijven; bedrijfstak, gemeente",
        [
            PlayedDimension(
                "BedrijfstakkenBranchesSBI2008",
                "Bedrijfstakken/branches (SBI 2008)",
                "Dimension",
                codes,
            ),
            regios(),
            periods(YEARS),
        ],
        [PlayedMeasure("M000200", "Vestigingen")],
        value,
    )


OFFENCES = [
    ("0.0.0", "Totaal misdrijven"),
    ("1.6.1", "1.6.1 Brand/ontploffing"),
    ("2.1.1", "2.1.1 Drugs/drankoverlast"),
    ("3.1.1", "3.1.1 Drugshandel"),
]


def police(table: str, codes: list[tuple[str, str]]) -> PlayedTable:
    worth = {"0.0.0": 100.0, "1.6.1": 2.0, "2.1.1": 50.0, "3.1.1": 3.0}

    def value(_: str, place: Codes) -> Value:
        if place["WijkenEnBuurten"] == "BU0363AA01" and place["SoortMisdrijf"] != "0.0.0":
            return None
        return worth[place["SoortMisdrijf"]]

    return PlayedTable(
        table,
        "Geregistreerde misdrijven; soort misdrijf, wijk, buurt",
        [
            PlayedDimension("SoortMisdrijf", "Soort misdrijf", "Dimension", OFFENCES, width=6),
            PlayedDimension("WijkenEnBuurten", "Wijken en buurten", "GeoDetail", BUURTEN, width=10),
            periods(codes),
        ],
        [PlayedMeasure("GeregistreerdeMisdrijven_1", "Geregistreerde misdrijven")],
        value,
    )


BRANCHES = {
    "A Landbouw, bosbouw en visserij": 5.0,
    "B-F Nijverheid en energie": 10.0,
    "G+I Handel en horeca": 15.0,
    "H+J Vervoer, informatie en communicatie": 20.0,
    "K-L Financiële diensten, onroerend goed": 25.0,
    "M-N Zakelijke dienstverlening": 30.0,
    "O-Q Overheid, onderwijs en zorg": 35.0,
    "R-U Cultuur, recreatie, overige diensten": 40.0,
}
BY_BRANCH = tuple(f"firms_{name}" for name in GROUPS)
PUBLIC = BY_BRANCH.index("firms_public")


def by_branch(suffix: int = 0) -> list[PlayedMeasure]:
    """Return the columns of establishments by branch; a key has no accents."""
    groups = ("Bedrijfsvestigingen, SBI 2008", "Bedrijfsvestigingen naar activiteit")
    stems = [re.sub(r"[^A-Za-z]", "", title.replace("ë", "e")) for title in BRANCHES]
    return [
        PlayedMeasure(f"{stem}_{96 + n + suffix}", title, "aantal", groups)
        for n, (stem, title) in enumerate(zip(stems, BRANCHES, strict=True))
    ]


def key_figures(table: str = "86165NED", suffix: int = 0) -> PlayedTable:
    def measure(stem: str, number: int, title: str, unit: str, *groups: str) -> PlayedMeasure:
        return PlayedMeasure(f"{stem}_{number + suffix}", title, unit, groups)

    values: dict[str, Value] = {
        "AantalInwoners": 200.0,
        "k_15Tot25Jaar": 30.0,
        "Woningvoorraad": 90.0,
        "BedrijfsvestigingenTotaal": 35.0,
        "OppervlakteLand": 250.0,
        "HuishoudensMetEenLaagInkomen": 6.5,
        "EuropaExclusiefNederland": 20.0,
        "BuitenEuropa": 40.0,
    }

    def value(key: str, codes: Codes) -> Value:
        stem = key.rpartition("_")[0]
        if codes["WijkenEnBuurten"] == "BU03630001":
            empty: dict[str, Value] = {"AantalInwoners": 0.0, "OppervlakteLand": -99997.0}
            return empty.get(stem)
        return values[stem]

    branches = by_branch(suffix)
    values |= {
        m.key.rpartition("_")[0]: worth
        for m, worth in zip(branches, BRANCHES.values(), strict=True)
    }
    return PlayedTable(
        table,
        "Kerncijfers wijken en buurten 2025",
        [PlayedDimension("WijkenEnBuurten", "Wijken en buurten", "GeoDetail", BUURTEN, width=10)],
        [
            measure("AantalInwoners", 5, "Aantal inwoners", "aantal", "Bevolking"),
            measure("k_15Tot25Jaar", 9, "15 tot 25 jaar", "aantal", "Bevolking", "Leeftijd"),
            measure(
                "EuropaExclusiefNederland",
                18,
                "Europa (exclusief Nederland)",
                "aantal",
                "Herkomstland",
            ),
            measure("BuitenEuropa", 19, "Buiten Europa", "aantal", "Herkomstland"),
            measure(
                "EuropaExclusiefNederland",
                21,
                "Europa (exclusief Nederland)",
                "aantal",
                "Geboren in Nederland",
            ),
            measure("BuitenEuropa", 22, "Buiten Europa", "aantal", "Geboren in Nederland"),
            measure("Woningvoorraad", 35, "Woningvoorraad", "aantal", "Wonen"),
            measure("HuishoudensMetEenLaagInkomen", 87, "Huishoudens met een laag inkomen", "%"),
            measure("BedrijfsvestigingenTotaal", 95, "Bedrijfsvestigingen, totaal", "aantal"),
            *branches,
            measure("OppervlakteLand", 116, "Oppervlakte land", "ha", "Oppervlakte"),
        ],
        value,
    )


PLAYED: dict[str, Callable[[Services], object]] = {
    "cbs_bankruptcies": lambda services: play_v4(services, bankruptcies()),
    "cbs_branches": lambda services: play_v4(services, branches()),
    "cbs_firms_closed": lambda services: play_v3(
        services, establishment_events("83635NED", "Opheffingen")
    ),
    "cbs_firms_founded": lambda services: play_v3(
        services, establishment_events("83631NED", "Oprichtingen")
    ),
    "cbs_house_prices": lambda services: play_v3(services, house_prices()),
    "cbs_key_figures": lambda services: play_v3(services, key_figures()),
    "police_crime": lambda services: play_v3(
        services, police("47022NED", MONTHS), "dataderden.cbs.nl"
    ),
    "police_crime_yearly": lambda services: play_v3(
        services, police("47018NED", YEARS), "dataderden.cbs.nl"
    ),
    "cbs_roads": lambda services: play_v3(services, roads()),
}


def fetched(name: str, services: Services, fetcher: HttpFetcher) -> SourceData:
    PLAYED[name](services)
    return SOURCES[name].fetch(fetcher, ASKED)


@pytest.mark.parametrize("name", PLAYED)
def test_intake_takes_what_a_source_brings(
    name: str, services: Services, fetcher: HttpFetcher, home: Home, tmp_path: Path
) -> None:
    brought = fetched(name, services, fetcher)
    receive_all(SOURCES[name], brought, home, tmp_path)
    assert brought.until is not None
    assert brought.until <= date(2025, 12, 31)
    year = brought.figures["date"].dt.year.astype(str)
    assert all(y in source for y, source in zip(year, brought.figures["source"], strict=True))


def test_house_prices(services: Services, fetcher: HttpFetcher) -> None:
    brought = fetched("cbs_house_prices", services, fetcher)
    assert taken(brought) == {
        ("house_price", area, f"{year}-01-01", 0): base + year - 2000
        for year in (2024, 2025)
        for area, base in (("NL", 9000), ("GM0363", 363), ("GM0599", 599))
    }
    assert dict(brought.left_out) == {why.MISSING: 2, why.FORMER: 2}, "a former gemeente is null"
    assert len(brought.figures) + 4 == 2 * 5, "what came in is taken or counted"


def test_states_from_before_are_brought_where_there_is_nothing_newer(
    services: Services, fetcher: HttpFetcher
) -> None:
    play_v3(services, house_prices())
    brought = SOURCES["cbs_house_prices"].fetch(fetcher, UpdateRequest(2026, date(2026, 5, 1)))
    assert set(brought.figures["date"]) == {pd.Timestamp("2025-01-01")}


def test_roads_are_those_of_all_kinds(services: Services, fetcher: HttpFetcher) -> None:
    assert (
        taken(fetched("cbs_roads", services, fetcher))[("road_km", "GM0599", "2025-01-01", 0)]
        == 624
    )


def test_bankruptcies_by_month_for_the_country(services: Services, fetcher: HttpFetcher) -> None:
    brought = fetched("cbs_bankruptcies", services, fetcher)
    assert taken(brought) == {
        ("bankruptcies", "NL", "2024-01-01", 1): 300.0,
        ("bankruptcies", "NL", "2024-02-01", 1): 300.0,
    }
    assert brought.until == date(2024, 2, 29)


@pytest.mark.parametrize("figure", ["firms_founded", "firms_closed"])
def test_establishments_founded_and_closed_by_year_for_the_country(
    services: Services, fetcher: HttpFetcher, figure: str
) -> None:
    assert taken(fetched(f"cbs_{figure}", services, fetcher)) == {
        (figure, "NL", "2024-01-01", 12): 250_000.0,
        (figure, "NL", "2025-01-01", 12): 250_000.0,
    }


def test_quarters_and_gemeenten_are_taken_where_a_table_of_closures_has_them(
    services: Services, fetcher: HttpFetcher
) -> None:
    table = establishment_events("83635NED", "Opheffingen")
    branches = table.dimensions[0]
    quarters = [("2024KW01", ""), ("2024KW02", ""), ("2024JJ00", "")]
    table.dimensions = [branches, regios(), periods(quarters)]
    play_v3(services, table)
    figures = taken(SOURCES["cbs_firms_closed"].fetch(fetcher, ASKED))
    assert set(figures) == {
        ("firms_closed", area, day, 3)
        for area in ("NL", "GM0363", "GM0599", "GM0003")
        for day in ("2024-01-01", "2024-04-01")
    }


@pytest.mark.parametrize(
    ("figure", "table", "other"),
    [
        ("firms_closed", "83635NED", "Oprichtingen"),
        ("firms_founded", "83631NED", "Opheffingen"),
    ],
)
def test_a_table_of_another_event_is_refused(
    services: Services, fetcher: HttpFetcher, figure: str, table: str, other: str
) -> None:
    play_v3(services, establishment_events(table, other))
    with pytest.raises(SourceFailedError, match=rf"{table} .* is called .*{other.lower()}"):
        SOURCES[f"cbs_{figure}"].fetch(fetcher, ASKED)


def test_all_branches_of_another_name_are_refused(services: Services, fetcher: HttpFetcher) -> None:
    table = establishment_events("83635NED", "Opheffingen")
    total, *rest = table.dimensions
    codes = [("A000001", "Alle economische activiteiten"), ("301000", "A Landbouw")]
    table.dimensions = [replace(total, codes=codes), *rest]
    play_v3(services, table)
    with pytest.raises(SourceFailedError, match="no category 'total'"):
        SOURCES["cbs_firms_closed"].fetch(fetcher, ASKED)


def test_branches_that_are_summed_are_named(services: Services, fetcher: HttpFetcher) -> None:
    brought = fetched("cbs_branches", services, fetcher)
    figures = taken(brought)
    assert figures[("firms", "GM0363", "2025-01-01", 0)] == 1000
    assert figures[("firms_cash_intensive", "GM0363", "2025-01-01", 0)] == 90
    cash = brought.figures[brought.figures["figure"] == "firms_cash_intensive"]
    assert set(cash["source"]) == {
        f"Bron: CBS, {year}, tabel 81575NED; opgeteld: SBI I" for year in (2024, 2025)
    }


FINER = [
    ("T001081", "A-U Alle economische activiteiten"),
    ("45", "45 Autohandel en -reparatie"),
    ("383100", "I Horeca"),
    ("383200", "55 Logiesverstrekking"),
    ("383300", "56 Eet- en drinkgelegenheden"),
    ("383350", "561 Restaurants"),
]


def test_finer_branches_are_taken_where_there_are(services: Services, fetcher: HttpFetcher) -> None:
    play_v4(services, branches(FINER))
    brought = SOURCES["cbs_branches"].fetch(fetcher, ASKED)
    figures = taken(brought)
    assert figures[("firms_cash_intensive", "GM0363", "2025-01-01", 0)] == 40 + 20 + 70
    assert ("firms_cash_intensive", "GM0599", "2025-01-01", 0) not in figures, "one part is null"
    assert dict(brought.left_out)[why.MISSING] == 2


def test_no_cash_intensive_branch_is_a_fault(services: Services, fetcher: HttpFetcher) -> None:
    play_v4(services, branches(SECTIONS[:2]))
    with pytest.raises(SourceFailedError, match="none of the branches 45, 55, 56"):
        SOURCES["cbs_branches"].fetch(fetcher, ASKED)


def test_police_figures_by_month(services: Services, fetcher: HttpFetcher) -> None:
    brought = fetched("police_crime", services, fetcher)
    figures = taken(brought)
    for month in ("2024-01-01", "2024-02-01"):
        for area in ("NL", "GM0363", "WK036301", "BU03630001"):
            assert figures[("offences", area, month, 1)] == 100
            assert figures[("drug_offences", area, month, 1)] == 3
            assert figures[("arson", area, month, 1)] == 2
        assert figures[("offences", "BU0363AA01", month, 1)] == 100
        assert ("arson", "BU0363AA01", month, 1) not in figures, "a null is no zero"
    assert dict(brought.left_out) == {why.NOT_SAID: 4, why.FORMER: 6}
    assert len(brought.figures) + 10 == 2 * 6 * 3, "what came in is taken or counted"


def test_years_of_the_police_lie_before_the_months(
    services: Services, fetcher: HttpFetcher
) -> None:
    brought = fetched("police_crime_yearly", services, fetcher)
    assert set(brought.figures["date"].dt.year) == {2022, 2023}
    assert set(brought.figures["months"]) == {12}


def test_key_figures(services: Services, fetcher: HttpFetcher) -> None:
    brought = fetched("cbs_key_figures", services, fetcher)
    figures = taken(brought)
    day = "2025-01-01"
    for area in ("GM0363", "WK036301", "BU0363AA01"):
        assert figures[("inhabitants", area, day, 0)] == 200
        assert figures[("dwellings", area, day, 0)] == 90
        assert figures[("firms", area, day, 0)] == 35
        assert [figures[(name, area, day, 0)] for name in BY_BRANCH] == [*BRANCHES.values()]
        assert figures[("land_km2", area, day, 0)] == 2.5
        assert figures[("share_age_15_to_24", area, day, 0)] == 15
        assert figures[("share_low_income", area, day, 0)] == 6.5
        assert figures[("share_origin_outside_nl", area, day, 0)] == 30
    assert figures[("inhabitants", "BU03630001", day, 0)] == 0
    assert figures[("inhabitants", "NL", day, 0)] == 200
    assert not any(figure in TEST_ONLY and area == "NL" for figure, area, _, _ in figures)
    assert dict(brought.left_out) == {
        why.FORMER: 7 + 8,
        why.NOT_TESTED: 3,
        why.MISSING: 6 + 8,
    }
    assert len(brought.figures) + 32 == 6 * 15, "what came in is taken or counted"


def with_branch(place: int, change: str) -> PlayedTable:
    """Return key figures of which the column of one branch is not as it was."""
    table = key_figures()
    (named,) = (m for m in table.measures if m.title == list(BRANCHES)[place])
    rest = [m for m in table.measures if m is not named]
    key = named.key
    table.measures = {
        "gone": rest,
        "renamed": [*rest, replace(named, key=f"Ander{key}", title=f"{named.title} (SBI 2025)")],
        "twice": [*rest, named, replace(named, key=f"Ander{key}")],
        "below another group": [*rest, replace(named, groups=("Werkzame personen",))],
    }[change]
    return table


@pytest.mark.parametrize(
    ("place", "change"),
    [
        *product((0, 4, 7), ("gone", "renamed", "twice", "below another group")),
        (PUBLIC, "twice"),
    ],
)
def test_a_column_of_a_branch_that_is_not_there_once_is_refused(
    services: Services, fetcher: HttpFetcher, place: int, change: str
) -> None:
    play_v3(services, with_branch(place, change))
    with pytest.raises(SourceFailedError, match=f"column.*{re.escape([*BRANCHES][place])}"):
        SOURCES["cbs_key_figures"].fetch(fetcher, ASKED)


def test_a_year_without_branches_is_no_fault(services: Services, fetcher: HttpFetcher) -> None:
    table = key_figures()
    table.measures = [m for m in table.measures if m.title not in BRANCHES]
    play_v3(services, table)
    brought = SOURCES["cbs_key_figures"].fetch(fetcher, ASKED)
    assert not set(BY_BRANCH) & set(brought.figures["figure"])
    assert dict(brought.left_out)[why.NO_COLUMN] == len(BRANCHES) * len(BUURTEN)


@pytest.mark.parametrize("change", ["gone", "renamed", "below another group"])
def test_a_branch_that_a_year_lacks_is_counted_and_the_rest_is_taken(
    services: Services, fetcher: HttpFetcher, change: str
) -> None:
    place = PUBLIC
    play_v3(services, with_branch(place, change))
    brought = SOURCES["cbs_key_figures"].fetch(fetcher, ASKED)
    brings = set(SOURCES["cbs_key_figures"].brings)
    assert brings - set(brought.figures["figure"]) == {BY_BRANCH[place]}
    assert dict(brought.left_out)[why.NO_COLUMN] == len(BUURTEN)


def test_missing_value_codes_are_no_figures(services: Services, fetcher: HttpFetcher) -> None:
    table = key_figures()
    made = table.value
    table.value = lambda key, codes: -99997.0 if key.startswith("Woning") else made(key, codes)
    play_v3(services, table)
    brought = SOURCES["cbs_key_figures"].fetch(fetcher, ASKED)
    assert dict(brought.left_out)[why.MISSING] == 6 + 8 - 1 + 5
    assert not (brought.figures["value"] < 0).any()


def test_key_figures_of_another_year_with_other_suffixes(
    services: Services, fetcher: HttpFetcher
) -> None:
    table = key_figures("90001NED", suffix=3)
    table.title = "Kerncijfers wijken en buurten 2026"
    table.measures = [m for m in table.measures if "Herkomstland" not in m.groups]
    play_v3(services, table)
    listed = [
        {"Identifier": "90001NED", "Title": "Kerncijfers wijken en buurten 2026"},
        {"Identifier": "90002NED", "Title": "Kerncijfers wijken en buurten 2026, kaart"},
    ]
    services.serve(
        "https://opendata.cbs.nl/ODataCatalog/Tables", lambda _: as_json({"value": listed})
    )
    brought = SOURCES["cbs_key_figures"].fetch(fetcher, UpdateRequest(2026, date(2024, 1, 1)))
    assert taken(brought)[("land_km2", "GM0363", "2026-01-01", 0)] == 2.5
    assert dict(brought.left_out)[why.NO_COLUMN] == 6
    (asked,) = services.asked_of("https://opendata.cbs.nl/ODataCatalog/Tables")
    assert asked.query["$filter"] == (
        "substringof('kerncijfers wijken en buurten 2026',tolower(Title))"
    )
    with pytest.raises(SourceFailedError, match=r"lists no table 'Kerncijfers .* 2027'"):
        SOURCES["cbs_key_figures"].fetch(fetcher, UpdateRequest(2027, date(2024, 1, 1)))


def test_a_table_of_another_year_than_its_number_said_is_refused(
    services: Services, fetcher: HttpFetcher
) -> None:
    table = key_figures("85318NED")
    table.title = "Kerncijfers wijken en buurten 2023"
    play_v3(services, table)
    with pytest.raises(SourceFailedError, match="is called 'Kerncijfers wijken en buurten 2023'"):
        SOURCES["cbs_key_figures"].fetch(fetcher, UpdateRequest(2022, date(2022, 1, 1)))


RENAMED = {
    "cbs_bankruptcies": (
        "datasets.cbs.nl/odata/v1/CBS/82522NED/MeasureCodes",
        "Uitgesproken faill",
    ),
    "cbs_branches": ("datasets.cbs.nl/odata/v1/CBS/81575NED/MeasureCodes", "Vestigingen"),
    "cbs_firms_closed": ("opendata.cbs.nl/ODataApi/odata/83635NED/DataProperties", "Opheffingen"),
    "cbs_firms_founded": ("opendata.cbs.nl/ODataApi/odata/83631NED/DataProperties", "Oprichtingen"),
    "cbs_house_prices": ("opendata.cbs.nl/ODataApi/odata/83625NED/DataProperties", "Gemiddelde"),
    "cbs_key_figures": ("opendata.cbs.nl/ODataApi/odata/86165NED/DataProperties", "Woningvoorraad"),
    "police_crime": ("dataderden.cbs.nl/ODataApi/odata/47022NED/DataProperties", "Geregistreerde"),
    "police_crime_yearly": ("dataderden.cbs.nl/ODataApi/odata/47018NED/DataProperties", "Gereg"),
    "cbs_roads": ("opendata.cbs.nl/ODataApi/odata/70806ned/DataProperties", "Weglengte"),
}
"""Where the columns of a source are listed, and how the name of one begins."""


@pytest.mark.parametrize("name", PLAYED)
def test_a_renamed_column_is_refused_by_name(
    name: str, services: Services, fetcher: HttpFetcher
) -> None:
    address, column = RENAMED[name]

    def renamed(body: dict[str, list[dict[str, str]]]) -> dict[str, object]:
        return {
            "value": [
                {**row, "Title": "Anders", "Key": "Anders_1"}
                if row["Title"].startswith(column) and "Vestigingen van" not in row["Title"]
                else row
                for row in body["value"]
            ]
        }

    PLAYED[name](services)
    services.always(f"https://{address}", altered(renamed))
    with pytest.raises(SourceFailedError, match=f"no column '{column}.*is it renamed"):
        SOURCES[name].fetch(fetcher, ASKED)


def test_a_dimension_that_was_not_there_before_is_refused(
    services: Services, fetcher: HttpFetcher
) -> None:
    table = house_prices()
    kinds = PlayedDimension("Woningtype", "Woningtype", "Dimension", [("T001", "Totaal")])
    table.dimensions = [kinds, *table.dimensions]
    play_v3(services, table)
    with pytest.raises(SourceFailedError, match="dimension 'Woningtype' that it had not before"):
        SOURCES["cbs_house_prices"].fetch(fetcher, ASKED)


def test_figures_that_are_all_missing_are_a_fault(services: Services, fetcher: HttpFetcher) -> None:
    table = house_prices()
    table.value = lambda _, __: None
    play_v3(services, table)
    with pytest.raises(SourceFailedError, match="no figure that can be taken"):
        SOURCES["cbs_house_prices"].fetch(fetcher, ASKED)
