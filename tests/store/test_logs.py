"""The two logs only grow, keep hostile text safely, and give away every change."""

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, event, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from errors import WeerbeeldError
from store.access import MIGRATIONS, AuditLine, Base, ProcessingLine, open_access
from store.append_only import trigger_names
from store.chain import head_of
from store.engine import migrate, writing
from store.home import Home
from store.logs import LONGEST, LogFailedError, audit, processing, safe_text, verify_chain
from store.migrating import migration_config

ROOT = Path(__file__).resolve().parents[2]
LINES = 30

pytestmark = pytest.mark.both


def write(engine: Engine, what: str = "figures VG01 gemeente", actor: str = "anna") -> None:
    audit(engine, action="read", object=what, result="ok", origin="test", actor=actor)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def engine(home: Home) -> Iterator[Engine]:
    engine = open_access(home)
    yield engine
    engine.dispose()


@pytest.fixture
def filled(home: Home, engine: Engine) -> Engine:
    for number in range(1, LINES + 1):
        write(engine, f"figures number {number:03}")
    return engine


@pytest.mark.sqlite
@pytest.mark.skipif(os.name == "nt", reason="POSIX rights")
def test_only_its_owner_enters_the_access_store(home: Home, engine: Engine) -> None:
    write(engine)
    assert stat.S_IMODE(home.access.stat().st_mode) == 0o700
    for path in home.access.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_the_migrations_make_the_models_and_go_down_and_up(engine: Engine) -> None:
    with writing(engine) as session:
        command.downgrade(migration_config(session.connection(), MIGRATIONS), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(engine, MIGRATIONS)
    assert set(inspect(engine).get_table_names()) == {"alembic_version", *Base.metadata.tables}
    for name, table in Base.metadata.tables.items():
        made = {column["name"]: column["nullable"] for column in inspect(engine).get_columns(name)}
        assert made == {column.name: column.nullable for column in table.columns}


REPLACE = "INSERT OR REPLACE INTO audit_line SELECT * FROM audit_line WHERE sequence = 7"
IN_PLACE = {
    REPLACE: "INSERT INTO audit_line SELECT * FROM audit_line WHERE sequence = 7"
    " ON CONFLICT (sequence) DO UPDATE SET actor = 'somebody else'",
    "DELETE FROM audit_line": "TRUNCATE audit_line",
}
"""What PostgreSQL has instead."""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET actor = 'somebody else' WHERE sequence = 7",
        "DELETE FROM audit_line WHERE sequence = 7",
        "DELETE FROM audit_line",
        REPLACE,
        "INSERT INTO audit_line SELECT sequence + 40, at, actor, origin, action, object, result,"
        " digest FROM audit_line WHERE sequence = 7",
    ],
)
def test_a_line_is_never_changed_removed_or_put_elsewhere(filled: Engine, statement: str) -> None:
    before = verify_chain(filled, "audit")
    if filled.dialect.name == "postgresql":
        statement = IN_PLACE.get(statement, statement)
    with filled.begin() as connection, pytest.raises(IntegrityError, match="append-only"):
        connection.execute(text(statement))
    assert verify_chain(filled, "audit") == before
    assert before.count == LINES
    assert before.broken is None


def test_lines_of_many_threads_share_a_wait_for_the_disk(engine: Engine) -> None:
    """While one transaction ends, all others gather their lines for the next."""
    transactions, together = 0, Barrier(LINES)

    def slow(_: Connection) -> None:
        nonlocal transactions
        transactions += 1
        time.sleep(0.2)

    def reader(number: int) -> None:
        together.wait()
        write(engine, f"figures number {number:03}")
        with engine.connect() as connection:
            told = connection.execute(text("SELECT object FROM audit_line")).scalars().all()
        assert f"figures number {number:03}" in told, "on disk before its writer goes on"

    event.listen(engine, "commit", slow)
    with ThreadPoolExecutor(LINES) as readers:
        list(readers.map(reader, range(LINES)))
    assert verify_chain(engine, "audit").count == LINES
    assert transactions < LINES / 3


