"""Looks that are taken once: many indicators count over the same."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import duckdb
import pandas as pd

from indicators import Indicator
from release.looking import Looking
from release.standing import Standing, identity


class Looked(NamedTuple):
    """What is counted now by area and period, and what figures are drawn from: what stands."""

    now: pd.DataFrame
    stands: pd.DataFrame


def look(looking: Looking, standing: Standing | None) -> Looked:
    """Return what a count holds at a level; without ``standing`` nothing stands."""
    looks, spans = looking.now(), looking.spans()
    now = looking.figures(looks, spans)
    if standing is None or looking.count.open:
        return Looked(now, now)
    held = looking.standing(looks, standing)
    return Looked(now, looking.figures(held, spans, standing))


def shared_denominators(indicators: Iterable[Indicator]) -> set[str]:
    """Return the identities of denominators that several indicators count over."""
    times = Counter(identity(indicator.denominator) for indicator in indicators)
    return {name for name, number in times.items() if number > 1}


def look_once(looking: Looking, standing: Standing | None) -> Looked:
    """Return it as well; what was looked at before in this build is read from its database."""
    kept = f"looked_{identity(looking.count)}_{looking.level}_{looking.places}_{looking.value:d}"
    names = [f"{kept}_{part}" for part in Looked._fields]
    con = looking.con
    if not con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", names[-1:]).fetchone():
        found = look(looking, standing)
        for name, frame in zip(names, found, strict=True):
            _keep(con, name, frame)
        return found
    return Looked(*(con.execute(f"SELECT * FROM {name}").df() for name in names))


def _keep(con: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    con.register("looked", frame)
    con.execute(f"CREATE TABLE {name} AS SELECT * FROM looked")
    con.unregister("looked")
