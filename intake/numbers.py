"""Reads numbers as people and programs write them, with a decimal comma or a decimal point.

``1.234`` may be 1234 or 1.234. Where the file itself does not show which, the number is refused: a
wrong guess is off by a factor of 1000.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from intake.arrays import NOTHING, Booleans, Floats, booleans, floats, integers

DecimalMark = Literal["comma", "point"]

LARGEST = 1e13
"""Numbers from here on no longer keep their cents."""

UNSURE_EXPECTED = (
    "a number that can be read in one way: nothing in this column shows whether its comma or "
    "point is a decimal mark (write 250000 or 250000.00)"
)

SPACES = r" '\x{a0}\x{202f}"
"""What may stand between thousands besides a comma or a point."""


def _pattern(decimal: str, thousands: str) -> str:
    groups = "|".join(
        rf"[1-9]\d{{0,2}}(?:[{group}]\d{{3}}){{1,4}}" for group in (thousands, SPACES)
    )
    fraction = rf"{decimal}\d{{1,20}}"
    return rf"^[+-]?(?:(?:\d{{1,15}}|{groups})(?:{fraction})?|{fraction})(?:[eE][+-]?\d{{1,2}})?$"


PATTERNS: dict[DecimalMark, str] = {"comma": _pattern(",", r"\."), "point": _pattern(r"\.", ",")}
SIGNS: dict[DecimalMark, str] = {"comma": ",", "point": "."}

PLAIN_DIGITS = 15
"""So many digits are read the same by any program."""

DIGITS = frozenset(range(ord("0"), ord("9") + 1))


@dataclass(frozen=True)
class MarkCounts:
    """How many values can only be read with one mark, and how many with both (unsure)."""

    comma: int = 0
    point: int = 0
    unsure: int = 0

    def __add__(self, other: "MarkCounts") -> "MarkCounts":
        """Return the counts of both together."""
        return MarkCounts(
            self.comma + other.comma, self.point + other.point, self.unsure + other.unsure
        )

    def surely(self, mark: DecimalMark | None) -> bool:
        """Return whether the numbers of a column can be relied on, given the file's mark.

        A decimal point in coordinates says little about amounts of money: programs write
        coordinates with a point, where people write 250.000 for a quarter of a million.
        """
        return mark == "comma" or self.point > 0


@dataclass(frozen=True)
class _Plain:
    """Numbers of digits and at most one mark, the same in all: as floats, where there is a mark,
    and where it can stand between thousands as well; shape (n,) each.
    """

    mark: DecimalMark
    floats: Floats
    marked: Booleans
    twofold: Booleans


class Numbers:
    """The values of a column, text of shape (n,), as numbers: with either mark."""

    def __init__(self, values: pa.Array) -> None:
        self._values = values
        self._matched: dict[DecimalMark, pa.Array] = {}

    def read(self, mark: DecimalMark) -> Floats:
        """Return the values as floats, NaN where the text is null or not a number, shape (n,)."""
        if plain := self._plain:
            if mark == plain.mark:
                return plain.floats
            thousands = np.where(plain.twofold, np.round(plain.floats * 1_000), np.nan)
            return np.where(plain.marked, thousands, plain.floats)
        text = pc.if_else(self._matches(mark), self._values, NOTHING)
        group, decimal = (".", ",") if mark == "comma" else (",", ".")
        text = pc.replace_substring_regex(text, f"[{group}{SPACES}]", "")
        text = pc.replace_substring(text, decimal, ".")
        return _floats(text)

    @cached_property
    def unsure(self) -> Booleans:
        """Which values read differently with the one mark and the other, shape (n,)."""
        if plain := self._plain:
            return plain.twofold
        marked = pc.match_substring_regex(self._values, "[.,]")
        return booleans(pc.and_(pc.and_(*map(self._matches, PATTERNS)), marked))

    def count_marks(self) -> MarkCounts:
        """Return what the values show about the decimal mark."""
        unsure = int(self.unsure.sum())
        if plain := self._plain:
            shown = int(plain.marked.sum()) - unsure
            return MarkCounts(**{plain.mark: shown, "unsure": unsure})
        comma, point = (booleans(self._matches(mark)) for mark in PATTERNS)
        return MarkCounts(int((comma & ~point).sum()), int((point & ~comma).sum()), unsure)

    def _matches(self, mark: DecimalMark) -> pa.Array:
        if mark not in self._matched:
            self._matched[mark] = pc.match_substring_regex(self._values, PATTERNS[mark])
        return self._matched[mark]

    @cached_property
    def _plain(self) -> _Plain | None:
        """Most columns are plain, and read many times faster without patterns."""
        found = set(np.flatnonzero(np.bincount(_bytes(self._values), minlength=256)).tolist())
        signs = found - DIGITS
        mark = next((mark for mark, sign in SIGNS.items() if signs <= {ord(sign)}), None)
        lengths = integers(pc.binary_length(self._values))
        if mark is None or lengths.max(initial=0) > PLAIN_DIGITS:
            return None
        places = integers(pc.find_substring(self._values, SIGNS[mark]), missing=-1)
        if (places == lengths - 1).any():
            return None
        try:
            floats = _floats(pc.replace_substring(self._values, SIGNS[mark], "."))
        except pa.ArrowInvalid:
            return None
        led = booleans(pc.starts_with(self._values, "0"))
        twofold = (places >= 1) & (places <= 3) & (lengths - places == 4) & ~led
        return _Plain(mark, floats, places >= 0, twofold)


def recognise_mark(
    columns: Mapping[str, MarkCounts], fits: Callable[[DecimalMark], bool]
) -> DecimalMark | None:
    """Return the decimal mark that most values show, or None when nothing shows it.

    ``fits`` says whether coordinates, read with a mark, lie in or near the Netherlands; it decides
    when no value does.
    """
    shown = sum(columns.values(), MarkCounts())
    if shown.comma or shown.point:
        return "comma" if shown.comma >= shown.point else "point"
    if shown.unsure:
        fitting: list[DecimalMark] = [mark for mark in PATTERNS if fits(mark)]
        return fitting[0] if len(fitting) == 1 else None
    return None


def _floats(text: pa.Array) -> Floats:
    return floats(pc.cast(text, pa.float64()))


def _bytes(values: pa.Array) -> NDArray[np.uint8]:
    """Return the bytes of all values of text, shape (m,)."""
    _, offsets, data = values.buffers()
    if data is None or not len(values):
        return np.array([], dtype=np.uint8)
    first, last = np.frombuffer(offsets, np.int64)[[values.offset, values.offset + len(values)]]
    return np.frombuffer(data, np.uint8)[first:last]
