"""A database in memory to compare records with others in; it spills to the work store."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from errors import WeerbeeldError
from folders import make_folder
from store.home import Home

if TYPE_CHECKING:
    import duckdb

MEMORY = "1GB"
"""What is larger than this is spilled."""


@contextmanager
def comparison(home: Home, unreadable: str) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Give a database; what goes wrong is a WeerbeeldError that begins with ``unreadable``."""
    import duckdb

    folder = mkdtemp(dir=_spill(home))
    try:
        with duckdb.connect(config={"temp_directory": folder, "memory_limit": MEMORY}) as con:
            yield con
    except duckdb.Error as error:
        raise WeerbeeldError(
            f"{unreadable}: {str(error).splitlines()[0]}. Restore them from a backup."
        ) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def parquet(path: Path, options: str = "") -> str:
    """Return SQL that reads a Parquet file."""
    file = str(path).replace("'", "''")
    return f"read_parquet('{file}'{options})"


def _spill(home: Home) -> Path | None:
    """Return where a database may spill: a dry run makes no home."""
    if not os.access(home.work, os.W_OK):
        return None
    make_folder(home.work / "spill")
    return home.work / "spill"
