"""Check the parsed records against the contract of their kind, and against today."""

from datetime import date

import numpy as np
import pandas as pd
import pandera.pandas as pa

from intake.fault_collector import Booleans, FaultCollector, Rows
from intake.limits import MOST_FAULTS
from records import RecordKind
from records.contract import INVENTED_MARK

ONE_ORIGIN = f"only invented records (starting with {INVENTED_MARK}) or only real ones, no mix"
ONCE = "each record once in a delivery"

PART = 100_000
"""Records that are checked at a time."""

UNIQUENESS = {"field_uniqueness", "multiple_fields_uniqueness"}
"""Pandera's names for checks that ``_check_keys`` does, naming the line of the other record."""


def check(frame: pd.DataFrame, kind: RecordKind, today: date, collector: FaultCollector) -> None:
    """Mark every cell of ``frame`` (typed, one row a record) that breaks the contract."""
    _check_contract(frame, kind, collector)
    _check_keys(frame, kind, collector)
    _check_future(frame, kind, today, collector)
    _check_origin(frame, kind, collector)


def invented_records(frame: pd.DataFrame, kind: RecordKind) -> Booleans:
    """Return which records show that they are invented, shape (n,)."""
    shown = frame[kind.mark].str.upper().str.startswith(INVENTED_MARK)
    return shown.fillna(False).to_numpy(dtype=bool)


def _check_contract(frame: pd.DataFrame, kind: RecordKind, collector: FaultCollector) -> None:
    """Mark what pandera finds, in parts: it makes a table with a row for every fault."""
    clean, schema = collector.clean_rows(), kind.schema()
    wrong = {column.name: np.zeros(len(frame), dtype=bool) for column in kind.columns}
    broken: set[str] = set()
    for start in range(0, len(frame), PART):
        try:
            schema.validate(frame.iloc[start : start + PART], lazy=True)
        except pa.errors.SchemaErrors as found:
            cases = found.failure_cases[["schema_context", "column", "check", "index"]]
            broken |= set(cases["check"])
            cells = cases[(cases["schema_context"] == "Column") & ~cases["check"].isin(UNIQUENESS)]
            for name, group in cells.groupby("column"):
                wrong[str(name)][group["index"].to_numpy(dtype=np.int64)] = True
            if sum(int(rows.sum()) for rows in wrong.values()) > MOST_FAULTS:
                break
    for column in kind.columns:
        collector.add(column.name, wrong[column.name], column.expected.en)
    for rule in kind.rules:
        if f"{rule.column}: {rule.expected.en}" in broken:
            collector.add(rule.column, ~rule.kept(frame).to_numpy() & clean, rule.expected.en)


def _check_keys(frame: pd.DataFrame, kind: RecordKind, collector: FaultCollector) -> None:
    key = list(kind.key)
    repeated = frame.duplicated(key).to_numpy() & frame[key].notna().all(axis=1).to_numpy()
    if not repeated.any():
        return
    groups = frame.groupby(key, sort=False).ngroup()
    rows = pd.Series(np.arange(len(frame)))
    first = rows.groupby(groups).transform("min").fillna(0).to_numpy(dtype=np.int64)

    def found(at: Rows) -> list[str]:
        values = zip(*(collector.found(name, at) for name in key), strict=True)
        earlier = collector.lines[first[at]].tolist()
        return [
            f"{', '.join(value)}, also on {collector.row_word} {line}"
            for value, line in zip(values, earlier, strict=True)
        ]

    collector.add(", ".join(key), repeated, ONCE, found)


def _check_future(
    frame: pd.DataFrame, kind: RecordKind, today: date, collector: FaultCollector
) -> None:
    for column in kind.columns:
        if column.type == "date":
            late = (frame[column.name] > pd.Timestamp(today)).to_numpy()
            choice = "" if column.required else ", or empty when it has not happened"
            collector.add(column.name, late, f"a date not after {today}{choice}")


def _check_origin(frame: pd.DataFrame, kind: RecordKind, collector: FaultCollector) -> None:
    invented = invented_records(frame, kind)
    real = ~invented & frame[kind.mark].notna().to_numpy()
    if invented.any() and real.any():
        fewer = invented if invented.sum() <= real.sum() else real
        collector.add(kind.mark, fewer, ONE_ORIGIN)
