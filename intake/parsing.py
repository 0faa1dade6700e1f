"""Parses each column of text as the type that its kind of record gives it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from intake.date_order import check_date_order
from intake.dates import parse_date
from intake.fault_collector import Booleans, FaultCollector
from intake.headers import POINT
from intake.numbers import (
    LARGEST,
    UNSURE_EXPECTED,
    DecimalMark,
    Floats,
    MarkCounts,
    count_marks,
    parse_numbers,
    recognise_mark,
    unsure_values,
)
from intake.points import any_in_range
from intake.progress import Progress
from intake.text_table import TEXT, TextTable
from intake.texts import read_text
from records import Column, RecordKind

BOOLEANS = {
    **dict.fromkeys(("ja", "j", "yes", "y", "true", "waar", "1"), True),
    **dict.fromkeys(("nee", "n", "no", "false", "onwaar", "0"), False),
}


@dataclass(frozen=True)
class Parsed:
    """A delivery with typed columns (``records.contract.DTYPES``), and how it was written.

    ``frame`` has every column of the kind; what could not be parsed is empty there, and marked.
    ``point`` holds x and y as delivered, NaN where missing, or None for kinds without a point.
    ``remarks`` say what was put right.
    """

    frame: pd.DataFrame
    point: tuple[Floats, Floats] | None
    mark: DecimalMark | None
    date_forms: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def parse(
    table: TextTable, kind: RecordKind, collector: FaultCollector, progress: Progress
) -> Parsed:
    """Return the typed columns of ``table``; what cannot be parsed is marked as a fault."""
    counts = _mark_counts(table, kind)
    mark = recognise_mark(counts, lambda tried: any_in_range(*_numbers(table, POINT, tried)))
    _mark_unsure(counts, mark, collector)
    forms: set[str] = set()
    remarks: list[str] = []
    check_date_order(_dates_of(table, kind), collector)
    columns: dict[str, pd.Series[Any]] = {}
    for number, column in enumerate(kind.columns):
        values = _values(table, column.name)
        if column.type == "text":
            text = read_text(table, values, column, collector)
            parsed = _series(text.values)
            remarks += text.remarks
        else:
            parsed = _typed(values, column, _mark_of(table, column.name, mark), forms)
        collector.add(column.name, ~_empty(values) & parsed.isna().to_numpy(), column.expected.en)
        columns[column.name] = parsed
        progress("parsing", number + 1, len(kind.columns))
    return Parsed(
        frame=pd.DataFrame(columns),
        point=_point(table, mark, collector) if kind.located else None,
        mark=mark,
        date_forms=tuple(sorted(forms)),
        remarks=tuple(remarks),
    )


def _mark_counts(table: TextTable, kind: RecordKind) -> dict[str, MarkCounts]:
    numeric = [column.name for column in kind.columns if column.type in ("decimal", "integer")]
    return {
        name: count_marks(table.columns[name])
        for name in (*numeric, *(POINT if kind.located else ()))
        if name in table.columns and name not in table.typed
    }


def _mark_unsure(
    counts: Mapping[str, MarkCounts], mark: DecimalMark | None, collector: FaultCollector
) -> None:
    for name, shown in counts.items():
        if mark is None or name not in POINT:
            collector.add(name, unsure_values(shown, mark), UNSURE_EXPECTED)


def _point(
    table: TextTable, mark: DecimalMark | None, collector: FaultCollector
) -> tuple[Floats, Floats]:
    x, y = _numbers(table, POINT, mark)
    for name, numbers in zip(POINT, (x, y), strict=True):
        if name in table.columns:
            missing = np.isnan(numbers)
            collector.add(name, missing & ~_empty(table.columns[name]), "a number")
            collector.add(name, missing, "a coordinate")
    return x, y


def _numbers(
    table: TextTable, names: tuple[str, str], mark: DecimalMark | None
) -> tuple[Floats, Floats]:
    one, other = (
        parse_numbers(_values(table, name), _mark_of(table, name, mark)) for name in names
    )
    return one, other


def _typed(
    values: pa.ChunkedArray, column: Column, mark: DecimalMark, forms: set[str]
) -> "pd.Series[Any]":
    """Return one column in its own type, empty where ``values`` cannot be read as that."""
    if column.type == "date":
        return _dates(values, forms)
    if column.type == "boolean":
        return _booleans(values)
    numbers = parse_numbers(values, mark)
    numbers = np.where(np.abs(numbers) < LARGEST, numbers, np.nan)
    if column.type == "integer":
        return pd.Series(np.where(numbers == np.floor(numbers), numbers, np.nan)).astype("Int64")
    return pd.Series(numbers)


def _dates(values: pa.ChunkedArray, forms: set[str]) -> "pd.Series[Any]":
    codes, texts = _coded(values)
    parsed = [parse_date(text) for text in texts]
    forms.update(found[1] for found in parsed if found)
    days = np.array([found[0] if found else None for found in [*parsed, None]], "datetime64[D]")
    return pd.Series(days[codes].astype("datetime64[s]"))


def _booleans(values: pa.ChunkedArray) -> "pd.Series[Any]":
    codes, texts = _coded(values)
    meant = [BOOLEANS.get(text.casefold()) for text in texts]
    return pd.Series(pd.array([*meant, None], dtype="boolean")[codes])


def _dates_of(table: TextTable, kind: RecordKind) -> dict[str, Counter[str]]:
    """Return how often each text stands in each column of dates."""
    names = [column.name for column in kind.columns if column.type == "date"]
    counts = {}
    for name in names:
        pairs = pc.value_counts(_values(table, name).combine_chunks().drop_null()).to_pylist()
        counts[name] = Counter({pair["values"]: pair["counts"] for pair in pairs})
    return counts


def _coded(values: pa.ChunkedArray) -> tuple[Any, list[str]]:
    """Return per row the position of its text among the distinct texts, -1 where empty."""
    coded = values.combine_chunks().dictionary_encode()
    return pc.fill_null(coded.indices, -1).to_numpy(), coded.dictionary.to_pylist()


def _series(values: pa.ChunkedArray) -> "pd.Series[Any]":
    text: pd.Series[Any] = values.to_pandas(types_mapper={TEXT: pd.StringDtype("pyarrow")}.get)
    return text


def _values(table: TextTable, name: str) -> pa.ChunkedArray:
    return table.columns.get(name, pa.chunked_array([pa.nulls(len(table.lines), TEXT)]))


def _mark_of(table: TextTable, name: str, mark: DecimalMark | None) -> DecimalMark:
    return "point" if mark is None or name in table.typed else mark


def _empty(values: pa.ChunkedArray) -> Booleans:
    return np.asarray(pc.is_null(values).to_numpy(), dtype=bool)
