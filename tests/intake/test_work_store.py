"""The work store: its migrations match its models, and it says what is wrong with it."""

from pathlib import Path
from threading import Thread

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from intake_samples import Take, sample_csv
from sqlalchemy import Engine, inspect, text

from errors import WeerbeeldError
from store.access import MIGRATIONS as ACCESS
from store.engine import (
    MIGRATIONS,
    migrate,
    newest_revision,
    open_for_writing,
    work_engine,
    writing,
)
from store.grants import MIGRATIONS as GRANTS
from store.home import Home
from store.migrating import migration_config
from store.work import Base, deliveries

VALID = sample_csv("business")

pytestmark = pytest.mark.both


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def test_migrations_up_and_down_match_the_models(home: Home) -> None:
    engine = open_for_writing(home)
    assert differences(engine) == []
    with writing(engine) as session:
        command.downgrade(migration_config(session.connection()), "base")
    assert "delivery" not in inspect(engine).get_table_names()
    assert differences(engine) != []
    migrate(engine)
    assert differences(engine) == []


@pytest.mark.sqlite
@pytest.mark.parametrize("folder", [MIGRATIONS, ACCESS, GRANTS], ids=lambda folder: folder.name)
def test_the_newest_migration_is_the_one_that_alembic_goes_to(home: Home, folder: Path) -> None:
    with open_for_writing(home).connect() as connection:
        script = ScriptDirectory.from_config(migration_config(connection, folder))
    assert newest_revision(folder) == script.get_current_head()


def test_each_migration_keeps_what_was_delivered(home: Home, take: Take) -> None:
    take(VALID)
    engine = open_for_writing(home)
    columns = "id, sequence, kind, partner, sha256, rows, first_date"
    select = text(f"SELECT {columns} FROM delivery")

    def delivered() -> list[object]:
        with engine.connect() as connection:
            return list(connection.execute(select).all())

    before = delivered()
    with writing(engine) as session:
        command.downgrade(migration_config(session.connection()), "0001")
    assert delivered() == before
    assert inspect(engine).get_table_names() == ["alembic_version", "delivery"]
    migrate(engine)
    assert delivered() == before
    assert [(d.revision, d.rejected) for d in deliveries(engine)] == [(0, 0)]


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_store_of_an_older_version_is_brought_up_to_date(
    home: Home, take: Take, dry_run: bool
) -> None:
    take(VALID)
    with writing(open_for_writing(home)) as session:
        command.downgrade(migration_config(session.connection()), "0001")
    assert take(VALID, dry_run=dry_run).already_known


@pytest.mark.sqlite
def test_an_up_to_date_store_is_not_written_to(home: Home) -> None:
    open_for_writing(home).dispose()
    before = home.work_db.read_bytes()
    open_for_writing(home).dispose()
    assert home.work_db.read_bytes() == before


@pytest.mark.sqlite
def test_sqlite_is_set_up_for_readers_beside_a_writer(home: Home) -> None:
    engine = open_for_writing(home)
    with engine.connect() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    assert settings == {
        "journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000, "synchronous": 2,
    }  # fmt: skip
    with writing(engine):
        assert deliveries(work_engine(home)) == []


def test_a_second_writer_waits_and_then_says_so(home: Home) -> None:
    engine = open_for_writing(home)
    hasty = work_engine(home, busy_seconds=0.1)
    with writing(engine), pytest.raises(WeerbeeldError, match="Another intake or build"):  # noqa: SIM117
        with writing(hasty):
            pass


def test_a_store_of_a_newer_version_is_left_alone(home: Home, take: Take) -> None:
    engine = open_for_writing(home)
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WeerbeeldError, match="newer Weerbeeld"):
        take(VALID)


@pytest.mark.sqlite
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_damaged_store_is_said(home: Home, take: Take, dry_run: bool) -> None:
    home.work.mkdir(parents=True)
    home.work_db.write_bytes(b"this is no database" * 100)
    with pytest.raises(WeerbeeldError, match=r"work\.db cannot be used"):
        take(VALID, dry_run=dry_run)


def test_two_intakes_at_once_both_arrive(home: Home, take: Take) -> None:
    codes = [b"11", b"22", b"33", b"44"]
    threads = [
        Thread(target=take, args=(VALID.replace(b"96021", code),), kwargs={"name": code.decode()})
        for code in codes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [delivery.sequence for delivery in deliveries(work_engine(home))] == [1, 2, 3, 4]
    assert len(list(home.records.rglob("*.parquet"))) == 4
