"""Counted in parts: the tables of each count are those of all records at once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import small_home

from indicators import CATALOGUE
from indicators.contract import Count
from release.cubes import Cube, cube_of
from release.parts import Part, Wanted, can_be_parted, count_part, deal, put_together
from release.placing import Placer
from release.tables import Source, prepare
from store.engine import open_for_writing
from store.home import Home
from store.work import deliveries, records_path

PARTS = 3
COUNTS = {
    f"{code} {side}": (count, indicator.counting == "value")
    for code, indicator in CATALOGUE.items()
    for side, count in (("numerator", indicator.numerator), ("denominator", indicator.denominator))
    if can_be_parted(count)
}


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The placed records of a small home."""
    home = Home(tmp_path_factory.mktemp("small"))
    with pytest.MonkeyPatch.context() as patch, duckdb.connect() as con:
        small_home.shrink(patch.setattr)
        small_home.furnish(home, tmp_path_factory.mktemp("deliveries"))
        sources = [
            Source(d.kind, d.partner, records_path(home, d), d.sequence, d.received_at.date())
            for d in deliveries(open_for_writing(home))
        ]
        prepare(con, sources, Placer(home.boundaries), b"secret")
        yield con


def tables(con: duckdb.DuckDBPyConnection, count: Count, *, value: bool) -> list[pd.DataFrame]:
    """Return the tables of a count, sorted, and forget them."""
    cube = Cube(count)
    names = [cube.cells, *map(cube.roaming, count.subjects), *([cube.owners] if value else [])]
    found = [con.execute(f"SELECT * FROM {name} ORDER BY ALL").df() for name in names]
    for name in names:
        con.execute(f"DROP TABLE {name}")
    return found


def in_parts(con: duckdb.DuckDBPyConnection, wanted: Wanted, folder: Path) -> list[Part]:
    parts = deal(con, [wanted], folder, PARTS, "500MB")
    for part in parts:
        count_part(part)
    put_together(con, wanted, parts[0].folder.parent)
    return parts


@pytest.mark.parametrize("name", COUNTS)
def test_the_parts_together_are_the_whole(
    name: str, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    count, value = COUNTS[name]
    (tmp_path / "whole").mkdir()
    cube_of(con, count, value=value, kept=tmp_path / "whole" / "kept.parquet")
    whole = tables(con, count, value=value)
    (tmp_path / "parts" / "whole").mkdir(parents=True)
    wanted = Wanted(count, value, tmp_path / "parts" / "whole" / "kept.parquet")
    in_parts(con, wanted, tmp_path / "work")
    together = tables(con, count, value=value)
    for found, expected in zip(together, whole, strict=True):
        pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    kept = [
        con.execute(f"SELECT * FROM '{path}' ORDER BY ALL").df()
        for path in (wanted.kept, tmp_path / "whole" / "kept.parquet")
    ]
    pd.testing.assert_frame_equal(*kept)


def test_what_is_counted_is_not_counted_again(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    count = CATALOGUE["VG01"].numerator
    parts = deal(con, [Wanted(count, False, tmp_path / "x")], tmp_path, PARTS, "500MB")
    folder = count_part(parts[0])
    stamps = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert count_part(parts[0]) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == stamps
    assert [path.name for path in folder.parent.iterdir()] == ["0"], "what ends halfway is no part"


def test_sales_of_an_object_that_are_torn_apart_are_missed(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """So `together` matters, and the test above would see it."""
    count = CATALOGUE["VG02"].numerator
    cube_of(con, count)
    whole = tables(con, count, value=False)[0]["units"].sum()
    in_parts(con, Wanted(replace(count, together=""), False, tmp_path / "kept"), tmp_path)
    torn = tables(con, count, value=False)[0]["units"].sum()
    assert 0 < torn < whole


def test_what_a_worker_that_ended_left_is_no_part(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = CATALOGUE["VG01"].numerator
    cube_of(con, count)
    whole = tables(con, count, value=False)
    wanted = Wanted(count, False, tmp_path / "kept.parquet")
    parts = deal(con, [wanted], tmp_path, PARTS, "500MB")
    monkeypatch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        count_part(parts[0])
    monkeypatch.undo()
    for part in parts:
        count_part(part)
    put_together(con, wanted, parts[0].folder.parent)
    for found, expected in zip(tables(con, count, value=False), whole, strict=True):
        pd.testing.assert_frame_equal(found, expected, check_dtype=False)
