"""Rows at fault are set aside in a file beside the delivery, and the sound ones count."""

import csv
import io
import stat
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_samples import Take, as_csv, as_parquet, sample_csv, sample_records

from errors import WeerbeeldError
from intake.faults import DeliveryRefused
from intake.rejecting import defused
from records import KINDS
from store.engine import work_engine
from store.home import Home
from store.work import deliveries, records_path

HEAD, *LINES = sample_csv("business", 6).split(b"\r\n")
FOUNDED = b"2024-01-03"


def broken() -> bytes:
    """Return six records, of which lines 3, 4 and 6 are at fault."""
    lines = list(LINES[:6])
    lines[1] = lines[1].replace(b"96021", b"=1+1")
    lines[2] = lines[2].replace(FOUNDED, b"2024-13-03").replace(b"487", b"4")
    lines[4] = lines[4] + b";more"
    return b"\r\n".join([HEAD, *lines]) + b"\r\n"


def rejected(folder: Path, name: str = "file.rejected.csv") -> list[dict[str, str]]:
    text = (folder / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_sound_rows_are_kept_and_the_others_set_aside(
    take: Take, home: Home, tmp_path: Path
) -> None:
    with pytest.raises(DeliveryRefused):
        take(broken())
    receipt = take(broken(), accept_valid=True)
    assert (receipt.rows, receipt.rejected) == (3, 3)
    line = "3 records taken in, 3 rejected, with what is wrong, in file.rejected.csv"
    assert line in receipt.lines
    (delivery,) = deliveries(work_engine(home))
    assert (delivery.rows, delivery.rejected) == (3, 3)
    table = pq.read_table(records_path(home, delivery))
    assert table.num_rows == 3
    sound = sample_records(KINDS["business"], 6)
    assert table["founded"].to_pylist() == [sound[number]["founded"] for number in (0, 3, 5)]
    rows = rejected(tmp_path)
    assert [row["line"] for row in rows] == ["3", "4", "6"]
    assert "sbi: expected text of the form" in rows[0]["fault"]
    assert "founded" in rows[1]["fault"]
    assert "fields" in rows[2]["fault"]
    assert rows[0]["sbi"] == "'=1+1"
    assert rows[1]["founded"] == "2024-13-03"


def test_identifiers_are_masked_in_the_file_of_rejected_rows(take: Take, tmp_path: Path) -> None:
    take(broken(), accept_valid=True)
    text = (tmp_path / "file.rejected.csv").read_bytes()
    assert b"VE***" in text
    for record in sample_records(KINDS["business"], 6):
        for column in KINDS["business"].pseudonymised:
            assert record[column].encode() not in text
    assert stat.S_IMODE((tmp_path / "file.rejected.csv").stat().st_mode) == 0o600


def test_identifiers_in_a_shifted_row_are_masked_as_well(take: Take, tmp_path: Path) -> None:
    """The identifiers of the second row stand under sbi, legal_form and founded."""
    first, *others, y = LINES[1].split(b";")
    shifted = b";".join([y, b"96021", b"0", others[0], b"111222333", first, *others[5:], y])
    data = b"\r\n".join([HEAD, LINES[0], shifted, LINES[2]]) + b"\r\n"
    with pytest.raises(DeliveryRefused) as caught:
        take(data)
    take(data, accept_valid=True)
    text = (tmp_path / "file.rejected.csv").read_text("utf-8-sig")
    for hidden in (first.decode(), others[0].decode(), "111222333"):
        assert hidden not in str(caught.value)
        assert hidden not in text
    assert "sbi" in text


def test_what_is_kept_is_what_the_sound_rows_alone_would_give(take: Take, home: Home) -> None:
    take(broken(), accept_valid=True)
    lines = [HEAD, LINES[0], LINES[3], LINES[5]]
    take(b"\r\n".join(lines) + b"\r\n")
    first, second = deliveries(work_engine(home))
    tables = [pq.read_table(records_path(home, d)).drop("partner") for d in (first, second)]
    assert tables[0].equals(tables[1])


def test_the_same_delivery_again_changes_nothing(take: Take, home: Home, tmp_path: Path) -> None:
    take(broken(), accept_valid=True)
    (tmp_path / "file.rejected.csv").unlink()
    before = {path: path.read_bytes() for path in home.work.rglob("*") if path.is_file()}
    for accept_valid in (True, False):
        receipt = take(broken(), accept_valid=accept_valid)
        assert receipt.already_known
        assert (receipt.rows, receipt.rejected) == (3, 3)
    assert not (tmp_path / "file.rejected.csv").exists()
    assert {path: path.read_bytes() for path in home.work.rglob("*") if path.is_file()} == before


def test_a_dry_run_says_what_would_be_set_aside_and_writes_nothing(
    take: Take, home: Home, tmp_path: Path
) -> None:
    receipt = take(broken(), accept_valid=True, dry_run=True)
    assert (receipt.rows, receipt.rejected) == (3, 3)
    assert any("would be taken in, 3 rejected" in line for line in receipt.lines)
    assert not home.root.exists()
    assert not (tmp_path / "file.rejected.csv").exists()


def test_without_faults_nothing_is_set_aside(take: Take, tmp_path: Path) -> None:
    receipt = take(sample_csv("business"), accept_valid=True)
    assert (receipt.rows, receipt.rejected) == (3, 0)
    assert not list(tmp_path.glob("*rejected*"))


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"\r\n" + LINES[0].replace(b"96021", b"x") + b"\r\n",
        HEAD.replace(b"sbi", b"branch") + b"\r\n" + LINES[0] + b"\r\n",
        b"\r\n".join([HEAD, *LINES[:3], LINES[4][:20]]),
        b"\r\n".join([HEAD, LINES[0], b'"' + LINES[1], *LINES[2:4]]),
        b"PK\x03\x04 a spreadsheet",
    ],
    ids=["nothing sound", "a column lacks", "truncated", "a quote never closed", "no table"],
)
def test_a_file_that_cannot_be_relied_on_is_refused_whole(
    take: Take, home: Home, tmp_path: Path, data: bytes
) -> None:
    with pytest.raises(DeliveryRefused):
        take(data, accept_valid=True)
    assert not home.work.exists()
    assert not list(tmp_path.glob("*rejected*"))


