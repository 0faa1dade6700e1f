"""Excel deliveries: the same records as in CSV, and each fault at the row that Excel shows."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pyarrow.parquet as pq
import pytest
from examined_whole import examine_whole
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_samples import Refuse, Take, as_csv, as_excel, sample_records
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from intake import excel_file
from intake.faults import DeliveryRefused
from intake.limits import LAST_ROW
from intake.reading import read_table
from intake.text_table import Part
from records import KINDS
from store.engine import work_engine
from store.home import Home
from store.work import deliveries, records_path

BUSINESS = KINDS["business"]
AREA = KINDS["area_figure"]
TITLES = ("Gemeente Rotterdam", "Levering juni")
Dress = Callable[[Workbook, Worksheet], None]


def place_of(kind: str, name: str) -> int:
    return list(sample_records(KINDS[kind], 1)[0]).index(name)


def excel(kind: str, dress: Dress, count: int = 3, above: tuple[str, ...] = TITLES) -> bytes:
    """Return a delivery whose column names stand on row 3 and whose records follow."""
    return as_excel(sample_records(KINDS[kind], count), above=above, dress=dress)


def read(data: bytes, kind: str = "business") -> Part:
    return read_table(data, KINDS[kind]).whole()


def rewritten(data: bytes, change: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """Return an Excel file with parts changed."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, bytes)(old.read(name)))
    return sink.getvalue()


def sheet_with(xml: str) -> bytes:
    """Return an Excel file whose only sheet holds ``xml`` after the column names of a business."""
    names = "".join(
        f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in sample_records(BUSINESS, 1)[0]
    )
    body = f'<worksheet><sheetData><row r="1">{names}</row>{xml}</sheetData></worksheet>'
    data = as_excel(sample_records(BUSINESS, 1))
    return rewritten(data, {"xl/worksheets/sheet1.xml": lambda _: body.encode()})


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize(("above", "left"), [((), 0), (TITLES, 2)])
def test_the_same_records_as_csv(
    take: Take, home: Home, kind: str, above: tuple[str, ...], left: int
) -> None:
    records = sample_records(KINDS[kind], 9)
    take(as_csv(records), kind)
    receipt = take(as_excel(records, above, left), kind, name="levering.xlsx")
    first, second = deliveries(work_engine(home))
    tables = [pq.read_table(records_path(home, d)).drop("partner") for d in (first, second)]
    assert tables[0].equals(tables[1])
    assert (receipt.encoding, receipt.separator) == ("xlsx", None)
    assert any(line.startswith("recognised: Excel;") for line in receipt.lines)
    said = f"read: sheet 'Levering', column names on row {len(above) + 1}"
    assert any(line.startswith(said) for line in receipt.lines)


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.booleans(),
            st.floats(-1e14, 1e14, allow_nan=False),
            st.integers(-(10**14), 10**14).map(float),
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=9),
            st.dates(date(1900, 3, 1), date(9999, 12, 31)),
        ),
        min_size=1,
        max_size=9,
    )
)
@settings(deadline=None, max_examples=60)
def test_cells_are_what_another_reader_finds(values: list[object]) -> None:
    """Calamine (MIT), in Rust, is the other reader."""
    data = as_excel([{"figure": "x", "value": value, "area": "x"} for value in values])
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    theirs = [row[1] for row in list(sheet.iter_rows())[1:]]
    ours = read(data, "area_figure").columns["value"].to_pylist()
    for mine, other in zip(ours, theirs, strict=True):
        if isinstance(other, bool):
            assert mine == str(other).lower()
        elif isinstance(other, float):
            assert float(mine) == other
        elif isinstance(other, date):
            assert mine == other.isoformat()
        else:
            assert (mine or "") == str(other).strip()


