"""k means subjects: who has many records counts once where few are, and widens noise elsewhere."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gamma

from analysis.noisy_rates import Rates, posterior_rates
from indicators.contract import Count, events, state
from release.cubes import cube_of
from release.look_tables import area_key_table, period_table
from release.looking import Looking
from release.looks import KEY_RANGE
from release.noise import SideTables, flow_noise, noise_at
from release.periods import PeriodKind, calendar_of
from release.protection import Held, protect, protected_counts, protected_subjects
from release.standing import Standing, changed_subjects
from release.widths import WIDTH, widths
from release.window_subjects import stand_subjects, with_subjects
from store.release import LEVEL_NUMBERS

K = 5
NOISE = noise_at("gemeente", K)
PERIODS = calendar_of(date(2024, 1, 1), date(2025, 12, 31))
DRAWS = 20_000

PURCHASES = events(
    "SELECT place, date, 1 AS amount, unit, buyer_id AS buyer, object_id AS object FROM sale",
    "buyer",
    "object",
)
FREE = events(f"{PURCHASES.sql} WHERE free", "buyer", "object")
FIRMS = state("SELECT place, moment, 1 AS amount, unit, firm_id AS firm FROM shop", "firm")
CROWDED = state(
    "SELECT place, moment, 1 AS amount, unit, firm_id AS firm, address_id AS address FROM shop",
    "firm",
    "address",
)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Two gemeenten: of the first all shops are one firm's, and all purchases one buyer's."""
    official = pd.DataFrame({"level": "gemeente", "id": [1, 2], "code": ["GM1", "GM2"]})
    with duckdb.connect(config={"threads": 1}) as con:
        period_table(con, PERIODS)
        area_key_table(con, official, pd.DataFrame({"level": [], "id": [], "cell": []}), "secret")
        con.execute("CREATE TABLE place AS SELECT range AS place, range AS gemeente FROM range(3)")
        con.execute(
            "CREATE TABLE shop AS SELECT 1 AS place, range::UINTEGER * 7919 AS unit, 'chain' AS"
            " firm_id, 'A' || range AS address_id, DATE '2025-12-31' AS moment FROM range(7)"
            " UNION ALL SELECT 2, range * 104729, 'F' || (range // 3), 'A' || (range % 2),"
            " DATE '2025-12-31' FROM range(30)"
        )
        con.execute(
            "CREATE TABLE sale AS SELECT 1 AS place, range::UINTEGER * 7919 AS unit, 'K' AS"
            " buyer_id, 'O' || range AS object_id, DATE '2025-01-15' + to_months(range::INTEGER) AS"
            " date, true AS free FROM range(7) UNION ALL SELECT 2, range * 104729,"
            " 'K' || (range % 8), 'O' || range, DATE '2025-01-15' + to_months((range % 12)::INT),"
            " range % 3 = 0 FROM range(24)"
        )
        yield con


def looked(con: duckdb.DuckDBPyConnection, count: Count) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what each look holds, and what each figure is drawn from, by gemeente."""
    cube_of(con, count)
    looking = Looking(con, count, "gemeente")
    looks = looking.now()
    figures = looking.figures(looks, looking.spans())
    last = max(p.id for p in PERIODS if p.kind == "year")
    return looks, figures[figures["period_id"] == last].set_index("area_id").sort_index()


def test_who_is_behind_a_stock(con: duckdb.DuckDBPyConnection) -> None:
    _, figures = looked(con, FIRMS)
    assert figures[["units", "subjects", "most"]].to_numpy().tolist() == [[7, 1, 7], [30, 10, 3]]


def test_of_several_subjects_the_fewest_count_and_places_widen_nothing(
    con: duckdb.DuckDBPyConnection,
) -> None:
    _, figures = looked(con, CROWDED)
    assert figures[["units", "subjects", "most"]].to_numpy().tolist() == [[7, 1, 7], [30, 2, 3]]


def test_subjects_of_a_window_are_not_those_of_its_quarters(con: duckdb.DuckDBPyConnection) -> None:
    """Seven purchases in three quarters are one buyer's, and eight buyers buy thrice each."""
    looks, figures = looked(con, PURCHASES)
    quarters = looks[looks["look"].str.contains("Q")].groupby("area_id")["subjects"]
    assert quarters.sum().tolist() == [3, 24]
    assert figures[["units", "subjects", "most"]].to_numpy().tolist() == [[7, 1, 7], [24, 8, 3]]


def test_a_part_that_is_all_has_noise_of_its_own(con: duckdb.DuckDBPyConnection) -> None:
    """Else seven of seven purchases would be shown as all of them, in every release."""
    keys = []
    for count, part in ((FREE, True), (PURCHASES, False)):
        cube_of(con, count)
        looks = Looking(con, count, "gemeente", part=part).now()
        keys.append(looks[looks["area_id"] == 1].set_index("look")["key"].sort_index())
    assert (keys[0] != keys[1]).all()


