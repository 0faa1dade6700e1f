"""How long the example takes from deliveries to release, against a plain read of its files.

Prints seconds, their ratio to reading the same files with DuckDB, and the peak of memory. Run it
on a quiet machine: ``make bench BENCHMARKS=build_example``.
"""

import resource
import tempfile
import time
from pathlib import Path

import duckdb

from demo import deliveries
from operations.build import build
from store.home import Home
from tools.example_home import take_in


def _plain_read(folder: Path) -> float:
    start = time.perf_counter()
    for path in sorted(folder.glob("*.parquet")) + sorted(folder.glob("*_*.csv")):
        reader = "read_parquet" if path.suffix == ".parquet" else "read_csv"
        duckdb.sql(f"SELECT count(*) FROM {reader}('{path}')").fetchall()
    return time.perf_counter() - start


def main() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as temporary:
        home = Home(Path(temporary))
        folder = home.root / "demo"
        start = time.perf_counter()
        deliveries.write(folder)
        written = time.perf_counter()
        take_in(home, folder)
        taken = time.perf_counter()
        build(home)
        built = time.perf_counter()
        plain = _plain_read(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"write the deliveries  {written - start:6.1f} s")
    print(f"take them in          {taken - written:6.1f} s")
    print(f"build the release     {built - taken:6.1f} s")
    ratio = (built - written) / plain
    print(f"intake and build      {built - written:6.1f} s, {ratio:.0f} x a plain read")
    print(f"peak of memory        {peak:6.0f} MB")
    return {"intake and build, to a plain read of the files": ratio}
