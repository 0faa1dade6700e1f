"""Keeps the web process out of the work store, also where a mistake in a page knows the path.

A server of its own account cannot read it anyway (docs/server.md); here the process itself refuses,
for whoever runs all under one account. Libraries that open files without asking Python are refused
as a whole.
"""

import os
import sys
from pathlib import Path

ASKED = frozenset({"open", "os.listdir", "os.scandir", "sqlite3.connect"})
"""What Python reports before it is done: https://docs.python.org/3/library/audit_events.html"""

READERS = frozenset({"duckdb", "pyarrow.dataset", "pyarrow.parquet"})
"""They open files by themselves, and nothing that is shown needs them."""


def shut_in(work: Path) -> None:
    """Refuse from now on, for good, whatever this process would open below ``work``."""
    real = work.resolve()

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event == "import" and arguments[0] in READERS:
            raise PermissionError(f"The web process may not use {arguments[0]}.")
        if event in ASKED and arguments and isinstance(arguments[0], str | bytes | os.PathLike):
            named = os.fsdecode(arguments[0]).removeprefix("file:").split("?")[0]
            if Path(named).resolve().is_relative_to(real):
                raise PermissionError("The web process may not read the work store.")

    sys.addaudithook(refuse)
