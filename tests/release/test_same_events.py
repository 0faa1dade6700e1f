"""Two partners that tell of one event: it counts once, and readers learn whose, not how often."""

from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
import small_home
from cases import case
from incidents import GRONINGEN, as_csv, incidents, kept
from page_drawing import draw, words
from stored_records import store

import operations.build as build_module
from indicators import CATALOGUE
from intake.receive import receive
from operations.build import build
from records import KINDS
from release.same_events import LEAST, count_once
from release.tables import Source, _load
from store.evidence.of_records import SameEvents
from store.home import Home
from store.release import LEVEL_NUMBERS

pytestmark = pytest.mark.long


INCIDENT = KINDS["incident"]
KEY = b"5eed" * 8
GM = "gemeente:GM0599"

CODES = ("DR03", "KR01")
ELSEWHERE = incidents(60, GRONINGEN, "VERZONNEN-Z", "2022-07-01", 1_400).assign(type="extortion")
"""One partner's signals far away, over years: so that there are periods to count in."""

Built = Callable[..., dict[str, int]]
Loaded = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture
def con(tmp_path: Path) -> Loaded:
    """Return a build's tables of records, from deliveries by partner in order."""

    def load(*deliveries: tuple[str, pd.DataFrame]) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect()
        sources = []
        for number, (partner, frame) in enumerate(deliveries, start=1):
            path = tmp_path / f"{number}.parquet"
            store(INCIDENT, kept(frame), partner.partition(":")[0], path)
            sources.append(Source("incident", partner, path, number))
        for kind in KINDS.values():
            _load(con, kind, [source for source in sources if source.kind == kind.name], "secret")
        return con

    return load


def counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    rows = con.execute("SELECT deliverer, count(*) FROM raw_incident GROUP BY 1").fetchall()
    return dict(rows)


def test_an_event_counts_for_the_partner_that_told_of_it_first(con: Loaded) -> None:
    tables = con(("politie", incidents(40)), (GM, incidents(40)))
    assert count_once(tables, KEY) == [SameEvents("incident", GM, "politie", "all")]
    assert counts(tables) == {"politie": 40}


def test_it_does_so_in_the_other_order_and_from_three_partners(con: Loaded) -> None:
    tables = con((GM, incidents(40)), ("politie", incidents(40)), ("kmar", incidents(40)))
    rows = count_once(tables, KEY)
    assert {(row.partner, row.first) for row in rows} == {
        ("politie", GM), ("kmar", GM), ("kmar", "politie")
    }  # fmt: skip
    assert counts(tables) == {GM: 40}


@pytest.mark.parametrize(("metres", "left"), [(0, 40), (245, 40), (255, 80)])
def test_a_place_within_250_metres_is_the_same(con: Loaded, metres: float, left: int) -> None:
    frame = incidents(40)
    tables = con(("politie", frame), (GM, frame.assign(y=frame["y"] + metres)))
    count_once(tables, KEY)
    assert sum(counts(tables).values()) == left


@pytest.mark.parametrize(
    "change",
    [
        {"type": "arson"},
        {"date": lambda frame: frame["date"] - pd.Timedelta(days=1)},
        {"incident_id": lambda frame: "X" + frame["incident_id"]},
    ],
)
def test_equal_numbers_alone_are_two_events(con: Loaded, change: dict[str, Any]) -> None:
    tables = con(("politie", incidents(40)), (GM, incidents(40).assign(**change)))
    assert count_once(tables, KEY) == []
    assert sum(counts(tables).values()) == 80


def test_a_partner_that_corrects_its_own_record_tells_of_it_once(con: Loaded) -> None:
    tables = con(("politie", incidents(40)), ("politie", incidents(40)))
    assert count_once(tables, KEY) == []
    assert counts(tables) == {"politie": 40}


def test_the_one_that_told_first_may_correct_itself_later(con: Loaded) -> None:
    corrected = incidents(40).assign(discovery="random_check")
    tables = con(("politie", incidents(40)), (GM, incidents(40)), ("politie", corrected))
    (row,) = count_once(tables, KEY)
    assert row.partner == GM
    found = tables.execute("SELECT DISTINCT partner, discovery FROM raw_incident").fetchall()
    assert found == [("politie", "random_check")]


