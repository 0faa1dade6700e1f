"""A page that reads the work store is stopped twice: by the checks, and when it runs."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).parents if (folder / "VERSION").exists())

LEAKS = {
    "duckdb": "import duckdb\n\nROWS = duckdb.sql(\"FROM 'var/work/counts/*/BD01.parquet'\")",
    "pandas": 'import pandas as pd\n\nROWS = pd.read_parquet("var/work/counts/a/BD01.parquet")',
    "pyarrow": "from pyarrow import parquet\n\nROWS = parquet.read_table",
    "a path": 'from pathlib import Path\n\nROWS = Path("var/work/work.db").read_bytes()',
    "open": 'ROWS = open("var/work/work.db", "rb").read()',
    "os": 'import os\n\nROWS = os.listdir("var/work/counts")',
    "sqlite": 'import sqlite3\n\nROWS = sqlite3.connect("var/work/work.db")',
    "SQLAlchemy": 'from sqlalchemy import create_engine\n\nROWS = create_engine("sqlite:///a")',
    "a hidden import": 'import importlib\n\nROWS = importlib.import_module("duckdb")',
    "another process": 'import subprocess\n\nROWS = subprocess.run(["cat", "var/work/work.db"])',
}
ROOMS = ("access/lek.py", "exports/lek.py", "pages/lek.py", "pages/parts/lek.py", "web/lek.py")


def _checked(name: str, source: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--stdin-filename", name, "-"],
        cwd=ROOT,
        check=False,
        input=f'"""A page."""\n\n{source}\n',
        text=True,
        capture_output=True,
    )


@pytest.mark.parametrize("leak", LEAKS)
def test_the_check_stops_code_that_reads_for_itself(leak: str) -> None:
    for room in ROOMS:
        found = _checked(room, LEAKS[leak])
        assert found.returncode == 1, room
        assert "TID251" in found.stdout or (leak == "open" and "PTH123" in found.stdout)


def test_rooms_that_count_may_read() -> None:
    found = _checked("release/fine.py", LEAKS["pandas"])
    assert found.returncode == 0, found.stdout


PROCESS = """
import os, sqlite3, sys
from pathlib import Path
import pandas as pd
from web.shut_in import shut_in

home = Path(sys.argv[1])
shut_in(home / "work")
counts = home / "work" / "counts" / "BD01.parquet"
tries = {
    "open": lambda: open(counts, "rb"),
    "read_bytes": lambda: counts.read_bytes(),
    "around": lambda: open(f"{home}/releases/../work/counts/BD01.parquet"),
    "link": lambda: open(home / "link" / "counts" / "BD01.parquet"),
    "listdir": lambda: os.listdir(home / "work"),
    "glob": lambda: list(os.scandir(home / "work" / "counts")),
    "pandas": lambda: pd.read_parquet(counts),
    "pyarrow": lambda: __import__("pyarrow.parquet"),
    "duckdb": lambda: __import__("duckdb"),
    "sqlite": lambda: sqlite3.connect(home / "work" / "work.db"),
    "uri": lambda: sqlite3.connect(f"file:{home}/work/work.db?mode=ro", uri=True),
}
for name, read in tries.items():
    try:
        read()
    except PermissionError as error:
        assert "The web process may not" in str(error), name
    else:
        print("read", name)
print((home / "releases" / "own.db").read_text())
"""


def test_the_process_itself_refuses(tmp_path: Path) -> None:
    import pandas as pd

    for folder in ("work/counts", "releases"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "work")
    rows = pd.DataFrame({"amount": [3]})
    rows.to_parquet(tmp_path / "work" / "counts" / "BD01.parquet")
    (tmp_path / "releases" / "own.db").write_text("its own")
    run = [sys.executable, "-c", PROCESS, str(tmp_path)]
    found = subprocess.run(run, check=False, cwd=ROOT, text=True, capture_output=True)
    assert found.returncode == 0, found.stderr
    assert found.stdout == "its own\n"
