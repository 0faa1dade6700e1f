"""Whether days or months come first is a matter of the whole file, not of one date."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from cases import case
from intake_samples import Refuse, Style, Take, as_csv, as_excel, sample_records

from intake.date_order import DAYS_FIRST
from records import KINDS
from records.examples import Record

MONTH_FIRST = Style(dates="%m/%d/%Y")


def incidents(dates: Sequence[object], registered: object = date(2025, 1, 31)) -> list[Record]:
    records = sample_records(KINDS["incident"], len(dates))
    return [
        record | {"date": day, "registered": registered}
        for record, day in zip(records, dates, strict=True)
    ]


def days(count: int, step: int = 13, first: date = date(2024, 1, 10)) -> list[date]:
    return [first + timedelta(days=step * number) for number in range(count)]


@pytest.mark.parametrize("accept_valid", [False, True])
def test_the_file_that_went_wrong(refuse: Refuse, accept_valid: bool) -> None:
    data = case("dates_month_first.csv").read_bytes()
    first, *_ = refuse(data, "incident", accept_valid=accept_valid).faults
    assert first.whole
    assert first.found == "date: months come first in 14 of 24 dates ('1/23/2024')"
    assert first.expected == DAYS_FIRST


@pytest.mark.parametrize("form", ["%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y"])
def test_months_first_in_any_form(refuse: Refuse, form: str) -> None:
    data = as_csv(incidents(days(24)), Style(dates=form))
    assert refuse(data, "incident", accept_valid=True).faults[0].whole


def test_another_column_shows_it(refuse: Refuse) -> None:
    """The dates themselves can all be read both ways; when they were registered cannot."""
    records = incidents(["02/03/2024", "04/05/2024", "06/07/2024"], "08/25/2024")
    faults = refuse(as_csv(records), "incident", accept_valid=True).faults
    assert faults[0].found.startswith("registered: months come first in 3 of 3 dates")


def test_one_date_among_many_is_enough(refuse: Refuse) -> None:
    records = incidents([f"0{n % 9 + 1}/1{n % 3}/2023" for n in range(40)] + ["05/31/2023"])
    assert refuse(as_csv(records), "incident", accept_valid=True).faults[0].whole


def test_a_slip_that_leaves_no_doubt_about_the_others_is_set_aside(take: Take) -> None:
    """No other date of the file can be read both ways."""
    records = incidents(["13/01/2024", "14/02/2024", "05/31/2024", "03/03/2024"], "31/07/2024")
    receipt = take(as_csv(records), "incident", accept_valid=True)
    assert (receipt.rows, receipt.rejected) == (3, 1)
    records = incidents(["2024-13-05", "2024-02-03", "2024-03-31"])
    receipt = take(as_csv(records), "incident", name="again.csv", accept_valid=True)
    assert (receipt.rows, receipt.rejected) == (2, 1)


def test_days_second_behind_the_year(refuse: Refuse) -> None:
    data = as_csv(incidents(days(24)), Style(dates="%Y-%d-%m"))
    first = refuse(data, "incident", accept_valid=True).faults[0]
    assert first.found.startswith("date: days come first in 14 of 24 dates")


def test_first_days_of_months_in_several_years(take: Take, refuse: Refuse) -> None:
    months = [f"{month}/1/{year}" for year in (2022, 2023) for month in range(1, 13)]
    first = refuse(as_csv(incidents(months)), "incident", accept_valid=True).faults[0]
    assert first.found == "date: days and months that seem to have changed places"
    january = [f"{day}/1/2024" for day in range(1, 13)]
    assert take(as_csv(incidents(january)), "incident").rows == 12
    assert take(as_csv(incidents([f"1/{m}/2023" for m in range(1, 13)])), "incident").rows == 12


@pytest.mark.parametrize("left", ["{d.month}/{d.day}/{d.year}", "{d.day}-{d.month}-{d.year}"])
def test_dates_of_which_a_spreadsheet_converted_half(refuse: Refuse, left: str) -> None:
    """What it could read in its own order it swapped; the rest stayed text."""
    given = [date(d.year, d.day, d.month) if d.day <= 12 else left.format(d=d) for d in days(24)]
    faults = refuse(as_excel(incidents(given)), "incident", accept_valid=True).faults
    assert any(fault.whole and "changed places" in fault.found for fault in faults)


@pytest.mark.parametrize("form", ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%Y%m%d"])
def test_dates_as_they_should_be(take: Take, form: str) -> None:
    assert take(as_csv(incidents(days(24)), Style(dates=form)), "incident").rows == 24
