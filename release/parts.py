"""Counts records in parts, each by itself, and puts the parts together: the work of a cluster.

Records that a SELECT looks at side by side are in one part (``Count.together``). A part gives what
adds up, and the units of each subject by place and date; who is behind a figure is told when all
parts are there. So the tables of a count are those of one machine, row for row.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import duckdb

from folders import make_folder
from indicators.contract import AREA_TABLES, Count
from release.cubes import (
    UNITS,
    Sources,
    cells_sql,
    copy_to,
    delays_sql,
    fill,
    kept_sql,
    owners_sql,
    subjects_sql,
    take_units,
)
from release.tables import BUSINESS_AT

SHARED = ("period", "moments", "independent", "cell_place")
"""Tables that every part reads whole: they are small."""


@dataclass(frozen=True)
class Wanted:
    """A count, whether it is of money or weight, and the file that its records are kept in."""

    count: Count
    value: bool
    kept: Path


Spread = Callable[[duckdb.DuckDBPyConnection, Sequence[Wanted]], None]
"""Creates the tables of counts, counted elsewhere."""


@dataclass(frozen=True)
class Part:
    """One part of the records of a count: its ``number``, and the ``folder`` for what is counted.

    ``records`` has the folder with the Parquet files of each kind, ``shared`` is that of SHARED.
    ``memory`` as DuckDB takes it.
    """

    wanted: Wanted
    number: int
    records: dict[str, Path]
    shared: Path
    folder: Path
    memory: str


def can_be_parted(count: Count) -> bool:
    """Return whether a count reads nothing but records and SHARED."""
    return not count.open and not any(table in count.sql for table in AREA_TABLES)


def deal(
    con: duckdb.DuckDBPyConnection, counts: Iterable[Wanted], folder: Path, parts: int, memory: str
) -> list[Part]:
    """Write records to ``folder`` in so many parts, and return the parts of each count."""
    shared = folder / "shared"
    make_folder(shared)
    for table in SHARED:
        copy_to(con, f"SELECT * FROM {table}", shared / f"{table}.parquet")
    found = []
    for number, wanted in enumerate(counts):
        dealt = {
            kind: _dealt(con, kind, wanted.count.together, folder, parts)
            for kind in wanted.count.reads
        }
        into = folder / "counted" / str(number)
        make_folder(into)
        found += [Part(wanted, n, dealt, shared, into / str(n), memory) for n in range(parts)]
    return found


def _dealt(
    con: duckdb.DuckDBPyConnection, kind: str, together: str, folder: Path, parts: int
) -> Path:
    """Return the folder with the records of a kind in parts, of which none splits a group."""
    into = folder / "records" / f"{kind}-{together or 'any'}"
    if not into.exists():
        make_folder(into.parent)
        target = str(into).replace("'", "''")
        con.execute(
            f"COPY (SELECT *, (hash({together or 'row'}) % {parts})::INTEGER AS part FROM {kind})"
            f" TO '{target}' (FORMAT parquet, PARTITION_BY (part))"
        )
    return into


def count_part(part: Part) -> Path:
    """Count one part; return the folder that holds its files.

    What was counted before is not counted again, so that it may be asked twice.
    """
    if part.folder.exists():
        return part.folder
    unfinished = part.shared.parent / "unfinished" / uuid4().hex
    make_folder(unfinished)
    spill = {"memory_limit": part.memory, "temp_directory": str(unfinished / "spill")}
    with duckdb.connect(config=spill | {"preserve_insertion_order": False}) as con:
        _open(con, part)
        count, value = part.wanted.count, part.wanted.value
        take_units(con, count, value=value)
        copy_to(con, cells_sql(UNITS), unfinished / "cells.parquet")
        for word in count.subjects:
            copy_to(con, subjects_sql(word, UNITS), unfinished / f"{word}.parquet")
        if value:
            copy_to(con, owners_sql(UNITS), unfinished / "owners.parquet")
        if count.when == "date":
            copy_to(con, delays_sql(UNITS), unfinished / "delays.parquet")
        copy_to(con, kept_sql(count, part.wanted.kept.parent.name), unfinished / "units.parquet")
    shutil.rmtree(unfinished / "spill", ignore_errors=True)
    try:
        unfinished.rename(part.folder)
    except OSError:  # another worker was first
        if not part.folder.exists():
            raise
        shutil.rmtree(unfinished)
    return part.folder


def _open(con: duckdb.DuckDBPyConnection, part: Part) -> None:
    """Create views of the records of a part and of SHARED."""
    for table in SHARED:
        con.execute(f"CREATE VIEW {table} AS SELECT * FROM '{part.shared / table}.parquet'")
    for kind, folder in part.records.items():
        con.execute(
            f"CREATE VIEW {kind} AS SELECT * EXCLUDE (part) FROM read_parquet("
            f"'{folder}/*/*.parquet', hive_partitioning = true) WHERE part = {part.number}"
        )
    if "business" in part.records:
        con.execute(BUSINESS_AT)


def put_together(con: duckdb.DuckDBPyConnection, wanted: Wanted, folder: Path) -> None:
    """Create the tables of a count from its parts in ``folder``; write the file that is kept."""
    count = wanted.count

    def of(name: str) -> str:
        return f"read_parquet('{folder}/*/{name}.parquet')"

    subjects = {word: of(word) for word in count.subjects}
    sources = Sources(of("cells"), subjects, of("owners"), of("delays"))
    fill(con, count, sources, value=wanted.value)
    copy_to(con, f"SELECT * FROM {of('units')}", wanted.kept)
    shutil.rmtree(folder)
