"""Reads columns of text: identifiers and codes in their one spelling, free text as it is seen.

What the rest of a column shows holds for each of its cells: where one number has its zeros in
front, no other has lost them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from intake.arrays import Booleans, Integers, booleans, integers, there
from intake.arrays import column as column_of
from intake.arrays import texts as arrow_texts
from intake.fault_collector import CellFaults
from intake.faults import masked
from intake.text_table import Part
from records import Column
from records.contract import INVENTED_MARK, Lost
from records.free_text import EXPECTED, unfit_in
from records.identifiers import UnclearIdentifierError, plain_code, plain_identifier, zeros_kept
from records.visible_text import visible

ZEROS_KEPT = "its zeros in front, as others in this column have"
AS_TEXT = "text: as a number it may have lost the zero in front (0111 becomes 111)"

_SURE = r"^[A-Za-z0-9](?:[A-Za-z0-9_/-]*[A-Za-z0-9])?$"
"""What ``plain_identifier`` leaves as it is, whatever it is a number of."""

_INVENTED = rf"^(?i:{INVENTED_MARK})(?:[A-Za-z0-9_/-]*[A-Za-z0-9])?$"
"""What it leaves as it is where a number is asked for."""


@dataclass
class ColumnSeen:
    """What all cells of a column of identifiers or codes show together.

    ``zeros``: some have their zeros in front; ``long``: some codes are over three digits.
    ``restored`` counts the numbers whose zeros were put back, ``numbers`` the cells that are
    numbers in the file.
    """

    zeros: bool = False
    long: bool = False
    restored: int = 0
    numbers: int = 0

    def add(self, part: Part, column: Column) -> None:
        """Take in more cells."""
        self.numbers += int(np.sum(part.numbers.get(column.name, False)))
        if column.digits is not None:
            spelled = spell(part.column(column.name), column)
            self.zeros = self.zeros or spelled.zeros
            self.restored += int(spelled.restored.sum())
        elif column.lost_zero is not None:
            codes = spell(part.column(column.name), column).values
            self.zeros = self.zeros or _any(pc.starts_with(codes, "0"))
            self.long = self.long or bool((integers(pc.utf8_length(codes)) > 3).any())

    def remarks(self, column: Column) -> list[str]:
        """Return what there is to say of a column without faults."""
        if column.free:
            return []
        if self.restored and not self.zeros:
            return [
                f"{column.name}: {self.restored:,} numbers had lost zeros in front, which were "
                f"put back ({column.digits} digits)"
            ]
        if self.numbers and column.digits is None and column.lost_zero is None:
            return [
                f"{column.name}: {self.numbers:,} values are numbers in the file, which drops "
                "zeros in front: check that none is missing, or deliver them as text"
            ]
        return []


@dataclass(frozen=True)
class Spelled:
    """Cells in their one spelling, text of shape (n,), null where that cannot be told.

    ``unclear`` has, by what is expected instead, which cells those are; ``restored`` which had
    their zeros put back; ``zeros`` whether any was delivered with its zeros in front.
    """

    values: pa.Array
    unclear: dict[str, Booleans]
    restored: Booleans
    zeros: bool


def read_text(part: Part, column: Column, seen: ColumnSeen, cells: CellFaults) -> pa.Array:
    """Return a column as its kind means it; what cannot be told is marked as a fault."""
    values = part.column(column.name)
    if column.free:
        return _read_free(values, column.name, cells)
    numbers = part.numbers.get(column.name, np.zeros(len(part), dtype=bool))
    if numbers.any():
        broken = numbers & booleans(pc.match_substring_regex(values, r"\D"))
        cells.add(column.name, broken, "a whole number, or text")
    spelled = spell(values, column)
    for expected, unclear in sorted(spelled.unclear.items()):
        cells.add(column.name, unclear, expected)
    if seen.zeros:
        cells.add(column.name, spelled.restored, ZEROS_KEPT)
    if column.lost_zero is not None:
        lost = _lost_zeros(spelled.values, column.lost_zero, numbers, seen)
        cells.add(column.name, lost, AS_TEXT)
    return spelled.values


def _read_free(values: pa.Array, name: str, cells: CellFaults) -> pa.Array:
    """Keep what can be seen, and mark what may not reach a page, without repeating it."""
    codes, texts = _distinct(values)
    seen = [visible(text) or None for text in texts]
    unfit = [", ".join(unfit_in(text)) for text in texts]
    bad = np.array([bool(found) for found in [*unfit, ""]])[codes]

    def found(rows: Integers) -> list[str]:
        return [f"{unfit[code]} in '{masked(texts[code])}'" for code in codes[rows]]

    cells.add(name, bad, EXPECTED, found)
    return arrow_texts(seen).take(column_of(codes, codes >= 0))


def spell(values: pa.Array, column: Column) -> Spelled:
    """Give identifiers and codes their one spelling; lost zeros are put back."""
    odd, zeros = _odd(values, column.digits)
    if not odd.any():
        return Spelled(values, {}, odd, zeros)
    codes, texts = _distinct(values.filter(column_of(odd)))
    spelled = [_spelled(text, column) for text in texts]
    unclear = {
        expected: _spread(odd, [said == expected for _, said, _ in spelled], codes)
        for expected in {said for _, said, _ in spelled if said}
    }
    fresh = arrow_texts([text for text, *_ in spelled]).take(column_of(codes))
    return Spelled(
        values=pc.replace_with_mask(values, column_of(odd), fresh),
        unclear=unclear,
        restored=_spread(odd, [restored for *_, restored in spelled], codes),
        zeros=zeros or any(map(partial(_shows_zeros, digits=column.digits), texts)),
    )


def _odd(values: pa.Array, digits: int | None) -> tuple[Booleans, bool]:
    """Return which cells may have more than one spelling, and whether others begin with a zero."""
    if digits is None:
        return ~booleans(pc.match_substring_regex(values, _SURE)) & there(values), False
    whole = integers(pc.binary_length(values)) == digits
    whole &= booleans(pc.ascii_is_decimal(values))
    zeros = bool((whole & booleans(pc.starts_with(values, "0"))).any())
    nought = booleans(pc.is_in(values, arrow_texts(["0" * digits])))
    odd = there(values) & ~(whole & ~nought)
    if odd.any():
        odd &= ~booleans(pc.match_substring_regex(values, _INVENTED))
    return odd, zeros


def _spelled(text: str, column: Column) -> tuple[str | None, str, bool]:
    """Return the one spelling, or what is expected instead; and whether zeros were put back."""
    if not column.pseudonymised:
        return plain_code(text) or None, "", False
    digits = column.digits or 0
    try:
        plain = plain_identifier(text, column.digits)
        shown = sum(map(str.isdecimal, plain_identifier(text)))
    except UnclearIdentifierError as unclear:
        return None, str(unclear), False
    return plain or None, "", plain.isdecimal() and shown < digits


def _shows_zeros(text: str, digits: int | None) -> bool:
    """Return whether a number in an odd spelling was delivered with its zeros in front."""
    if digits is None:
        return False
    try:
        return zeros_kept(plain_identifier(text), digits)
    except UnclearIdentifierError:
        return False


def _lost_zeros(
    codes: pa.Array, lost_zero: Callable[[str], Lost], numbers: Booleans, seen: ColumnSeen
) -> Booleans:
    """Return which codes may have lost their zero: in a number, or beside only longer texts."""
    places, texts = _distinct(codes)
    verdicts = np.array([*map(lost_zero, texts), "no"])[places]
    short = np.array([*(len(text) == 3 for text in texts), False])[places]
    told = numbers | (short & (seen.long and not seen.zeros))
    lost: Booleans = (verdicts == "yes") | ((verdicts == "maybe") & told)
    return lost


def _distinct(values: pa.Array) -> tuple[Integers, list[str]]:
    """Return per row the position of its text among the distinct texts, -1 where empty."""
    coded = values.dictionary_encode()
    return integers(coded.indices, missing=-1), coded.dictionary.to_pylist()


def _spread(odd: Booleans, flags: list[bool], codes: Integers) -> Booleans:
    """Return, for all rows, the flag of the text of each odd one."""
    spread = np.zeros(len(odd), dtype=bool)
    spread[odd] = np.array(flags, dtype=bool)[codes]
    return spread


def _any(values: pa.Array) -> bool:
    return bool(pc.any(values, min_count=0).as_py())
