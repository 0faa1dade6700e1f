"""The console command as people use it: a real process, its output and its exit code."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

from store.home import Home

ROOT = Path(__file__).resolve().parents[2]
WEERBEELD = Path(sys.executable).parent / "weerbeeld"


def weerbeeld(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command on a home."""
    return subprocess.run(
        [WEERBEELD, *words],
        env={**os.environ, "WEERBEELD_HOME": str(home)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def refused(home: Path, *words: str) -> str:
    """Run a command that must be refused; return what it said."""
    result = weerbeeld(home, *words)
    assert result.returncode == 2, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    return " ".join(result.stderr.split())


def shown(home: Home, *words: str) -> list[dict[str, str]]:
    """Return the rows that ``weerbeeld show`` prints."""
    result = weerbeeld(home.root, "show", *words)
    assert result.returncode == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))
