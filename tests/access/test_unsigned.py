"""What nobody signed in for is written up to a bound, and counted beyond it: never without end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import serving
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from access.unsigned import MOST, PERIOD_SECONDS, Unsigned, Write
from store.access import AuditLine, open_access
from store.home import Home
from store.logs import LogFailedError, Result

Line = tuple[str, str, str, str, Result]


class House:
    """A log in memory, and a clock."""

    def __init__(self, most: int) -> None:
        self.lines: list[Line] = []
        self.now = 1_800_000_000.0
        self.unsigned = Unsigned(self.writer, most, PERIOD_SECONDS, lambda: self.now)

    def writer(self, actor: str, origin: str) -> Write:
        return lambda *line: self.lines.append((actor, origin, *line))

    def counted(self) -> int:
        """Return how many lines are told of by number."""
        said = [w for _, _, a, w, _ in self.lines if a == "count" and "since" in w]
        return sum(int(text.split(" ", 1)[0]) for text in said)

    def written(self) -> int:
        return sum(action != "count" for _, _, action, _, _ in self.lines)


@pytest.fixture
def house() -> Iterator[House]:
    found = House(3)
    yield found
    found.unsigned.settle()


@given(st.lists(st.sampled_from([0, 0, 0, 10, PERIOD_SECONDS]), max_size=40), st.integers(0, 5))
def test_every_line_is_written_or_counted(waits: list[int], most: int) -> None:
    house = House(most)
    for wait in waits:
        house.now += wait
        house.unsigned.write("unknown", "here", ("export", "a link", "refused"))
    house.unsigned.settle()
    assert house.written() + house.counted() == len(waits)
    periods = 1 + sum(wait == PERIOD_SECONDS for wait in waits)
    assert len(house.lines) <= periods * (most + 4) + 4


def test_the_count_says_what_since_when_and_from_where(house: House) -> None:
    for origin in ("a", "b", "b", "b", "b", "a"):
        house.unsigned.write("example nsoc", origin, ("export", "x", "refused"))
    house.unsigned.write("example nsoc", "b", ("read", "y", "ok"))
    house.unsigned.settle()
    assert [line[2] for line in house.lines] == ["export"] * 3 + ["count"] * 3
    since = "2027-01-15T08:00:00+00:00"
    assert house.lines[4] == (
        *("unknown", "b", "count"),
        *(f"3 lines without sign-in since {since}: export 3", "refused"),
    )
    assert house.lines[5][3].endswith("read 1")


def test_without_a_log_it_fails_like_the_log() -> None:
    def writer(_: str, __: str) -> Write:
        raise LogFailedError("no log")

    with pytest.raises(LogFailedError):
        Unsigned(writer).write("unknown", "here", ("export", "x", "refused"))


@pytest.mark.long
def test_a_server_writes_no_more_than_the_bound(tmp_path: Path) -> None:
    """Against a real server: forged links without end leave a bounded number of lines."""
    asked = MOST + 150
    with serving(tmp_path / "home", tmp_path) as server:
        for _ in range(asked):
            assert server.ask("/export?link=forged").status == 403
    with Session(open_access(Home(tmp_path / "home"))) as session:
        lines = session.scalar(select(func.count()).select_from(AuditLine))
        last = session.scalars(select(AuditLine).order_by(AuditLine.sequence.desc())).first()
    assert lines == MOST + 2
    assert last is not None
    assert last.object.startswith("150 lines without sign-in since ")