def drawn(units: int, subjects: int, most: int, seed: int = 1) -> np.ndarray:
    """Return how a count is shown, by keys."""
    keys = np.random.default_rng(seed).integers(0, KEY_RANGE, DRAWS)
    held = Held(*(np.full(DRAWS, value) for value in (units, 0, subjects, most)))
    return protected_subjects(held._replace(key=keys), NOISE).shown


def test_seven_establishments_of_one_firm_are_shown_as_one_subject_is() -> None:
    keys = np.random.default_rng(1).integers(0, KEY_RANGE, DRAWS)
    one = protected_counts(np.ones(DRAWS), keys, NOISE)
    np.testing.assert_array_equal(drawn(7, 1, 7), one)
    assert (one == 0).mean() > 0.7


@pytest.mark.parametrize("whole", [7, 40])
def test_one_buyer_is_never_surely_all(whole: int) -> None:
    """Seven purchases without mortgage by one buyer, alone in a place or among 33 others."""
    chance = np.random.default_rng(2)
    keys = {f"key_{side}": chance.integers(0, KEY_RANGE, DRAWS) for side in SideTables._fields}
    frame = pd.DataFrame({"level": LEVEL_NUMBERS["gemeente"], "area_id": 1, **keys, "period_id": 1})
    behind = {"numerator": (7, 1, 7), "denominator": (whole, 1 + whole - 7, 7)}
    for side, (units, subjects, most) in behind.items():
        for name, value in (("units", units), ("subjects", subjects), ("most", most)):
            frame[f"{name}_{side}"] = value
        frame[f"amount_{side}"] = float(units)
    kinds: dict[int, PeriodKind] = {1: "year"}
    both = SideTables(flow_noise(K), flow_noise(K))
    shown = protect(frame, kinds, both, value=False, share=True, open_below=False)
    seen = shown[shown["denominator"] > 0]
    assert ((seen["numerator"] == 0) | (seen["numerator"] >= K)).all()
    assert (seen["numerator"] == seen["denominator"]).mean() < 0.25
    assert (seen["numerator"] == 0).mean() > 0.5


def test_widths_say_the_largest_part_within_a_factor_of_two() -> None:
    most = np.arange(1, 300)
    found = widths(np.full(299, K), most, K)
    assert (found >= most).all()
    assert (found < 2 * most).all()
    assert (np.log2(found) % 1 == 0).all()
    assert (widths(np.full(299, K - 1), most, K) == 1).all()


@settings(max_examples=30, deadline=None)
@given(parts=st.lists(st.integers(1, 30), min_size=1, max_size=40), k=st.sampled_from([3, 5, 8]))
def test_whoever_has_how_many(parts: list[int], k: int) -> None:
    noise = noise_at("gemeente", k)
    keys = np.random.default_rng(len(parts)).integers(0, KEY_RANGE, DRAWS)
    held = Held(*(np.full(DRAWS, n) for n in (sum(parts), 0, len(parts), max(parts))))
    shown, width = protected_subjects(held._replace(key=keys), noise)
    assert ((shown == 0) | (shown >= k)).all()
    error = 5 * shown.std() / np.sqrt(DRAWS) + 1e-9
    if len(parts) < k:
        assert shown.mean() == pytest.approx(len(parts), abs=error)
    else:
        assert shown.mean() == pytest.approx(sum(parts), abs=error)
        assert shown.std() >= 0.95 * max(parts)
        assert (shown % width == 0).all()


def test_nothing_of_the_last_record_is_left_in_what_is_shown() -> None:
    """A count plus wide noise would show by its remainder whether one record more is there."""
    for units in (40, 41, 42, 43):
        assert (drawn(units, 20, 4) % 4 == 0).all()


def test_a_numerator_that_is_cut_stays_in_whole_units() -> None:
    frame = pd.DataFrame(
        {
            "level": LEVEL_NUMBERS["gemeente"],
            "area_id": range(2_000),
            "period_id": 1,
            **{f"{c}_numerator": 40 for c in ("amount", "units")},
            **{f"{c}_denominator": 41 for c in ("amount", "units")},
            **{f"subjects_{side}": 20 for side in SideTables._fields},
            "most_numerator": 8,
            "most_denominator": 1,
        }
    )
    chance = np.random.default_rng(3)
    for side in SideTables._fields:
        frame[f"key_{side}"] = chance.integers(0, KEY_RANGE, len(frame))
    both = SideTables(flow_noise(K), flow_noise(K))
    shown = protect(frame, {1: "year"}, both, value=False, share=True, open_below=False)
    assert (shown["numerator"] <= shown["denominator"]).all()
    assert (shown["numerator"] % shown[WIDTH] == 0).all()
    assert ((shown["numerator"] == 0) | (shown["numerator"] >= K)).all()


