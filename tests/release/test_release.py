"""A release holds nothing exact, says what it is, and is the same when it is built again."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import small_home
from released import content, rows
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

import operations.build as build_module
from indicators import CATALOGUE
from operations.build import build
from release.noise import noise_at
from release.periods import calendar_of
from store.engine import work_engine
from store.home import Home
from store.release import LEVEL_NUMBERS, current_release, open_release
from store.work import deliveries

EVERY_WAY = ("BD03", "BD04", "CV01", "KR01", "MS01", "TB03")
"""A stock, one with strata, a flow, one of windows, a public one, and amounts."""

WIDEST = noise_at("hex9").variance ** 0.5
"""Of counts of 12 months at gemeente and below."""


@pytest.mark.long
def test_two_builds_of_the_same_inputs_hold_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every way of counting and all evidence, on some hundreds of records of each kind."""
    small_home.shrink_land(monkeypatch.setattr)
    chosen = {code: CATALOGUE[code] for code in EVERY_WAY}
    monkeypatch.setattr(build_module, "CATALOGUE", chosen)
    home = Home(tmp_path / "home")
    home.root.mkdir()
    small_home.furnish(home, tmp_path, 400)
    small_home.furnish_busy(home, tmp_path)
    first = build(home).path
    before = content(first), rows(first, "figure"), rows(first, "score"), rows(first, "area")
    assert len(before[1]) > 1_000
    published = build(home, again=True)
    assert published.fresh
    assert published.path == first
    assert content(first) == before[0]
    for table, earlier in zip(("figure", "score", "area"), before[1:], strict=True):
        pd.testing.assert_frame_equal(rows(first, table), earlier)


def test_published_counts_are_the_exact_ones_with_little_noise(example_home: Home) -> None:
    """Zeros stay zero, 1 to 4 are never shown, and the others move by little: three deviations."""
    path = current_release(example_home.releases)
    figures = rows(path, "figure", "indicator_id, level, area_id, period_id, numerator").merge(
        rows(path, "passport").rename(columns={"id": "indicator_id"})[["indicator_id", "code"]]
    )
    keys = ["level", "area_id", "period_id"]
    fine = figures["level"] >= LEVEL_NUMBERS["gemeente"]
    small_ones, moves = 0, []
    for code in ("BD01", "CV01", "VG01"):
        exact = pd.read_parquet(example_home.counts / path.stem / f"{code}.parquet")
        both = figures[fine & (figures["code"] == code)].merge(exact, on=keys)
        assert not both["numerator"].between(0.5, 4.5).any()
        assert (both.loc[both["amount_numerator"] == 0, "numerator"] == 0).all()
        small_ones += int(both["amount_numerator"].between(1, 4).sum())
        large = both[both["amount_numerator"] >= 5]
        moves.append(large["numerator"] - large["amount_numerator"])
    assert small_ones > 1_000
    assert (pd.concat(moves).abs() <= 3 * WIDEST).mean() > 0.97
    assert abs(pd.concat(moves).mean()) < 0.5


def test_the_example_says_that_it_is_invented(example_home: Home) -> None:
    info = rows(current_release(example_home.releases), "info").set_index("key")["value"]
    assert info["invented"] == info["public"] == "yes"


def test_nothing_exact_and_no_pseudonym_is_in_the_release(example_home: Home) -> None:
    path = current_release(example_home.releases)
    data = path.read_bytes()
    business = next((example_home.records / "business").glob("*.parquet"))
    for pseudonym in pd.read_parquet(business)["firm_id"].head(200):
        assert pseudonym.encode() not in data
    with open_release(path).connect() as connection:
        names = connection.execute(text("SELECT group_concat(sql) FROM sqlite_master")).scalar_one()
    assert "exact" not in str(names)
    assert "key_numerator" not in str(names)
    for delivery in deliveries(work_engine(example_home)):
        assert delivery.sha256.encode() not in data, "who has a file could see that it was read"


def test_a_release_opens_for_reading_only(example_home: Home) -> None:
    with (
        open_release(current_release(example_home.releases)).connect() as connection,
        pytest.raises(OperationalError, match="readonly"),
    ):
        connection.execute(text("DELETE FROM figure"))


def test_scores_are_the_sum_of_their_contributions(example_home: Home) -> None:
    path = current_release(example_home.releases)
    keys = ["level", "period_id", "area_id"]
    figures = rows(path, "figure", ", ".join([*keys, "contribution"]))
    added = figures.dropna(subset="contribution").groupby(keys)["contribution"].sum()
    total = rows(path, "score").set_index(keys)["total"]
    assert len(total) > 1_000
    np.testing.assert_allclose(added.reindex(total.index), total, atol=1e-9)


def test_hexagons_and_areas_know_their_gemeente(example_home: Home) -> None:
    areas = rows(current_release(example_home.releases), "area")
    hexes = areas[areas["level"] >= LEVEL_NUMBERS["hex7"]]
    assert (hexes["gemeente"] != "").mean() > 0.99
    gemeenten = set(areas.loc[areas["level"] == LEVEL_NUMBERS["gemeente"], "code"])
    assert set(hexes["gemeente"]) - {""} <= gemeenten


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
