"""A formula that was never calculated holds no value: not an empty one either."""

import io
import zipfile
from collections.abc import Callable

import pytest
from cases import case
from intake_samples import Refuse, Take, as_excel, sample_records
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from records import KINDS

RECORDS = sample_records(KINDS["business"], 3)
AT = list(RECORDS[0]).index("dissolved")
MARKED = '<c r="{cell}" {attributes}>{inner}</c>'


def with_cell(attributes: str, inner: str, book: Callable[[bytes], bytes] = bytes) -> bytes:
    """Return businesses of which the first has this XML where it says when it was dissolved."""
    cell = f"{chr(ord('A') + AT)}2"
    sink, old = io.BytesIO(), zipfile.ZipFile(io.BytesIO(as_excel(RECORDS)))
    with old, zipfile.ZipFile(sink, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/workbook.xml":
                data = book(data.replace(b'fullCalcOnLoad="1"', b""))
            if name == "xl/worksheets/sheet1.xml":
                following = data.index(f'<c r="{chr(ord("A") + AT + 1)}2"'.encode())
                fresh = MARKED.format(cell=cell, attributes=attributes, inner=inner).encode()
                data = data[:following] + fresh + data[following:]
            new.writestr(name, data)
    return sink.getvalue()


def recalculates(book: bytes) -> bytes:
    return book.replace(b"<calcPr ", b'<calcPr fullCalcOnLoad="1" ')


UNCALCULATED = {
    "a number": ("", "<f>DATE(2020,5,31)</f><v/>"),
    "no value": ("", "<f>DATE(2020,5,31)</f>"),
    "blank": ("", "<f>DATE(2020,5,31)</f><v> </v>"),
    "a text": ('t="str"', "<f>A1</f>"),
    "yes or no": ('t="b"', "<f>TRUE</f><v></v>"),
    "an error": ('t="e"', "<f>NA()</f><v/>"),
    "a day": ('t="d"', "<f>TODAY()</f><v/>"),
    "shared": ("", '<f t="shared" si="0"/><v/>'),
    "an array": ("", '<f t="array" ref="A1:A2">A1</f>'),
    "a shared text": ('t="s"', "<f>A1</f><v/>"),
}


@pytest.mark.parametrize("how", UNCALCULATED)
def test_a_formula_without_a_value_is_a_fault(refuse: Refuse, how: str) -> None:
    (fault,) = refuse(with_cell(*UNCALCULATED[how])).faults
    assert (fault.line, fault.column) == (2, "dissolved")
    assert fault.found == "a formula that was never calculated"


@pytest.mark.parametrize("how", ["", 't="str"', 't="b"'])
def test_zero_is_no_value_of_a_program_that_leaves_the_calculation_to_excel(
    refuse: Refuse, how: str
) -> None:
    (fault,) = refuse(with_cell(how, "<f>A1</f><v>0</v>", recalculates)).faults
    assert fault.found == "a formula that was never calculated"


def test_a_text_that_came_out_empty_is_empty(take: Take) -> None:
    assert take(with_cell('t="str"', '<f>IF(TRUE,"","x")</f><v></v>'), name="a.xlsx").rows == 3


def test_a_formula_that_was_calculated_is_its_value(take: Take) -> None:
    style = 't="str"'
    data = with_cell(style, "<f>A1</f><v>2025-05-31</v>", recalculates)
    assert take(data, name="a.xlsx").rows == 3


def test_amounts_of_a_program_that_cannot_calculate(refuse: Refuse) -> None:
    def dress(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_formula(2, place, "=1+1")

    records = sample_records(KINDS["property_transaction"], 3)
    place = list(records[0]).index("mortgage_eur")
    (fault,) = refuse(as_excel(records, dress=dress), "property_transaction").faults
    assert (fault.line, fault.column) == (3, "mortgage_eur")
    assert fault.found == "a formula that was never calculated"


def test_the_workbook_that_went_wrong(refuse: Refuse) -> None:
    found = refuse(case("formula_without_value.xlsx").read_bytes(), accept_valid=True).faults
    assert {(fault.line, fault.column) for fault in found} == {
        (row, "dissolved") for row in (2, 3, 4)
    }