def test_a_folder_that_cannot_be_written_leaves_nothing_stored(
    take: Take, home: Home, tmp_path: Path
) -> None:
    (tmp_path / "file.rejected.csv").mkdir()
    with pytest.raises(WeerbeeldError, match="Nothing was stored"):
        take(broken(), accept_valid=True)
    assert not home.records.exists()


def test_rows_of_parquet_are_numbered_from_one(take: Take, tmp_path: Path) -> None:
    records = sample_records(KINDS["incident"], 4)
    records[2]["type"] = "rumour"
    receipt = take(as_parquet(records), "incident", accept_valid=True)
    assert (receipt.rows, receipt.rejected) == (3, 1)
    (row,) = rejected(tmp_path)
    assert row["row"] == "3"
    assert row["type"] == "rumour"
    assert row["incident_id"] == "VE***"


def test_the_smaller_of_two_origins_is_set_aside(take: Take) -> None:
    data = as_csv(sample_records(KINDS["business"], 5)).replace(
        b"VERZONNEN-establishment_id-000001", b"KVK-establishment_id-000001"
    )
    receipt = take(data, accept_valid=True)
    assert (receipt.rows, receipt.rejected, receipt.invented) == (4, 1, True)


@pytest.mark.parametrize("cell", ["=1", "+cmd", "-x", "@sum", "\t=1", "＝1", "-1+2", "\r\n=1"])
def test_formulas_are_defused(cell: str) -> None:
    assert defused(cell).startswith("'")


@pytest.mark.parametrize("cell", ["", "-5", "+3,25", "-0.5", "GM0599", "a=b"])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert defused(cell) == cell


@given(st.text(max_size=20))
def test_no_cell_starts_a_formula(cell: str) -> None:
    shown = defused(cell)
    assert shown.isprintable()
    number = shown.lstrip("+-").replace(",", "").replace(".", "").isdigit()
    assert number or not shown.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
