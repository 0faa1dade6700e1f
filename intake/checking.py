"""Check the parsed records of a part against the contract of their kind, and against today."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from intake.fault_collector import Booleans, CellFaults, Rows
from intake.parsing import Columns
from intake.whole_file import Known, invented_records
from records import Column, RecordKind
from records.contract import INVENTED_MARK

ONE_ORIGIN = f"only invented records (starting with {INVENTED_MARK}) or only real ones, no mix"
ONCE = "each record once in a delivery"


def check(columns: Columns, kind: RecordKind, today: date, known: Known, cells: CellFaults) -> None:
    """Mark every cell that breaks the contract, or does not go with the others of the delivery."""
    clean = cells.clean_rows()
    for column in kind.columns:
        cells.add(column.name, broken(columns[column.name], column), column.expected.en)
    for rule in kind.rules:
        read = {name: _masked(columns[name]) for name in rule.reads}
        cells.add(rule.column, ~rule.kept(read) & clean, rule.expected.en)
    _check_keys(columns, kind, known, cells)
    _check_future(columns, kind, today, cells)
    _check_origin(columns[kind.mark], kind, known, cells)


def broken(values: pa.Array, column: Column) -> Booleans:
    """Return which values of a column break its contract: codes, form and bounds, shape (n,)."""
    checks = []
    if column.codes:
        checks.append(pc.is_in(values, pa.array(column.codes, values.type)))
    if column.pattern:
        checks.append(pc.match_substring_regex(values, rf"\A(?:{column.pattern})\z"))
    if column.minimum is not None:
        checks.append(pc.greater_equal(values, column.minimum))
    if column.maximum is not None:
        checks.append(pc.less_equal(values, column.maximum))
    missing: Booleans = values.is_null().to_numpy(False)
    wrong = missing & column.required
    for kept in checks:
        wrong |= ~missing & ~pc.fill_null(kept, False).to_numpy(False)
    return wrong


def _check_keys(columns: Columns, kind: RecordKind, known: Known, cells: CellFaults) -> None:
    earlier = known.earlier(columns, kind, cells.lines)

    def found(at: Rows) -> list[str]:
        values = zip(*(cells.found(name, at) for name in kind.key), strict=True)
        return [
            f"{', '.join(value)}, also on {cells.row_word} {line}"
            for value, line in zip(values, earlier[at].tolist(), strict=True)
        ]

    cells.add(", ".join(kind.key), earlier > 0, ONCE, found)


def _check_future(columns: Columns, kind: RecordKind, today: date, cells: CellFaults) -> None:
    for column in kind.columns:
        if column.type == "date":
            late = pc.fill_null(pc.greater(columns[column.name], today), False)
            choice = "" if column.required else ", or empty when it has not happened"
            cells.add(column.name, late, f"a date not after {today}{choice}")


def _check_origin(marks: pa.Array, kind: RecordKind, known: Known, cells: CellFaults) -> None:
    if known.odd_origin is not None:
        invented = invented_records(marks)
        real = ~invented & marks.is_valid().to_numpy(False)
        cells.add(kind.mark, invented if known.odd_origin else real, ONE_ORIGIN)


def _masked(values: pa.Array) -> "np.ma.MaskedArray[Any, Any]":
    return np.ma.array(values.to_numpy(False), mask=values.is_null().to_numpy(False))
