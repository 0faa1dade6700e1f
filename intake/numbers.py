"""Reads numbers as people and programs write them, with a decimal comma or a decimal point.

``1.234`` may be 1234 or 1.234. Where the file itself does not show which, the number is refused: a
wrong guess is off by a factor of 1000.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

DecimalMark = Literal["comma", "point"]

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

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


@dataclass(frozen=True)
class MarkCounts:
    """How many values of a column can only be read with one mark, and which with both (unsure)."""

    comma: int
    point: int
    unsure: Booleans


def count_marks(values: pa.ChunkedArray) -> MarkCounts:
    """Return what the values of one column, text of shape (n,), show about the decimal mark."""
    with_comma, with_point = (_matches(values, mark) for mark in ("comma", "point"))
    both = with_comma & with_point & _booleans(pc.match_substring_regex(values, "[.,]"))
    return MarkCounts(
        int((with_comma & ~with_point).sum()), int((with_point & ~with_comma).sum()), both
    )


def recognise_mark(
    columns: Mapping[str, MarkCounts], fits: Callable[[DecimalMark], bool]
) -> DecimalMark | None:
    """Return the decimal mark that most values show, or None when nothing shows it.

    ``fits`` says whether coordinates, read with a mark, lie in or near the Netherlands; it decides
    when no value does.
    """
    comma = sum(counts.comma for counts in columns.values())
    point = sum(counts.point for counts in columns.values())
    if comma or point:
        return "comma" if comma >= point else "point"
    if any(counts.unsure.any() for counts in columns.values()):
        fitting: list[DecimalMark] = [mark for mark in PATTERNS if fits(mark)]
        return fitting[0] if len(fitting) == 1 else None
    return None


def unsure_values(counts: MarkCounts, mark: DecimalMark | None) -> Booleans:
    """Return which values of a column cannot be relied on, given the file's mark, shape (n,).

    A decimal point in coordinates says little about amounts of money: programs write coordinates
    with a point, where people write 250.000 for a quarter of a million.
    """
    own = counts.comma if mark == "comma" else counts.point
    sure = mark == "comma" or own > 0
    return np.zeros_like(counts.unsure) if sure else counts.unsure


def parse_numbers(values: pa.ChunkedArray, mark: DecimalMark) -> Floats:
    """Return the values as floats, NaN where the text is null or not a number, shape (n,)."""
    fine = pa.array(_matches(values, mark))
    group, decimal = (".", ",") if mark == "comma" else (",", ".")
    text = pc.if_else(fine, values, pa.scalar(None, values.type))
    text = pc.replace_substring_regex(text, f"[{group}{SPACES}]", "")
    text = pc.replace_substring(text, decimal, ".")
    return np.asarray(pc.cast(text, pa.float64()).to_numpy(), dtype=np.float64)


def _matches(values: pa.ChunkedArray, mark: DecimalMark) -> Booleans:
    return _booleans(pc.match_substring_regex(values, PATTERNS[mark]))


def _booleans(values: pa.ChunkedArray) -> Booleans:
    return np.asarray(pc.fill_null(values, False).to_numpy(), dtype=bool)
