"""One rule for identifiers: which spellings are one number, and which cannot be told.

Intake and erasure both use it, so that what a spreadsheet adds or drops makes no new firm and hides
no person. A plain identifier stays as it is.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from records.contract import INVENTED_MARK
from records.visible_text import SOFT_HYPHEN, visible

LEAST_DIGITS = {8: 6, 12: 5, 16: 13}
"""By the length of a number (KvK, establishment, BAG): with how many digits it is still recognised
when its zeros in front are lost."""

WHOLE = "the whole identifier: format this column as text"
LEGIBLE = "an identifier of Latin letters, the digits 0 to 9 and plain marks"

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_/-]*[A-Za-z0-9])?", re.ASCII)
_SPOILED = re.compile(r"\d[.,]\d+[eE]\+?\d+|\d+[eE]\+\d+", re.ASCII)
"""A long number as a spreadsheet writes it, such as 1,23457E+11."""

_GUARD = re.compile(r'=(?:T\()?(?P<quotes>"+)(?P<text>[^"]*)(?P=quotes)\)?|=(?P<number>[\w-]+)')
_WHOLE_NUMBER = re.compile(r"(\d+)[.,]00?", re.ASCII)
_GROUPED = re.compile(
    r"\d+|\d{1,4}(?P<point>[.,])\d{3,4}(?:(?P=point)\d{3,4})*|\d+(?P<dash>[-/])\d{2,}(?:(?P=dash)\d{2,})*",
    re.ASCII,
)
_ALIEN = re.compile(r'[="<>]')
_AROUND = "\ufeff\u200b\u200c\u200d\u200e\u200f\u00ad\u2060\u202a\u202c\u202d"
"""Invisible characters that copying from web pages, mail and office software leaves behind."""


class UnclearIdentifierError(ValueError):
    """It cannot be told which number is meant; the argument says what is expected instead."""


def plain_identifier(text: str, digits: int | None = None) -> str:
    """Return the one spelling of an identifier, empty where only decoration is left.

    ``digits``: it is a number of so many digits, zeros in front included. Raises
    UnclearIdentifierError where it cannot be told which number is meant.
    """
    plain = text if _PLAIN.fullmatch(text) else _undecorated(text)
    if _SPOILED.fullmatch(plain):
        raise UnclearIdentifierError(WHOLE)
    if digits is None or not plain or plain.upper().startswith(INVENTED_MARK):
        return plain
    return _number(plain, digits)


def plain_code(text: str) -> str:
    """Return a code without guards of spreadsheets and what cannot be seen."""
    return _bare(visible(text))


def zeros_kept(text: str, digits: int) -> bool:
    """Return whether a delivered number shows that its column kept the zeros in front."""
    return len(text) == digits and text.startswith("0") and text.isdecimal()


def spellings(text: str, digits: int | None = None) -> Iterator[str]:
    """Give what an identifier may have been taken in as: its one spelling, and those before it.

    Versions without this rule kept what spreadsheets and copying add around an identifier, and
    lost zeros lost. UnclearIdentifierError as for ``plain_identifier``.
    """
    yield text.strip()
    readings = (text, text.replace(SOFT_HYPHEN, ""), text.replace(SOFT_HYPHEN, "-"))
    for plain in dict.fromkeys(plain_identifier(reading, digits) for reading in readings):
        bare = plain.lstrip("0") if digits is not None and plain.isdecimal() else plain
        for whole in dict.fromkeys((plain, bare)):
            yield from (whole, f"'{whole}", f'="{whole}"', f"'{whole}'", f'"{whole}"')
            yield from (f"{whole}.0", f"{whole},0")
            yield from (whole.replace("-", hyphen) for hyphen in "\u2010\u2011\u2013\u00ad")
            for mark in _AROUND:
                yield from (f"{mark}{whole}", f"{whole}{mark}")


def _undecorated(text: str) -> str:
    """Return text without spaces, guards of spreadsheets and what cannot be seen."""
    stands = SOFT_HYPHEN in text.strip(_AROUND) and "-" not in visible(text)
    shown = text.strip(_AROUND).replace(SOFT_HYPHEN, "-") if stands else text
    bare = _bare("".join(visible(shown).split()))
    if whole := _WHOLE_NUMBER.fullmatch(bare):
        bare = whole[1]
    marks_only = bare and not any(map(str.isalnum, bare))
    if marks_only or _ALIEN.search(bare) or not all(map(_legible, bare)):
        raise UnclearIdentifierError(LEGIBLE)
    return bare


def _bare(text: str) -> str:
    while (inner := _unguarded(text)) != text:
        text = inner
    return text


def _unguarded(text: str) -> str:
    if guard := _GUARD.fullmatch(text):
        return guard["number"] or guard["text"] or ""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    return text.removeprefix("'")


@cache
def _legible(char: str) -> bool:
    """Return whether a character is not easily taken for another, as a Cyrillic letter is."""
    if char.isascii():
        return char.isprintable()
    latin = unicodedata.name(char, "").startswith("LATIN ")
    return latin and unicodedata.normalize("NFKC", char) == char


def _number(text: str, digits: int) -> str:
    """Return a number of ``digits`` digits, zeros restored; other registers' numbers as they are.

    About as many digits with letters may be the number and its name: that cannot be told.
    """
    expected = f"a number of {digits} digits, zeros in front included"
    if not _GROUPED.fullmatch(text):
        if digits - 1 <= sum(map(str.isdecimal, text)) <= digits or not text.upper().isupper():
            raise UnclearIdentifierError(f"{expected}, and nothing beside it")
        return text
    number = re.sub(r"\D", "", text).lstrip("0")
    least = 1 if len(text) == digits and text.isdecimal() else LEAST_DIGITS.get(digits, digits)
    if not least <= len(number) <= digits:
        raise UnclearIdentifierError(expected)
    return number.zfill(digits)
