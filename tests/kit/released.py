"""What lies in the file of a release."""

from pathlib import Path

import pandas as pd
from sqlalchemy import text

from store.release import open_release


def rows(path: Path, table: str, columns: str = "*") -> pd.DataFrame:
    """Return a table of a release, or some of its columns."""
    with open_release(path).connect() as connection:
        return pd.read_sql(text(f"SELECT {columns} FROM {table}"), connection)


def content(path: Path) -> str:
    """Return the hash of what a release holds, as it says itself."""
    info: pd.Series[str] = rows(path, "info").set_index("key")["value"]
    return str(info["content"])