def test_dates_from_1904_and_the_day_that_never_was() -> None:
    def serials(book: Workbook, sheet: Worksheet) -> None:
        day = book.add_format({"num_format": "d mmm yyyy"})
        for row, serial in enumerate((1, 59, 60, 61, 45_292, 45_292.75, 2_958_465), start=1):
            sheet.write_number(row, place_of("business", "founded"), serial, day)

    data = excel("business", serials, count=7, above=())
    expected = ["1900-01-01", "1900-02-28", "60", "1900-03-01", "2024-01-01"]
    expected += ["2024-01-01T18:00:00", "9999-12-31"]
    assert read(data).columns["founded"].to_pylist() == expected
    old = rewritten(
        as_excel(sample_records(BUSINESS, 1)),
        {"xl/workbook.xml": lambda xml: xml.replace(b"<workbookPr", b'<workbookPr date1904="1"')},
    )
    assert read(old).columns["founded"].to_pylist() == ["2028-01-02"]


def test_titles_empty_rows_hidden_rows_and_values_beside_are_said() -> None:
    def dress(book: Workbook, sheet: Worksheet) -> None:
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.write_string(5, 20, "beside")
        sheet.write_string(30, 0, "VERZONNEN-late")
        sheet.write_blank(900, 40, None, book.add_format({"bold": True}))
        book.add_worksheet("Toelichting").write_string(0, 0, "sbi")
        book.add_worksheet("Kladblok").hide()

    table = read_table(excel("business", dress), KINDS["business"])
    assert table.whole().lines.tolist() == [4, 5, 6, 31]
    assert table.remarks == (
        "read: sheet 'Levering', column names on row 3; 2 filled rows above it were not read",
        "not read: sheet 'Toelichting', hidden sheet 'Kladblok'",
        "1 hidden rows (of a filter, perhaps) were read as well",
        "24 empty rows were skipped",
        "1 rows have values in columns without a name, which were not read (the first is row 6)",
    )


def _second_sheet(book: Workbook, hidden: bool) -> None:
    sheet = book.add_worksheet("Vorig jaar")
    sheet.write_row(0, 0, ["sbi", "founded", "legal_form"])
    if hidden:
        sheet.hide()


def test_two_sheets_with_records_are_refused_by_name(refuse: Refuse) -> None:
    faults = refuse(excel("business", lambda book, _: _second_sheet(book, hidden=False))).faults
    assert [fault.found for fault in faults] == [
        "sheet 'Levering': column names on row 3",
        "sheet 'Vorig jaar': column names on row 1",
    ]
    assert len(read(excel("business", lambda book, _: _second_sheet(book, hidden=True))).lines) == 3


def test_records_on_a_hidden_sheet_are_not_read(refuse: Refuse) -> None:
    def dress(book: Workbook, sheet: Worksheet) -> None:
        book.add_worksheet("Leeg").activate()
        sheet.hide()

    faults = refuse(excel("business", dress)).faults
    assert [fault.found for fault in faults] == ["hidden sheet 'Levering'", "sheet 'Leeg'"]
    assert "of a visible sheet" in faults[0].expected


@pytest.mark.parametrize(
    ("kind", "column", "write", "found", "expected"),
    [
        ("business", "sbi", ("formula", "=NA()", None, "#N/A"), "'#N/A'", "gives an error"),
        ("area_figure", "value", ("formula", "=1/0", None, "#DIV/0!"), "'#DIV/0!'", "an error"),
        ("business", "firm_id", ("number", 1.2345678901234e24), "over 15 digits", "as text"),
        ("business", "firm_id", ("number", 1e15), "over 15 digits", "as text"),
        ("business", "firm_id", ("string", "1,23457E+11"), "'1,***'", "the whole identifier"),
        ("area_figure", "value", ("number", 0.125, "0.0%"), "a percentage", "a plain number"),
        ("area_figure", "value", ("number", 0.125, "10"), "'0.125'", None),
        ("area_figure", "value", ("string", "1.234"), "among numbers", "read in one way"),
        ("business", "firm_id", ("number", 45_292, "d-m-yyyy"), "a date", "format the column"),
        ("business", "founded", ("number", 45_292, "General"), "'45292'", "a date such as"),
        ("business", "founded", ("number", 45_292.5, "d-m-yyyy"), "T12:00:00'", "a date such as"),
        ("trade_declaration", "hs6", ("number", 20_329), "'20329'", "text of the form"),
    ],
)
def test_each_fault_has_its_row_and_column(
    refuse: Refuse,
    kind: str,
    column: str,
    write: tuple[object, ...],
    found: str,
    expected: str | None,
) -> None:
    def dress(book: Workbook, sheet: Worksheet) -> None:
        how, value, *more = write
        formats = [book.add_format({"num_format": f}) for f in more if isinstance(f, str)]
        rest = more if how == "formula" else formats
        getattr(sheet, f"write_{how}")(4, place_of(kind, column), value, *rest)

    if expected is None:
        assert read(excel(kind, dress), kind).columns[column][1].as_py() == "0.125"
        return
    (fault,) = refuse(excel(kind, dress), kind).faults
    assert (fault.line, fault.column) == (5, column)
    assert found in fault.found
    assert expected in fault.expected


