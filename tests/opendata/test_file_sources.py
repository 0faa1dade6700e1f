"""Sources that a person downloads: columns by name, and a clear refusal of anything else."""

import os
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from intake.receive import receive
from opendata import SOURCES
from opendata import left_out as why
from opendata.contract import SourceData, SourceFailedError, UpdateRequest
from opendata.http.fetcher import HttpFetcher
from opendata.tables.file_source import given_file
from store.home import Home

TODAY = date(2026, 7, 1)


def handed_in(name: str, file: Path | None, fetcher: HttpFetcher) -> SourceData:
    return SOURCES[name].fetch(fetcher, UpdateRequest(2025, date(2024, 1, 1), file))


def written(tmp_path: Path, text: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    return file


def test_csv_by_quarter_in_the_hand_of_a_dutch_spreadsheet(
    tmp_path: Path, fetcher: HttpFetcher
) -> None:
    text = (
        "Gemeente;Kwartaal;Aantal verdachte transacties;Opmerking\r\n"
        "Súdwest-Fryslân;2024 kwartaal 2;1.234;\r\n"
        "'s-Gravenhage;2024Q2;17;iets\r\n"
        "GM0599;2025KW01;;\r\n"
        "363;2025 1e kwartaal*;geheim;\r\n"
        "Buitenland;2025Q1;5;\r\n"
        ";;;\r\n"
    )
    file = written(tmp_path, text, encoding="cp1252")
    brought = handed_in("fiu", file, fetcher)
    rows = brought.figures.set_index("area")
    assert rows["value"].to_dict() == {"GM1900": 1234, "GM0518": 17}
    assert set(rows["months"]) == {3}
    assert set(rows["date"]) == {pd.Timestamp("2024-04-01")}
    assert set(rows["source"]) == {"Bron: FIU-Nederland, 2024"}
    assert dict(brought.left_out) == {why.NOWHERE: 1, why.MISSING: 1, why.NO_NUMBER: 1}
    assert brought.until == date(2024, 6, 30)
    delivered = tmp_path / "figures.parquet"
    brought.figures.to_parquet(delivered, index=False)
    assert receive("area_figure", delivered, "fiu", Home(tmp_path / "home"), today=TODAY).rows == 2


def test_a_workbook(tmp_path: Path, fetcher: HttpFetcher) -> None:
    file = tmp_path / "cbs_vacancy.xlsx"
    pd.DataFrame(
        {
            "Gemeentecode": ["GM0363", "GM0599"],
            "Peildatum": [2025, 2025],
            "Niet-woningen": [40_000, 20_000],
            "Leegstaande niet-woningen": [2_000, None],
            "Leegstaande woningen": [9_000, 5_000],
        }
    ).to_excel(file, index=False, engine="xlsxwriter")
    brought = handed_in("cbs_vacancy", file, fetcher)
    found = brought.figures.set_index(["figure", "area"])["value"].to_dict()
    assert found == {
        ("premises", "GM0363"): 40_000,
        ("premises", "GM0599"): 20_000,
        ("premises_vacant", "GM0363"): 2_000,
        ("dwellings_vacant", "GM0363"): 9_000,
        ("dwellings_vacant", "GM0599"): 5_000,
    }
    assert set(brought.figures["months"]) == {0}
    assert brought.left_out == ((why.MISSING, 1),)


def test_the_dashboard_by_year(tmp_path: Path, fetcher: HttpFetcher) -> None:
    file = written(tmp_path, "gemeentecode,jaar,Verdachte transacties\n0599,2024,12\n")
    brought = handed_in("zicht", file, fetcher)
    (row,) = brought.figures.itertuples()
    assert (row.area, row.value, row.months) == ("GM0599", 12, 12)
    assert SOURCES["zicht"].partner == SOURCES["fiu"].partner, "counts once"


REFUSED = {
    "no gemeente": (
        "wijk;jaar;aantal\nx;2024;1\n",
        "named gemeentecode or gemeente.*has: wijk, jaar, aantal",
    ),
    "no period": ("gemeente;maandnaam;aantal\nBreda;mei;1\n", "named periode or kwartaal"),
    "no figure": ("gemeente;jaar;klanten\nBreda;2024;1\n", "named verdachte transacties or"),
    "no known gemeente": (
        "gemeente;jaar;aantal\nUtrecht (PV);2024;1\n",
        "names no gemeente.*Utrecht",
    ),
    "a name that is not understood": (
        "gemeente;jaar;aantal\nBreda;2024;1\nBredaa;2024;2\n",
        "not understood: Bredaa. Expected codes",
    ),
    "a period in words": ("gemeente;jaar;aantal\nBreda;vorig jaar;1\n", "the period 'vorig jaar'"),
    "a row twice": (
        "gemeente;jaar;aantal\nBreda;2024;1\nGM0758;2024;2\n",
        "GM0758 in 2024 more than once",
    ),
    "nothing that counts": ("gemeente;jaar;aantal\nBreda;2024;\n", "no figure that can be taken"),
    "nothing": ("", "no column that is known here. Known are: gemeentecode"),
    "rows too wide": (
        "gemeente;jaar\nBreda;2024;1;2\nBreda;2025\n",
        r"(?s)cannot be read: .*expected 2 fields",
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_file_that_is_not_as_expected_is_refused(
    tmp_path: Path, fetcher: HttpFetcher, fault: str
) -> None:
    text, words = REFUSED[fault]
    with pytest.raises(SourceFailedError, match=words):
        handed_in("fiu", written(tmp_path, text), fetcher)


@pytest.mark.parametrize("name", ["file.xlsx", "missing.csv"])
def test_no_workbook_and_no_file_are_refused(
    tmp_path: Path, fetcher: HttpFetcher, name: str
) -> None:
    written(tmp_path, "gemeente;jaar;aantal\n", "file.xlsx")
    with pytest.raises(SourceFailedError, match=f"{name} cannot be read"):
        handed_in("fiu", tmp_path / name, fetcher)


def test_without_a_file_it_says_how_to_hand_one_in(fetcher: HttpFetcher) -> None:
    with pytest.raises(SourceFailedError, match="weerbeeld update fiu --file PATH"):
        handed_in("fiu", None, fetcher)


def test_the_newest_file_of_a_source_is_found(tmp_path: Path) -> None:
    source = SOURCES["fiu"]
    assert given_file(source, tmp_path) is None
    old, new = written(tmp_path, "", "fiu.csv"), written(tmp_path, "", "fiu.xlsx")
    written(tmp_path, "", "fiu.txt")
    os.utime(old, (1, 1))
    assert given_file(source, tmp_path) == new
