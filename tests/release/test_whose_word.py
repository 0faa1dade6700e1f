"""A build counts what its partner may deliver, also where an earlier version took in more."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from incidents import GRONINGEN, incidents, kept
from stored_records import store

from geo.areas import gemeenten
from records import KINDS
from release.tables import Source, _load
from release.whose_word import leave_out_others

Load = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def loaded(*deliveries: tuple[str, str, pd.DataFrame]) -> duckdb.DuckDBPyConnection:
        con, sources = duckdb.connect(), []
        for number, (kind, partner, given) in enumerate(deliveries, start=1):
            path = tmp_path / f"{number}.parquet"
            frame = kept(given) if KINDS[kind].located else given
            store(KINDS[kind], frame, partner.partition(":")[0], path)
            sources.append(Source(kind, partner, path, number))
        for one in KINDS.values():
            _load(con, one, [source for source in sources if source.kind == one.name], "secret")
        leave_out_others(con, gemeenten())
        return con

    return loaded


def figure(name: str, value: float, day: str = "2024-01-01") -> pd.DataFrame:
    row = {"figure": name, "level": "gemeente", "area": "GM0363", "date": pd.Timestamp(day)}
    return pd.DataFrame([{**row, "months": 0, "value": value, "source": "test"}])


def values(con: duckdb.DuckDBPyConnection) -> list[tuple[str, float]]:
    query = "SELECT partner, value::DOUBLE FROM raw_area_figure ORDER BY ALL"
    return [(str(partner), float(value)) for partner, value in con.execute(query).fetchall()]


@pytest.mark.parametrize("day", ["2024-01-01", "2025-01-01"])
def test_a_figure_is_corrected_by_its_own_source_only(load: Load, day: str) -> None:
    """Neither the same day nor a later one lets another partner speak for the source."""
    con = load(
        ("area_figure", "cbs", figure("inhabitants", 900_000)),
        ("area_figure", "bzk", figure("inhabitants", 100, day)),
    )
    assert values(con) == [("cbs", 900_000)]


def test_the_source_corrects_itself(load: Load) -> None:
    con = load(
        ("area_figure", "cbs", figure("inhabitants", 900_000)),
        ("area_figure", "cbs", figure("inhabitants", 905_000)),
    )
    assert values(con) == [("cbs", 905_000)]


def test_what_a_partner_may_not_deliver_at_all_is_left_out(load: Load) -> None:
    con = load(
        ("area_figure", "gemeente:GM0599", figure("inhabitants", 100)),
        ("incident", "kvk", incidents(4)),
        ("incident", "politie", incidents(3, prefix="VERZONNEN-P")),
    )
    assert values(con) == []
    partners = con.execute("SELECT DISTINCT partner FROM raw_incident").fetchall()
    assert partners == [("politie",)]


def test_what_lies_outside_the_area_of_its_deliverer_is_left_out(load: Load) -> None:
    both = pd.concat([incidents(3), incidents(2, GRONINGEN, "VERZONNEN-G")])
    con = load(("incident", "gemeente:GM0599", both), ("incident", "gemeente:GM0014", both))
    rows = con.execute(
        "SELECT deliverer, count(*) FROM raw_incident GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert rows == [("gemeente:GM0014", 2), ("gemeente:GM0599", 3)]
