"""Records as pandas has them, and the contract of a kind as pandera checks it: what tests compare
intake with.
"""

import pandas as pd
import pandera.pandas as pa

from records import Column, RecordKind, Rule
from records.contract import Cells, ColumnType
from records.examples import Record

DTYPES: dict[ColumnType, str] = {
    "text": "string",
    "date": "datetime64[s]",
    "integer": "Int64",
    "decimal": "float64",
    "boolean": "boolean",
}


def parsed(kind: RecordKind, records: list[Record]) -> pd.DataFrame:
    """Return the columns of records with the types of pandas."""
    types = {column.name: DTYPES[column.type] for column in kind.columns}
    return pd.DataFrame(records, columns=list(types), dtype=object).astype(types)


def cells_of(frame: pd.DataFrame) -> dict[str, Cells]:
    """Return the columns of a frame as the rules of a kind read them."""
    return {
        str(name): Cells(values.to_numpy(), values.notna().to_numpy(dtype=bool))
        for name, values in frame.items()
    }


def schema_of(kind: RecordKind) -> pa.DataFrameSchema:
    """Return the pandera schema of a kind: types, codes, forms, bounds, keys and rules."""
    return pa.DataFrameSchema(
        {column.name: _column(column) for column in kind.columns},
        checks=[_rule(rule) for rule in kind.rules],
        unique=list(kind.key) if len(kind.key) > 1 else None,
    )


def _column(column: Column) -> pa.Column:
    checks = []
    if column.codes:
        checks.append(pa.Check.isin(column.codes))
    if column.pattern:
        checks.append(pa.Check.str_matches(rf"^(?:{column.pattern})\Z"))
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum))
    if column.maximum is not None:
        checks.append(pa.Check.le(column.maximum))
    return pa.Column(
        DTYPES[column.type], checks=checks, nullable=not column.required, unique=column.unique
    )


def _rule(rule: Rule) -> pa.Check:
    def kept(frame: pd.DataFrame) -> "pd.Series[bool]":
        return pd.Series(rule.kept(cells_of(frame[list(rule.reads)])), index=frame.index)

    return pa.Check(kept, name=rule.column, error=rule.expected.en, ignore_na=False)
