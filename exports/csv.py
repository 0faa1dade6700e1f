"""Comma-separated values, UTF-8, decimal points, one header line, harmless in a spreadsheet.

What holds for the whole table stands in the last columns of every row, so that it stays with the
rows wherever they are copied, and no program stumbles over lines that are no rows.

A spreadsheet takes a text that begins like a formula for one, and runs it. Such a text gets an
apostrophe before it, which a spreadsheet does not show (OWASP, CSV Injection). A spreadsheet that
separates by semicolons, as Dutch ones do, or by tabs begins new cells within a text; so does one
that does not see that a text with lines is quoted. What begins there gets an apostrophe as well.
"""

import io
import re

import pandas as pd

from exports.contract import ABOUT, MARK, Export, ExportTable

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a formula may begin; the last four are the wide forms that some spreadsheets accept."""

_CELL = r"(?:\A|[;\t\r\n])[ \u00a0\"']*"
"""Where a spreadsheet may begin a cell, with the blanks and quotes that it takes off."""

_FORMULA = f"(?=[{re.escape(''.join(FORMULA_STARTS))}])"
_RUN = re.compile(f"({_CELL}){_FORMULA}")
_DEFUSED = re.compile(f"({_CELL})'{_FORMULA}")


def defused(value: object) -> object:
    """Return a text that no spreadsheet runs; anything but a text unchanged.

    >>> defused("=1"), defused("a;=1"), defused('Sluis; "-2'), defused("a-b; c")
    ("'=1", "a;'=1", 'Sluis; "\\'-2', 'a-b; c')
    """
    return _RUN.sub(r"\1'", value) if isinstance(value, str) else value


def _as_shown(value: object) -> object:
    """Return a text without the apostrophes of ``defused``."""
    return _DEFUSED.sub(r"\1", value) if isinstance(value, str) else value


def _write(table: ExportTable) -> bytes:
    rows = table.rows.set_axis([defused(name) for name in table.rows.columns], axis="columns")
    for position, dtype in enumerate(rows.dtypes):
        if not pd.api.types.is_numeric_dtype(dtype):
            rows.isetitem(position, rows.iloc[:, position].map(defused).array)
    said = {name: str(defused(text)) for name, text in table.about.items() if name not in rows}
    text = rows.assign(**said).to_csv(index=False, float_format="%.6g", lineterminator="\r\n")
    return text.encode()


def _read(content: bytes) -> ExportTable:
    rows = pd.read_csv(  # noqa: TID251 - of bytes in memory
        io.BytesIO(content), keep_default_na=False, na_values=[""]
    )
    rows = rows.map(_as_shown).rename(columns=_as_shown)
    said = {name: rows[name].unique() for name in (*ABOUT, MARK) if name in rows}
    return ExportTable.read_back(
        rows, {name: str(texts[0]) for name, texts in said.items() if len(texts) == 1}
    )


EXPORT = Export("csv", "CSV", "text/csv; charset=utf-8", "csv", _write, _read)
