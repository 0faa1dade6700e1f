"""Identifiers are one in every format, and found under each spelling, also those of before."""

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cases import case
from examined_whole import Whole, examine_whole
from intake_samples import TODAY, Refuse, Take, as_csv, as_excel, as_parquet, sample_records

from errors import WeerbeeldError
from intake import texts
from intake.examining import examine
from intake.progress import silent
from intake.subjects import delete_subject, find_subject
from records import KINDS
from store.engine import open_for_writing
from store.home import Home
from store.work import deliveries, records_path

NUMBER = "PL1700-2024001"
SPELLED = {
    "plain": NUMBER,
    "apostrophe": f"'{NUMBER}",
    "guard": f'="{NUMBER}"',
    "mark": f"\ufeff{NUMBER}",
    "zero width": f"{NUMBER}\u200b",
    "within": "PL17\u206000-2024001",
    "fixed hyphen": "PL1700\u20112024001",
    "soft hyphen": "PL1700\u00ad2024001",
    "soft hyphen within": "PL1700-2024\u00ad001",
    "fixed space": f"\u00a0{NUMBER}\u202f",
    "full width": "\uff30\uff2c1700\uff0d2024001",
    "selector": f"{NUMBER}\ufe0f",
    "filler": f"\u3164{NUMBER}",
}
FIRMS = ["01234567", "12345678", "68750110"]


def incident(number: str) -> bytes:
    return as_csv([sample_records(KINDS["incident"], 1)[0] | {"incident_id": number}])


def kept(home: Home, kind: str, column: str) -> list[str]:
    tables = [records_path(home, d) for d in deliveries(open_for_writing(home)) if d.kind == kind]
    return [value for path in tables for value in pq.read_table(path)[column].to_pylist()]


def businesses(firms: list[Any], **more: object) -> list[dict[str, Any]]:
    records = sample_records(KINDS["business"], len(firms))
    return [r | {"firm_id": firm} | more for r, firm in zip(records, firms, strict=True)]


def read(data: bytes) -> Whole:
    return examine_whole(data, KINDS["business"])


@pytest.mark.long
@pytest.mark.parametrize("how", SPELLED)
def test_each_spelling_is_one_number_and_found_under_each(take: Take, home: Home, how: str) -> None:
    take(incident(SPELLED[how]), "incident")
    take(incident(NUMBER) + b"\n", "incident")
    assert len(set(kept(home, "incident", "incident_id"))) == 1
    for spelled in SPELLED.values():
        assert len(find_subject(home, f"{spelled}\r\n")) == 2, ascii(spelled)
    delete_subject(home, SPELLED["zero width"])
    assert kept(home, "incident", "incident_id") == []


@pytest.mark.parametrize("how", ["apostrophe", "excel_guard", "zero_width_space"])
def test_the_numbers_that_went_wrong(take: Take, home: Home, how: str) -> None:
    take(case("number_plain.csv").read_bytes(), "incident")
    take(case(f"number_{how}.csv").read_bytes(), "incident")
    assert len(set(kept(home, "incident", "incident_id"))) == 1
    assert len(find_subject(home, NUMBER)) == 2


def test_two_spellings_in_one_file_are_one_record_twice(refuse: Refuse) -> None:
    first = sample_records(KINDS["incident"], 1)[0]
    records = [first | {"incident_id": spelled} for spelled in (NUMBER, f"'{NUMBER}")]
    (fault,) = refuse(as_csv(records), "incident").faults
    assert (fault.line, fault.expected) == (3, "each record once in a delivery")


def test_what_cannot_be_told_is_refused_by_both(take: Take, refuse: Refuse, home: Home) -> None:
    (fault,) = refuse(incident("\u0420L1700-2024001"), "incident").faults
    assert (fault.line, fault.column, fault.found) == (2, "incident_id", "'\u0420L***'")
    assert "Latin letters" in fault.expected
    take(incident(NUMBER), "incident")
    with pytest.raises(WeerbeeldError, match="cannot be told which identifier") as refused:
        find_subject(home, "\u0420L1700-2024001")
    assert "2024001" not in str(refused.value)
    with pytest.raises(WeerbeeldError, match="cannot be told which identifier"):
        delete_subject(home, "\u0420L1700-2024001")


