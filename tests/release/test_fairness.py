"""The test of fairness: it finds what scores follow, and nothing else can see what it reads."""

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
import small_home
from stored_records import store, write_sources

import indicators
import operations.build as build_module
from errors import WeerbeeldError
from geo.areas import gemeenten
from indicators import CATALOGUE
from indicators.contract import SCORED, Count, events, state
from indicators.forbidden import forbidden_terms
from intake.receive import receive
from records import KINDS
from records.figures import TEST_ONLY
from release.counting import count_indicator
from release.fairness import fairness
from release.open_facts import traits_of
from release.placing import Placer
from release.tables import Source, prepare
from store.evidence.contract import fault_of
from store.home import Home
from store.release import LEVEL_NUMBERS

CODES = gemeenten()["code"].tolist()
OFFICIAL = pd.DataFrame({"level": "gemeente", "code": CODES, "id": range(12, 12 + len(CODES))})
SIZE = np.linspace(-1, 1, len(CODES))
"""What the planted scores and characteristics follow, per gemeente."""


def figures(
    figure: str, value: np.ndarray, day: str = "2025-01-01", level: str = "gemeente"
) -> pd.DataFrame:
    """Return a delivery of one characteristic, of the first gemeenten."""
    frame = pd.DataFrame({"area": CODES[: len(value)], "value": np.round(value, 1)})
    frame = frame.assign(figure=figure, level=level, date=pd.Timestamp(day))
    return frame.assign(source="VERZONNEN bron", months=0)


