"""Incidents that come again nearby are seen, and published without a count of pairs."""

from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators import CATALOGUE
from release import near_repeats
from release.near_repeats import LEAST_EVENTS, near_repeat_rows
from release.periods import calendar_of
from store.evidence.contract import fault_of
from store.evidence.of_records import DAYS, METRES

PERIODS = calendar_of(date(2023, 7, 1), date(2026, 6, 30))
ATTACKS = CATALOGUE["CV01"]


def country(events: int, repeats: int, wide: float = 0.5) -> duckdb.DuckDBPyConnection:
    """Return incidents at random places and days; the first ``repeats`` come again nearby."""
    rng = np.random.default_rng(9)
    lon, lat = rng.uniform(5.0, 5.0 + wide, events), rng.uniform(51.5, 51.5 + wide, events)
    day = rng.integers(0, 1_000, events)
    lon = np.append(lon, lon[:repeats] + 0.001)
    lat, day = np.append(lat, lat[:repeats]), np.append(day, day[:repeats] + 5)
    happened = np.datetime64("2023-07-01") + day.astype("timedelta64[D]")
    frame = pd.DataFrame({"lon": lon, "lat": lat, "date": happened, "registered": happened})
    frame = frame.assign(
        unit=range(len(frame)), place=1, type="explosive_attack", partner="politie", discovery="tip"
    )
    con = duckdb.connect()
    con.register("given", frame)
    con.execute("CREATE TABLE incident AS SELECT * REPLACE (date::DATE AS date) FROM given")
    return con


def test_repeats_nearby_are_seen_in_the_first_band() -> None:
    with country(800, 100, wide=0.1) as con:
        rows = {(r.metres, r.days): r for r in near_repeat_rows(con, ATTACKS, PERIODS)}
    assert set(rows) == {(m, d) for m in METRES for d in DAYS}
    first = rows[METRES[0], DAYS[0]]
    assert first.ratio > 4
    assert first.p <= 0.01
    assert all(fault_of(row, {"indicator": CATALOGUE}) == "" for row in rows.values())


def test_bands_in_which_next_to_nothing_is_expected_are_left_out() -> None:
    with country(300, 60) as con:
        assert near_repeat_rows(con, ATTACKS, PERIODS) == []


def test_without_repeats_nothing_is_sure() -> None:
    with country(3_000, 0) as con:
        rows = near_repeat_rows(con, ATTACKS, PERIODS)
    assert all(row.p > 0.01 for row in rows)


def test_a_random_part_of_many_incidents_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    with country(6_000, 1_500, wide=0.3) as con:
        whole = near_repeat_rows(con, ATTACKS, PERIODS)[0].ratio
        monkeypatch.setattr(near_repeats, "MOST_EVENTS", 2_500)
        part = near_repeat_rows(con, ATTACKS, PERIODS)[0].ratio
        monkeypatch.setattr(near_repeats, "MOST_EVENTS", LEAST_EVENTS)
        assert near_repeat_rows(con, ATTACKS, PERIODS) == [], "so few expect no pairs"
    assert part == pytest.approx(whole, rel=0.2)


@pytest.mark.parametrize("code", ["VG01", "KR01", "BD01"])
def test_only_incidents_are_looked_at(code: str) -> None:
    with country(LEAST_EVENTS * 2, 0) as con:
        assert near_repeat_rows(con, CATALOGUE[code], PERIODS) == []


def test_of_few_incidents_nothing_is_published() -> None:
    with country(LEAST_EVENTS - 1, 0) as con:
        assert near_repeat_rows(con, ATTACKS, PERIODS) == []
