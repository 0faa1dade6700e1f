"""What a delivery has in common with those of other partners: one event, a copy, or a number."""

from typing import Any

import pandas as pd
import pytest
from cases import case
from incidents import GRONINGEN, as_csv, incidents
from intake_samples import Take, as_excel

from intake.judging import UnconfirmedError

ROTTERDAM = "gemeente:GM0599"


def said(take: Take, frame: pd.DataFrame, partner: str = ROTTERDAM, **more: object) -> str:
    return "\n".join(take(as_csv(frame), "incident", partner=partner, **more).lines)


def test_a_whole_delivery_of_another_partner_is_named_a_copy(take: Take) -> None:
    take(case("same_numbers_politie.csv").read_bytes(), "incident", partner="politie")
    data = case("same_numbers_gemeente.csv").read_bytes()
    for dry_run in (True, False):
        receipt = take(data, "incident", partner=ROTTERDAM, dry_run=dry_run)
        assert any(
            line.startswith("a copy: politie told of all 400 events") for line in receipt.lines
        )


def test_a_copy_is_known_in_another_order_and_another_kind_of_file(take: Take) -> None:
    frame = incidents(30)
    take(as_csv(frame), "incident", partner="politie")
    turned = frame.iloc[::-1].assign(date=frame["date"].dt.date, registered=frame["date"].dt.date)
    rows = turned.to_dict("records")
    data = as_excel([{str(name): value for name, value in row.items()} for row in rows])
    receipt = take(data, "incident", name="copy.xlsx", partner=ROTTERDAM)
    assert any("a copy: politie told of all 30" in line for line in receipt.lines)


def test_events_that_two_partners_told_of_are_named_by_how_many(take: Take) -> None:
    frame = incidents(30)
    said(take, frame, "politie")
    moved = frame.assign(x=frame["x"] + 200)
    moved.loc[moved.index[12:], "date"] += pd.Timedelta(days=1)
    moved["registered"] = moved["date"]
    text = said(take, moved, dry_run=True)
    assert "politie told of 12 of these 30 events as well" in text
    assert "18 numbers are those of other records of politie" in text


@pytest.mark.parametrize(
    "change",
    [
        {"y": lambda frame: frame["y"] + 300},
        {"type": "arson"},
        {"date": lambda frame: frame["date"] - pd.Timedelta(days=1)},
    ],
)
def test_equal_numbers_alone_are_named_in_a_dry_run_only(
    take: Take, change: dict[str, Any]
) -> None:
    frame = incidents(30)
    said(take, frame, "politie")
    other = frame.assign(**change)
    assert "30 numbers are those of other records of politie" in said(take, other, dry_run=True)
    text = said(take, other)
    assert "numbers" not in text
    assert "events" not in text


def test_the_same_events_under_other_numbers_ask_for_confirmation(take: Take) -> None:
    said(take, incidents(30), "politie")
    renumbered = incidents(30, prefix="VERZONNEN-X")
    with pytest.raises(UnconfirmedError, match=r"30 of 30 records .* of politie under another"):
        said(take, renumbered)
    assert "confirmed" in said(take, renumbered, confirm=True)


def test_reports_of_their_own_on_the_same_spots_are_no_copy(take: Take) -> None:
    frame = incidents(30)
    said(take, frame, "politie")
    own = incidents(30, prefix="VERZONNEN-X").assign(type="closure")
    assert "confirm" not in said(take, own, dry_run=True)


def test_a_partner_corrects_its_own_records(take: Take) -> None:
    frame = incidents(30)
    said(take, frame, "politie")
    text = said(take, frame.assign(discovery="random_check"), "politie", dry_run=True)
    assert "events" not in text
    assert "numbers" not in text


def test_what_a_partner_corrected_is_compared_as_it_is_now(take: Take) -> None:
    frame = incidents(30)
    said(take, frame, "politie")
    said(take, frame.assign(x=GRONINGEN[0] + frame.index * 3.0, y=GRONINGEN[1]), "politie")
    assert "30 numbers are those of other records" in said(take, frame, dry_run=True)
