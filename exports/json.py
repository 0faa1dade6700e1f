"""An object with what holds for the table, then its rows: a list of objects, UTF-8."""

import json

import pandas as pd

from exports.contract import Export, ExportTable


def _write(table: ExportTable) -> bytes:
    held = {"about": table.about, "rows": table.objects}
    return f"{json.dumps(held, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _read(content: bytes) -> ExportTable:
    held = json.loads(content)
    return ExportTable.read_back(pd.DataFrame(held["rows"]), held["about"])


EXPORT = Export("json", "JSON", "application/json", "json", _write, _read)
