"""A release is named by what it rests on, appears whole or not at all, and holds nothing exact."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

import release.build as build_module
from demo import deliveries as example
from errors import WeerbeeldError
from intake.receive import receive
from release.build import build
from release.periods import calendar_of
from store.engine import work_engine
from store.home import Home
from store.release import LEVEL_NUMBERS, current_release, open_release
from store.work import deliveries

ROOT = Path(__file__).resolve().parents[2]


def _listed(folder: Path) -> list[tuple[str, Path, str]]:
    rows = pd.read_csv(folder / "deliveries.csv", sep=";", dtype=str)
    return [
        (kind, folder / file, partner)
        for kind, file, partner in zip(rows["kind"], rows["file"], rows["partner"], strict=True)
    ]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a twentieth of the example, all taken in but the last delivery, and built."""
    home = Home(tmp_path_factory.mktemp("small"))
    example.write(home.root / "demo", scale=0.05)
    for kind, file, partner in _listed(home.root / "demo")[:-1]:
        receive(kind, file, partner, home)
    build(home)
    return home


def _rows(path: Path, table: str) -> pd.DataFrame:
    with open_release(path).connect() as connection:
        return pd.read_sql(text(f"SELECT * FROM {table}"), connection)


def _content(path: Path) -> str:
    with open_release(path).connect() as connection:
        query = text("SELECT value FROM info WHERE key = 'content'")
        return str(connection.execute(query).scalar_one())


def test_two_builds_of_the_same_inputs_hold_the_same_rows(small: Home) -> None:
    first = current_release(small.releases)
    before = _content(first), _rows(first, "figure"), _rows(first, "score"), _rows(first, "area")
    published = build(small, again=True)
    assert published.fresh
    assert published.path == first
    assert _content(first) == before[0]
    for table, rows in zip(("figure", "score", "area"), before[1:], strict=True):
        pd.testing.assert_frame_equal(_rows(first, table), rows)


def test_an_unchanged_build_does_nothing(small: Home) -> None:
    path = current_release(small.releases)
    stamp = path.stat().st_mtime_ns
    assert not build(small).fresh
    assert path.stat().st_mtime_ns == stamp


def test_another_delivery_makes_another_release(small: Home) -> None:
    before = current_release(small.releases)
    kind, file, partner = _listed(small.root / "demo")[-1]
    receive(kind, file, partner, small)
    after = build(small)
    assert after.fresh
    assert after.path != before
    assert before.exists(), "an earlier release stays"
    assert current_release(small.releases) == after.path


