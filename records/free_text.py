"""What free text may not hold before it reaches a page or an export: personal data and markup.

Nothing recognises the name of a person. What is recognised has a form: numbers that pass their own
test, or of more digits than a source or an area has in its name.
"""

import re
import unicodedata
from collections.abc import Iterator

from errors import WeerbeeldError
from records.account_numbers import is_account
from records.visible_text import visible

EXPECTED = (
    "plain words, without numbers of persons, telephones, accounts or vehicles, e-mail, links and "
    "markup"
)

MOST_DIGITS = 8
"""A date has as many; numbers of persons, accounts and telephones have more."""

_BETWEEN = r"[\s.,\-/_:()·•]{1,4}"
_NUMBERS = re.compile(rf"\+?\s?\d+(?:{_BETWEEN}\d+)*", re.ASCII)
_GROUP = re.compile(r"\d+", re.ASCII)
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}([-/.])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2})(?!\d)",
    re.ASCII,
)
_PERSON_NAMED = re.compile(r"\b(?:bsn|burgerservice|sofi)\w*\W{0,3}(?:n\w*)?\W{0,3}\d(?:\W?\d){5}")
_PHONE_NAMED = re.compile(
    r"\b(?:tel\w*|phone|mob|mobiel\w*|gsm|fax|bel)\b\W{0,3}(?:n\w*)?\W{0,3}\d(?:\W?\d){5}"
)
_VEHICLE_NAMED = re.compile(r"\bkenteken\w*\W{0,3}(?=\w*\d)\w{1,3}\W?\w{2,3}\W?\w{1,3}")
_MAIL = re.compile(r"\w\s?@\s?\w|\w\s*[(\[{<]\s*(?:at|apenstaartje)\s*[)\]}>]\s*\w")
_LINK = re.compile(
    r"[a-z][a-z0-9+.-]*://|\b(?:mailto|tel|javascript|vbscript|data):\S|\bwww\.|//\w"
    r"|\b[\w-]{2,}\.(?:nl|com|org|net|eu|info|io|app|dev|amsterdam|frl|be|de|uk)\b(?!\.?\w)"
)
_MARKUP = re.compile(
    r"[<>`*\[\]{}|\\~^$@]|&#?\w+;|(?<!\w)_|_(?!\w)|__|:[\w/+-]+:|^\s*[#=+-]|%[0-9a-f]{2}"
)

_PLATES = (
    *("XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9"),
    *("9-XXX-99", "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9"),
)
"""The fourteen series of the RDW."""

_AREA_CODE = r"(?:GM|WK|BU|PV|CR|LD)\d{4}"
_YEAR = r"[A-Z]{2} ?(?:19|20)\d\d(?!\d)|(?:19|20)\d\d ?[A-Z]{2}"
_CONSONANT = "[B-DF-HJ-NP-TV-XZ]"
_MONTH = r"\d{1,2}.(?:JAN|FEB|MRT|MAR|APR|MEI|MAY|JUN|JUL|AUG|SEP|OKT|OCT|NOV|DEC)"


def _plates(between: str, letter: str) -> re.Pattern[str]:
    forms = [
        plate.replace("-", between).replace("X", letter).replace("9", r"\d") for plate in _PLATES
    ]
    return re.compile(
        rf"(?<![A-Za-z0-9])(?!{_AREA_CODE}|{_MONTH}|{_YEAR})(?:{'|'.join(forms)})(?![A-Za-z0-9])",
        re.ASCII,
    )


_MARKED_PLATE = _plates(r"[-./·]", "[A-Z]")
_CLOSED_PLATE, _OPEN_PLATE = _plates("", _CONSONANT), _plates(" ", _CONSONANT)
"""Without marks it must look like one: no vowels as words have, and with spaces in capitals."""


def personal_in(text: str) -> tuple[str, ...]:
    """Return which numbers and addresses of persons ``text`` holds, in words."""
    return tuple(dict.fromkeys(_personal(_shown(text))))


def unfit_in(text: str) -> tuple[str, ...]:
    """Return what ``text`` holds that may not reach a page: personal data, links and markup."""
    seen = _shown(text)
    found = [*_personal(seen)]
    found += ["a link"] if _LINK.search(seen.lower()) else []
    found += ["markup"] if _MARKUP.search(seen.lower()) else []
    return tuple(dict.fromkeys(found))


def refuse_unfit(text: str, what: str) -> None:
    """Raise WeerbeeldError when ``text``, which ``what`` names, may not reach a page."""
    if found := unfit_in(text):
        raise WeerbeeldError(f"{what} holds {' and '.join(found)}. Expected {EXPECTED}.")


def _shown(text: str) -> str:
    """Return text as it is seen, with plain letters and digits for all that look like them."""
    plain = unicodedata.normalize("NFKC", visible(text))
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in plain)


def _personal(text: str) -> Iterator[str]:
    lower, upper = text.lower(), text.upper()
    if _PERSON_NAMED.search(lower):
        yield "a BSN"
    if _PHONE_NAMED.search(lower):
        yield "a telephone number"
    yield from _numbers(_DATE.sub(" x ", text))
    if is_account(upper):
        yield "an account number (IBAN)"
    if _MAIL.search(lower):
        yield "an e-mail address"
    plates = (_MARKED_PLATE, upper), (_CLOSED_PLATE, upper), (_OPEN_PLATE, text)
    if _VEHICLE_NAMED.search(lower) or any(form.search(where) for form, where in plates):
        yield "a number plate"


def _numbers(text: str) -> Iterator[str]:
    """Give what the digits are, in whatever groups they stand."""
    for found in _NUMBERS.finditer(text):
        groups = _GROUP.findall(found[0])
        for first in range(len(groups)):
            abroad = first == 0 and found[0].startswith("+")
            digits = ""
            for last, group in enumerate(groups[first:]):
                digits += group
                if kind := _kind_of(digits, abroad):
                    yield kind
                elif last == 0 and len(digits) > MOST_DIGITS:
                    yield f"a number of over {MOST_DIGITS} digits"
                if len(digits) > 15:
                    break


def _kind_of(digits: str, abroad: bool) -> str | None:
    if len(digits) == 9 and _passes_eleven(digits):
        return "a BSN"
    dutch = len(digits) == 10 and digits[0] == "0" and digits[1] != "0"
    dutch = dutch or (len(digits) == 11 and digits.startswith("316"))
    service = len(digits) >= 8 and digits.startswith(("0800", "0900", "0906", "0909"))
    if dutch or service or (abroad and 8 <= len(digits) <= 15):
        return "a telephone number"
    return "a telephone number" if digits.startswith("0031") and len(digits) >= 12 else None


def _passes_eleven(digits: str) -> bool:
    """Return whether nine digits pass the test of eleven that a BSN passes."""
    weights = (*range(9, 1, -1), -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and digits.strip("0") != ""
