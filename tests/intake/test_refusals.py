"""Every kind of fault is refused whole, and said with line, column, found and expected."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from intake_samples import (
    Refuse,
    Style,
    Take,
    as_csv,
    as_parquet,
    sample_csv,
    sample_records,
)
from shapely import Point

from errors import WeerbeeldError
from geo.areas import gemeenten
from intake.faults import SHOWN, DeliveryRefused, Fault
from records import KINDS
from records.examples import Record
from store.home import Home

BUSINESS = KINDS["business"]
VALID = sample_csv("business")


def spoiled(number: int, kind: str = "business", count: int = 3, **values: object) -> bytes:
    """Return a delivery with other values in the record at ``number``."""
    records = sample_records(KINDS[kind], count)
    records[number] |= values
    return as_csv(records)


@pytest.mark.parametrize(
    ("values", "column", "found", "expected"),
    [
        ({"firm_id": "1,23457E+11"}, "firm_id", "'1,***'", "the whole identifier"),
        ({"sbi": "9602x"}, "sbi", "'9602x'", r"\d{2,6}"),
        ({"legal_form": "BV"}, "legal_form", "'BV'", "one of eenmanszaak, vof, bv"),
        ({"legal_form": ""}, "legal_form", "(empty)", "one of eenmanszaak"),
        ({"founded": "2024-02-30"}, "founded", "'2024-02-30'", "a date such as"),
        ({"founded": "06/30/2024"}, "founded", "'06/30/2024'", "a date such as"),
        ({"founded": "30-06-24"}, "founded", "'30-06-24'", "a date such as"),
        ({"founded": "0202-06-30"}, "founded", "'0202-06-30'", "a date such as"),
        ({"founded": "2026-07-02"}, "founded", "'2026-07-02'", "not after 2026-07-01"),
        ({"dissolved": "9999-12-31"}, "dissolved", "'9999-12-31'", "or empty when it has not"),
        ({"dissolved": "2020-01-01"}, "dissolved", "'2020-01-01'", "not before the day it was"),
        ({"x": ""}, "x", "(empty)", "a coordinate"),
        ({"x": "east"}, "x", "'east'", "a number"),
        ({"x": "487000", "y": "121500"}, "x", "487000, 121500: x and y look swapped", "x (east)"),
        ({"x": "4.9", "y": "52.37"}, "x", "4.9, 52.37", "RD New like the rest of the file"),
        ({"x": "52.37", "y": "4.9"}, "x", "52.37, 4.9: x and y look swapped", "x (east)"),
        ({"x": "0", "y": "0"}, "x", "0, 0", "a point in the Netherlands"),
        ({"x": "121500", "y": "4870000"}, "x", "121500, 4870000", "a point in the Netherlands"),
        ({"x": "200000", "y": "302000"}, "x", "200000, 302000", "a point in the Netherlands"),
    ],
)
def test_a_faulty_value(
    refuse: Refuse, values: Record, column: str, found: str, expected: str
) -> None:
    records = sample_records(BUSINESS)
    for record in records:
        record["x"], record["y"] = str(record["x"]), str(record["y"])
    records[1] |= values
    (fault,) = refuse(as_csv(records)).faults
    assert (fault.line, fault.column, fault.found) == (3, column, found)
    assert expected in fault.expected


@pytest.mark.parametrize(
    ("kind", "values", "column", "expected"),
    [
        ("incident", {"registered": "2023-12-31"}, "registered", "not before the day it happened"),
        ("incident", {"registered": "2026-12-31"}, "registered", "not after 2026-07-01"),
        ("inspection", {"irregular": "misschien"}, "irregular", "ja or nee"),
        ("property_transaction", {"price_eur": "-1"}, "price_eur", "a number, at least 0 (euro)"),
        ("property_transaction", {"price_eur": "duur"}, "price_eur", "a number, at least 0"),
        ("property_transaction", {"price_eur": "9" * 14}, "price_eur", "a number, at least 0"),
        ("trade_declaration", {"hs6": "0203"}, "hs6", r"\d{6}"),
        ("trade_declaration", {"country": "België"}, "country", "[A-Z]{2}"),
        ("area_figure", {"area": "GM9999"}, "area", "one of the 342 gemeenten"),
        ("area_figure", {"level": "riec", "area": "atlantis"}, "area", "ten RIEC regions"),
        ("area_figure", {"level": "nederland", "area": "BE"}, "area", "NL"),
        ("area_figure", {"level": "wijk", "area": "GM0599"}, "area", "WK059901"),
        (
            "area_figure",
            {"level": "wijk", "area": "WK999901"},
            "area",
            "gemeente that is or was",
        ),
        ("area_figure", {"level": "buurt", "area": "WK059901"}, "area", "BU05990110"),
        ("area_figure", {"level": "hex9", "area": "891969"}, "area", "H3 cell of resolution 9"),
        ("area_figure", {"level": "hex9", "area": "8a1969c9b2dffff"}, "area", "H3 cell"),
        ("area_figure", {"level": "hex9", "area": "89283082803ffff"}, "area", "in the Netherlands"),
        ("area_figure", {"level": "provincie"}, "level", "one of hex9, buurt"),
    ],
)
def test_a_faulty_value_of_other_kinds(
    refuse: Refuse, kind: str, values: Record, column: str, expected: str
) -> None:
    (fault,) = refuse(spoiled(2, kind, **values), kind).faults
    assert (fault.line, fault.column) == (4, column)
    assert expected in fault.expected


@pytest.mark.parametrize(
    ("level", "area"),
    [
        ("hex9", "89196953123ffff"),
        ("riec", "limburg"),
        ("nederland", "NL"),
        ("wijk", "WK059901"),
        ("buurt", "BU0363AA01"),
        ("gemeente", "GM0370"),
        ("wijk", "WK053010"),
        ("buurt", "BU07880001"),
    ],
)
def test_existing_areas_are_accepted(take: Take, level: str, area: str) -> None:
    assert take(spoiled(0, "area_figure", level=level, area=area), "area_figure").rows == 3


def test_a_point_just_across_the_border_counts_as_inside(take: Take, refuse: Refuse) -> None:
    """East of Vaals: the shipped borders are simplified, so that 5 km beyond them is inside."""
    near, far = (202_500.0, 309_500.0), (208_000.0, 309_500.0)
    border = gemeenten().geometry.union_all()
    assert 0 < border.distance(Point(near)) < 5_000 < 5_500 < border.distance(Point(far))
    refuse(spoiled(0, x=far[0], y=far[1]))
    assert take(spoiled(0, x=near[0], y=near[1])).rows == 3


def test_all_faults_are_listed_at_once(refuse: Refuse) -> None:
    records = sample_records(BUSINESS, 4)
    records[0] |= {"sbi": "x", "founded": "gisteren"}
    records[2] |= {"premises_use": "barn", "x": 0.5}
    refusal = refuse(as_csv(records))
    assert [(fault.line, fault.column) for fault in refusal.faults] == [
        (2, "sbi"),
        (2, "founded"),
        (4, "premises_use"),
        (4, "x"),
    ]
    for words in ("file.csv is refused whole", "4 faults", "line 4: found 'barn'"):
        assert words in str(refusal)


def test_lines_are_those_of_an_editor(refuse: Refuse) -> None:
    head, one, two, three = sample_csv("business").splitlines()
    broken = two.replace(b"96021", b'"96\n02"')
    last = three.replace(b"96021", b"bad")
    data = b"\n".join([b"", head, one, b"", broken, b";;;;;;;;;;", last, b""])
    found = [(fault.line, fault.found) for fault in refuse(data).faults]
    assert found == [(5, "'96\n02'"), (8, "'bad'")]


def test_faults_of_a_parquet_file_name_the_row(refuse: Refuse) -> None:
    records = sample_records(BUSINESS)
    records[1]["sbi"] = "x"
    refusal = refuse(as_parquet(records))
    assert refusal.faults[0].line == 2
    assert "row 2: found 'x'" in str(refusal)


def test_identifiers_in_faults_are_masked(refuse: Refuse) -> None:
    data = spoiled(2, establishment_id="VERZONNEN-establishment_id-000000", firm_id="")
    refusal = refuse(data)
    assert "VERZONNEN-est" not in str(refusal)
    assert "VERZONNEN-est" not in repr(refusal.faults)
    assert "'VE***', also on line 2" in str(refusal)


@pytest.mark.long
def test_a_hundred_thousand_faults_stay_readable(refuse: Refuse) -> None:
    records = sample_records(BUSINESS, 2)
    head, *rows = as_csv(records).splitlines()
    faulty = [
        rows[0].replace(b"96021", b"x").replace(b"id-000000", b"id-%06d" % number)
        for number in range(100_000)
    ]
    refusal = refuse(b"\n".join([head, *faulty]))
    assert len(refusal.faults) == 100_000
    lines = str(refusal).splitlines()
    assert len(lines) == SHOWN + 3
    assert "100,000 faults" in lines[0]
    assert lines[-1].strip() == "and 99,950 more, lines 52 to 100001"


def test_control_characters_do_not_reach_the_terminal() -> None:
    refusal = DeliveryRefused([Fault(2, "sbi", "\x1b[31mred" + "x" * 100, "digits")])
    assert "\x1b" not in str(refusal)
    assert len(max(str(refusal).splitlines(), key=len)) < 100


@pytest.mark.parametrize("level_key", ["figure, level, area, date, months"])
def test_a_key_of_several_columns_occurs_once(refuse: Refuse, level_key: str) -> None:
    records = sample_records(KINDS["area_figure"])
    records[2]["date"] = records[0]["date"]
    (fault,) = refuse(as_csv(records), "area_figure").faults
    assert (fault.line, fault.column) == (4, level_key)
    assert fault.found.endswith("also on line 2")


def test_a_mix_of_invented_and_real_is_refused(refuse: Refuse) -> None:
    (fault,) = refuse(spoiled(1, establishment_id="000012345678")).faults
    assert (fault.line, fault.column, fault.found) == (3, "establishment_id", "'00***'")
    assert "no mix" in fault.expected


def _renamed(old: bytes, new: bytes) -> bytes:
    return sample_csv("business").replace(old, new, 1)


@pytest.mark.parametrize(
    ("data", "column", "found"),
    [
        (_renamed(b"sbi;", b"branche;"), "sbi", "no column sbi"),
        (_renamed(b"legal_form", b"legalform"), "legal_form", "'legalform': is it misspelt?"),
        (_renamed(b"dissolved", b"disolved"), "dissolved", "'disolved': is it misspelt?"),
        (_renamed(b";y", b";z"), "y", "no column y"),
        (_renamed(b"firm_id", b"sbi"), "sbi", "more than once"),
    ],
)
def test_column_names(refuse: Refuse, data: bytes, column: str, found: str) -> None:
    faults = {fault.column: fault for fault in refuse(data).faults}
    assert found in faults[column].found
    assert faults[column].line == 1


def test_a_missing_column_is_said_once_beside_other_faults(refuse: Refuse) -> None:
    data = spoiled(1, legal_form="zz").replace(b"sbi;", b"branche;", 1)
    assert [(f.line, f.column) for f in refuse(data).faults] == [(1, "sbi"), (3, "legal_form")]


def test_other_columns_are_said_and_not_stored(take: Take, home: Home) -> None:
    records = [record | {"bsn": "123456782"} for record in sample_records(BUSINESS)]
    receipt = take(as_csv(records))
    assert receipt.not_read == ("bsn",)
    assert "not read and not stored: bsn" in receipt.lines
    assert not any(b"123456782" in f.read_bytes() for f in home.root.rglob("*") if f.is_file())


def test_a_column_without_a_name_is_not_read(take: Take) -> None:
    head, *rows = VALID.splitlines()
    data = b"\n".join([head + b";", *(row + b";" for row in rows), b""])
    assert take(data).not_read == ("column 12 without a name",)


def test_a_parquet_column_twice_or_of_no_use(refuse: Refuse) -> None:
    table = pa.Table.from_pylist(sample_records(BUSINESS))
    table = table.append_column("SBI", table["sbi"])
    table = table.set_column(3, "sbi", pa.array([[1], [2], [3]]))
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    faults = refuse(sink.getvalue().to_pybytes()).faults
    assert [(fault.column, fault.found) for fault in faults] == [
        ("sbi", "this name more than once"),
        ("sbi", "values of type list<element: int64>"),
    ]


def test_an_absent_optional_column_is_said(take: Take) -> None:
    names = [name for name in sample_records(BUSINESS)[0] if name != "dissolved"]
    receipt = take(as_csv(sample_records(BUSINESS), columns=names))
    assert "no column dissolved: taken as empty" in receipt.lines


PARQUET = as_parquet(sample_records(BUSINESS))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "an empty file"),
        (b"\r\n \r\n", "an empty file"),
        (b"\xef\xbb\xbf", "an empty file"),
        (VALID.splitlines()[0], "only a line of column names"),
        (VALID.split(b"\n", 1)[1], "no known column name"),
        (VALID[: VALID.rindex(b";shop")], "on the last line: the file looks truncated"),
        (VALID.replace(b"96021", b'"96021', 1), "a quote that is opened and never closed"),
        (VALID.replace(b"96021", b'"960"21', 1), "a stray quote within a field"),
        (VALID.replace(b"96021", b"960;21", 1), "12 fields"),
        (PARQUET[:-20], "a Parquet file without its end: it is truncated"),
        (PARQUET[:40] + PARQUET[-8:], "a damaged Parquet file"),
        (b"PAR1", "truncated"),
        (as_parquet([{"a": 1}]), "no known column name"),
        (b"PK\x03\x04" + bytes(50), "a damaged or outsized Excel or zip file"),
        (b"\xd0\xcf\x11\xe0" + bytes(50), "an old Excel file"),
        (b"%PDF-1.7", "a PDF file"),
        (bytes(range(256)), "looks binary"),
        (VALID.replace(b"96021", b"\x00\x01", 1), "looks binary"),
        (VALID.decode().encode("utf-16")[:-1], "breaks off inside a character"),
        (VALID.replace(b"bv", "é".encode(), 1).replace(b"vof", b"\xe9", 1), "not text in utf-8"),
        (VALID + "VERZONNEN-é".encode()[:-1] + b"", "the file looks truncated"),
    ],
)
def test_unreadable_files(refuse: Refuse, data: bytes, words: str) -> None:
    assert words in str(refuse(data))


def test_an_empty_parquet_file(refuse: Refuse) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(sample_records(BUSINESS)).slice(0, 0), sink)
    assert "only column names" in str(refuse(sink.getvalue().to_pybytes()))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda options: options | {"kind": "firms"}, "'firms' is not a kind of record"),
        (lambda options: options | {"partner": "mafia"}, "'mafia' is not a known partner"),
        (lambda options: options | {"partner": "gemeente:GM9999"}, "one of the 342 gemeenten"),
        (lambda options: options | {"partner": "gemeente:GM0370"}, "one of the 342 gemeenten"),
        (lambda options: options | {"partner": "riec:atlantis"}, "ten RIEC regions"),
    ],
)
def test_unknown_kinds_and_partners(
    take: Take, home: Home, change: Callable[[Record], Record], words: str
) -> None:
    with pytest.raises(WeerbeeldError, match=words):
        take(VALID, **change({}))
    assert not home.root.exists()


def test_missing_files_and_folders(home: Home, tmp_path: Path) -> None:
    from intake.receive import receive

    for path, words in ((tmp_path / "none.csv", "There is no file"), (tmp_path, "is a folder")):
        with pytest.raises(WeerbeeldError, match=words):
            receive("business", path, "kvk", home)
    assert not home.root.exists()


def test_all_points_swapped_are_one_kind_of_fault(refuse: Refuse) -> None:
    data = VALID.replace(b";x;y", b";y;x", 1)
    refusal = refuse(data)
    assert len(refusal.faults) == 3
    assert str(refusal).count("expected") == 1
    assert "look swapped" in str(refusal)


def test_degrees_outside_and_swapped(refuse: Refuse) -> None:
    data = sample_csv("business", style=Style(degrees=True)).replace(b"lon;lat", b"lat;lon", 1)
    assert "look swapped" in str(refuse(data))
