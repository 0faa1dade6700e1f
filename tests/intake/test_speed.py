"""A large delivery takes seconds and stays within the memory of a small machine."""

import json
import subprocess
import sys
from pathlib import Path

from intake_samples import Style, sample_csv

ROWS = 150_000
MOST_SECONDS = 20
MOST_MEGABYTES = 700

SCRIPT = """
import json, resource, sys, time
from pathlib import Path
from intake.receive import receive
from store.home import Home
home = Home(Path(sys.argv[2]))
rows = receive("business", Path(sys.argv[1]), "kvk", home).rows
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([rows, time.process_time(), peak]))
"""


def test_150_000_businesses(tmp_path: Path) -> None:
    file = tmp_path / "businesses.csv"
    style = Style(encoding="cp1252", dates="%d-%m-%Y")
    head, *rows = sample_csv("business", 1_000, style).splitlines(keepends=True)
    many = (
        row.replace(b"id-000", b"id-%03d" % thousand)
        for thousand in range(ROWS // 1_000)
        for row in rows
    )
    file.write_bytes(head + b"".join(many))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(file), str(tmp_path / "home")],
        check=True, capture_output=True, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    rows, seconds, megabytes = json.loads(done.stdout)
    print(f"{rows:,} records in {seconds:.1f} s of processor time and {megabytes:.0f} MB")
    assert rows == ROWS
    assert seconds < MOST_SECONDS
    assert megabytes < MOST_MEGABYTES