def test_when_lines_cannot_be_written_none_of_their_writers_goes_on(engine: Engine) -> None:
    def broken(_: Connection) -> None:
        raise OSError("the disk is full")

    def reader(_: int) -> bool:
        with pytest.raises(LogFailedError, match="the disk is full"):
            write(engine)
        return True

    event.listen(engine, "commit", broken)
    with ThreadPoolExecutor(LINES) as readers:
        assert all(readers.map(reader, range(LINES)))
    event.remove(engine, "commit", broken)
    write(engine)
    assert verify_chain(engine, "audit").count == 1


def tamper(engine: Engine, *statements: str) -> None:
    """Change the log as somebody would who may alter the structure of the database."""
    with engine.begin() as connection:
        for name in trigger_names(engine.dialect.name, "audit_line"):
            on = " ON audit_line" if engine.dialect.name == "postgresql" else ""
            connection.execute(text(f"DROP TRIGGER {name}{on}"))
        for statement in statements:
            connection.execute(text(statement))


COLUMNS = ("at", "actor", "origin", "action", "object", "result", "digest")


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_line_is_named(filled: Engine, column: str) -> None:
    changed = f"substr({column}, 1, length({column}) - 1) || 'x'"
    tamper(filled, f"UPDATE audit_line SET {column} = {changed} WHERE sequence = 12")
    broken = verify_chain(filled, "audit").broken
    assert broken is not None
    assert broken.sequence == 12
    assert broken.action.startswith("rea")
    assert broken.time[:2] == "20"


def test_a_removed_line_and_a_moved_one_are_named(filled: Engine) -> None:
    tamper(filled, "DELETE FROM audit_line WHERE sequence IN (12, 13)")
    broken = verify_chain(filled, "audit").broken
    assert broken is not None
    assert (broken.sequence, "12 to 13" in broken.why) == (14, True)
    tamper_more = "UPDATE audit_line SET sequence = sequence - 2 WHERE sequence > 13"
    with filled.begin() as connection:
        connection.execute(text(tamper_more))
    broken = verify_chain(filled, "audit").broken
    assert broken is not None
    assert broken.sequence == 12


def test_a_removed_beginning_is_named(filled: Engine) -> None:
    tamper(filled, "DELETE FROM audit_line WHERE sequence < 3")
    broken = verify_chain(filled, "audit").broken
    assert broken is not None
    assert broken.sequence == 3


def test_a_cut_off_tail_shows_against_a_head_that_was_noted(filled: Engine) -> None:
    with filled.connect() as connection:
        noted = head_of(connection, AuditLine)
    write(filled)
    assert verify_chain(filled, "audit", [noted]).broken is None
    tamper(filled, "DELETE FROM audit_line WHERE sequence > 20")
    assert verify_chain(filled, "audit").broken is None
    broken = verify_chain(filled, "audit", [noted]).broken
    assert broken is not None
    assert broken.sequence == LINES
    for number in range(20, LINES):
        write(filled, f"something else {number}")
    broken = verify_chain(filled, "audit", [noted]).broken
    assert broken is not None
    assert "anew" in broken.why


@pytest.mark.sqlite
def test_a_line_that_the_database_cannot_read_is_named(filled: Engine) -> None:
    tamper(
        filled,
        "UPDATE audit_line SET object = CAST(x'ff00fe' AS TEXT) WHERE sequence = 5",
    )
    broken = verify_chain(filled, "audit").broken
    assert broken is not None
    assert broken.sequence == 5


def test_a_line_of_the_other_log_does_not_fit(engine: Engine) -> None:
    with processing(engine, activity="urn:a", operation="count"):
        pass
    assert verify_chain(engine, "processing").count == 2
    assert verify_chain(engine, "audit").count == 0


@given(st.text(max_size=2000))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.parametrize("field", ["action", "object", "origin", "actor"])
def test_any_text_is_kept_safely(engine: Engine, field: str, value: str) -> None:
    words = {"action": "read", "object": "x", "origin": "test", "actor": "anna", field: value}
    audit(engine, result="ok", **words)
    with Session(engine) as session:
        last = session.scalars(select(AuditLine).order_by(AuditLine.sequence.desc())).first()
    assert last is not None
    kept = getattr(last, field)
    assert kept.isprintable()
    assert len(kept) <= LONGEST * 10 + 40
    assert verify_chain(engine, "audit").broken is None


