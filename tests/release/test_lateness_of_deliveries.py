"""Where no date of registration is known, the delivery that first brought a record dates it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from stored_records import frame_of, store

from indicators import CATALOGUE
from indicators.contract import events
from records import KINDS
from release.lateness import NOTHING_LATE, behind_rates, completeness_rows, lateness
from release.periods import calendar_of
from release.tables import Source, _load

KIND = KINDS["property_transaction"]
INDICATOR = replace(
    CATALOGUE["LO01"],
    numerator=events(
        f"SELECT 1 AS place, date, received, partner, 1 AS amount FROM raw_{KIND.name}"
    ),
)
MONTHS = pd.period_range("2021-01", "2025-06", freq="M")
PERIODS = calendar_of(date(2021, 1, 1), date(2025, 6, 30))
BULK = pd.Period("2024-01", "M")
"""The first delivery comes on the fifth of this month, with all that happened in 36 months."""

AT_ONCE = {"kadaster": (100, 80), "kvk": (50, 30)}
"""Events a month, and how many of them come in the month after; the others a month later."""

Deliveries = Iterator[tuple[pd.Period, pd.DataFrame]]


def happened(partner: str) -> pd.DataFrame:
    """Return the records of a partner, with the month in which each is delivered first."""
    each, prompt = AT_ONCE[partner]
    frame = frame_of(KIND, np.random.default_rng(each), each * len(MONTHS))
    month = pd.PeriodIndex(np.repeat(MONTHS, each))
    late = np.tile(np.arange(each) >= prompt, len(MONTHS))
    first = month + 1 + late.astype(int)
    return frame.assign(date=month.to_timestamp() + pd.Timedelta(days=9), month=month, first=first)


def monthly(frame: pd.DataFrame, until: pd.Period) -> Deliveries:
    """Give the bulk and then each month what is new, with what was delivered a month before."""
    yield BULK, frame[frame["first"] <= BULK]
    for month in pd.period_range(BULK + 1, until, freq="M"):
        yield month, frame[frame["first"].isin([month - 1, month])]


def quarterly(frame: pd.DataFrame, until: pd.Period) -> Deliveries:
    yield BULK, frame[frame["first"] <= BULK]
    for month in pd.period_range(BULK + 3, until, freq="M")[::3]:
        yield month, frame[(frame["first"] <= month) & (frame["first"] > month - 3)]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def take_in(
    con: duckdb.DuckDBPyConnection, folder: Path, given: dict[str, Deliveries]
) -> dict[str, int]:
    """Load the deliveries as a build does; returns how many records of each partner are in."""
    sources: list[Source] = []
    for partner, deliveries in given.items():
        for month, frame in deliveries:
            path = folder / f"{partner}-{month}.parquet"
            store(KIND, frame, partner, path)
            day = date(month.year, month.month, 5)
            sources.append(Source(KIND.name, partner, path, len(sources) + 1, day))
    _load(con, KIND, sources, "secret")
    query = f"SELECT partner, count(*) FROM raw_{KIND.name} GROUP BY ALL"
    return dict(con.execute(query).fetchall())


def by_code(share: dict[int, float]) -> dict[str, float]:
    return {period.code: share[period.id] for period in PERIODS if period.id in share}


def test_each_partner_has_the_share_of_its_own_triangle(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    until = MONTHS[-1] + 1
    taken = take_in(con, tmp_path, {name: monthly(happened(name), until) for name in AT_ONCE})
    assert taken == {"kadaster": 54 * 100 - 20, "kvk": 54 * 50 - 20}
    late = lateness(con, INDICATOR, PERIODS)
    shares = {"": by_code(dict(late.share))}
    shares |= {name: by_code(dict(own.share)) for name, own in late.partners.items()}
    expected = {"": 110 / 150, "kadaster": 0.8, "kvk": 0.6}
    assert set(shares) == set(expected)
    for name, last in expected.items():
        assert shares[name] == {
            "2025-06": pytest.approx(last, abs=1e-12),
            "2025-Q2": pytest.approx((2 + last) / 3, abs=1e-12),
            "2025-06-12m": pytest.approx((11 + last) / 12, abs=1e-12),
        }
    june = next(period.id for period in PERIODS if period.code == "2025-06")
    counted, chance = 16 * 50, 0.4
    binomial = np.sqrt(chance * (1 - chance) / (counted + 1))
    assert late.partners["kvk"].deviation[june] == pytest.approx(binomial, rel=1e-9)
    window = next(period.id for period in PERIODS if period.code == "2025-06-12m")
    slope = late.share[window] / late.share[june] / 12
    assert late.deviation[window] == pytest.approx(slope * late.deviation[june], rel=1e-9)


def test_rows_name_each_partner_and_whether_rates_were_completed(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    take_in(con, tmp_path, {name: monthly(happened(name), MONTHS[-1] + 1) for name in AT_ONCE})
    late = lateness(con, INDICATOR, PERIODS)
    rows = completeness_rows(INDICATOR, late, PERIODS)
    shares = {(row.partner, row.period): row.share for row in rows}
    assert shares[None, "2025-06"] == 0.73
    assert shares["kadaster", "2025-06"] == 0.8
    assert shares["kvk", "2025-06-12m"] == 0.97
    assert len(rows) == len(shares) == 9
    ids = {period.code: period.id for period in PERIODS}
    told = {ids[row.period]: row.share for row in rows if row.partner is None}
    assert behind_rates(INDICATOR, late) == told != late.share, "of all digits more would be told"
    assert all(row.completed for row in rows)
    as_late = replace(INDICATOR, denominator=INDICATOR.numerator)
    assert behind_rates(as_late, late) == {}
    assert not any(row.completed for row in completeness_rows(as_late, late, PERIODS))


def test_a_first_bulk_delivery_is_not_called_late(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    take_in(con, tmp_path, {"kadaster": monthly(happened("kadaster"), MONTHS[-1] + 1)})
    days = con.execute(
        f"SELECT min(date), min(received), count(*) FROM raw_{KIND.name} WHERE received IS NOT NULL"
    ).fetchall()
    assert days == [(date(2024, 2, 10), date(2024, 3, 5), 17 * 100 - 20)]
    late = lateness(con, INDICATOR, PERIODS)
    assert not any(code < "2025" for code in by_code(dict(late.share)))


@pytest.mark.parametrize(("last", "claimed"), [("2025-01", False), ("2025-02", True)])
def test_thirteen_months_are_needed(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, last: str, claimed: bool
) -> None:
    take_in(con, tmp_path, {"kadaster": monthly(happened("kadaster"), pd.Period(last, "M"))})
    late = lateness(con, INDICATOR, PERIODS)
    assert (late != NOTHING_LATE) == claimed
    before = str(pd.Period(last, "M") - 1)
    assert by_code(dict(late.share)).get(before) == (pytest.approx(0.8) if claimed else None)


def test_deliveries_that_skip_months_say_nothing(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Each month of a quarter would look as if it came in at another pace."""
    take_in(con, tmp_path, {"kadaster": quarterly(happened("kadaster"), MONTHS[-1] + 1)})
    assert lateness(con, INDICATOR, PERIODS) == NOTHING_LATE


@pytest.mark.parametrize("known", [True, False])
def test_one_bulk_delivery_or_an_unknown_day_says_nothing(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, known: bool
) -> None:
    everything = happened("kadaster")
    assert take_in(con, tmp_path, {"kadaster": iter([(MONTHS[-1] + 1, everything)])})
    if not known:
        con.execute(f"UPDATE raw_{KIND.name} SET received = NULL")
    assert lateness(con, INDICATOR, PERIODS) == NOTHING_LATE
