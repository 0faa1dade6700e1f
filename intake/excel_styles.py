"""Reads the shared texts and the styles of an Excel file (ECMA-376 part 1, 18.4, 18.8)."""

import re
from dataclasses import dataclass

from intake.excel_package import Attributes, DamagedError, Package
from intake.limits import LONGEST_FIELD

DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Number formats that every Excel has for dates and times (18.8.30, with those of East Asia)."""

PERCENT = {9, 10}

_QUOTED = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|[_*].', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character that XML cannot hold (22.4.2.4)."""

_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)


@dataclass(frozen=True)
class Styles:
    """The numbers of the cell styles that show a number as a date, or as a percentage."""

    dates: frozenset[str]
    percent: frozenset[str]


def read_styles(package: Package) -> Styles:
    """Return which styles are dates and which percentages."""
    dates, percent = set(DATES), set(PERCENT)
    cells: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        inside.append(name)
        if name == "numFmt" and inside[-2:-1] == ["numFmts"]:
            code = _QUOTED.sub("", attributes.get("formatCode", ""))
            number = _number(attributes.get("numFmtId"))
            kinds = (percent, "%" in code), (dates, bool(_DATE.search(code)) and "%" not in code)
            for known, holds in kinds:
                (known.add if holds else known.discard)(number)
        elif name == "xf" and inside[-2:-1] == ["cellXfs"]:
            cells.append(_number(attributes.get("numFmtId", "0")))

    def end(_: str) -> None:
        inside.pop()

    if part := package.part("styles"):
        package.parse(part, start, end)
    return Styles(
        frozenset(str(position) for position, number in enumerate(cells) if number in dates),
        frozenset(str(position) for position, number in enumerate(cells) if number in percent),
    )


def read_texts(package: Package) -> list[str]:
    """Return the texts that cells refer to, without their phonetic readings."""
    texts: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []

    def start(name: str, _: Attributes) -> None:
        inside.append(name)

    def end(name: str) -> None:
        inside.pop()
        if name == "si":
            texts.append(joined(pieces))

    def text(piece: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside:
            pieces.append(piece)

    if part := package.part("sharedStrings"):
        package.parse(part, start, end, text)
    return texts


def joined(pieces: list[str]) -> str:
    """Return the text in ``pieces`` and empty them; DamagedError when Excel cannot hold it."""
    whole = "".join(pieces)
    pieces.clear()
    if len(whole) > LONGEST_FIELD:
        raise DamagedError
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), whole) if "_x" in whole else whole


def _number(text: str | None) -> int:
    try:
        return int(text or "")
    except ValueError:
        raise DamagedError from None
