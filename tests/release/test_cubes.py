"""Counted once: each look that is read from a cube holds what its records say, one by one."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.contract import Count, events, state
from indicators.subjects import AT_PLACES
from release.cubes import Cube, cube_of
from release.look_sql import LookSql
from release.look_tables import period_table
from release.looks import KEY_RANGE
from release.periods import calendar_of

PERIODS = calendar_of(date(2024, 1, 1), date(2025, 12, 31))
DAYS = [date(2024, 1, 15), date(2024, 2, 3), date(2024, 5, 1), date(2025, 11, 30), date(2026, 3, 1)]
WORDS = ("firm", "address")
COLUMNS = "place, 1 AS amount, unit, firm, address, stratum"
SALES = events(f"SELECT {COLUMNS}, date FROM record", *WORDS)
SHOPS = state(f"SELECT {COLUMNS}, date AS moment FROM record", *WORDS)
MONEY = events("SELECT place, value AS amount, unit, firm, date FROM record", "firm")

RECORDS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(DAYS),
        st.integers(1, KEY_RANGE - 1),
        st.sampled_from(["a", "b", "c", "d"]),
        st.sampled_from(["x", "y", "z"]),
        st.sampled_from(["trade", "industry"]),
        st.decimals(-500, 500, places=2),
    ),
    min_size=1,
    max_size=40,
)
Rows = list[tuple[int, date, int, str, str, str, object]]


def filled(records: Rows) -> duckdb.DuckDBPyConnection:
    """Return a database with records in places 0 to 3, of which 0 is in no gemeente."""
    con = duckdb.connect(config={"threads": 1})
    period_table(con, PERIODS)
    con.execute(
        "CREATE TABLE place AS SELECT range AS place, (range + 1) // 2 AS gemeente FROM range(4)"
    )
    con.execute(
        "CREATE TABLE record (place BIGINT, date DATE, unit UINTEGER, firm VARCHAR,"
        " address VARCHAR, stratum VARCHAR, value DECIMAL(12,2))"
    )
    con.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)", list(map(list, records)))
    return con


def looks_of(count: Count, day: date) -> Iterator[tuple[str, str]]:
    """Give the kind and name of each look that a record of a day is in."""
    if count.when == "moment":
        known = {row[0] for row in LOOK_DAYS}
        if day in known:
            yield "day", str(day)
        return
    for period in PERIODS:
        if period.start <= day <= period.end:
            yield period.kind, period.code


with duckdb.connect() as _con:
    period_table(_con, PERIODS)
    LOOK_DAYS = _con.execute("SELECT DISTINCT look FROM period").fetchall()


def plainly(
    count: Count, records: Rows, kinds: tuple[str, ...], by_stratum: bool
) -> dict[tuple[object, ...], tuple[int, int, int, int]]:
    """Return units, key, subjects and most of each look, from one record after the other."""
    held: dict[tuple[object, ...], list[tuple[int, date, int, str, str, str, object]]] = {}
    for record in records:
        gemeente = (record[0] + 1) // 2
        for kind, look in looks_of(count, record[1]):
            if gemeente and kind in (*kinds, "day"):
                apart = (record[5],) if by_stratum else ()
                held.setdefault((gemeente, look, *apart), []).append(record)
    found = {}
    for look_at, rows in held.items():
        subjects = {word: Counter(str(row[3 + n]) for row in rows) for n, word in enumerate(WORDS)}
        most = max(
            1 if word in AT_PLACES else max(counts.values()) for word, counts in subjects.items()
        )
        fewest = min(len(counts) for counts in subjects.values())
        found[look_at] = (len(rows), sum(row[2] for row in rows) % KEY_RANGE, fewest, most)
    return found


@pytest.mark.parametrize("count", [SALES, SHOPS], ids=["events", "state"])
@pytest.mark.parametrize("by_stratum", [False, True], ids=["whole", "by stratum"])
@given(records=RECORDS)
@settings(max_examples=15, deadline=None)
def test_each_look_holds_what_its_records_say(
    count: Count, by_stratum: bool, records: Rows
) -> None:
    stocked = [
        (p, LOOK_DAYS[0][0] if count is SHOPS and d == DAYS[0] else d, *r) for p, d, *r in records
    ]
    records = [(place, day, *rest) for place, day, *rest in stocked]  # type: ignore[misc]
    kinds, by = ("month", "quarter", "year"), ["area_id", "look", *(["stratum"] * by_stratum)]
    with filled(records) as con:
        sql = LookSql(cube_of(con, count), "gemeente", kinds, ", ".join(by))
        found = con.execute(sql.looks(value=False)).df()
        spans = con.execute(sql.subjects()).df()
    expected = plainly(count, records, kinds, by_stratum)
    for frame, names in (
        (found, ["units", "key", "subjects", "most"]),
        (spans, ["subjects", "most"]),
    ):
        own = {tuple(row[name] for name in by): tuple(row[names]) for _, row in frame.iterrows()}
        assert own == {key: values[-len(names) :] for key, values in expected.items()}
    assert (found["amount"] == found["units"]).all()


@given(records=RECORDS)
@settings(max_examples=15, deadline=None)
def test_the_largest_amounts_are_those_of_owners(records: Rows) -> None:
    with filled(records) as con:
        cube = cube_of(con, MONEY, value=True)
        sql = LookSql(cube, "gemeente", ("year",), "area_id, look")
        found = con.execute(sql.looks(value=True)).df().set_index(["area_id", "look"])
        plain = con.execute(
            "SELECT gemeente AS area_id, p.code AS look, firm, sum(value)::DOUBLE AS amount"
            " FROM record r JOIN place USING (place)"
            ' JOIN period p ON r.date BETWEEN p.start AND p."end"'
            " WHERE gemeente > 0 AND p.kind = 'year' GROUP BY ALL"
        ).df()
    groups = plain.groupby(["area_id", "look"])["amount"]
    pd.testing.assert_series_equal(found["largest"].sort_index(), groups.max(), check_names=False)
    second = groups.apply(lambda own: own.nlargest(2).iloc[1] if len(own) > 1 else 0.0)
    pd.testing.assert_series_equal(found["second"].sort_index(), second, check_names=False)


def test_what_was_counted_is_not_counted_again() -> None:
    with filled([(1, DAYS[0], 7, "a", "x", "trade", 1)]) as con:
        cube_of(con, SALES)
        con.execute("DROP TABLE record")
        assert cube_of(con, SALES) == Cube(SALES)
        with pytest.raises(duckdb.CatalogException):
            cube_of(con, SHOPS)


def test_the_records_are_kept_with_other_numbers_in_another_release(tmp_path: Path) -> None:
    numbers = []
    for release in ("one", "two"):
        folder = tmp_path / release
        folder.mkdir()
        with filled(
            [(n % 4, DAYS[0], 7, f"firm {n % 3}", "x", "trade", 1) for n in range(12)]
        ) as con:
            cube_of(con, SALES, kept=folder / "sales.parquet")
        kept = pd.read_parquet(folder / "sales.parquet")
        assert kept["firm"].value_counts().tolist() == [4, 4, 4]
        numbers.append(set(kept["firm"]))
    assert not numbers[0] & numbers[1]
