"""Runs pytest and says how many lines its tests reach.

    python -m tools.covered 95 -n auto tests

The first argument is the least percentage of lines; all others go to pytest, with ``-n`` among
them: the processes of pytest-xdist measure, and what processes that tests start reach does not
count. Fails when the tests do, or when they reach less.
"""

import json
import os
import shutil
import sys
import tomllib
from pathlib import Path

import pytest
import slipcover

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "SLIPCOVER_COVERAGE_DIR"


def rooms() -> list[str]:
    """Return the rooms of the project but the one that makes examples."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [room for room in project["tool"]["importlinter"]["root_packages"] if room != "demo"]


def main(least: float, words: list[str]) -> int:
    """Run pytest, print the files with lines that no test reached, and return the exit code."""
    os.environ |= {
        "SLIPCOVER_ENABLED": "1",
        "SLIPCOVER_SOURCE": ",".join(rooms()),
        "SLIPCOVER_EXCLUDE_LINES": "pragma: no cover\nif TYPE_CHECKING:",
    }
    code = int(pytest.main(words))
    folder = Path(os.environ[FOLDER])
    reached = json.loads((folder / "merged.json").read_text(encoding="utf-8"))
    shutil.rmtree(folder)
    slipcover.print_coverage(reached, outfile=sys.stdout, skip_covered=True)
    percent = float(reached["summary"]["percent_covered"])
    enough = percent >= least
    print(f"Tests reach {percent:.1f}% of the lines; {least:g}% is the least.")
    return code or (0 if enough else 1)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
