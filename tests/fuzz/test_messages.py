"""Whatever a message repeats of somebody else's text, it can be shown and read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import LONGEST_MESSAGE, WeerbeeldError, shortened
from exports import export_named
from intake.area_codes import known_partner
from intake.faults import DeliveryRefused, Fault
from records import kind_named
from tools.fuzz.judging import faults_of_message

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=200).filter(
    lambda text: "Traceback" not in text and " object at 0x" not in text
)
"""A message may repeat these two when somebody else wrote them; the judge sees no difference."""


@given(text=ANY_TEXT)
def test_a_message_holds_nothing_that_steers_or_hides(text: str) -> None:
    assert faults_of_message(str(WeerbeeldError(f"Found {text}, expected another."))) == []
    faults = [Fault(2, text, text, text), Fault(3, "sbi", text, "digits")]
    assert faults_of_message(str(DeliveryRefused(faults, text))) == []


@pytest.mark.parametrize("length", [LONGEST_MESSAGE - 30, LONGEST_MESSAGE, 10**6])
def test_a_long_message_keeps_its_beginning_and_its_advice(length: int) -> None:
    said = str(WeerbeeldError(f"Found {'x' * length}. Write it as 2027-12-31."))
    assert faults_of_message(said) == []
    assert said.startswith("Found xxx")
    assert said.endswith("xxx. Write it as 2027-12-31.")


@given(text=ANY_TEXT)
def test_a_repeated_value_stays_on_its_line(text: str) -> None:
    assert "\n" not in shortened(text)
    assert len(shortened(text)) <= 63


@pytest.mark.parametrize("named", [kind_named, known_partner, export_named])
@pytest.mark.parametrize("text", ["\x1b[2J\u202e", "gemeente:" + "9" * 10**6, "x\ny", "\ud800"])
def test_an_unknown_name_is_said_briefly(named: object, text: str) -> None:
    with pytest.raises(WeerbeeldError) as refused:
        named(text)  # type: ignore[operator]
    assert faults_of_message(str(refused.value)) == []