def connected(*frames: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    """Return the table as delivered, holding these figures."""
    con = duckdb.connect()
    raw = pd.concat([figures("inhabitants", 50 + SIZE), *frames], ignore_index=True)
    con.register("given", raw.assign(row=range(len(raw))))
    con.execute(
        "CREATE TABLE raw_area_figure AS SELECT row, figure, level, area, date::DATE AS date,"
        " value::DECIMAL(18,2) AS value FROM given"
    )
    return con


def scores(total: np.ndarray, period: int = 9, **parts: np.ndarray) -> pd.DataFrame:
    """Return the scores of every gemeente; focus areas that are not given have none."""
    frame = pd.DataFrame({"area_id": OFFICIAL["id"], "total": total, "period_id": period})
    columns = {name: parts.get(name, np.full(len(total), np.nan)) for name in SCORED}
    return frame.assign(level=LEVEL_NUMBERS["gemeente"], percentile=50.0, class_=0, **columns)


def noise(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 1, len(CODES))


def test_a_planted_correlation_is_flagged_and_an_absent_one_is_not() -> None:
    con = connected(
        figures("share_low_income", 50 + 20 * SIZE),
        figures("share_age_15_to_24", 50 + 5 * noise(1)),
    )
    planted = SIZE + 0.1 * noise(2)
    given = scores(planted, tbml=noise(3), logistics=-planted)
    rows = {
        (row.characteristic, row.part): row for row in fairness(traits_of(con), given, OFFICIAL)
    }
    assert set(rows) == {
        (name, part)
        for name in ("share_low_income", "share_age_15_to_24")
        for part in ("total", "tbml", "logistics")
    }
    flagged = {key for key, row in rows.items() if row.flagged}
    assert flagged == {("share_low_income", "total"), ("share_low_income", "logistics")}
    assert rows["share_low_income", "total"].rho > 0.9
    assert rows["share_low_income", "logistics"].rho < -0.9
    for row in rows.values():
        assert row.score == "gemeente"
        assert row.places == len(CODES)
        assert row.low
        assert row.high
        assert -1 <= row.low < row.rho < row.high <= 1
    assert all(fault_of(row, {}) == "" for row in rows.values())
    absent = rows["share_age_15_to_24", "total"]
    assert absent.low
    assert absent.high
    assert absent.low < 0 < absent.high


def test_the_threshold_decides_the_flag() -> None:
    con = connected(figures("share_low_income", 50 + 20 * SIZE))
    given = scores(SIZE + noise(4))
    (row,) = fairness(traits_of(con), given, OFFICIAL)
    assert row.low
    assert row.high
    assert 0.3 < row.low < row.rho < row.high < 0.7
    for threshold in (row.low - 0.01, row.low + 0.01):
        (again,) = fairness(traits_of(con), given, OFFICIAL, threshold)
        assert again == replace(row, flagged=threshold < row.low)


def test_the_interval_covers_ninety_percent() -> None:
    """By hand: tanh(artanh(rho) -+ 1.645 sqrt((1 + rho^2/2)/(n - 3))), Bonett and Wright."""
    share, total = np.round(50 + 5 * noise(5), 1), SIZE + noise(6)
    (row,) = fairness(
        traits_of(connected(figures("share_low_income", share))), scores(total), OFFICIAL
    )
    rho = pd.Series(share).corr(pd.Series(total), method="spearman")
    assert row.rho == pytest.approx(rho, abs=0.0005)
    reach = 1.6448536 * ((1 + rho**2 / 2) / (len(CODES) - 3)) ** 0.5
    for name, side in (("low", -1), ("high", 1)):
        assert getattr(row, name) == pytest.approx(
            np.tanh(np.arctanh(rho) + side * reach), abs=0.0005
        )


def test_the_last_window_and_the_last_value_count() -> None:
    con = connected(
        figures("share_low_income", 50 - 20 * SIZE, "2026-01-01"),
        figures("share_low_income", 50 + 20 * SIZE, "2024-01-01"),
    )
    given = pd.concat([scores(-SIZE, period=8), scores(SIZE, period=9)], ignore_index=True)
    (row,) = fairness(traits_of(con), given, OFFICIAL)
    assert row.rho == pytest.approx(-1)
    assert row.flagged


def test_levels_stay_apart_and_places_without_both_do_not_count() -> None:
    """A wijk is only compared with a wijk, and only where it has a value and a score."""
    wijken = pd.DataFrame({"level": "wijk", "code": [f"WK{n:06d}" for n in range(30)]})
    wijken["id"] = range(1000, 1030)
    low = figures("share_low_income", np.linspace(5, 50, 30), level="wijk")
    con = connected(low.assign(area=wijken["code"]), figures("share_low_income", 50 + 20 * SIZE))
    finer = scores(SIZE).head(30).assign(area_id=wijken["id"], level=LEVEL_NUMBERS["wijk"])
    finer["total"] = -np.arange(30.0)
    cells = finer.assign(area_id=range(5000, 5030), level=LEVEL_NUMBERS["hex7"])
    given = pd.concat([scores(SIZE), finer.head(20), cells], ignore_index=True)
    rows = fairness(traits_of(con), given, pd.concat([OFFICIAL, wijken], ignore_index=True))
    found = {row.score: (row.places, round(row.rho, 6)) for row in rows}
    assert found == {"gemeente": (len(CODES), 1), "wijk": (20, -1)}


@pytest.mark.parametrize(
    "value",
    [50 + 20 * SIZE[:3], np.full(len(CODES), 12.0)],
    ids=["too few places", "all alike"],
)
def test_what_has_no_correlation_has_no_row(value: np.ndarray) -> None:
    assert (
        fairness(traits_of(connected(figures("share_low_income", value))), scores(SIZE), OFFICIAL)
        == []
    )


def test_without_characteristics_or_scores_there_is_nothing() -> None:
    assert fairness(traits_of(connected()), scores(SIZE), OFFICIAL) == []
    con = connected(figures("share_low_income", 50 + 20 * SIZE))
    assert fairness(traits_of(con), pd.DataFrame(), OFFICIAL) == []


@pytest.mark.parametrize("figure", TEST_ONLY)
def test_no_indicator_can_name_a_characteristic(figure: str) -> None:
    assert forbidden_terms(figure)
    query = f"SELECT place, date, value AS amount, unit FROM area_figure WHERE figure = '{figure}'"
    with pytest.raises(WeerbeeldError, match="protected characteristic"):
        indicators._checked(replace(CATALOGUE["FI01"], numerator=events(query)))


def test_no_indicator_reads_a_table_as_delivered() -> None:
    for code, indicator in CATALOGUE.items():
        assert "raw_" not in indicator.numerator.sql + indicator.denominator.sql, code


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    """Stored records of every kind, with every characteristic beside them."""
    folder = tmp_path_factory.mktemp("delivered")
    sources = write_sources(folder, count=60)
    shares = [figures(name, 30 + 20 * SIZE, "2024-01-01") for name in TEST_ONLY]
    path = folder / "shares.parquet"
    store(KINDS["area_figure"], pd.concat(shares, ignore_index=True), "cbs", path)
    return [*sources, Source("area_figure", "cbs", path, len(sources) + 1)]


@pytest.mark.parametrize(
    ("numerator", "counted"),
    [
        (events("SELECT place, date, value AS amount, unit FROM area_figure"), True),
        (
            events(
                "SELECT place, date, value AS amount, unit FROM area_figure"
                " WHERE figure LIKE 'share%'"
            ),
            False,
        ),
        (state("SELECT place, moment, value AS amount FROM figure_at"), True),
        (
            state(
                "SELECT place, moment, value AS amount FROM figure_at WHERE figure LIKE 'share%'"
            ),
            False,
        ),
    ],
    ids=["any figure", "shares", "any state", "shares as a state"],
)
def test_an_indicator_that_asks_for_one_counts_nothing(
    numerator: Count,
    counted: bool,
    delivered: list[Source],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not even through a name that the check cannot know; other figures are there as before."""
    small_home.shrink(monkeypatch.setattr)
    asking = replace(CATALOGUE["FI01"], numerator=numerator)
    with duckdb.connect() as con:
        prepared = prepare(con, delivered, Placer(tmp_path / "no-borders"), b"k" * 32)
        ids = {"gemeente": prepared.official.query("level == 'gemeente'")["id"].tolist()}
        table = count_indicator(con, asking, ids, tmp_path).exact.unprotected
        assert (table["amount_numerator"].sum() > 0) == counted
        known = traits_of(con)
    assert set(known["characteristic"]) == set(TEST_ONLY)
    assert len(known) == len(TEST_ONLY) * len(CODES)


@pytest.mark.long
def test_characteristics_change_no_figure_and_no_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even of an indicator that takes every figure there is."""
    small_home.shrink(monkeypatch.setattr)
    every = events("SELECT place, date, value AS amount, unit FROM area_figure")
    standing = state("SELECT place, moment, value AS amount FROM figure_at", open_figure=True)
    greedy = replace(CATALOGUE["FI01"], numerator=every, denominator=standing)
    monkeypatch.setattr(build_module, "CATALOGUE", {"CV01": CATALOGUE["CV01"], "FI01": greedy})
    home = Home(tmp_path / "home")
    small_home.furnish(home, tmp_path)
    without = build_module.build(home)
    for name in TEST_ONLY:
        small_home.deliver(
            home, "area_figure", figures(name, 30 + 20 * SIZE), tmp_path, f"{name}.csv"
        )
    beside = build_module.build(home)
    assert beside.name != without.name
    for table in ("figure", "score", "breaks", "period"):
        before, after = (rows_of(one.path, table) for one in (without, beside))
        assert len(before) > 0, table
        pd.testing.assert_frame_equal(before, after)


def rows_of(release: Path, table: str) -> pd.DataFrame:
    return pd.read_sql(f"SELECT * FROM {table}", f"sqlite:///{release}")


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"value": 101.0}, "at most 100"),
        ({"level": "hex9", "area": "891969c9b2fffff"}, "one of buurt, wijk, gemeente"),
    ],
    ids=["more than all", "a hexagon"],
)
def test_intake_takes_only_percentages_of_wijken_and_the_like(
    wrong: dict[str, str | float], expected: str, tmp_path: Path
) -> None:
    right = figures("share_low_income", np.array([5.0, 100.0]))
    home, file = Home(tmp_path / "home"), tmp_path / "shares.csv"
    file.write_bytes(small_home.as_csv(right))
    assert receive("area_figure", file, "cbs", home, today=small_home.TODAY).rows == 2
    file.write_bytes(small_home.as_csv(right.assign(**wrong)))
    with pytest.raises(WeerbeeldError, match=expected):
        receive("area_figure", file, "cbs", home, today=small_home.TODAY)
