"""Which RIEC each gemeente belongs to, from the table of areas."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from odata_tables import Codes, PlayedDimension, PlayedMeasure, PlayedTable, Value, play_v3
from server import Services

from geo.areas import gemeenten, riecs
from intake.progress import silent
from opendata import SOURCES
from opendata import left_out as why
from opendata.contract import SourceFailedError, UpdateRequest
from opendata.http.fetcher import HttpFetcher
from opendata.updating.taking_in import take_in
from store.home import Home

ASKED = UpdateRequest(year=2025, since=date(2024, 1, 1))
UNIT = "Code_24", "Naam_25"


def areas(extra: tuple[str, ...] = ()) -> PlayedTable:
    """Return the table of areas, with the units that the shipped list has."""
    known = gemeenten().merge(riecs()[["code", "name"]], left_on="riec", right_on="code")
    unit = dict(zip(known["code_x"], known["name_y"], strict=True))
    codes = [*((code, "") for code in unit), ("PV20", "Groningen (PV)"), *((c, "") for c in extra)]

    def value(measure: str, place: Codes) -> Value:
        name = unit.get(place["RegioS"], "Oost-Nederland").replace("-Amstelland", "")
        texts = {"Naam_2": "Ergens", UNIT[0]: "RE01", UNIT[1]: str(name), "Naam_29": "Drenthe"}
        return texts[measure].ljust(50)

    return PlayedTable(
        "86059NED",
        "Gebieden in Nederland 2025",
        [PlayedDimension("RegioS", "Regio's", "Dimension", codes, width=10)],
        [
            PlayedMeasure("Naam_2", "Naam", "", ("Gemeenten",)),
            PlayedMeasure(UNIT[0], "Code", "", ("Lokaliseringen", "Politie Regionale eenheden")),
            PlayedMeasure(UNIT[1], "Naam", "", ("Lokaliseringen", "Politie Regionale eenheden")),
            PlayedMeasure("Naam_29", "Naam", "", ("Lokaliseringen", "Provincies")),
        ],
        value,
    )


def test_units_become_riecs(services: Services, fetcher: HttpFetcher, tmp_path: Path) -> None:
    play_v3(services, areas(extra=("GM0005",)))
    brought = SOURCES["cbs_police_units"].fetch(fetcher, ASKED)
    assert brought.regions is not None
    shipped = gemeenten()[["code", "riec"]].rename(columns={"code": "gemeente"})
    pd.testing.assert_frame_equal(brought.regions, shipped, check_dtype=False)
    assert brought.left_out == ((why.FORMER, 1),)
    assert brought.figures.empty
    home = Home(tmp_path)
    taken = take_in(home, SOURCES["cbs_police_units"], brought, fetcher, silent)
    text = (home.boundaries / "riec_of_gemeente.csv").read_text()
    assert text.startswith("gemeente,riec\nGM0014,noord-nederland\n")
    assert len(text.splitlines()) == 343
    assert (taken.borders, taken.figures) == (("riec",), 0)
    again = take_in(home, SOURCES["cbs_police_units"], brought, fetcher, silent)
    assert again.borders == (), "known already"


def test_a_unit_without_a_riec_is_refused(services: Services, fetcher: HttpFetcher) -> None:
    table = areas()
    made = table.value
    table.value = lambda key, place: (
        "Waddeneenheid" if (key, place["RegioS"]) == (UNIT[1], "GM0093") else made(key, place)
    )
    play_v3(services, table)
    with pytest.raises(SourceFailedError, match="without a RIEC: Waddeneenheid"):
        SOURCES["cbs_police_units"].fetch(fetcher, ASKED)


def test_a_gemeente_without_a_unit_is_refused(services: Services, fetcher: HttpFetcher) -> None:
    table = areas()
    (dimension,) = table.dimensions
    fewer = [code for code in dimension.codes if code[0] != "GM0599"]
    table.dimensions = [PlayedDimension("RegioS", "Regio's", "Dimension", fewer, width=10)]
    play_v3(services, table)
    with pytest.raises(SourceFailedError, match="no police unit of 1 of 342 gemeenten: GM0599"):
        SOURCES["cbs_police_units"].fetch(fetcher, ASKED)


def test_a_group_that_is_renamed_is_refused(services: Services, fetcher: HttpFetcher) -> None:
    table = areas()
    table.measures = [
        PlayedMeasure(m.key, m.title, "", tuple(g.replace("Politie ", "") for g in m.groups))
        for m in table.measures
    ]
    play_v3(services, table)
    with pytest.raises(SourceFailedError, match="no column 'Naam' below 'Politie Regionale"):
        SOURCES["cbs_police_units"].fetch(fetcher, ASKED)
