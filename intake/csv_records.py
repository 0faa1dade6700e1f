"""Reads the records of a CSV file: quickly where its lines are plain, else exactly, one by one.

Arrow splits blocks of lines whose quotes, if any, stand around whole fields. All else is read by
Python's csv, which says what is wrong with a line. Both give the same.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from intake.arrays import TEXT, Booleans, column, texts, there
from intake.csv_lines import Lines
from intake.faults import Fault, file_fault, too_many
from intake.limits import LONGEST_FIELD, MOST_FAULTS, MOST_ROWS
from intake.recognising import split_line
from intake.text_table import Lines as Numbers
from intake.text_table import Part, trimmed

BATCH = 20_000
"""Records that are read one by one before they become a part."""


class Records:
    """The records below the line of column names, with ``width`` fields each.

    ``positions`` are those of the columns that are read.
    """

    def __init__(
        self, lines: Lines, width: int, separator: str, positions: Mapping[str, int]
    ) -> None:
        self._lines, self._width, self._separator = lines, width, separator
        self._positions = positions
        beside = rf"{re.escape(separator)}\r\n"
        self._quoted = re.compile(rf'(?:(?<=[{beside}])|\A)"[^"\r\n]*"(?=[{beside}]|\Z)'.encode())
        self._rows = self._faults = 0
        self._held: list[Fault] = []

    @property
    def found(self) -> bool:
        """Whether there was any record so far, or a fault in the place of one."""
        return self._rows > 0 or self._faults > 0

    def parts(self) -> Iterator[Part]:
        """Give the records; DeliveryRefused when there are more than there can be."""
        while self._faults <= MOST_FAULTS and (block := self._lines.block()):
            quick = self._quickly(block)
            yield from self._exactly() if quick is None else [quick]
        if self._faults > MOST_FAULTS:
            yield _only(*self._held, too_many())
        elif self._held:
            (last,) = self._held
            found = f"{last.found} on the last line: the file looks truncated"
            yield _only(Fault(last.line, "", found, last.expected, whole=True))

    def _quickly(self, block: bytes) -> Part | None:
        """Return the records in a block of lines; None where those are not plain."""
        quotes, count = block.count(b'"'), _plain_lines(block)
        if not count or (quotes and quotes != 2 * sum(1 for _ in self._quoted.finditer(block))):
            return None
        others: list[arrow_csv.InvalidRow] = []
        columns = self._split(block, self._positions.values(), others.append)
        numbers = np.delete(np.arange(1, count + 1), [row.number - 1 for row in others])
        if not columns or len(numbers) != len(columns[0]):
            return None
        filled = _filled(columns)
        if len(columns) < self._width and not filled.all():
            filled = _filled(self._split(block, range(self._width), lambda _: None))
        before = self._lines.number
        misfits = [
            (before + row.number, len(fields))
            for row in others
            if any(map(str.strip, fields := split_line(row.text, self._separator)))
        ]
        if self._faults + len(misfits) > MOST_FAULTS:
            return None
        self._lines.skip(count)
        lines = before + numbers[filled]
        end, last = misfits[-1] if misfits else (0, 0)
        return self._part(
            [values.filter(column(filled)) for values in columns],
            lines,
            [self._misfit(line, found) for line, found in misfits],
            empty=count - len(lines) - len(misfits),
            short=last < self._width and end > max(lines[-1:], default=0),
        )

    def _split(
        self, block: bytes, places: Iterable[int], other: Callable[[arrow_csv.InvalidRow], object]
    ) -> list[pa.Array]:
        """Return the columns at ``places`` as trimmed text; ``other`` gets the misfits."""

        def skip(row: arrow_csv.InvalidRow) -> str:
            other(row)
            return "skip"

        names = [str(place) for place in places]
        table = arrow_csv.read_csv(
            pa.BufferReader(block),
            arrow_csv.ReadOptions(
                use_threads=False,
                block_size=len(block) + 1,
                column_names=[str(place) for place in range(self._width)],
            ),
            arrow_csv.ParseOptions(
                delimiter=self._separator,
                quote_char='"' if b'"' in block else False,
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            arrow_csv.ConvertOptions(
                include_columns=names, column_types=dict.fromkeys(names, TEXT), check_utf8=False
            ),
        )
        return [trimmed(table[name].combine_chunks()) for name in names]

    def _exactly(self) -> Iterator[Part]:
        """Give the records of a block of lines; the last one may go on in the lines after it."""
        lines, width = self._lines, self._width
        reader = csv.reader(lines, delimiter=self._separator, strict=True)
        records: list[list[str]] = []
        numbers: list[int] = []
        faults: list[Fault] = []
        empty, short = 0, False
        while lines.within and self._faults + len(faults) <= MOST_FAULTS:
            number = lines.number + 1
            try:
                record = next(reader)
            except csv.Error as error:
                faults.append(_broken(number, str(error)))
                short = False
                continue
            if not any(record) or not any(map(str.strip, record)):
                empty += 1
                continue
            short = len(record) < width
            if len(record) == width:
                records.append(record)
                numbers.append(number)
            else:
                faults.append(self._misfit(number, len(record)))
            if len(records) == BATCH:
                yield self._part(self._columns(records), numbers, faults, empty, short)
                records, numbers, faults, empty = [], [], [], 0
        yield self._part(self._columns(records), numbers, faults, empty, short)

    def _columns(self, records: list[list[str]]) -> list[pa.Array]:
        places = self._positions.values()
        return [trimmed(texts([record[at] for record in records])) for at in places]

    def _part(
        self,
        columns: list[pa.Array],
        lines: Numbers | list[int],
        faults: list[Fault],
        empty: int,
        short: bool,
    ) -> Part:
        """Return a part; ``short``: its last line has too few fields, as where a file breaks off.

        That fault is held until the next line shows that it was not the last of the file.
        """
        self._rows += len(lines)
        self._faults += len(faults)
        if self._rows > MOST_ROWS:
            raise file_fault(f"over {MOST_ROWS:,} records", "fewer: deliver it in parts")
        if len(lines) or faults:
            faults, self._held = [*self._held, *faults], []
        if short and faults:
            self._held = [faults.pop()]
        return Part(
            columns=dict(zip(self._positions, columns, strict=True)),
            lines=np.asarray(lines, dtype=np.int64),
            faults=tuple(faults),
            empty=empty,
        )

    def _misfit(self, line: int, found: int) -> Fault:
        expected = f"{self._width} fields, as on the line of column names"
        return Fault(line, "", f"{found} fields", expected)


def _only(*faults: Fault) -> Part:
    return Part({}, np.array([], dtype=np.int64), faults=faults)


def _plain_lines(block: bytes) -> int:
    """Return how many lines a block has; 0 where their ends are of the old Mac, or one is long."""
    if b"\r" in block and block.count(b"\r") != block.count(b"\r\n"):
        return 0
    ends = np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n"))
    lengths = np.diff(ends, prepend=-1, append=len(block) - 1)
    return 0 if lengths.max() >= LONGEST_FIELD else len(ends) + bool(lengths[-1])


def _filled(columns: list[pa.Array]) -> Booleans:
    """Return which rows have any value, shape (n,)."""
    filled: Booleans = np.logical_or.reduce([there(values) for values in columns])
    return filled


def _broken(line: int, error: str) -> Fault:
    whole = "unexpected end" in error or "field limit" in error
    if "field limit" in error:
        found = f"a value of over {LONGEST_FIELD:,} characters, or an unclosed quote"
    elif whole:
        found = "a quote that is opened and never closed: the file looks truncated or damaged"
    else:
        found = "a stray quote within a field"
    expected = 'quotes around whole fields only, doubled ("") within them'
    return Fault(line, "", found, expected, whole)
