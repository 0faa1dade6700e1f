"""Comma-separated values, UTF-8, decimal points, one header line, harmless in a spreadsheet.

A spreadsheet takes a text that begins like a formula for one, and runs it. Such a text gets an
apostrophe before it, which a spreadsheet does not show (OWASP, CSV Injection).
"""

import pandas as pd

from exports.contract import Export, Sheaf

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a formula may begin; the last four are the wide forms that some spreadsheets accept."""


def defused(value: object) -> object:
    """Return a text that no spreadsheet runs; anything but a text as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _write(sheaf: Sheaf) -> bytes:
    rows = sheaf.marked
    rows = rows.set_axis([defused(name) for name in rows.columns], axis="columns")
    for place, kind in enumerate(rows.dtypes):
        if not pd.api.types.is_numeric_dtype(kind):
            rows.isetitem(place, rows.iloc[:, place].map(defused).array)
    text = rows.to_csv(index=False, float_format="%.6g", lineterminator="\r\n")
    return text.encode()


EXPORT = Export("csv", "text/csv; charset=utf-8", _write)
