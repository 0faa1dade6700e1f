"""Tables in documents of what was measured: on which day, on what machine."""

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

Rows = dict[tuple[str, str], tuple[str, ...]]
"""What stands behind the first two cells of each row."""


def machine() -> str:
    """Return what a reader must know of this machine to judge a measurement."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    listed = Path("/proc/cpuinfo")
    text = listed.read_text(encoding="utf-8") if listed.exists() else ""
    named = re.search(r"^model name\s*: (.+)$", text, re.M)
    kind = named[1] if named else platform.machine()
    return f"{os.cpu_count()} cores {kind}, {memory:.0f} GB, Python {platform.python_version()}"


def today() -> str:
    """Return the day, as it stands in the tables."""
    return f"{datetime.now(UTC):%Y-%m-%d}"


def read(path: Path) -> Rows:
    """Return the rows of the last table in a document."""
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in lines[_rule(lines) + 1 :]
        if line.startswith("| ")
    ]
    return {(first, second): tuple(rest) for first, second, *rest in cells}


def write(path: Path, rows: Rows) -> None:
    """Replace the rows of the last table in a document, sorted; what stands above them stays."""
    lines = path.read_text(encoding="utf-8").splitlines()
    body = ["| " + " | ".join([*key, *rest]) + " |" for key, rest in sorted(rows.items())]
    path.write_text("\n".join([*lines[: _rule(lines) + 1], *body]) + "\n", encoding="utf-8")


def _rule(lines: list[str]) -> int:
    """Return where the line below the head of the last table stands."""
    return max(number for number, line in enumerate(lines) if line.startswith("|---"))
