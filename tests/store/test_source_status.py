"""The status of the open sources, in a file or in PostgreSQL: written whole, read at once."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bilingual import Text
from store.home import Home
from store.source_status import NAME, SourceStatus, read_statuses
from store.source_status_writing import known_statuses, write_statuses

pytestmark = pytest.mark.both

MOMENT = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
FIRST = SourceStatus("a", Text("Een", "One"), "CC0", "A", "https://a.example.nl", 10)
SECOND = SourceStatus(
    "b",
    Text("Twee's \u2013 \u00e9\u00e9n", "Two"),
    "CC BY 4.0",
    "B",
    "https://b.example.nl",
    20,
    outcome="failed",
    fault="slow",
    words="too slow",
    tried_at=MOMENT,
    fetched_at=MOMENT,
    until=date(2026, 1, 1),
    figures=3,
    left_out=((Text("water", "water"), 2),),
)


def test_readers_see_what_was_written_last(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert read_statuses(home.served) == ()
    for statuses in ((FIRST, SECOND), (SECOND,), ()):
        write_statuses(home, statuses)
        assert read_statuses(home.served) == statuses
        assert known_statuses(home) == {status.name: status for status in statuses}
    assert not list(home.releases.glob("*.partial"))


def test_what_an_earlier_version_wrote_is_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    write_statuses(home, (SECOND,))
    (row,) = json.loads((home.releases / NAME).read_text(encoding="utf-8"))
    title = row.pop("title")
    pairs = [[reason["nl"], reason["en"], count] for reason, count in row["left_out"]]
    row |= {"title_nl": title["nl"], "title_en": title["en"], "left_out": pairs}
    (home.releases / NAME).write_text(json.dumps([row]), encoding="utf-8")
    assert read_statuses(home.served) == (SECOND,)
