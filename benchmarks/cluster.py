"""A hundred million declarations on this machine in parts, and on a cluster of two workers.

What is counted is the price indicator, the heaviest there is: it holds each declaration against the
usual price of its goods. Declarations are made by chance in DuckDB. Both must come to the same.
WEERBEELD_BENCH_DECLARATIONS says how many millions. Run it:
``make bench BENCHMARKS=cluster``.
"""

import os
import resource
import shutil
import tempfile
from datetime import date
from pathlib import Path

from dask_cluster import cluster
from distributed import Client

from benchmarks import Ratios
from benchmarks._alone import alone
from indicators import CATALOGUE
from operations.build import counting_database
from operations.cluster import cluster_at
from operations.parting import in_parts
from release.counting import units_file
from release.cubes import Cube
from release.look_tables import period_table
from release.parts import Spread, Wanted
from release.periods import calendar_of
from tools.goals import at_most

MILLIONS = int(os.environ.get("WEERBEELD_BENCH_DECLARATIONS", "100"))
BATCH = 5_000_000
WORKERS, MEMORY = 2, "3GB"
COUNTED = CATALOGUE["TB03"]

ALONE, WORKER = (
    f"peak of {what}, {MILLIONS} million declarations, GB"
    for what in ("this machine by itself", "a worker of two")
)
GOALS = {ALONE: at_most(3), WORKER: at_most(3)}


def write_declarations(folder: Path) -> None:
    """Write the declarations, and the small tables that every part reads."""
    with counting_database(folder) as con:
        period_table(con, calendar_of(date(2023, 7, 1), date(2026, 6, 30)))
        con.execute("CREATE TABLE moments AS SELECT look AS moment FROM period")
        con.execute("CREATE TABLE independent (partner VARCHAR)")
        con.execute("CREATE TABLE cell_place (cell BIGINT, place INTEGER, unit UINTEGER)")
        con.execute(
            "CREATE TABLE trade_declaration (row BIGINT, unit UINTEGER, place INTEGER, date DATE,"
            " received DATE, partner VARCHAR, hs6 VARCHAR, direction VARCHAR, firm_id VARCHAR,"
            " weight_kg DECIMAL(18,2), value_eur DECIMAL(18,2))"
        )
        for start in range(0, MILLIONS * 1_000_000, BATCH):
            con.execute(
                "INSERT INTO trade_declaration SELECT row, (hash(row) % 4294967291)::UINTEGER,"
                " 1 + firm % 20000, day, NULL, 'douane', lpad(goods::VARCHAR, 6, '0'),"
                " CASE WHEN hash(row, 'way') % 2 = 0 THEN 'import' ELSE 'export' END,"
                " md5(firm::VARCHAR), weight, weight * (1 + goods % 40) * exp(4 * far * far * far)"
                " FROM (SELECT range AS row, hash(range, 'firm') % 400000 AS firm,"
                " (pow(hash(range, 'goods') % 1000000 / 1e6, 3) * 5000)::INTEGER AS goods,"
                " DATE '2023-07-01' + (hash(range, 'day') % 1096)::INTEGER AS day,"
                " 1 + hash(range, 'weight') % 20000 AS weight,"
                " hash(range, 'far') % 2000001 / 1e6 - 1 AS far"
                " FROM range(?, ?))",
                [start, start + BATCH],
            )


def _counted(database: Path, folder: Path, spread: Spread, told: Path) -> None:
    """Count both sides, and write what they come to."""
    counts = (COUNTED.numerator, COUNTED.denominator)
    with counting_database(database) as con:
        spread(con, [Wanted(count, True, folder / units_file(count)) for count in counts])
        lines = [
            con.execute(
                "SELECT count(*), sum(units), sum(amount), bit_xor(hash(place, date, amount))"
                f" FROM {Cube(count).cells}"
            ).fetchone()
            for count in counts
        ]
    told.write_text("\n".join(map(str, lines)))


def count_here(database: Path, folder: Path, told: Path) -> None:
    """Count in parts, one after the other."""
    with in_parts(folder) as spread:
        _counted(database, folder, spread, told)


def count_there(database: Path, folder: Path, told: Path, address: str) -> None:
    """Count on a cluster."""
    with cluster_at(address, folder) as spread:
        _counted(database, folder, spread, told)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> Ratios:
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        written, here, there, workers = (root / name for name in ("all", "here", "there", "work"))
        for folder in (written, here, there, workers):
            folder.mkdir()
        alone(f"write {MILLIONS} million declarations", write_declarations, written)
        one = alone("count in parts", count_here, written, here, root / "here.txt")
        shutil.rmtree(here)
        with cluster(workers, WORKERS, MEMORY) as address:
            given = (written, there, root / "there.txt", address)
            alone(f"count on {WORKERS} workers: what is left here", count_there, *given)
            with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
                peaks = [float(peak) for peak in client.run(_peak).values()]
        print(f"peaks of the workers: {', '.join(f'{peak:.2f}' for peak in peaks)} GB")
        if (root / "here.txt").read_text() != (root / "there.txt").read_text():
            raise AssertionError("the cluster comes to other counts than this machine")
        return {ALONE: one.peak, WORKER: max(peaks)}
