"""A list of objects, one per row, UTF-8."""

from exports.contract import Export, Sheaf


def _write(sheaf: Sheaf) -> bytes:
    text = sheaf.marked.to_json(orient="records", force_ascii=False, double_precision=6)
    return f"{text}\n".encode()


EXPORT = Export("json", "application/json", _write)