@pytest.mark.parametrize("how", [*SPELLED, "cyrillic"])
def test_records_that_were_taken_in_as_they_were_spelled_stay_findable(
    take: Take, home: Home, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Versions before kept the pseudonym of the trimmed text."""
    spelled = SPELLED.get(how, "\u0420L1700-2024001")
    with monkeypatch.context() as before:
        before.setattr(texts, "plain_identifier", lambda text, _=None: text.strip())
        take(incident(spelled), "incident")
    assert len(find_subject(home, spelled)) == 1
    if how not in ("within", "soft hyphen within", "full width", "selector", "filler", "cyrillic"):
        assert len(find_subject(home, NUMBER)) == 1, "as a person writes it"
    delete_subject(home, spelled)
    assert kept(home, "incident", "incident_id") == []


def test_numbers_without_zeros_of_before_are_found_and_nobody_else_with_them(
    take: Take, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(texts, "plain_identifier", lambda text, _=None: text)
        take(as_csv(businesses(["1234567", "12345678", "68750110"])))
    take(incident("1234567"), "incident")
    assert [len(one.rows) for one in find_subject(home, "01234567")] == [1]
    assert {one.delivery.kind for one in find_subject(home, "01234567")} == {"business"}


FORMATS: dict[str, Callable[[list[dict[str, Any]]], bytes]] = {
    "csv": as_csv,
    "excel": as_excel,
    "parquet": as_parquet,
}
AS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "number": int,
    "float": float,
    "without zeros": lambda text: text.lstrip("0"),
    "with a fraction": lambda text: f"{int(text)}.0",
    "grouped": lambda text: f"{int(text):,}".replace(",", "."),
    "decimal": lambda text: Decimal(f"{int(text)}.00"),
}


@pytest.mark.parametrize("how", AS)
@pytest.mark.parametrize("form", FORMATS)
def test_lost_zeros_are_put_back_in_every_format(form: str, how: str) -> None:
    if how == "decimal" and form != "parquet":
        pytest.skip("a type of Parquet")
    establishments = ["000041571800", "000041571801", "000041571802"]
    addresses = ["0599010000000001", "0599010000000002", "1680010000000003"]
    if (form, how) == ("excel", "float") or (form, how) == ("excel", "number"):
        addresses[2] = "0363010000000003"
    records = businesses([AS[how](firm) for firm in FIRMS])
    for record, establishment, address in zip(records, establishments, addresses, strict=True):
        record["establishment_id"], record["address_id"] = AS[how](establishment), AS[how](address)
    whole = read(FORMATS[form](records))
    frame = whole.frame
    assert frame["firm_id"].tolist() == FIRMS
    assert frame["establishment_id"].tolist() == establishments
    assert frame["address_id"].tolist() == addresses
    said = "firm_id: 1 numbers had lost zeros in front, which were put back (8 digits)"
    assert (said in whole.examined.remarks()) == (how != "text")


@pytest.mark.parametrize("form", FORMATS)
def test_where_one_number_has_its_zeros_no_other_has_lost_them(refuse: Refuse, form: str) -> None:
    (fault,) = refuse(FORMATS[form](businesses(["01234567", "1234568", "12345678"]))).faults
    assert (fault.column, fault.expected) == ("firm_id", texts.ZEROS_KEPT)


def test_excel_numbers_with_a_fraction_and_of_too_many_digits(refuse: Refuse) -> None:
    records = businesses(FIRMS)
    records[0]["firm_id"], records[1]["address_id"] = 1234567.5, 1_680_010_000_000_001.0
    found = {fault.column: fault.expected for fault in refuse(as_excel(records)).faults}
    assert found["firm_id"] == "a whole number, or text"
    assert "the whole value as text" in found["address_id"]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([68750112.0, 68750120.0, 68750128.0], pa.float32()),
        pa.array([1234567.5, 2.0, 3.0], pa.float64()),
        pa.array([Decimal("1234567.50")] * 3, pa.decimal128(12, 2)),
        pa.array([1e16, 1e16 + 2, 1e16 + 4], pa.float64()),
        pa.array([True, False, True]),
        pa.array([1, 2, 3], pa.date32()),
    ],
    ids=lambda column: str(column.type),
)
def test_types_of_parquet_that_hold_no_identifier(refuse: Refuse, column: pa.Array) -> None:
    table = pa.Table.from_pylist(businesses(FIRMS))
    at = table.column_names.index("firm_id")
    sink = io.BytesIO()
    pq.write_table(table.set_column(at, "firm_id", column), sink)
    (fault,) = refuse(sink.getvalue()).faults
    assert fault.column == "firm_id"
    assert fault.found == f"values of type {column.type}"


@pytest.mark.parametrize("form", ["excel", "parquet"])
def test_a_branch_that_is_a_number_may_have_lost_its_zero(refuse: Refuse, form: str) -> None:
    found = refuse(FORMATS[form](businesses(FIRMS, sbi=111))).faults
    assert {(fault.column, fault.found, fault.expected) for fault in found} == {
        ("sbi", "'111'", texts.AS_TEXT)
    }
    assert read(FORMATS[form](businesses(FIRMS, sbi=96021))).frame["sbi"][0] == "96021"


@pytest.mark.parametrize(
    ("branches", "at_fault"),
    [
        (["111", "96021", "5610"], [2]),
        (["161", "96021", "5610"], [2]),
        (["161", "96021", "0111"], []),
        (["161", "162", "561"], []),
        (["1131", "0111", "5610"], [2]),
        (["6201", "96021", "5610"], []),
        (['="0111"', "96021", "\u200b5610"], []),
    ],
)
def test_the_rest_of_a_column_shows_whether_zeros_were_lost(
    take: Take, refuse: Refuse, branches: list[str], at_fault: list[int]
) -> None:
    records = [r | {"sbi": b} for r, b in zip(businesses(FIRMS), branches, strict=True)]
    if at_fault:
        assert [fault.line for fault in refuse(as_csv(records)).faults] == at_fault
    else:
        assert take(as_csv(records)).rows == 3


def test_the_businesses_with_numbers_that_went_wrong(refuse: Refuse) -> None:
    found = refuse(case("business_numbers_as_integers.parquet").read_bytes()).faults
    assert {(fault.column, fault.found) for fault in found} == {("sbi", "'111'")}


def test_numbers_of_a_free_form_are_remarked_on() -> None:
    records = [r | {"incident_id": n} for n, r in enumerate(sample_records(KINDS["incident"]), 7)]
    examined = examine(as_parquet(records), KINDS["incident"], TODAY, silent)
    assert any(
        line.startswith("incident_id: 3 values are numbers in the file")
        for line in examined.remarks()
    )


def test_the_mark_of_invented_records_cannot_be_hidden_by_what_is_not_seen() -> None:
    whole = examine_whole(incident("VER\u200bZONNEN-1"), KINDS["incident"])
    assert whole.examined.sound.invented
    assert whole.frame["incident_id"].tolist() == ["VERZONNEN-1"]


def test_personal_data_in_free_text_is_refused_and_masked(
    take: Take, refuse: Refuse, tmp_path: Path
) -> None:
    data = case("figures_of_another_with_personal_source.csv").read_bytes()
    refusal = refuse(data, "area_figure")
    assert [(f.line, f.column, f.found) for f in refusal.faults if f.column == "source"] == [
        (2, "source", "a BSN, a telephone number in 'ma***'"),
        (3, "source", "a link, markup in '<i***'"),
    ]
    sound = b"inhabitants;gemeente;GM0599;2024-01-01;0;100;CBS StatLine\r\n"
    take(data + sound, "area_figure", accept_valid=True, partner="cbs")
    rejected = (tmp_path / "file.rejected.csv").read_text(encoding="utf-8-sig")
    assert "ma***" in rejected
    assert not any(
        held in rejected + str(refusal) for held in ("Verzonnen", "111222333", "1234567")
    )


def test_free_text_is_kept_as_it_is_seen(take: Take, home: Home) -> None:
    record = sample_records(KINDS["area_figure"], 1)[0] | {
        "source": "CBS\u00a0\u202eStat\u00adLine "
    }
    take(as_csv([record]), "area_figure", partner="cbs")
    assert kept(home, "area_figure", "source") == ["CBS StatLine"]


def test_names_of_files_and_partners_are_looked_through(take: Take, home: Home) -> None:
    receipt = take(incident(NUMBER), "incident", name="lijst Jan bsn 111222333.csv")
    assert receipt.file_name == "li***.csv"
    with pytest.raises(WeerbeeldError, match="holds a BSN") as refused:
        take(incident(NUMBER), "incident", partner="privaat:111222333")
    assert "111222333" not in str(refused.value)
