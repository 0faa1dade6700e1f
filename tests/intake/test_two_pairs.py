"""Where a file has two pairs of coordinates, the one that holds the points is read."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from cases import case
from examined_whole import examine_whole
from intake_samples import Refuse, Take, as_csv, as_excel, as_parquet, lonlat, sample_records

from records import KINDS

FORMATS: dict[str, Callable[[list[dict[str, Any]]], bytes]] = {
    "csv": as_csv,
    "excel": as_excel,
    "parquet": as_parquet,
}
INCIDENT = KINDS["incident"]


def with_degrees(*emptied: int, name: str = "x", value: object = 0) -> list[dict[str, Any]]:
    """Return records with both pairs; in rows ``emptied`` one of them holds ``value`` instead."""
    records = sample_records(INCIDENT, 3)
    lon, lat = lonlat(records)
    both = [r | {"lon": float(lon[n]), "lat": float(lat[n])} for n, r in enumerate(records)]
    pair = ("x", "y") if name == "x" else ("lon", "lat")
    for row in emptied:
        both[row] |= dict.fromkeys(pair, value)
    return both


def test_the_file_that_went_wrong(take: Take) -> None:
    receipt = take(case("x_y_zero_beside_degrees.csv").read_bytes(), "incident")
    assert (receipt.rows, receipt.crs) == (3, "EPSG:4326")
    assert "x and y: no point in 3 rows, so that lon and lat were read" in receipt.lines
    assert receipt.not_read == ("x", "y")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("value", [0, None, -1, 999_999])
def test_the_filled_pair_is_read(form: str, value: object) -> None:
    whole = examine_whole(FORMATS[form](with_degrees(0, 1, 2, value=value)), INCIDENT)
    np.testing.assert_allclose(whole.points.lon, lonlat(sample_records(INCIDENT, 3))[0])


@pytest.mark.parametrize("form", FORMATS)
def test_a_pair_that_is_filled_in_every_row_goes_before(form: str) -> None:
    for records, crs in (
        (with_degrees(1), "EPSG:4326"),
        (with_degrees(1, name="lon"), "EPSG:28992"),
    ):
        assert examine_whole(FORMATS[form](records), INCIDENT).examined.crs == crs


def test_two_pairs_with_holes_are_refused_by_name(refuse: Refuse) -> None:
    records = with_degrees(0)
    records[1] |= {"lon": 0, "lat": 0}
    found = [f.found for f in refuse(as_csv(records), "incident", accept_valid=True).faults]
    assert "x and y, beside lon and lat, of which none has all the points" in found


@pytest.mark.parametrize(
    "line",
    ['"sep=;"', "sep=;", '"sep=;";;;', "SEP=,", '"""sep=;"""', "'sep=;'", "sep=;;;;;;", "\nsep=;"],
)
def test_a_line_that_names_the_separator(take: Take, line: str) -> None:
    data = f"{line}\r\n".encode() + as_csv(sample_records(INCIDENT, 3))
    assert take(data, "incident").rows == 3


def test_the_separator_line_that_went_wrong(take: Take) -> None:
    assert take(case("quoted_sep_line.csv").read_bytes(), "incident").rows == 4