@given(st.text(max_size=LONGEST))
def test_short_text_loses_nothing(value: str) -> None:
    back = safe_text(value).encode("raw_unicode_escape").decode("unicode_escape")
    assert back == value or any(ord(c) > 255 for c in value)
    assert safe_text(value).isprintable()


def test_long_text_says_how_much_was_left_out() -> None:
    kept = safe_text("x" * (LONGEST + 7))
    assert kept == "x" * LONGEST + "… (+7 characters)"


def test_the_processing_log_says_how_it_ended_and_never_who(engine: Engine) -> None:
    with processing(engine, activity="urn:intake", operation="intake"):
        with processing(engine, activity="urn:intake", operation="check", subject="ab12"):
            pass
        with (
            pytest.raises(KeyError),
            processing(engine, activity="urn:intake", operation="fail"),
        ):
            raise KeyError
    with Session(engine) as session:
        lines = list(session.scalars(select(ProcessingLine).order_by(ProcessingLine.sequence)))
    assert [(line.name, line.status) for line in lines] == [
        ("intake", "unset"),
        ("check", "unset"),
        ("check", "ok"),
        ("fail", "unset"),
        ("fail", "error"),
        ("intake", "ok"),
    ]
    assert len({line.trace for line in lines}) == 1
    assert len({line.operation for line in lines}) == 3
    assert all((line.end is None) == (line.status == "unset") for line in lines)
    assert [line.subject for line in lines] == [None, "ab12", "ab12", None, None, None]
    assert not {"actor", "user", "person"} & set(ProcessingLine.__table__.columns.keys())


def test_what_cannot_be_logged_is_not_done(home: Home, engine: Engine) -> None:
    done = []
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE audit_line"))
        connection.execute(text("DROP TABLE processing_line"))
    with pytest.raises(LogFailedError):
        write(engine)
    with pytest.raises(LogFailedError), processing(engine, activity="a", operation="b"):
        done.append("something")
    assert not done


@pytest.mark.sqlite
def test_a_folder_that_cannot_be_written_is_refused_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "access").write_text("a file where the folder should be")
    with pytest.raises(WeerbeeldError, match="right to write"):
        open_access(Home(tmp_path))


APPEND = """
import sys
from pathlib import Path
from store.access import open_access
from store.home import Home
from store.logs import audit
engine = open_access(Home(Path(sys.argv[1])))
print("ready", flush=True)
for number in range(int(sys.argv[2])):
    audit(engine, action="read", object=str(number), result="ok", origin="p", actor=sys.argv[3])
    print(number, flush=True)
"""


def appender(home: Home, lines: int, name: str) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", APPEND, str(home.root), str(lines), name]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.long
def test_several_processes_append_to_one_chain(home: Home) -> None:
    writers = [appender(home, 25, f"writer {n}") for n in range(3)]
    assert [writer.communicate(timeout=120)[1] for writer in writers] == [None] * 3
    assert [writer.returncode for writer in writers] == [0] * 3
    assert verify_chain(open_access(home), "audit").count == 75


@pytest.mark.long
def test_a_killed_writer_leaves_a_whole_chain(home: Home) -> None:
    with appender(home, 10_000, "killed") as writer:
        assert writer.stdout
        acknowledged = [writer.stdout.readline() for _ in range(12)]
        writer.kill()
        acknowledged += writer.stdout.read().splitlines()
    chain = verify_chain(open_access(home), "audit")
    assert chain.broken is None
    assert chain.count >= len(acknowledged) - 2


@pytest.mark.sqlite
@pytest.mark.parametrize("seed", range(8))
def test_a_flipped_byte_anywhere_in_the_lines_is_found(
    filled: Engine, home: Home, tmp_path: Path, seed: int
) -> None:
    """Flip one byte inside a known line of the file itself."""
    filled.dispose()
    sequence = 3 * seed + 2
    whole = home.access_db.read_bytes()
    at = whole.index(f"figures number {sequence:03}".encode())
    changed = Home(tmp_path / "changed")
    changed.access.mkdir(parents=True)
    shutil.copy(home.access_db, changed.access_db)
    with changed.access_db.open("r+b") as target:
        target.seek(at + seed)
        target.write(bytes([whole[at + seed] ^ (1 << seed)]))
    broken = verify_chain(open_access(changed), "audit").broken
    assert broken is not None
    assert broken.sequence == sequence