def test_numbers_kept_as_text_are_read_as_those_of_csv() -> None:
    records = [
        record | {"value": "1.234,50"} if number else record
        for number, record in enumerate(sample_records(AREA, 3))
    ]
    table = read_table(as_excel([r | {"value": "1.234,50"} for r in records]), AREA)
    assert "value" not in table.typed
    assert table.whole().columns["value"].to_pylist() == ["1.234,50"] * 3
    mixed = read(as_excel(records), "area_figure")
    assert [(cell.row, cell.column) for cell in mixed.spoilt] == [(1, "value"), (2, "value")]


def test_merged_cells_are_faults_where_records_stand(refuse: Refuse) -> None:
    def dress(_: Workbook, sheet: Worksheet) -> None:
        sheet.merge_range(0, 0, 0, 5, "title")
        at = place_of("business", "legal_form")
        sheet.merge_range(4, at, 5, at, "bv")

    faults = refuse(excel("business", dress)).faults
    assert [(f.line, f.column, f.found) for f in faults] == [
        (5, "legal_form", "a merged cell"),
        (6, "legal_form", "a merged cell"),
    ]


def test_identifiers_that_are_numbers_are_read_whole_and_said() -> None:
    def dress(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_number(4, place_of("incident", "incident_id"), 123_456_789_012_345)
        sheet.write_string(3, place_of("incident", "incident_id"), "7")
        sheet.write_string(5, place_of("incident", "incident_id"), "8")

    whole = examine_whole(excel("incident", dress), KINDS["incident"])
    assert whole.frame["incident_id"][1] == "123456789012345"
    said = "incident_id: 1 values are numbers in the file"
    assert any(line.startswith(said) for line in whole.examined.remarks())


def test_rows_at_fault_are_set_aside(take: Take) -> None:
    def dress(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_formula(4, place_of("business", "sbi"), "=NA()", None, "#N/A")

    receipt = take(excel("business", dress), name="levering.xlsx", accept_valid=True)
    assert (receipt.rows, receipt.rejected) == (2, 1)


def test_the_content_decides_and_not_the_name(take: Take) -> None:
    assert take(as_excel(sample_records(BUSINESS)), name="levering.csv").encoding == "xlsx"


# What is no Excel file, and what would harm


def zipped(**parts: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return sink.getvalue()


OLE = b"\xd0\xcf\x11\xe0" + bytes(60)
WHOLE = as_excel(sample_records(BUSINESS))
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bb">]>'
CELL = '<row r="2"><c r="A2"><v>1</v></c>{}</row>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (OLE, "an old Excel file (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "an Excel file with a password"),
        (WHOLE[:-40], "a damaged or outsized Excel or zip file"),
        (zipped(**{"border.shp": b""}), "found a zip file"),
        (zipped(**{"content.xml": b""}), "an .ods file"),
        (zipped(**{"xl/workbook.bin": b""}), "in binary form (.xlsb)"),
        (zipped(**{"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "a damaged Excel file"),
        (as_excel([{"sbi": "1", "x": "2"}])[:60], "a damaged or outsized"),
        (as_excel([{"a": "1"}]), "2 or more column names"),
        (as_excel(sample_records(BUSINESS), above=("x",) * 60), "2 or more column names"),
        (rewritten(WHOLE, {"xl/worksheets/sheet1.xml": lambda x: x[:-30]}), "a damaged Excel"),
        (rewritten(WHOLE, {"xl/sharedStrings.xml": lambda _: b"<sst/>"}), "a damaged Excel"),
        (rewritten(WHOLE, {"xl/sharedStrings.xml": lambda x: ENTITIES + x[55:]}), "a damaged"),
        (sheet_with(""), "only a row of column names"),
        (sheet_with(CELL.format('<c r="XFE2"><v>1</v></c>')), "a damaged Excel file"),
        (sheet_with(CELL.format('<c r="A2"><v>2</v></c>')), "a damaged Excel file"),
        (sheet_with(CELL.format('<c r="B3"><v>2</v></c>')), "a damaged Excel file"),
        (sheet_with(CELL.format('<c r="B2"><v>nan</v></c>')), "a damaged Excel file"),
        (sheet_with(CELL.format('<c r="B2" t="s"><v>-1</v></c>')), "expected"),
        (sheet_with('<row r="99999999999"/>'), "a damaged Excel file"),
        (sheet_with('<row r="1"/>'), "a damaged Excel file"),
    ],
)
def test_what_cannot_be_read_is_said(refuse: Refuse, data: bytes, words: str) -> None:
    assert words in str(refuse(data))


def test_a_cell_in_the_last_corner_takes_no_memory_for_all_between() -> None:
    corner = f'<row r="{LAST_ROW}"><c r="XFD{LAST_ROW}"><v>1</v></c></row>'
    assert read(sheet_with(CELL.format("") + corner)).lines.tolist() == [2, LAST_ROW]


def test_a_sheet_that_unpacks_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = sheet_with(" " * 60_000_000)
    assert len(bomb) < 1_000_000
    with pytest.raises(DeliveryRefused, match="an Excel file that unpacks to over"):
        read(bomb)
    monkeypatch.setattr("intake.excel_package.MOST_XML", 3_000)
    with pytest.raises(DeliveryRefused, match=r"unpacks to over .* bytes"):
        read(WHOLE)


def test_a_text_that_is_repeated_beyond_measure_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("intake.excel_columns.MOST_TEXT", 10_000_000)
    text = b"<sst><si><t>" + b"9" * 100_000 + b"</t></si></sst>"
    data = rewritten(
        sheet_with('<row><c t="s"><v>0</v></c></row>' * 200),
        {"xl/sharedStrings.xml": lambda _: text},
    )
    with pytest.raises(DeliveryRefused, match="text that unpacks to over 10,000,000 bytes"):
        read(data)


def test_running_out_of_memory_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(excel_file, "Package", full)
    with pytest.raises(DeliveryRefused, match="more than the memory of this machine"):
        read(WHOLE)


def test_faults_without_end_are_counted_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.excel_columns.MOST_FAULTS", 5)
    rows = "".join(f'<row r="{n}"><c r="D{n}" t="e"><v>#REF!</v></c></row>' for n in range(2, 99))
    table = read_table(sheet_with(rows), KINDS["business"])
    assert len(table.whole().spoilt) == 5
    assert "more than" in table.faults[0].found


def test_a_date_with_a_time_keeps_its_time_and_a_day_has_none() -> None:
    def dress(book: Workbook, sheet: Worksheet) -> None:
        moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
        at = place_of("business", "founded")
        sheet.write_datetime(4, at, datetime(2024, 5, 6, 7, 8), moment)  # noqa: DTZ001
        sheet.write_datetime(5, at, datetime(2024, 5, 6), moment)  # noqa: DTZ001

    founded = read(excel("business", dress)).columns["founded"].to_pylist()
    assert founded[1:] == ["2024-05-06T07:08:00", "2024-05-06"]
