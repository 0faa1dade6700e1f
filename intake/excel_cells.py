"""Reads the cells of one sheet row by row (ECMA-376 part 1, 18.3.1), in pieces."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Literal

from intake.excel_package import Attributes, DamagedError, Package
from intake.excel_styles import joined, read_styles, read_texts
from intake.limits import LAST_COLUMN, LAST_ROW, MOST_FAULTS

CellType = Literal["text", "number", "date", "boolean", "error", "percent", "long", "formula"]

Cell = tuple[CellType, str]
"""What a cell is, and its text: ISO dates, a decimal point, true and false."""

Row = tuple[int, dict[int, Cell]]
"""The number of a row as Excel shows it, and its cells by column, from 0."""

MOST_DIGITS = 15
"""Digits that Excel keeps of a number; later ones have become zeros."""

_LETTERS = re.compile(r"[A-Z]{1,3}", re.ASCII)
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


@dataclass
class SheetLayout:
    """Which rows of a sheet are hidden, and which ranges of cells are merged.

    A range is first row, last row (from 1), first column and last column (from 0).
    """

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


class Values:
    """Turns the text that is stored for a cell into its value."""

    def __init__(self, package: Package) -> None:
        self._texts = read_texts(package)
        self._styles = read_styles(package)
        self._epoch_1904 = package.epoch_1904
        self._stale = package.calculates_on_load

    def calculated(self, type_: str, stored: str | None) -> bool:
        """Return whether a cell with a formula stores the outcome; ``stored`` is None without one.

        A text may come out empty. Programs that cannot calculate write nothing, or 0 with the wish
        that all be calculated on opening (``fullCalcOnLoad``, 18.2.2).
        """
        empty = not (stored or "").strip()
        if self._stale:
            return not empty and stored != "0"
        return not empty or (stored is not None and type_ == "str")

    def cell(self, type_: str, style: str, value: str) -> Cell | None:
        """Return the cell of type ``type_`` in which ``value`` is written, None when empty."""
        if type_ == "s":
            try:
                value = self._texts[int(value)] if value.isdecimal() else ""
            except IndexError:
                raise DamagedError from None
            return ("text", value) if value.strip() else None
        if not value.strip():
            return None
        if type_ in ("str", "inlineStr"):
            return "text", value
        if type_ == "b":
            return "boolean", "true" if value.strip() == "1" else "false"
        if type_ == "e":
            return "error", value
        return ("date", value) if type_ == "d" else self._number(style, value.strip())

    def _number(self, style: str, value: str) -> Cell:
        try:
            number = float(value)
        except ValueError:
            raise DamagedError from None
        if not math.isfinite(number):
            raise DamagedError
        if style in self._styles.dates and (day := self._day(number)):
            return "date", day
        shown = str(int(number)) if number.is_integer() else repr(number)
        if abs(number) >= 10**MOST_DIGITS:
            return "long", shown
        return ("percent" if style in self._styles.percent else "number"), shown

    def _day(self, serial: float) -> str | None:
        """Return the day (with the time, if any) of a serial number, None when it is not a day.

        Excel counts the 29th of February 1900, which never was, as day 60 (18.17.4.1).
        """
        if not 1 <= serial < 2_958_466 or 60 <= serial < 61:
            return None
        if self._epoch_1904:
            start = datetime(1904, 1, 1)  # noqa: DTZ001 - Excel knows no time zones
        else:
            start = datetime(1899, 12, 30 if serial >= 61 else 31)  # noqa: DTZ001
        try:
            moment = start + timedelta(seconds=round(serial * 86_400))
        except OverflowError:
            return None
        return (
            moment.isoformat()
            if moment.hour or moment.minute or moment.second
            else (moment.date().isoformat())
        )


class _Parser:
    """Gathers the cells of a row as the XML of a sheet goes by."""

    def __init__(self, values: Values, layout: SheetLayout) -> None:
        self.ready: list[Row] = []
        self._values = values
        self._layout = layout
        self._row, self._row_text, self._column = 0, "0", -1
        self._type, self._style = "n", ""
        self._cells: dict[int, Cell] = {}
        self._pieces: list[str] = []
        self._in_text = self._in_phonetic = self._formula = self._stored = False

    def start(self, name: str, found: Attributes) -> None:
        if name == "c":
            self._column = self._next_column(found.get("r"))
            self._type, self._style = found.get("t", "n"), found.get("s", "")
            self._pieces.clear()
            self._formula = self._stored = False
        elif name in ("v", "t"):
            self._in_text = not self._in_phonetic
            self._stored = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._row = _next_row(found.get("r"), self._row)
            self._row_text, self._column, self._cells = str(self._row), -1, {}
            if found.get("hidden") in ("1", "true"):
                self._layout.hidden.append(self._row)
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "mergeCell" and len(self._layout.merged) < MOST_FAULTS:
            self._layout.merged.append(_range(found.get("ref", "")))

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._in_text = False
        elif name == "c" and (self._pieces or self._formula):
            cell = self._cell(joined(self._pieces))
            if cell is not None:
                self._cells[self._column] = cell
        elif name == "row" and self._cells:
            self.ready.append((self._row, self._cells))
        elif name == "rPh":
            self._in_phonetic = False

    def _cell(self, text: str) -> Cell | None:
        stored = text if self._stored else None
        if self._formula and not self._values.calculated(self._type, stored):
            return "formula", "(formula)"
        return self._values.cell(self._type, self._style, text)

    def _next_column(self, reference: str | None) -> int:
        """Return the column of a cell; without a reference it follows the one before."""
        if reference is None:
            place = self._column + 1
        elif reference.endswith(self._row_text):
            place = _column(reference.removesuffix(self._row_text))
        else:
            raise DamagedError
        if not self._column < place < LAST_COLUMN or self._row == 0:
            raise DamagedError
        return place

    def text(self, piece: str) -> None:
        if self._in_text:
            self._pieces.append(piece)


def rows_of(package: Package, part: str, values: Values, layout: SheetLayout) -> Iterator[Row]:
    """Give the rows of a sheet that hold anything, and fill ``layout`` on the way.

    Raises DamagedError for what is no sheet.
    """
    parser = _Parser(values, layout)
    for _ in package.steps(part, parser.start, parser.end, parser.text):
        yield from parser.ready
        parser.ready.clear()


@cache
def _column(letters: str) -> int:
    """Return the position, from 0, of the column with these letters."""
    if not _LETTERS.fullmatch(letters):
        raise DamagedError
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    if place > LAST_COLUMN:
        raise DamagedError
    return place - 1


def _next_row(stated: str | None, before: int) -> int:
    try:
        row = before + 1 if stated is None else int(stated)
    except ValueError:
        raise DamagedError from None
    if not before < row <= LAST_ROW:
        raise DamagedError
    return row


def _range(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    corners = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
    if corners[0] is None or corners[1] is None:
        raise DamagedError
    (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
    return int(top), int(bottom), _column(left), _column(right)
