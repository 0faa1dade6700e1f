"""What a file is written in is recognised, said, and read back as the records it holds."""

from operator import add
from typing import Any

import numpy as np
import pandas as pd
import pytest
from examined_whole import Whole, examine_whole
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_samples import (
    TODAY,
    Refuse,
    Style,
    Take,
    as_csv,
    as_parquet,
    lonlat,
    sample_csv,
    sample_records,
)

from records import KINDS, Column, RecordKind
from records.examples import POINTS, Record, arrays_of, example_records

STYLES = st.builds(
    Style,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"]),
    separator=st.sampled_from(";,\t|"),
    mark=st.sampled_from(["comma", "point"]),
    thousands=st.booleans(),
    dates=st.sampled_from(["%Y-%m-%d", "%d-%m-%Y", "%Y%m%d", "%d/%m/%Y", "%Y/%m/%d"]),
    degrees=st.booleans(),
    yes_no=st.sampled_from([("ja", "nee"), ("J", "N"), ("true", "false"), ("1", "0")]),
    line_end=st.sampled_from(["\r\n", "\n", "\r"]),
    quote_all=st.booleans(),
)
IDENTIFIERS = st.text(st.sampled_from("ABCxyz0189-éö;,|./"), min_size=1, max_size=12).map(
    lambda text: f"NL{text}"
)
"""What no rule for identifiers changes (records/identifiers.py)."""
CENTS = st.integers(0, 10**11).map(lambda cents: cents / 100)


def _values(column: Column) -> st.SearchStrategy[Any]:
    strategies: dict[str, st.SearchStrategy[Any]] = {
        "date": st.dates(TODAY.replace(year=1950), TODAY),
        "boolean": st.booleans(),
        "decimal": CENTS,
        "text": IDENTIFIERS,
    }
    values = strategies[column.type]
    if column.codes:
        values = st.sampled_from(column.codes)
    elif column.digits:
        most = 10**column.digits - 1
        values = st.integers(1, most).map(lambda number: f"{number:0{column.digits}d}")
    elif column.pattern:
        values = st.from_regex(column.pattern.replace(r"\d", "[0-9]"), fullmatch=True)
        if (lost_zero := column.lost_zero) is not None:
            values = values.filter(lambda code: lost_zero(code) == "no")
    if column.name in {"dissolved", "registered"}:
        values = st.just(TODAY)
    return values if column.required else st.none() | values


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[RecordKind, list[Record]]:
    kind = draw(st.sampled_from([kind for kind in KINDS.values() if kind.located]))
    fields: dict[str, st.SearchStrategy[Any]] = {
        column.name: _values(column) for column in kind.columns
    }
    metres = st.integers(-30_000, 30_000).map(lambda tenths: tenths / 10)
    fields["x"], fields["y"] = (st.builds(add, st.just(base), metres) for base in POINTS[2])
    key = kind.key[0]
    drawn = draw(
        st.lists(st.fixed_dictionaries(fields), min_size=1, max_size=6, unique_by=lambda r: r[key])
    )
    (example,) = example_records(kind, 1)
    sound = {c.name: example[c.name] for c in kind.columns if not c.pseudonymised}
    holds = kind.keeps_rules(arrays_of(kind, drawn))
    return kind, [r if fine else r | sound for r, fine in zip(drawn, holds, strict=True)]


def same(whole: Whole, records: list[Record]) -> None:
    """Compare what was read with the records that were written."""
    frame = whole.frame
    for column in whole.kind.columns:
        read = [None if pd.isna(value) else value for value in frame[column.name].tolist()]
        true = [record[column.name] for record in records]
        if column.type == "date":
            read = [None if value is None else value.date() for value in read]
        assert read == true, column.name
    lon, lat = lonlat(records)
    np.testing.assert_allclose(whole.points.lon, lon, atol=1e-6)
    np.testing.assert_allclose(whole.points.lat, lat, atol=1e-6)


