"""Spellings of one number are one; what cannot be told is refused; a plain number stays."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import KINDS
from records.codes import BAG, ESTABLISHMENT, KVK, sbi_lost_zero
from records.identifiers import UnclearIdentifierError, plain_identifier, spellings

NUMBER = "PL1700-2024001"

INVISIBLE = [
    char
    for char in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(char) in ("Cf", "Cc", "Zs", "Zl", "Zp")
] + list("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00\ufe0f\U000e0100")

GUARDED = [
    f"'{NUMBER}", f'="{NUMBER}"', f"={NUMBER}", f'=T("{NUMBER}")', f'"{NUMBER}"', f"'{NUMBER}'",
    f'\'="{NUMBER}"', f'=""{NUMBER}""', f"\u2018{NUMBER}", f"=\u201c{NUMBER}\u201d",
    f"\uff07{NUMBER}", f" \t{NUMBER}\r\n", "PL1700 - 2024001",
]  # fmt: skip


@pytest.mark.parametrize("spelled", GUARDED)
def test_guards_of_spreadsheets_are_no_part_of_a_number(spelled: str) -> None:
    assert plain_identifier(spelled) == NUMBER


def test_no_invisible_character_makes_another_number() -> None:
    assert len(INVISIBLE) > 200
    for char in INVISIBLE:
        for spelled in (f"{char}{NUMBER}", f"{NUMBER}{char}", f"PL17{char}00-2024001"):
            assert plain_identifier(spelled) == NUMBER, f"U+{ord(char):04X}"


@pytest.mark.parametrize("hyphen", "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d")
def test_every_hyphen_is_one(hyphen: str) -> None:
    assert plain_identifier(NUMBER.replace("-", hyphen)) == NUMBER


@pytest.mark.parametrize(
    "text", ["P\u041b1700", "\u0391-17", "12\u0663", "m\u00b2-1", "-", "?", "A<1>", '=A1&"x"']
)
def test_what_cannot_be_told_is_refused(text: str) -> None:
    with pytest.raises(UnclearIdentifierError):
        plain_identifier(text)


@pytest.mark.parametrize("text", ["1,23457E+11", "1.23457E+11", "1E+11", "1.5E14"])
def test_numbers_that_lost_digits_are_refused(text: str) -> None:
    with pytest.raises(UnclearIdentifierError, match="the whole identifier"):
        plain_identifier(text)


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_/.:-]{0,20}[A-Za-z0-9]", fullmatch=True))
def test_one_spelling_is_its_own_spelling(text: str) -> None:
    """Pseudonyms of plain numbers are those of every version before; one pass is enough."""
    try:
        plain = plain_identifier(text)
    except UnclearIdentifierError:
        return
    assert plain_identifier(plain) == plain
    assert text in set(spellings(text))
    if not text.endswith((".0", ".00")):
        assert plain == text


@pytest.mark.parametrize(
    ("text", "digits", "plain"),
    [
        ("1234567", KVK, "01234567"),
        ("01234567", KVK, "01234567"),
        ("001234567", KVK, "01234567"),
        ("1234567.0", KVK, "01234567"),
        ("1234567,00", KVK, "01234567"),
        ("1.234.567", KVK, "01234567"),
        ("12 34 56 78", KVK, "12345678"),
        ("1234.5678", KVK, "12345678"),
        ("12-34-56-78", KVK, "12345678"),
        ('="01234567"', KVK, "01234567"),
        ("1234\u00ad5678", KVK, "12345678"),
        ("41571800", ESTABLISHMENT, "000041571800"),
        ("599010000000001", BAG, "0599010000000001"),
        ("0599 0100 0000 0001", BAG, "0599010000000001"),
        ("VERZONNEN-F7", KVK, "VERZONNEN-F7"),
        ("HRB 12345", KVK, "HRB12345"),
    ],
)
def test_numbers_of_a_known_length(text: str, digits: int, plain: str) -> None:
    assert plain_identifier(text, digits) == plain


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("123456789", KVK), ("12345", KVK), ("0", KVK), ("00000000", KVK), ("1234567.5", KVK),
        ("KVK 12345678", KVK), ("KvK 1234567", KVK), ("12345678 (bv)", KVK), ("-", KVK),
        ("12345678", BAG), ("17", ESTABLISHMENT), ("5990100000000012345", BAG),
    ],
)  # fmt: skip
def test_a_number_of_another_length_cannot_be_told(text: str, digits: int) -> None:
    with pytest.raises(UnclearIdentifierError):
        plain_identifier(text, digits)


def test_the_registers_that_have_a_length_are_told_apart() -> None:
    known = {
        (kind.name, column.name): column.digits
        for kind in KINDS.values()
        for column in kind.columns
        if column.digits
    }
    assert known["business", "address_id"] == 16
    assert known["business", "establishment_id"] == 12
    firms = {kind.name for kind in KINDS.values() if "firm_id" in kind.pseudonymised}
    assert {kind for kind, column in known if column == "firm_id"} == firms
    branches = [c for kind in KINDS.values() for c in kind.columns if c.name == "sbi"]
    assert all(column.lost_zero is sbi_lost_zero for column in branches)


@pytest.mark.parametrize(
    ("code", "lost"),
    [("0111", "no"), ("111", "yes"), ("1131", "yes"), ("161", "maybe"), ("6201", "maybe"),
     ("4711", "no"), ("96021", "no"), ("1", "yes"), ("01", "no"), ("56", "no"), ("x", "no"),
     ("=1+1", "no")],
)  # fmt: skip
def test_branches_that_lost_their_zero(code: str, lost: str) -> None:
    assert sbi_lost_zero(code) == lost
