"""The console command as people use it: its output and its exit code.

``weerbeeld`` runs it in this process, which saves the seconds of a start; ``started`` in one of
its own. A fault that has no words of its own comes out of the first as itself, of the second as a
trace.
"""

import csv
import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from cli import main
from store.home import Home

ROOT = Path(__file__).resolve().parents[2]
WEERBEELD = Path(sys.executable).parent / "weerbeeld"

Ended = subprocess.CompletedProcess[str]


def started(home: Path, *words: str) -> Ended:
    """Run a command on a home in a process of its own."""
    return subprocess.run(
        [WEERBEELD, *words],
        env={**os.environ, "WEERBEELD_HOME": str(home)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def weerbeeld(home: Path, *words: str) -> Ended:
    """Run a command on a home in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code: object = 0
    with (
        patch.dict(os.environ, WEERBEELD_HOME=str(home)),
        patch.object(sys, "argv", ["weerbeeld", *words]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    said = [stream.buffer.getvalue().decode() for stream in (out, err)]
    return subprocess.CompletedProcess([*words], int(str(code or 0)), *said)


def refused(home: Path, *words: str) -> str:
    """Run a command that must be refused; return what it said."""
    return refusal(weerbeeld(home, *words))


def refusal(result: Ended) -> str:
    """Return what a command said that must have been refused."""
    assert result.returncode == 2, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    return " ".join(result.stderr.split())


def shown(home: Home, *words: str) -> list[dict[str, str]]:
    """Return the rows that ``weerbeeld show`` prints."""
    result = weerbeeld(home.root, "show", *words)
    assert result.returncode == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))