@pytest.mark.long
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(deliveries(), STYLES)
def test_a_delivery_reads_back_however_it_was_written(
    delivery: tuple[RecordKind, list[Record]], style: Style
) -> None:
    kind, records = delivery
    whole = examine_whole(as_csv(records, style), kind)
    same(whole, records)
    assert whole.examined.table.separator == style.separator
    assert whole.examined.crs == ("EPSG:4326" if style.degrees else "EPSG:28992")


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (Style(), ["UTF-8;", "separator semicolon", "dates year-month-day", "RD New"]),
        (Style(encoding="utf-8-sig", separator=","), ["byte order mark", "separator comma"]),
        (Style(encoding="utf-16", separator="\t"), ["UTF-16", "separator tab"]),
        (Style(separator="|", dates="%d-%m-%Y"), ["separator pipe", "dates day-month-year"]),
        (Style(dates="%Y%m%d", degrees=True), ["dates yyyymmdd", "degrees, ETRS89 or WGS84"]),
        (Style(mark="point"), ["decimal point"]),
        (Style(mark="comma"), ["decimal comma"]),
    ],
)
def test_what_was_recognised_is_said(take: Take, style: Style, said: list[str]) -> None:
    lines = "\n".join(take(sample_csv("business", style=style)).lines)
    for words in said:
        assert words in lines


def test_windows_text_is_recognised(take: Take) -> None:
    records = sample_records(KINDS["area_figure"])
    for record in records:
        record["source"] = "VERZONNEN café"
    receipt = take(as_csv(records, Style(encoding="cp1252")), "area_figure")
    assert receipt.encoding == "cp1252"
    assert "Windows-1252" in "\n".join(receipt.lines)


def test_content_decides_the_format_not_the_name(take: Take) -> None:
    receipt = take(as_parquet(sample_records(KINDS["business"])), name="file.csv")
    assert receipt.encoding is None
    assert "Parquet" in "\n".join(receipt.lines)


@pytest.mark.parametrize("kind", list(KINDS))
def test_parquet_gives_the_same_records_as_csv(kind: str) -> None:
    records = sample_records(KINDS[kind], 5)
    one, other = (
        examine_whole(data, KINDS[kind]) for data in (as_csv(records), as_parquet(records))
    )
    pd.testing.assert_frame_equal(one.frame, other.frame)
    if KINDS[kind].located:
        np.testing.assert_array_equal(one.cells, other.cells)


def test_numbers_of_pandas_are_read_as_whole_identifiers() -> None:
    records = sample_records(KINDS["business"])
    for number, record in enumerate(records):
        record["firm_id"] = 12345678.0 + number
    frame = examine_whole(as_parquet(records), KINDS["business"]).frame
    assert frame["firm_id"].tolist() == ["12345678", "12345679", "12345680"]


def _priced(*prices: str, x: str = "121500,5", y: str = "487000") -> bytes:
    head = "transaction_id;object_id;buyer_id;date;deed;buyer_type;price_eur;mortgage_eur;x;y"
    rows = [f"T{n};O;B;2024-01-01;sale;private;{price};0;{x};{y}" for n, price in enumerate(prices)]
    return "\n".join([head, *rows, ""]).encode()


@pytest.mark.parametrize(
    ("data", "values"),
    [
        (_priced("1.234,56", "1.234"), [1234.56, 1234.0]),
        (_priced("1.234.567", "0,5"), [1234567.0, 0.5]),
        (_priced("1,234.56", "1,234", x="121500.5"), [1234.56, 1234.0]),
        (_priced("1 234,56", "2e+05"), [1234.56, 200000.0]),
        (_priced("250.000", x="121.500", y="487.000"), [250000.0]),
        (_priced("1,5", "2.000", x="121500", y="487000"), [1.5, 2000.0]),
        (_priced("250000", x="4.893", y="52.370"), [250000.0]),
    ],
)
def test_thousands_and_decimals(data: bytes, values: list[float]) -> None:
    kind = KINDS["property_transaction"]
    frame = examine_whole(data, kind).frame
    assert frame["price_eur"].tolist() == values


@pytest.mark.parametrize(
    "data",
    [
        _priced("250.000", x="121500", y="487000"),
        _priced("250,000", x="121500", y="487000"),
        _priced("250.000", x="121500.5", y="487000"),
    ],
)
def test_a_number_that_reads_two_ways_is_refused(refuse: Refuse, data: bytes) -> None:
    (fault,) = refuse(data, "property_transaction").faults
    assert (fault.line, fault.column) == (2, "price_eur")
    assert "read in one way" in fault.expected


def test_a_line_that_names_the_separator_is_no_header(take: Take) -> None:
    assert take(b"sep=;\r\n" + sample_csv("business")).rows == 3


def test_longitude_and_latitude_may_be_spelled_out(take: Take) -> None:
    data = sample_csv("business", style=Style(degrees=True))
    assert take(data.replace(b"lon;lat", b"Longitude;Latitude")).crs == "EPSG:4326"
