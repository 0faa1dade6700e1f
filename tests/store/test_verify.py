"""A byte changed in a log or a release is found and named, wherever it is."""

import random
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from command_line import refused, weerbeeld
from planted_release import PLANTED, plant
from sqlalchemy import create_engine, text

import release.writing
import store.files
from store.access import open_access
from store.content import HASHED, checksum_path, content_of, content_of_frames, file_hash
from store.home import Home
from store.logs import audit, processing
from store.release import Base, Stability, open_release
from store.verifying import Finding, verify_logs, verify_releases

LINES = 12
FLIPS = 250


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a release and lines in both logs."""
    home = Home(tmp_path_factory.mktemp("sound"))
    plant(home.releases)
    engine = open_access(home)
    for number in range(LINES):
        what = f"figures number {number:03}"
        audit(engine, action="read", object=what, result="ok", origin="test", actor="anna")
    with processing(engine, activity="urn:intake", operation="intake"):
        pass
    engine.dispose()
    return home


@pytest.fixture
def home(sound: Home, tmp_path: Path) -> Home:
    """A copy to damage."""
    shutil.copytree(sound.root, tmp_path / "home")
    return Home(tmp_path / "home")


def broken(home: Home) -> list[Finding]:
    found = [*verify_logs(home, {}), *verify_releases(home.releases)]
    return [finding for finding in found if not finding.sound]


def flip(path: Path, at: int, bit: int) -> None:
    whole = bytearray(path.read_bytes())
    whole[at] ^= 1 << bit
    path.write_bytes(whole)


def test_what_was_not_touched_is_sound(home: Home) -> None:
    assert broken(home) == []
    result = weerbeeld(home.root, "verify")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.count("sound") == (8 if home.database else 6)
    assert f"audit log: {LINES} lines, head {LINES}:" in result.stdout


def test_without_anything_there_is_nothing_to_find(tmp_path: Path) -> None:
    assert weerbeeld(tmp_path, "verify").returncode == 0


@pytest.mark.long
def test_any_flipped_byte_of_a_release_is_found(home: Home) -> None:
    path = home.releases / "planted.db"
    whole, chance = path.read_bytes(), random.Random(1)
    for at in [0, 17, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(FLIPS))]:
        flip(path, at, chance.randrange(8))
        (finding,) = verify_releases(home.releases)
        assert not finding.sound, at
        assert finding.what == "release planted"
        path.write_bytes(whole)


def test_a_release_that_was_cut_short_or_grew_is_found(home: Home) -> None:
    path = home.releases / "planted.db"
    whole = path.read_bytes()
    for changed in (b"", whole[:100], whole[:-1], whole + b"\0"):
        path.write_bytes(changed)
        assert [f.what for f in broken(home)] == ["release planted"]


def test_a_changed_figure_is_found_even_with_a_fresh_checksum(home: Home) -> None:
    path = home.releases / "planted.db"
    for table, column in (("figure", "numerator"), ("figure", "since"), ("score", "total")):
        before = path.read_bytes()
        engine = create_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            connection.execute(text(f"UPDATE {table} SET {column} = 3 WHERE area_id = 5"))
        engine.dispose()
        checksum_path(path).write_text(file_hash(path), encoding="ascii")
        (finding,) = broken(home)
        assert "content hash" in finding.words
        path.write_bytes(before)


def test_a_missing_number_has_one_hash_however_it_came_about(home: Home) -> None:
    """Zero divided by zero has other bits than NaN itself."""
    with np.errstate(invalid="ignore"):
        odd = np.array([0.0]) / np.array([0.0])
    keys = {"level": [2], "area_id": [1], "low": [0.0], "middle": [-0.0], "high": [1.0]}
    frames = [
        pd.DataFrame({**keys, "same": same, "stability": [0]})
        for same in (-odd, odd, np.array([np.nan]))
    ]
    empty: dict[type[Base], list[pd.DataFrame]] = {model: [] for model in HASHED}
    assert len({content_of_frames(empty | {Stability: [frame]}) for frame in frames}) == 1
    assert content_of_frames(empty | {Stability: [frames[0].assign(same=0.5)]}) not in {
        content_of_frames(empty | {Stability: [frame]}) for frame in frames
    }


def test_a_release_under_another_name_or_without_a_checksum_is_found(home: Home) -> None:
    path = home.releases / "planted.db"
    checksum_path(path).unlink()
    assert "is gone" in broken(home)[0].words
    path = path.rename(home.releases / "other.db")
    checksum_path(path).write_text(file_hash(path), encoding="ascii")
    what = {finding.what: finding.words for finding in broken(home)}
    assert "calls itself 'planted'" in what["release other"]
    assert "names 'planted'" in what["current release"]


@pytest.mark.long
@pytest.mark.sqlite
@pytest.mark.parametrize("log", ["audit", "processing"])
def test_any_flipped_byte_of_a_line_is_found_and_the_line_named(home: Home, log: str) -> None:
    """Every byte of one line, from the first of its texts to the last of its digest."""
    whole = home.access_db.read_bytes()
    if log == "audit":
        words, sequence = b"figures number 011", LINES
        begin = whole.index(words) - 44
    else:
        words, sequence = b"unset", 1
        begin = whole.index(words)
    for at in range(begin, whole.index(words) + len(words)):
        flip(home.access_db, at, at % 8)
        named = [finding.words for finding in broken(home) if finding.what == f"{log} log"]
        assert len(named) == 1, at
        assert named[0].startswith(f"line {sequence} ("), named
        home.access_db.write_bytes(whole)


@pytest.mark.long
@pytest.mark.sqlite
def test_a_damaged_access_store_never_ends_in_a_trace(home: Home) -> None:
    whole, chance = home.access_db.read_bytes(), random.Random(2)
    for _ in range(FLIPS):
        flip(home.access_db, chance.randrange(len(whole)), chance.randrange(8))
        verify_logs(home, {})
        for beside in home.access.glob("access.db-*"):
            beside.unlink()
        home.access_db.write_bytes(whole)


@pytest.mark.sqlite
def test_triggers_that_are_gone_or_hollow_are_found(home: Home) -> None:
    engine = open_access(home)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_line_no_update"))
    assert "audit_line_no_update" in broken(home)[0].words
    hollow = "CREATE TRIGGER audit_line_no_update BEFORE UPDATE ON audit_line BEGIN SELECT 1; END"
    with engine.begin() as connection:
        connection.execute(text(hollow))
    assert "audit_line_no_update" in broken(home)[0].words


@pytest.mark.sqlite
def test_the_command_names_the_line_and_ends_with_exit_code_2(home: Home) -> None:
    whole = home.access_db.read_bytes()
    flip(home.access_db, whole.index(b"figures number 004"), 3)
    result = weerbeeld(home.root, "verify")
    assert result.returncode == 2
    assert "BROKEN  audit log: line 5 (20" in result.stdout
    assert ", read): it was changed" in result.stdout
    assert "checks failed" in result.stderr


@pytest.mark.sqlite
def test_a_log_that_was_replaced_shows_against_the_head_noted_earlier(home: Home) -> None:
    head = weerbeeld(home.root, "verify").stdout.split("audit log: 12 lines, head ")[1].split()[0]
    assert weerbeeld(home.root, "verify", "--audit-head", head).returncode == 0
    home.access_db.unlink()
    assert weerbeeld(home.root, "verify").returncode == 0
    gone = weerbeeld(home.root, "verify", "--audit-head", head)
    assert gone.returncode == 2
    assert "is gone" in gone.stdout
    open_access(home).dispose()
    cut = weerbeeld(home.root, "verify", "--audit-head", head)
    assert cut.returncode == 2
    assert "cut off" in cut.stdout
    assert "not the head" in refused(home.root, "verify", "--audit-head", "twaalf")


def test_the_example_is_as_it_was_published_and_its_content_reads_back(tmp_path: Path) -> None:
    """The hash made from frames is the hash of what the database gives back."""
    path = plant(tmp_path)
    with open_release(path).connect() as connection:
        published = pd.read_sql(text("SELECT value FROM info WHERE key = 'content'"), connection)
        assert content_of(connection) == published["value"][0]


def test_a_build_killed_while_it_replaces_a_release_leaves_one_that_is_known(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stop at each write of the second publication under the same name."""
    real, path = store.files.put, home.releases / "planted.db"
    before = path.read_bytes()
    for stop_at in (1, 2):
        calls = count(1)

        def put(
            target: Path, written: str, calls: Iterator[int] = calls, stop: int = stop_at
        ) -> None:
            if next(calls) == stop:
                raise KeyboardInterrupt
            real(target, written)

        monkeypatch.setattr(release.writing, "put", put)
        with pytest.raises(KeyboardInterrupt):
            plant(home.releases, {"ALL1": PLANTED["ALL1"]})
        assert broken(home) == []
    assert path.read_bytes() != before
