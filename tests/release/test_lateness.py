"""Recent periods are completed for what is still to be registered, and are less sure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators import CATALOGUE
from indicators.contract import events
from release.analysing import analyse
from release.exact import Shown
from release.lateness import NOTHING_LATE, completeness_rows, lateness
from release.noise import flow_noise
from release.periods import calendar_of
from store.release import LEVEL_NUMBERS

PERIODS = calendar_of(date(2023, 7, 1), date(2026, 6, 30))
END = np.datetime64("2026-06-30")
INDICATOR = replace(
    CATALOGUE["CV01"], numerator=events("SELECT place, date, registered, 1 AS amount FROM happened")
)
MEAN_DELAY = 45.0


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Events at an even pace, registered after 45 days on average; later ones are not there yet."""
    rng = np.random.default_rng(4)
    days = np.sort(rng.integers(0, 1096, 12_000))
    happened = np.datetime64("2023-07-01") + days.astype("timedelta64[D]")
    registered = happened + rng.exponential(MEAN_DELAY, len(days)).astype("timedelta64[D]")
    frame = pd.DataFrame({"place": 1, "date": happened, "registered": registered})
    with duckdb.connect() as connection:
        connection.register("all_of_them", frame)
        connection.execute(
            "CREATE TABLE happened AS SELECT place, date::DATE AS date, registered::DATE AS"
            f" registered FROM all_of_them WHERE registered <= DATE '{END}'"
        )
        yield connection


def test_recent_periods_are_known_to_be_incomplete(con: duckdb.DuckDBPyConnection) -> None:
    late = lateness(con, INDICATOR, PERIODS)
    share = {period.code: late.share.get(period.id, 1.0) for period in PERIODS}
    days = np.arange(30)
    true_last = float(np.mean(1 - np.exp(-(days + 0.5) / MEAN_DELAY)))
    assert share["2026-06"] == pytest.approx(true_last, abs=0.06)
    assert share["2026-06"] < share["2026-05"] < share["2026-04"] < share["2026-01"]
    assert share["2024-01"] == share["2025-06-12m"] == 1.0
    months = [share[f"2026-{n:02}"] for n in range(1, 7)] + [1.0] * 6
    assert share["2026-06-12m"] == pytest.approx(np.mean(months), abs=0.02)
    rows = completeness_rows(INDICATOR, late, PERIODS)
    assert {row.period for row in rows} == {c for c, s in share.items() if s < 1}
    assert all(0 < row.share < 1 and (row.deviation or 0) > 0 for row in rows)


def test_a_whole_window_is_estimated_without_bias(con: duckdb.DuckDBPyConnection) -> None:
    late = lateness(con, INDICATOR, PERIODS)
    window = next(period for period in PERIODS if period.code == "2026-06-12m")
    counted = con.execute(
        "SELECT count(*) FROM happened WHERE date BETWEEN ? AND ?", [window.start, window.end]
    ).fetchall()[0][0]
    assert counted / late.share[window.id] == pytest.approx(12_000 / 3, rel=0.03)


def test_what_names_no_day_of_registration_is_taken_as_complete(
    con: duckdb.DuckDBPyConnection,
) -> None:
    silent = replace(INDICATOR, numerator=events("SELECT place, date, 1 AS amount FROM happened"))
    assert lateness(con, silent, PERIODS) is NOTHING_LATE
    con.execute("DELETE FROM happened WHERE date > DATE '2023-07-02'")
    assert lateness(con, INDICATOR, PERIODS) == NOTHING_LATE
    assert completeness_rows(INDICATOR, NOTHING_LATE, PERIODS) == []


def test_an_incomplete_period_has_a_higher_and_less_sure_rate() -> None:
    number = LEVEL_NUMBERS["gemeente"]
    period = next(p for p in PERIODS if p.code == "2026-06-12m")
    counts = np.random.default_rng(1).poisson(40, 60).astype(float)
    frame = pd.DataFrame({"level": number, "area_id": range(60), "period_id": period.id})
    frame = frame.assign(numerator=counts, denominator=1_000.0, denominator_units=1_000.0)
    frame["width"] = 1.0
    noise = flow_noise(5)
    whole, _ = analyse(Shown(frame), INDICATOR, PERIODS, noise, {})
    part, _ = analyse(Shown(frame), INDICATOR, PERIODS, noise, {period.id: 0.8})
    assert part["smoothed"].mean() == pytest.approx(whole["smoothed"].mean() / 0.8, rel=0.02)
    wider = (part["high"] - part["low"]) / (whole["high"] - whole["low"])
    assert (wider > 1.15).all()
