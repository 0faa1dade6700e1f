"""A count that cannot be protected is refused when the catalogue loads: nothing is built."""

from dataclasses import replace

import pytest

import indicators
from errors import WeerbeeldError
from indicators import CATALOGUE
from indicators.contract import Count, events
from indicators.selects import columns_of
from indicators.subjects import AT_PLACES, SUBJECTS, listed, widening

VG01 = CATALOGUE["VG01"]
WITHOUT_UNIT = "SELECT place, date, 1 AS amount, buyer_id AS buyer FROM property_transaction"
WHOLE = f"{WITHOUT_UNIT}".replace("1 AS amount", "1 AS amount, unit")

PROTECTED = [
    (code, side, count)
    for code, one in CATALOGUE.items()
    for form in (one, one.fallback_form)
    if form is not None
    for side, count in (("numerator", form.numerator), ("denominator", form.denominator))
    if not count.open
]


@pytest.mark.parametrize("side", ["numerator", "denominator"])
@pytest.mark.parametrize(
    ("count", "said"),
    [
        (events(WHOLE), "names no subjects"),
        (events(WITHOUT_UNIT, "buyer"), "without unit"),
        (events(WHOLE, "buyer", "object"), "without object"),
        (events(WHOLE, "owner"), "owner, which is no subject"),
        (events("SELECT nothing FROM nowhere", "buyer"), "cannot be run"),
    ],
    ids=["no subjects", "no unit", "no column", "no such subject", "no such table"],
)
def test_a_count_that_cannot_be_protected_stops_the_build(
    count: Count, said: str, side: str
) -> None:
    with pytest.raises(WeerbeeldError, match=said) as refused:
        indicators._checked(replace(VG01, **{side: count}))  # type: ignore[arg-type]
    assert f"The {side} of indicator VG01" in str(refused.value)


def test_a_fallback_is_held_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    cv01 = CATALOGUE["CV01"]
    assert cv01.fallback is not None
    guilty = replace(cv01, fallback=replace(cv01.fallback, numerator=events(WHOLE)))
    with pytest.raises(WeerbeeldError, match="names no subjects"):
        indicators._checked(guilty)


def test_what_is_looked_for_is_not_protected_as_well() -> None:
    with pytest.raises(WeerbeeldError, match="also what the indicator looks for"):
        indicators._checked(replace(VG01, finding=("buyer",)))


@pytest.mark.parametrize(("code", "side", "count"), PROTECTED)
def test_every_protected_count_gives_its_key_and_subjects(
    code: str, side: str, count: Count
) -> None:
    assert count.subjects, f"the {side} of {code} names no subjects"
    assert {"unit", *count.subjects} <= set(columns_of(count))


def test_many_firms_at_one_address_looks_for_the_address() -> None:
    bd03 = CATALOGUE["BD03"]
    assert bd03.finding == ("address",)
    assert bd03.subjects == ("firm",)


def test_subjects_have_words_in_both_languages() -> None:
    for word in SUBJECTS.values():
        assert word.nl
        assert word.en
    assert listed(("firm", "address", "firm")).nl == "bedrijf of adres"
    assert listed(()).nl == ""
    assert widening(("firm", *AT_PLACES)) == ["firm"]
