"""Counts many records of a kind in parts on this machine, one after the other.

What looks at records side by side, such as the usual price of goods, has to hold them all; a part
of them fits in memory, however many there are.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import duckdb

from release.parts import Spread, Wanted, count_part, deal, put_together

ROWS_A_PART = 4_000_000
MEMORY = "700MB"


@contextmanager
def in_parts(folder: Path) -> Iterator[Spread]:
    """Give what counts kinds with more than ROWS_A_PART records, by way of ``folder``."""
    yield partial(_spread, folder)


def parts_of(con: duckdb.DuckDBPyConnection, counts: Iterable[Wanted]) -> int:
    """Return how many parts hold the records that counts read, none of them too large."""
    kinds = {kind for wanted in counts for kind in wanted.count.reads}
    rows = [con.execute(f"SELECT count(*) FROM {kind}").fetchall()[0][0] for kind in kinds]
    return -(-max(rows, default=0) // ROWS_A_PART)


def _spread(folder: Path, con: duckdb.DuckDBPyConnection, counts: Sequence[Wanted]) -> None:
    for wanted in counts:
        number = parts_of(con, [wanted])
        if number > 1:
            parts = deal(con, [wanted], folder, number, MEMORY)
            for part in parts:
                count_part(part)
            put_together(con, wanted, parts[0].folder.parent)
