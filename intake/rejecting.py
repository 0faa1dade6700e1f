"""Sets rows at fault aside, in a file beside the delivery, so that its sound rows can count.

Identifiers are masked there as in messages, and no cell works as a formula in a spreadsheet.
"""

import csv
import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from errors import WeerbeeldError, printable
from intake.arrays import Booleans, column
from intake.faults import Fault, masked, masked_if_identifier
from intake.text_table import Part, TextTable
from records import RecordKind

SUFFIX = ".rejected.csv"

_FORMULA = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)


@dataclass(frozen=True)
class Rejected:
    """The rows that are not taken in: where each stands, what is wrong, what was delivered.

    ``values`` are empty for a line that does not have the fields of the others.
    """

    row_word: str
    names: tuple[str, ...]
    rows: tuple[tuple[int, str, tuple[str, ...]], ...]

    def as_csv(self) -> bytes:
        """Return the rows as CSV, as office software opens it: UTF-8 with a mark, semicolons."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow([self.row_word, "fault", *self.names])
        for line, words, values in self.rows:
            writer.writerow([line, *map(defused, (words, *values))])
        return text.getvalue().encode("utf-8-sig")


def defused(cell: str) -> str:
    """Return a cell as text that no spreadsheet takes for a formula; numbers stay as they are."""
    shown = printable(cell)
    harmless = not _FORMULA.match(cell) or _NUMBER.fullmatch(cell)
    return shown if harmless else f"'{shown}"


class Unsound:
    """The rows at fault so far, as they were delivered."""

    def __init__(self, table: TextTable, kind: RecordKind) -> None:
        self._table = table
        self._hidden = set(kind.pseudonymised)
        self._cells: dict[int, tuple[str, ...]] = {}

    def add(self, part: Part, sound: Booleans) -> None:
        """Take in the rows of a part that are not ``sound``."""
        at = column(~sound)
        columns = [
            [
                ""
                if value is None
                else masked(value)
                if name in self._hidden
                else masked_if_identifier(value)
                for value in part.column(name).filter(at).to_pylist()
            ]
            for name in self._table.header.positions
        ]
        lines = part.lines[~sound].tolist()
        self._cells |= zip(lines, zip(*columns, strict=True), strict=True)

    def rejected(self, faults: Sequence[Fault]) -> Rejected:
        """Return all rows at fault, with what is wrong with each."""
        words: dict[int, list[str]] = {}
        for fault in faults:
            where = f"{fault.column}: " if fault.column else ""
            said = f"{where}expected {fault.expected}, found {fault.found}"
            words.setdefault(fault.line or 0, []).append(said)
        rows = [
            (line, "; ".join(said), self._cells.get(line, ()))
            for line, said in sorted(words.items())
        ]
        header = self._table.header
        names = tuple(header.names[column] for column in header.positions)
        return Rejected(self._table.row_word, names, tuple(rows))


def rejected_path(file: Path) -> Path:
    """Return where the rejected rows of a delivered file go: beside it."""
    return file.with_name(f"{file.stem}{SUFFIX}")


def write_rejected(rejected: Rejected, file: Path) -> Path:
    """Write the rejected rows beside ``file``, readable by their owner only; return where.

    Raises WeerbeeldError when that folder cannot be written.
    """
    path = rejected_path(file)
    draft = path.with_name(f"{path.name}.tmp")
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(rejected.as_csv())
        draft.replace(path)
    except OSError as error:
        raise WeerbeeldError(
            f"The rejected rows cannot be written to {printable(str(path))}: "
            f"{error.strerror or error}. Nothing was stored; copy the delivery to a folder that "
            "you may write to."
        ) from None
    return path
