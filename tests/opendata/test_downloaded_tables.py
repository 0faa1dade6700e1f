"""Tables of CBS and the police by file: the same figures as from the service, in each layout."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from odata_tables import PlayedTable
from server import Services
from statline_files import named_file, raw_file

from opendata import SOURCES
from opendata import left_out as why
from opendata.contract import Fetcher, SourceData, SourceFailedError, UpdateRequest
from opendata.http.cache import Cache
from opendata.http.fetcher import HttpFetcher, OfflineFetcher
from opendata.left_out import LeftOut
from tests.opendata.test_police_units import areas as police_units
from tests.opendata.test_table_sources import (
    MONTHS,
    PLAYED,
    YEARS,
    bankruptcies,
    branches,
    establishment_events,
    house_prices,
    key_figures,
    police,
    roads,
)

SINCE = date(2024, 1, 1)
EVERYTHING = date(1995, 1, 1)
TABLES: dict[str, Callable[[], PlayedTable]] = {
    "cbs_bankruptcies": bankruptcies,
    "cbs_branches": branches,
    "cbs_firms_closed": lambda: establishment_events("83635NED", "Opheffingen"),
    "cbs_firms_founded": lambda: establishment_events("83631NED", "Oprichtingen"),
    "cbs_house_prices": house_prices,
    "cbs_key_figures": key_figures,
    "cbs_roads": roads,
    "police_crime": lambda: police("47022NED", MONTHS),
    "police_crime_yearly": lambda: police("47018NED", YEARS),
}
BY_NAME = (
    *("cbs_bankruptcies", "cbs_branches", "cbs_firms_closed", "cbs_firms_founded"),
    *("cbs_house_prices", "cbs_roads"),
)
BY_CODE = (
    *("cbs_key_figures", "cbs_house_prices", "cbs_roads", "cbs_firms_closed"),
    *("cbs_firms_founded", "police_crime", "police_crime_yearly"),
)


@pytest.fixture
def offline(tmp_path: Path) -> Fetcher:
    """What an update with a file is given: it asks nothing."""
    return OfflineFetcher(Cache(tmp_path / "nothing"))


def by_file(
    name: str, file: Path, fetcher: Fetcher, year: int | None = None, since: date = EVERYTHING
) -> SourceData:
    asked = UpdateRequest(year or 2025, since, file, year_said=year is not None)
    return SOURCES[name].fetch(fetcher, asked)


def in_order(data: SourceData) -> pd.DataFrame:
    keys = ["figure", "level", "area", "date", "months"]
    return data.figures.sort_values(keys, ignore_index=True)


def served(name: str, services: Services, fetcher: HttpFetcher) -> SourceData:
    PLAYED[name](services)
    asked = UpdateRequest(2025, SINCE)
    if name == "police_crime_yearly":
        asked = UpdateRequest(2025, date(2026, 1, 1))
    return SOURCES[name].fetch(fetcher, asked)


@pytest.mark.parametrize("name", BY_CODE)
def test_the_raw_file_gives_what_the_service_gives(
    name: str, services: Services, fetcher: HttpFetcher, offline: Fetcher, tmp_path: Path
) -> None:
    from_service = in_order(served(name, services, fetcher))
    since = date(2021, 1, 1) if name == "police_crime_yearly" else SINCE
    found = in_order(by_file(name, raw_file(TABLES[name](), tmp_path), offline, since=since))
    origin = from_service["figure"] == "share_origin_outside_nl"
    expected = from_service[~origin].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("name", BY_NAME)
def test_the_named_file_gives_what_the_service_gives(
    name: str, services: Services, fetcher: HttpFetcher, offline: Fetcher, tmp_path: Path
) -> None:
    from_service = in_order(served(name, services, fetcher))
    table = TABLES[name]()
    brought = by_file(name, named_file(table, tmp_path), offline, since=SINCE)
    pd.testing.assert_frame_equal(in_order(brought), from_service)


def test_key_figures_by_name_with_the_codes_beside_them(
    services: Services, fetcher: HttpFetcher, offline: Fetcher, tmp_path: Path
) -> None:
    from_service = in_order(served("cbs_key_figures", services, fetcher))
    file = named_file(key_figures(), tmp_path, coding=True)
    pd.testing.assert_frame_equal(in_order(by_file("cbs_key_figures", file, offline)), from_service)


def test_names_of_wijken_without_codes_are_refused(offline: Fetcher, tmp_path: Path) -> None:
    file = named_file(police("47022NED", MONTHS), tmp_path)
    with pytest.raises(SourceFailedError, match=r"without their codes.*onbewerkte dataset"):
        by_file("police_crime", file, offline)


def test_codes_of_categories_that_only_statline_can_name(offline: Fetcher, tmp_path: Path) -> None:
    for name in ("cbs_branches", "cbs_bankruptcies"):
        with pytest.raises(SourceFailedError, match="zonder statistische symbolen"):
            by_file(name, raw_file(TABLES[name](), tmp_path), offline)


def test_police_units(offline: Fetcher, tmp_path: Path) -> None:
    table = police_units()
    named = by_file("cbs_police_units", named_file(table, tmp_path, coding=True), offline)
    assert named.regions is not None
    own = tmp_path / "own.csv"
    names = named.regions.merge(_riecs(), on="riec")
    names.rename(columns={"gemeente": "gemeente_code"})[
        ["gemeente_code", "politie_eenheid"]
    ].to_csv(own, index=False)
    again = by_file("cbs_police_units", own, offline, 2025)
    assert again.regions is not None
    pd.testing.assert_frame_equal(named.regions, again.regions)


def _riecs() -> pd.DataFrame:
    from geo.areas import riecs

    return riecs()[["code", "name"]].rename(columns={"code": "riec", "name": "politie_eenheid"})


KWB = (
    "gwb_code_10;gwb_code_8;regio;gm_naam;recs;gwb_code;ind_wbz;a_inw;a_15_24;a_woning;p_hh_li;"
    "a_bedv;a_bed_a;a_bed_gi;a_lan_ha;a_eur_al;a_neu_al\n"
    "NL00;00;Nederland;Nederland;Land;NL00;.;17942942;2259240;8204000;6,5;2400000;1;2;3367000;9;9\n"
    "GM0599;0599;Rotterdam;Rotterdam;Gemeente;GM0599;.;670610;90000;325000;12,5;97000;200;.;20850;"
    "67061;201183\n"
    "WK059901;059901;Centrum;Rotterdam;Wijk;WK059901;1;100;25;60;.;30;.;.;250;10;20\n"
    "BU05990110;05990110;Stadsdriehoek;Rotterdam;Buurt;BU05990110;1;.;.;.;.;.;.;.;.;.;.\n"
)


@pytest.mark.parametrize("form", ["csv", "xlsx", "zip"])
def test_the_file_of_cbs_itself(offline: Fetcher, tmp_path: Path, form: str) -> None:
    file = tmp_path / "kwb-2024.csv"
    file.write_text(KWB, encoding="utf-8")
    if form == "xlsx":
        frame = pd.read_csv(file, sep=";", decimal=",", na_values=".", dtype={"gwb_code_8": str})
        file = tmp_path / "kwb-2024.xlsx"
        frame.to_excel(file, index=False, sheet_name="KWB2024", engine="xlsxwriter")
    if form == "zip":
        file = tmp_path / "download.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(tmp_path / "kwb-2024.csv", "kwb-2024.csv")
            archive.writestr("__MACOSX/._kwb-2024.csv", b"\x00\x05\x16\x07")
    brought = by_file("cbs_key_figures", file, offline)
    found = brought.figures.set_index(["figure", "area"])["value"].to_dict()
    assert found["inhabitants", "NL"] == 17_942_942
    assert found["inhabitants", "GM0599"] == 670_610
    assert found["land_km2", "WK059901"] == 2.5
    assert found["firms_agriculture", "GM0599"] == 200
    assert found["share_low_income", "GM0599"] == 12.5
    assert found["share_origin_outside_nl", "WK059901"] == 30
    assert ("inhabitants", "BU05990110") not in found
    assert set(brought.figures["date"]) == {pd.Timestamp("2024-01-01")}
    assert brought.remarks == ("taken as figures of 2024, as the file is called",)


@pytest.mark.parametrize(
    ("called", "said", "year", "remark"),
    [
        ("kwb-2023.csv", None, 2023, "as the file is called"),
        ("kwb-2023.csv", 2022, 2022, "though the file is called 2023"),
        ("cijfers.csv", 2022, 2022, ""),
        ("cijfers.csv", None, 2025, "neither the file nor --year"),
        ("86165NED_UntypedDataSet_12032026_101500.csv", None, 2025, "as the file is called"),
    ],
)
def test_of_which_year_a_file_is(
    offline: Fetcher, tmp_path: Path, called: str, said: int | None, year: int, remark: str
) -> None:
    file = tmp_path / called
    file.write_text("gwb_code;a_inw\nGM0599;5\n", encoding="utf-8")
    brought = by_file("cbs_key_figures", file, offline, said)
    assert set(brought.figures["date"].dt.year) == {year}
    assert remark in " ".join(brought.remarks)
    assert bool(brought.remarks) == bool(remark)


def test_statline_with_a_title_above_and_its_source_below(offline: Fetcher, tmp_path: Path) -> None:
    file = tmp_path / "wegen.csv"
    file.write_bytes(
        '"Lengte van wegen; wegkenmerken, regio"\r\n\r\n'
        '"Regio\'s";"Soort rijbanen";"Perioden";"Weglengte (km)"\r\n'
        '"Súdwest-Fryslân";"Totale weglengte";"2024*";"1402,5"\r\n'
        '"Noord-Holland (PV)";"Totale weglengte";"2024*";"9999,0"\r\n'
        '"Bron: CBS"\r\n'.encode("cp1252")
    )
    (row,) = by_file("cbs_roads", file, offline).figures.itertuples()
    assert (row.area, row.value, row.months) == ("GM1900", 1402.5, 0)


def test_a_file_with_some_of_the_figures(offline: Fetcher, tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text(
        "SoortMisdrijf;RegioS;Perioden;GeregistreerdeMisdrijven_1\n"
        "0.0.0 ;GM0599    ;2023MM01;  41\n",
        encoding="utf-8",
    )
    brought = by_file("police_crime", file, offline)
    assert brought.figures["figure"].tolist() == ["offences"]
    assert dict(brought.left_out)[why.NO_COLUMN] == 2
    assert set(brought.figures["source"]) == {"Bron: Politie / CBS, 2023, tabel 47022NED"}


REFUSED = {
    "no known column": ("naam;bedrag\nx;1\n", "no column that is known here.*RegioS.*Perioden"),
    "a column that splits it": (
        "SoortMisdrijf;RegioS;Perioden;Geslacht;GeregistreerdeMisdrijven_1\n"
        "0.0.0;GM0599;2023MM01;mannen;41\n",
        "columns that this source does not know: Geslacht",
    ),
    "two rows of one place": (
        "SoortMisdrijf;RegioS;Perioden;GeregistreerdeMisdrijven_1\n"
        "0.0.0;GM0599;2023MM01;41\n0.0.0;GM0599;2023MM01;12\n",
        "more than one row of 0?",
    ),
    "a period in words": (
        "SoortMisdrijf;RegioS;Perioden;GeregistreerdeMisdrijven_1\n0.0.0;GM0599;vorig jaar;41\n",
        "the period 'vorig jaar'",
    ),
    "no such category": (
        "SoortMisdrijf;RegioS;Perioden;GeregistreerdeMisdrijven_1\n9.9.9;GM0599;2023MM01;41\n",
        "no category",
    ),
    "no place that there is": (
        "SoortMisdrijf;RegioS;Perioden;GeregistreerdeMisdrijven_1\n0.0.0;Luik;2023MM01;41\n",
        "names no area that there is, but: Luik",
    ),
    "a number that says two things": (
        'Regio\'s;Soort misdrijf;Perioden;"Geregistreerde misdrijven (aantal)"\n'
        "Breda;Totaal misdrijven;2023 mei;1.234\n",
        "1.234 can be read in two ways",
    ),
    "no figures": ("SoortMisdrijf;RegioS;Perioden\n0.0.0;GM0599;2023MM01\n", "no column"),
    "nothing": ("", "no column that is known here.*Found: nothing"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_is_refused(offline: Fetcher, tmp_path: Path, fault: str) -> None:
    text, words = REFUSED[fault]
    file = tmp_path / "file.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SourceFailedError, match=f"(?s){words}"):
        by_file("police_crime", file, offline)


def test_key_figures_without_any_that_is_known(offline: Fetcher, tmp_path: Path) -> None:
    file = tmp_path / "kwb.csv"
    file.write_text("gwb_code;p_koopw\nGM0599;35\n", encoding="utf-8")
    with pytest.raises(SourceFailedError, match=r"a_inw.*a_bedv"):
        by_file("cbs_key_figures", file, offline)


@pytest.mark.parametrize("name", [name for name, s in SOURCES.items() if not s.by_hand])
def test_every_source_reads_a_file_and_asks_no_service(
    name: str, offline: Fetcher, tmp_path: Path
) -> None:
    """Anything else than a refusal of this file would be an answer that was asked for."""
    file = tmp_path / "odd-2024.csv"
    file.write_text("een;twee\n1;2\n", encoding="utf-8")
    with pytest.raises(SourceFailedError, match=r"odd-2024\.csv") as refused:
        by_file(name, file, offline)
    assert refused.value.fault != "offline"


def test_livability(offline: Fetcher, tmp_path: Path) -> None:
    file = tmp_path / "Leefbaarometer-scores buurten 2002-2024.csv"
    file.write_text(
        "bu_code,bu_naam,versie,jaar,lbm,kscore\nBU05990110,Stadsdriehoek,3,2022,4.1,6\n"
        "BU05990110,Stadsdriehoek,3,2024,4.2,7\nBU05990111,Oude Westen,3,2024,,\n",
        encoding="utf-8",
    )
    brought = by_file("leefbaarometer", file, offline)
    rows = brought.figures.assign(year=brought.figures["date"].dt.year)
    found = rows.set_index(["year", "area"])["value"].to_dict()
    assert found == {(2022, "BU05990110"): 6, (2024, "BU05990110"): 7}
    assert dict(brought.left_out) == {why.NO_CLASS: 1}


def test_left_out_is_counted_once() -> None:
    counted = LeftOut()
    counted.add(why.FORMER, 0)
    assert counted.by_reason == ()