def test_a_build_that_fails_leaves_the_release_served(
    small: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, stamp = (
        current_release(small.releases),
        current_release(small.releases).stat().st_mtime_ns,
    )

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("halfway")

    monkeypatch.setattr(build_module, "make_current", broken)
    monkeypatch.setattr("release.writing._fill", broken)
    with pytest.raises(RuntimeError, match="halfway"):
        build(small, again=True)
    assert current_release(small.releases) == path
    assert path.stat().st_mtime_ns == stamp
    assert not list(small.releases.glob("*.partial"))


def test_borders_that_arrive_during_a_build_end_it(
    small: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, placed = current_release(small.releases), small.boundaries / "wijk_2022.parquet"
    stamp = path.stat().st_mtime_ns

    def arriving(*_: object) -> None:
        small.boundaries.mkdir(parents=True, exist_ok=True)
        placed.write_bytes(b"borders")

    monkeypatch.setattr(build_module, "contents_of", arriving)
    with pytest.raises(WeerbeeldError, match="borders were taken in while"):
        build(small, again=True)
    placed.unlink()
    assert current_release(small.releases) == path
    assert path.stat().st_mtime_ns == stamp


def test_a_killed_build_leaves_the_release_served(small: Home) -> None:
    path = current_release(small.releases)
    content = _content(path)
    program = textwrap.dedent(
        f"""
        from pathlib import Path
        from release.build import build
        from store.home import Home
        build(Home(Path({str(small.root)!r})), again=True)
        """
    )
    for wait in (4.0, 9.0, 13.0):
        child = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
        time.sleep(wait)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        assert current_release(small.releases) == path
        assert _content(path) == content
    assert build(small, again=True).fresh
    assert not list(small.releases.glob("*.partial"))


def test_published_counts_are_the_exact_ones_with_little_noise(small: Home) -> None:
    """Zeros stay zero, 1 to 4 are never shown, and 99% of the others move by at most four."""
    path = build(small).path
    figures = _rows(path, "figure").merge(
        _rows(path, "passport").rename(columns={"id": "indicator_id"})[["indicator_id", "code"]]
    )
    keys = ["level", "area_id", "period_id"]
    fine = figures["level"] >= LEVEL_NUMBERS["gemeente"]
    small_ones, moves = 0, []
    for code in ("BD01", "CV01", "VG01"):
        exact = pd.read_parquet(small.counts / path.stem / f"{code}.parquet")
        both = figures[fine & (figures["code"] == code)].merge(exact, on=keys)
        assert not both["numerator"].between(0.5, 4.5).any()
        assert (both.loc[both["amount_numerator"] == 0, "numerator"] == 0).all()
        small_ones += int(both["amount_numerator"].between(1, 4).sum())
        large = both[both["amount_numerator"] >= 5]
        moves.append(large["numerator"] - large["amount_numerator"])
    assert small_ones > 1_000
    assert (pd.concat(moves).abs() <= 4).mean() > 0.97
    assert abs(pd.concat(moves).mean()) < 0.3


def test_the_example_says_that_it_is_invented(small: Home) -> None:
    info = _rows(current_release(small.releases), "info").set_index("key")["value"]
    assert info["invented"] == info["public"] == "yes"


def test_nothing_exact_and_no_pseudonym_is_in_the_release(small: Home) -> None:
    path = current_release(small.releases)
    data = path.read_bytes()
    business = next((small.records / "business").glob("*.parquet"))
    for pseudonym in pd.read_parquet(business)["firm_id"].head(200):
        assert pseudonym.encode() not in data
    with open_release(path).connect() as connection:
        names = connection.execute(text("SELECT group_concat(sql) FROM sqlite_master")).scalar_one()
    assert "exact" not in str(names)
    assert "key_numerator" not in str(names)
    for delivery in deliveries(work_engine(small)):
        assert delivery.sha256.encode() not in data, "who has a file could see that it was read"


def test_a_release_opens_for_reading_only(small: Home) -> None:
    with (
        open_release(current_release(small.releases)).connect() as connection,
        pytest.raises(OperationalError, match="readonly"),
    ):
        connection.execute(text("DELETE FROM figure"))


def test_scores_are_the_sum_of_their_contributions(small: Home) -> None:
    path = current_release(small.releases)
    keys = ["level", "period_id", "area_id"]
    added = _rows(path, "figure").dropna(subset="contribution").groupby(keys)["contribution"].sum()
    total = _rows(path, "score").set_index(keys)["total"]
    assert len(total) > 1_000
    np.testing.assert_allclose(added.reindex(total.index), total, atol=1e-9)


def test_hexagons_and_areas_know_their_gemeente(small: Home) -> None:
    areas = _rows(current_release(small.releases), "area")
    hexes = areas[areas["level"] >= LEVEL_NUMBERS["hex7"]]
    assert (hexes["gemeente"] != "").mean() > 0.99
    gemeenten = set(areas.loc[areas["level"] == LEVEL_NUMBERS["gemeente"], "code"])
    assert set(hexes["gemeente"]) - {""} <= gemeenten


def test_nothing_delivered_is_said(tmp_path: Path) -> None:
    with pytest.raises(WeerbeeldError, match="weerbeeld intake"):
        build(Home(tmp_path))


def test_a_lost_key_is_said(small: Home, tmp_path: Path) -> None:
    aside = tmp_path / "key"
    small.key_file.rename(aside)
    try:
        with pytest.raises(WeerbeeldError, match="backup"):
            build(small)
    finally:
        aside.rename(small.key_file)


@pytest.mark.parametrize(
    ("first", "last", "months", "quarters", "windows"),
    [
        ("2023-07-01", "2026-06-30", 36, 12, 9),
        ("2023-07-01", "2026-06-20", 35, 11, 8),
        ("2024-01-15", "2024-12-31", 12, 4, 1),
        ("2024-02-01", "2024-02-29", 1, 0, 0),
        ("2015-01-01", "2025-12-31", 60, 20, 17),
    ],
)
def test_the_calendar_holds_whole_periods_only(
    first: str, last: str, months: int, quarters: int, windows: int
) -> None:
    begin, end = pd.Timestamp(first).date(), pd.Timestamp(last).date()
    periods = calendar_of(begin, end)
    kinds = [period.kind for period in periods]
    assert [kinds.count(k) for k in ("month", "quarter", "year")] == [months, quarters, windows]
    assert [period.id for period in periods] == list(range(1, len(periods) + 1))
    assert all(period.end <= end + pd.Timedelta(days=3) for period in periods)