@pytest.mark.parametrize("level", ["gemeente", "hex8"])
@pytest.mark.parametrize(("subjects", "most"), [(9, 20), (28, 1), (2, 20)])
def test_a_zero_that_may_be_a_hundred_is_left_out(level: str, subjects: int, most: int) -> None:
    """One buyer has 20 of 28 purchases: from gemeente up a 0 would be taken for few."""
    frame = pd.DataFrame({"level": LEVEL_NUMBERS[level], "area_id": range(500), "period_id": 1})
    frame["key_denominator"] = np.random.default_rng(4).integers(0, KEY_RANGE, len(frame))
    for name, value in (("amount", 28.0), ("units", 28), ("subjects", subjects), ("most", most)):
        frame[f"{name}_denominator"] = value
    nothing = dict.fromkeys((f"{c}_numerator" for c in ("amount", *Held._fields)), 0)
    both = SideTables(flow_noise(K), flow_noise(K))
    shown = protect(
        frame.assign(**nothing), {1: "year"}, both, value=False, share=True, open_below=False
    )
    zero = (shown["denominator"] == 0).any()
    if level == "gemeente" and (subjects, most) == (9, 20):
        assert not zero
        assert 0 < len(shown) < len(frame)
    else:
        assert len(shown) == len(frame)
        assert zero == (subjects < 28)


def _with_chains(share: float, biggest: int) -> tuple[np.ndarray, Rates, np.ndarray]:
    """Return the true rates of 20,000 places, their intervals, and how wide their units are.

    A ``share`` of places has firms with up to ``biggest`` establishments, a third of all there.
    """
    chance = np.random.default_rng(5)
    exposure = chance.lognormal(5, 1, DRAWS).round() + 5
    rate = gamma.rvs(4, scale=0.1 / 4, size=DRAWS, random_state=chance)
    size = chance.integers(2, biggest + 1, DRAWS)
    expected = np.where(chance.uniform(size=DRAWS) < share, 0.3 * rate * exposure / size, 0.0)
    chains = chance.poisson(expected)
    single = chance.poisson(rate * exposure - expected * size)
    units = single + chains * size
    most = np.where(chains > 0, size, np.minimum(single, 1))
    keys = chance.integers(0, KEY_RANGE, DRAWS)
    shown, width = protected_subjects(Held(units, keys, single + chains, most), NOISE)
    found = posterior_rates(shown, exposure, NOISE.table, width=width)
    assert found is not None
    return rate, found, width


@pytest.mark.parametrize(("share", "biggest"), [(0.3, 4), (0.3, 15), (1.0, 15)])
def test_intervals_hold_where_firms_have_many_establishments(share: float, biggest: int) -> None:
    rate, found, width = _with_chains(share, biggest)
    inside = (found.low <= rate) & (rate <= found.high)
    assert 0.86 <= inside.mean() <= 0.94
    assert 0.86 <= inside[width > 1].mean() <= 0.96


def test_seven_new_establishments_of_one_firm_are_one_changed_subject() -> None:
    columns = ["units", "subjects", "most", "units_drawn", "subjects_drawn", "most_drawn"]
    rows = [
        (27, 21, 7, 20, 20, 1),
        (27, 20, 8, 20, 20, 1),
        (27, 27, 1, 20, 20, 1),
        (20, 20, 1, 27, 21, 7),
        (20, 19, 2, 20, 20, 1),
        (60, 40, 2, 20, 20, 1),
    ]
    found = changed_subjects(
        pd.DataFrame(rows, columns=columns), ("units_drawn", "subjects_drawn", "most_drawn")
    )
    assert found.tolist() == [1, 1, 7, 1, 0, 20]


def test_the_subjects_of_a_window_stand_until_a_quarter_is_drawn_anew(tmp_path: Path) -> None:
    def built(number: int, spans: list[tuple[int, int]], keys: list[int]) -> list[list[int]]:
        now = tmp_path / str(number)
        now.mkdir()
        before = tmp_path / str(number - 1) if number else None
        windows = pd.DataFrame({"area_id": [1, 2], "area": ["GM1", "GM2"], "look": "2025-12-12m"})
        windows = windows.assign(units=[20, 30], key=keys)
        counted = windows[["area_id", "look"]].assign(
            subjects=[s for s, _ in spans], most=[m for _, m in spans]
        )
        held = with_subjects(windows, counted)
        standing = Standing(before, now, b"secret", K)
        found = stand_subjects(standing, PURCHASES, "gemeente", held)
        return found[["subjects", "most"]].to_numpy().tolist()

    assert built(0, [(12, 4), (5, 9)], [1_000, 2_000_000]) == [[12, 4], [5, 9]]
    assert built(1, [(11, 5), (4, 10)], [1_000, 2_000_001]) == [[12, 4], [5, 9]]
    assert built(2, [(11, 5), (4, 10)], [1_000, 3_000_000]) == [[12, 4], [4, 10]]
    assert built(3, [(50, 0), (1, 99)], [9_000, 9_000_000]) == [[20, 1], [1, 30]]
