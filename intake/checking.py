"""Check the parsed records of a part against the contract of their kind, and against today."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from intake.arrays import Booleans, Floats, Integers, booleans, days, floats, integers, texts, there
from intake.fault_collector import CellFaults
from intake.parsing import Columns
from intake.whole_file import Known, invented_records
from records import Column, RecordKind
from records.contract import INVENTED_MARK, Cells, ColumnType

ONE_ORIGIN = f"only invented records (starting with {INVENTED_MARK}) or only real ones, no mix"
ONCE = "each record once in a delivery"


def check(columns: Columns, kind: RecordKind, today: date, known: Known, cells: CellFaults) -> None:
    """Mark every cell that breaks the contract, or does not go with the others of the delivery."""
    clean = cells.clean_rows()
    for column in kind.columns:
        cells.add(column.name, broken(columns[column.name], column), column.expected.en)
    for rule in kind.rules:
        read = {name: _cells(columns[name], kind.column(name).type) for name in rule.reads}
        cells.add(rule.column, ~rule.kept(read) & clean, rule.expected.en)
    _check_keys(columns, kind, known, cells)
    _check_future(columns, kind, today, cells)
    _check_origin(columns[kind.mark], kind, known, cells)


def broken(values: pa.Array, column: Column) -> Booleans:
    """Return which values of a column break its contract: codes, form and bounds, shape (n,)."""
    filled = there(values)
    wrong = ~filled & column.required
    if column.codes:
        wrong |= filled & ~booleans(pc.is_in(values, texts(column.codes)))
    if column.pattern:
        fits = pc.match_substring_regex(values, rf"\A(?:{column.pattern})\z")
        wrong |= filled & ~booleans(fits)
    if column.minimum is not None:
        wrong |= _numbers(values) < column.minimum
    if column.maximum is not None:
        wrong |= _numbers(values) > column.maximum
    return wrong


def _check_keys(columns: Columns, kind: RecordKind, known: Known, cells: CellFaults) -> None:
    earlier = known.earlier(columns, kind, cells.lines)

    def found(at: Integers) -> list[str]:
        values = zip(*(cells.found(name, at) for name in kind.key), strict=True)
        return [
            f"{', '.join(value)}, also on {cells.row_word} {line}"
            for value, line in zip(values, earlier[at].tolist(), strict=True)
        ]

    cells.add(", ".join(kind.key), earlier > 0, ONCE, found)


def _check_future(columns: Columns, kind: RecordKind, today: date, cells: CellFaults) -> None:
    for column in kind.columns:
        if column.type == "date":
            late = days(columns[column.name]) > np.datetime64(today, "D")
            choice = "" if column.required else ", or empty when it has not happened"
            cells.add(column.name, late, f"a date not after {today}{choice}")


def _check_origin(marks: pa.Array, kind: RecordKind, known: Known, cells: CellFaults) -> None:
    if known.odd_origin is not None:
        invented = invented_records(marks)
        real = ~invented & there(marks)
        cells.add(kind.mark, invented if known.odd_origin else real, ONE_ORIGIN)


def _cells(values: pa.Array, kind: ColumnType) -> Cells:
    return Cells(READ[kind](values), there(values))


def _texts(values: pa.Array) -> NDArray[np.object_]:
    return np.array(values.to_pylist(), dtype=object)


def _numbers(values: pa.Array) -> Floats:
    """Return numbers of either type as floats, NaN where null."""
    return floats(pc.cast(values, pa.float64()))


READ: dict[ColumnType, Callable[[pa.Array], NDArray[Any]]] = {
    "text": _texts,
    "date": days,
    "integer": integers,
    "decimal": floats,
    "boolean": booleans,
}
"""How rules read the columns of a type."""
