"""Reads columns of text: identifiers and codes in their one spelling, free text as it is seen.

What the rest of a column shows holds for each of its cells: where one number has its zeros in
front, no other has lost them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from intake.fault_collector import Booleans, FaultCollector, Rows
from intake.faults import masked
from intake.text_table import TEXT, TextTable
from records import Column
from records.free_text import EXPECTED, unfit_in
from records.identifiers import UnclearIdentifierError, plain_code, plain_identifier, zeros_kept
from records.visible_text import visible

ZEROS_KEPT = "its zeros in front, as others in this column have"
AS_TEXT = "text: as a number it may have lost the zero in front (0111 becomes 111)"

_SURE = r"^[A-Za-z0-9](?:[A-Za-z0-9_/-]*[A-Za-z0-9])?$"
"""What ``plain_identifier`` leaves as it is, whatever it is a number of."""


@dataclass
class TextColumn:
    """A column of text that is being read, and what there is to remark on it.

    ``values`` is text of shape (n,), null where empty or at fault.
    """

    name: str
    values: pa.ChunkedArray
    remarks: list[str] = field(default_factory=list)


def read_text(
    table: TextTable, values: pa.ChunkedArray, column: Column, collector: FaultCollector
) -> TextColumn:
    """Return the column as its kind means it; what cannot be told is marked as a fault."""
    read = TextColumn(column.name, values)
    if column.free:
        _read_free(read, collector)
        return read
    numbers = table.numbers.get(column.name, np.zeros(len(table.lines), dtype=bool))
    broken = numbers & _booleans(pc.match_substring_regex(values, r"\D"))
    collector.add(column.name, broken, "a whole number, or text")
    _read_numbers(read, column, collector)
    if column.lost_zero is not None:
        _check_zeros(read, column.lost_zero, numbers, collector)
    elif column.digits is None and numbers.any():
        read.remarks.append(
            f"{column.name}: {int(numbers.sum()):,} values are numbers in the file, which drops "
            "zeros in front: check that none is missing, or deliver them as text"
        )
    return read


def _read_free(read: TextColumn, collector: FaultCollector) -> None:
    """Keep what can be seen, and mark what may not reach a page, without repeating it."""
    codes, texts = _distinct(read.values)
    seen = [visible(text) or None for text in texts]
    unfit = [", ".join(unfit_in(text)) for text in texts]
    bad = np.array([bool(found) for found in [*unfit, ""]])[codes]

    def found(rows: Rows) -> list[str]:
        return [f"{unfit[code]} in '{masked(texts[code])}'" for code in codes[rows]]

    collector.add(read.name, bad, EXPECTED, found)
    read.values = pa.chunked_array([pa.array([*seen, None], TEXT).take(_places(codes, texts))])


def _read_numbers(read: TextColumn, column: Column, collector: FaultCollector) -> None:
    """Give identifiers and codes their one spelling; lost zeros are put back, with a remark."""
    sure = _SURE if column.digits is None else rf"^\d{{{column.digits}}}$"
    odd = _booleans(pc.invert(pc.match_substring_regex(read.values, sure)))
    if column.digits is not None:
        odd |= _booleans(pc.match_substring_regex(read.values, r"^0+$"))
    if not odd.any():
        return
    codes, texts = _distinct(read.values.filter(pa.array(odd)))
    spelled = [_spelled(text, column) for text in texts]
    for expected in sorted({said for _, said, _ in spelled if said}):
        unclear = _spread(odd, [said == expected for _, said, _ in spelled], codes)
        collector.add(read.name, unclear, expected)
    restored = _spread(odd, [zeros for *_, zeros in spelled], codes)
    if restored.any() and column.digits is not None:
        if _shows_zeros(read.values, texts, column.digits):
            collector.add(read.name, restored, ZEROS_KEPT)
        else:
            read.remarks.append(
                f"{read.name}: {int(restored.sum()):,} numbers had lost zeros in front, which were "
                f"put back ({column.digits} digits)"
            )
    fresh = pa.array([text for text, *_ in spelled], TEXT).take(pa.array(codes))
    whole = read.values.combine_chunks()
    read.values = pa.chunked_array([pc.replace_with_mask(whole, pa.array(odd), fresh)])


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


def _shows_zeros(values: pa.ChunkedArray, odd: list[str], digits: int) -> bool:
    """Return whether any number of the column was delivered with its zeros in front."""
    whole = pc.match_substring_regex(values, rf"^0\d{{{digits - 1}}}$")
    if pc.any(whole, min_count=0).as_py():
        return True
    for text in odd:
        try:
            if zeros_kept(plain_identifier(text), digits):
                return True
        except UnclearIdentifierError:
            continue
    return False


def _check_zeros(
    read: TextColumn,
    lost_zero: Callable[[str], str],
    numbers: Booleans,
    collector: FaultCollector,
) -> None:
    """Mark codes that may have lost their zero: in a number, or beside only longer ones as text."""
    codes, texts = _distinct(read.values)
    verdicts = np.array([*map(lost_zero, texts), "no"])[codes]
    lengths = np.array([*map(len, texts), 0])
    kept = any(text.startswith("0") for text in texts)
    short = (lengths == 3) & (not kept and bool((lengths > 3).any()))
    told = numbers | short[codes]
    collector.add(read.name, (verdicts == "yes") | ((verdicts == "maybe") & told), AS_TEXT)


def _distinct(values: pa.ChunkedArray) -> tuple[Rows, list[str]]:
    """Return per row the position of its text among the distinct texts, -1 where empty."""
    coded = values.combine_chunks().dictionary_encode()
    codes = pc.fill_null(coded.indices, -1).to_numpy().astype(np.int64)
    return codes, coded.dictionary.to_pylist()


def _places(codes: Rows, texts: list[str]) -> pa.Array:
    """Return positions in a list that has one null behind ``texts``."""
    return pa.array(np.where(codes < 0, len(texts), codes))


def _spread(odd: Booleans, flags: list[bool], codes: Rows) -> Booleans:
    """Return, for all rows, the flag of the text of each odd one."""
    spread = np.zeros(len(odd), dtype=bool)
    spread[odd] = np.array(flags, dtype=bool)[codes]
    return spread


def _booleans(values: pa.ChunkedArray) -> Booleans:
    return np.array(pc.fill_null(values, False).to_numpy(), dtype=bool)
