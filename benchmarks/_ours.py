"""Our own way to the same seven indicators: intake, places and counts, nothing left out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd

from demo.deliveries import LIST
from indicators import CATALOGUE
from intake.listing import read_list
from intake.receive import receive
from operations.build import counting_database, counting_folder
from release.counting import count_indicator
from release.placing import Placer
from release.tables import Prepared, Source, prepare
from store.engine import open_for_writing
from store.home import Home
from store.noise_key import noise_key
from store.work import deliveries, records_path

SEVEN = ("BD01", "BD03", "BD04", "LO01", "TB03", "VG01", "VG02")
READ = ("business", "property_transaction", "trade_declaration")
"""The kinds of record that the seven read."""


def take_in(folder: Path, home: Home) -> None:
    """Take in the deliveries in ``folder`` that the seven read."""
    for kind, file, partner in read_list(folder / LIST):
        if kind in READ:
            receive(kind, file, partner, home)


@contextmanager
def places(home: Home) -> Iterator[tuple[duckdb.DuckDBPyConnection, Prepared]]:
    """Give a database with what was taken in, placed."""
    sources = [
        Source(d.kind, d.partner, records_path(home, d), d.sequence, d.received_at.date())
        for d in deliveries(open_for_writing(home))
    ]
    with counting_folder(home) as folder, counting_database(folder) as con:
        yield con, prepare(con, sources, Placer(home.boundaries), noise_key(home))


def counts(con: duckdb.DuckDBPyConnection, prepared: Prepared) -> pd.DataFrame:
    """Return the exact counts of the seven, by the numbers of areas and periods."""
    ids = {str(level): part["id"].tolist() for level, part in prepared.official.groupby("level")}
    found = (
        count_indicator(con, CATALOGUE[code], ids, None).exact.unprotected.assign(code=code)
        for code in SEVEN
    )
    return pd.concat(found)


def intake_and_counts(folder: Path, root: Path, target: Path) -> None:
    """Count the seven into the folder ``target``, with what their numbers stand for."""
    home = Home(root)
    take_in(folder, home)
    with places(home) as (con, prepared):
        counts(con, prepared).to_parquet(target / "counts.parquet")
    prepared.official[["id", "code"]].to_parquet(target / "official.parquet")
    prepared.hexagons[["id", "cell"]].to_parquet(target / "hexagons.parquet")
    periods = pd.DataFrame([vars(period) for period in prepared.periods])
    periods[["id", "code"]].to_parquet(target / "periods.parquet")
