"""Whole numbers are a type of the contract that no kind uses yet; a new kind may."""

import pytest
from examined_whole import examine_whole

from bilingual import Text
from intake.faults import DeliveryRefused
from records import Column, RecordKind, Retention

THINGS = Text("dingen die worden geteld", "things that are counted")
COUNTED = RecordKind(
    name="counted",
    words=THINGS,
    meaning=THINGS,
    deliverers=THINGS,
    columns=(
        Column("name", "text", THINGS, unique=True),
        Column("date", "date", THINGS),
        Column("number", "integer", THINGS, minimum=0),
    ),
    key=("name",),
    subject=None,
    dated="date",
    mark="name",
    retention=Retention("x", 12, "counted for a year"),
    located=False,
)


def counted(number: str) -> bytes:
    return f"name;date;number\na;2024-01-01;{number}\nb;2024-01-02;7\n".encode()


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("12,0", 12), ("1.234.567", 1234567)])
def test_whole_numbers_are_read(text: str, value: int) -> None:
    frame = examine_whole(counted(text), COUNTED).frame
    assert frame["number"].dtype == "Int64"
    assert frame["number"].tolist() == [value, 7]


@pytest.mark.parametrize("text", ["1,5", "twelve", "-1"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(DeliveryRefused) as caught:
        examine_whole(counted(text), COUNTED)
    (fault,) = caught.value.faults
    assert (fault.line, fault.found) == (2, f"'{text}'")
    assert fault.expected == "a whole number, at least 0"