def test_a_few_common_events_are_not_mentioned(con: Loaded) -> None:
    few = LEAST[0] - 1
    tables = con(("politie", incidents(40)), (GM, incidents(40).head(few)))
    assert count_once(tables, KEY) == []
    assert counts(tables) == {"politie": 40}


def test_the_limits_of_the_words_are_secret(con: Loaded) -> None:
    """Whoever adds common events one by one sees a word appear, not at which number it does."""
    mentioned = []
    for key in (bytes([n]) * 32 for n in range(12)):
        tables = con(("politie", incidents(60)), (GM, incidents(60).head(sum(LEAST) // 2)))
        mentioned.append(bool(count_once(tables, key)))
    assert 2 < sum(mentioned) < 10


def test_no_number_of_events_is_among_what_readers_may_know(con: Loaded) -> None:
    rows = []
    for common in (35, 36):
        tables = con(("politie", incidents(100)), (GM, incidents(100).head(common)))
        rows.append(count_once(tables, KEY))
    assert rows[0] == rows[1]
    assert all(isinstance(value, str) for row in rows[0] for value in astuple(row))


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Built:
    """Deliver incidents by partner, build, and return the exact count of an indicator."""
    small_home.shrink(monkeypatch.setattr)
    monkeypatch.setattr(build_module, "CATALOGUE", {code: CATALOGUE[code] for code in CODES})

    def exact(*deliveries: tuple[str, bytes]) -> dict[str, int]:
        home = Home(tmp_path / "home")
        for number, (partner, data) in enumerate([("om", as_csv(ELSEWHERE)), *deliveries]):
            file = tmp_path / f"{number}.csv"
            file.write_bytes(data)
            receive("incident", file, partner, home, today=small_home.TODAY, confirm=True)
        name = build(home).name
        found = {}
        for code in CODES:
            table = pd.read_parquet(home.counts / name / f"{code}.parquet")
            country = table[table["level"] == LEVEL_NUMBERS["nederland"]]
            found[code] = int(country["amount_numerator"].max())
        return found

    return exact


def test_a_copy_counts_once_in_a_build_and_agrees_with_nobody(built: Built) -> None:
    files = [case(f"same_numbers_{who}.csv").read_bytes() for who in ("politie", "gemeente")]
    assert built(("politie", files[0]), (GM, files[1])) == {"DR03": 400, "KR01": 0}


def test_a_copy_under_other_numbers_agrees_with_nobody(built: Built) -> None:
    copy = incidents(40, prefix="VERZONNEN-X")
    found = built(("politie", as_csv(incidents(40))), (GM, as_csv(copy)))
    assert found == {"DR03": 80, "KR01": 0}


def test_what_two_partners_told_of_one_place_independently_agrees(built: Built) -> None:
    own = incidents(40, prefix="VERZONNEN-X").assign(type="closure")
    found = built(("politie", as_csv(incidents(40))), (GM, as_csv(own)))
    assert found["KR01"] > 0


def test_a_copy_by_one_that_is_no_source_of_signals_takes_nothing_away(built: Built) -> None:
    """A RIEC passes on what others told it; what two others told stays told by two."""
    copied = incidents(40, prefix="VERZONNEN-R")
    own = incidents(40, prefix="VERZONNEN-X").assign(type="closure")
    deliveries = [("politie", as_csv(incidents(40))), (GM, as_csv(own))]
    assert built(("riec:rotterdam", as_csv(copied)), *deliveries)["KR01"] > 0


def test_bronnen_says_whose_events_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_home.shrink(monkeypatch.setattr)
    home = Home(tmp_path / "home")
    for partner, frame in (("om", ELSEWHERE), ("politie", incidents(80)), (GM, incidents(80))):
        file = tmp_path / "file.csv"
        file.write_bytes(as_csv(frame))
        receive("incident", file, partner, home, today=small_home.TODAY)
    build(home)
    text = words(draw("bronnen", home.releases))
    assert "Wat twee partners meldden" in text
    assert "Gemeente Rotterdam meldingen Politie zo goed als alle: een kopie" in text
