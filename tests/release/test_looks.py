"""Figures that hold the same records share their noise: windows are the sum of their quarters."""

from collections.abc import Iterator
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest

from release.look_tables import area_key_table, period_table
from release.looks import KEY_RANGE, deviates, empty_keys, keys_of, mixed, over_windows
from release.periods import calendar_of, stock_moment

PERIODS = calendar_of(date(2023, 1, 1), date(2025, 12, 31))
AREAS = 4_000


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    codes = [f"GM{n}" for n in range(AREAS)]
    official = pd.DataFrame({"level": "gemeente", "id": range(1, AREAS + 1), "code": codes})
    with duckdb.connect(config={"threads": 1}) as con:
        period_table(con, PERIODS)
        area_key_table(con, official, pd.DataFrame({"level": [], "id": [], "cell": []}), "secret")
        yield con


def windows_of(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    found: pd.DataFrame = con.execute(
        "SELECT id AS period_id, last_quarter FROM period WHERE kind = 'year' ORDER BY id"
    ).df()
    return found


def quarters_of(units: np.ndarray, seed: int = 1) -> pd.DataFrame:
    """Return quarters that hold ``units`` (areas, quarters from the first of 2023)."""
    area, column = np.nonzero(units)
    keys = np.random.default_rng(seed).integers(0, KEY_RANGE, len(area))
    counts = units[area, column]
    frame = pd.DataFrame({"area_id": area + 1, "quarter": 2023 * 4 + 1 + column, "key": keys})
    return frame.assign(amount=counts * 2.0, units=counts)


def test_a_window_adds_up_four_quarters(con: duckdb.DuckDBPyConnection) -> None:
    units = np.random.default_rng(2).integers(0, 4, (AREAS, 12))
    found = over_windows(windows_of(con), quarters_of(units), empty_keys(con, "gemeente"))
    ends = [p for p in PERIODS if p.kind == "year"]
    for number, period in enumerate(ends):
        own = found[found["period_id"] == period.id].set_index("area_id")
        sums = units[:, number : number + 4].sum(axis=1)
        np.testing.assert_array_equal(own["units"], sums[sums > 0])
        np.testing.assert_allclose(own["amount"], 2.0 * sums[sums > 0])


def test_windows_that_overlap_share_their_noise(con: duckdb.DuckDBPyConnection) -> None:
    found = over_windows(
        windows_of(con), quarters_of(np.ones((AREAS, 12), dtype=int)), empty_keys(con, "gemeente")
    )
    noise = found.assign(noise=deviates(found["key"].to_numpy()))
    table = noise.pivot(index="area_id", columns="period_id", values="noise").to_numpy()
    alike = np.corrcoef(table.T)
    for apart in range(6):
        expected = max(1 - apart / 4, 0.0)
        np.testing.assert_allclose(np.diagonal(alike, apart), expected, atol=0.06)
    assert table.std() == pytest.approx(1, abs=0.03)
    assert np.abs(table.mean()) < 0.03


def test_the_same_records_bring_the_same_noise_wherever_they_are(
    con: duckdb.DuckDBPyConnection,
) -> None:
    quarters = quarters_of(np.ones((3, 12), dtype=int))
    twice = pd.concat([quarters, quarters.assign(area_id=quarters["area_id"] + 100)])
    found = over_windows(windows_of(con), twice, empty_keys(con, "gemeente")).set_index(
        ["area_id", "period_id"]
    )["key"]
    for area in (1, 2, 3):
        assert found[area].tolist() == found[area + 100].tolist()


def test_an_empty_quarter_has_noise_of_its_own(con: duckdb.DuckDBPyConnection) -> None:
    """Else a window with one record would have a quarter of the variance."""
    units = np.zeros((AREAS, 12), dtype=int)
    units[:, 5] = 1
    found = over_windows(windows_of(con), quarters_of(units), empty_keys(con, "gemeente"))
    assert deviates(found["key"].to_numpy()).std() == pytest.approx(1, abs=0.03)
    other = over_windows(windows_of(con), quarters_of(units, seed=3), empty_keys(con, "gemeente"))
    shared = np.corrcoef(deviates(found["key"].to_numpy()), deviates(other["key"].to_numpy()))
    assert shared[0, 1] == pytest.approx(0.75, abs=0.05)


def test_keys_and_deviates_are_two_ways_to_say_the_same() -> None:
    keys = np.random.default_rng(4).integers(0, KEY_RANGE, 1_000)
    assert np.abs(keys_of(deviates(keys)) - keys).max() <= 1
    other = mixed(keys, np.ones_like(keys))
    assert np.abs(np.corrcoef(keys, other)[0, 1]) < 0.1
    assert (other == mixed(keys, np.ones_like(keys))).all()


@pytest.mark.parametrize(
    ("end", "day"),
    [
        (date(2025, 12, 31), date(2025, 12, 31)),
        (date(2025, 9, 30), date(2024, 12, 31)),
        (date(2023, 3, 31), date(2023, 2, 28)),
    ],
)
def test_a_stock_is_looked_at_once_a_year(end: date, day: date) -> None:
    assert stock_moment(end, date(2023, 2, 28)) == day
