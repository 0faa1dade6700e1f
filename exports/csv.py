"""Comma-separated values, UTF-8, decimal points, one header line."""

from exports._contract import Export, Sheaf


def _write(sheaf: Sheaf) -> bytes:
    return sheaf.marked.to_csv(index=False, float_format="%.6g", lineterminator="\n").encode()


EXPORT = Export("csv", "text/csv", _write)
