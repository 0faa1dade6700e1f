"""Numbers in downloaded files: with StatLine's marks for no figure, and one decimal mark."""

import pandas as pd
import pyarrow as pa

from errors import shortened
from intake.arrays import TEXT
from intake.numbers import Numbers, recognise_mark
from opendata.contract import SourceFailedError

NO_FIGURE = (".", "..", "-", "--", "x", "X", "NA", "NaN", "nan")
"""Unknown, secret, not applicable, or too unsure, as StatLine and kwb write it."""


def numbers_of(column: "pd.Series[str]") -> "pd.Series[float]":
    """Return text as numbers, NaN for no figure and for what is no number, shape (n,)."""
    numbers = Numbers(_text(column))
    mark = recognise_mark({"": numbers.count_marks()}, lambda _: False)
    return pd.Series(numbers.read(mark or "point"), index=column.index)


def is_of_numbers(column: "pd.Series[str]") -> bool:
    """Return whether a column holds numbers and marks for no figure, and nothing else."""
    return not (numbers_of(column).isna() & ~column.isin(NO_FIGURE) & column.notna()).any()


def refuse_unsure(column: "pd.Series[str]", where: str) -> None:
    """Raise SourceFailedError where a column does not show whether 1.234 is 1234 or 1.234."""
    numbers = Numbers(_text(column))
    marks = numbers.count_marks()
    if marks.unsure and not marks.surely(recognise_mark({"": marks}, lambda _: False)):
        odd = shortened(str(column[numbers.unsure].iloc[0]))
        raise SourceFailedError(
            f"{where}, column {column.name}: {odd} can be read in two ways. Write it without a mark"
            " between thousands."
        )


def _text(column: "pd.Series[str]") -> pa.Array:
    there = column.notna() & ~column.isin(NO_FIGURE)
    return pa.array(column.astype(object).where(there, None), TEXT)
