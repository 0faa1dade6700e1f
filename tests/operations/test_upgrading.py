"""A home that each released version made comes along with one command, on either database.

``tests/kit/homes`` holds one small home a version, as that version made it, all invented: take one
in with each release (docs/releasing.md).
"""

import re
import zipfile
from pathlib import Path

import pytest
from alembic import command
from command_line import weerbeeld
from sqlalchemy import Engine, MetaData, insert, select, text

from access.grants import today_utc, viewer_of
from access.session import example_gateways
from access.viewer import Viewer
from intake.subjects import find_subject
from operations.doctor import examine
from operations.upgrading import upgrade
from store.access import MIGRATIONS as ACCESS_MIGRATIONS
from store.access import open_access
from store.engine import MIGRATIONS as WORK_MIGRATIONS
from store.engine import engine_at, work_engine, writing
from store.grants import read_grants
from store.home import Home
from store.logs import verify_chain
from store.migrating import migration_config
from store.releases import published
from store.verifying import verify_logs
from store.work import deliveries

HOMES = sorted((Path(__file__).parents[1] / "kit" / "homes").glob("*.zip"))
FIRM = "VERZONNEN-firm_id-000003"


def unpacked(kept: Path, folder: Path) -> Home:
    with zipfile.ZipFile(kept) as archive:
        archive.extractall(folder)
    home = Home(folder)
    for private in (home.work, home.access):
        for path in (private, *private.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
    return home


def _to_database(home: Home) -> None:
    """Put the stores of a home of SQLite files in its database, in the form that they have."""
    stores = (
        (home.work_db, work_engine(home), WORK_MIGRATIONS),
        (home.access_db, open_access(home), ACCESS_MIGRATIONS),
    )
    for path, engine, migrations in stores:
        file = engine_at(f"sqlite:///{path}")
        with file.connect() as source:
            version = source.scalar(text("SELECT version_num FROM alembic_version"))
        with writing(engine) as session:
            session.execute(text("DROP SCHEMA IF EXISTS grants CASCADE"))
            command.downgrade(migration_config(session.connection(), migrations), str(version))
        _copy(file, engine)
        file.dispose()
        engine.dispose()
        path.unlink()


def _copy(file: Engine, engine: Engine) -> None:
    there = MetaData()
    there.reflect(engine)
    here = MetaData()
    here.reflect(file)
    with file.connect() as source, engine.begin() as target:
        for table in there.sorted_tables:
            if table.name != "alembic_version":
                found = source.execute(select(here.tables[table.name])).mappings()
                rows = [dict(row) for row in found]
                if rows:
                    target.execute(insert(table), rows)


@pytest.fixture(params=HOMES, ids=lambda path: path.stem)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    return unpacked(request.param, tmp_path / "home")


def test_there_is_a_home_of_each_released_version() -> None:
    changes = (Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changes, re.M) or ["0.1.0"]
    assert set(released) <= {path.stem for path in HOMES}


@pytest.mark.long
@pytest.mark.sqlite
def test_a_home_of_an_earlier_version_comes_along_with_one_command(home: Home) -> None:
    done = weerbeeld(home.root, "upgrade")
    assert (done.returncode, done.stderr) == (0, "")
    assert "work store: moved from migration" in done.stdout
    assert "grants: 2 in force, 2 of an earlier version" in done.stdout
    assert weerbeeld(home.root, "upgrade").stdout.count("was up to date") == 1
    book = read_grants(home.served)
    assert viewer_of(book, "anna", today_utc()).nsoc
    assert viewer_of(book, "bob", today_utc()).label == "gemeente:GM0599"
    assert viewer_of(book, "carla", today_utc()) == Viewer(), "revoked before"
    assert verify_chain(book.log, "audit").broken is None
    book.dispose()
    assert all(finding.sound for finding in verify_logs(home, {}))
    assert len(find_subject(home, FIRM)) > 0
    assert weerbeeld(home.root, "verify").returncode == 0
    broken = [f"{c.what}: {c.words}" for c in examine(home) if c.state == "broken"]
    assert broken == []


@pytest.mark.sqlite
def test_releases_of_an_earlier_version_are_readable_or_named_as_not(home: Home) -> None:
    said = list(upgrade(home))
    for release in published(home):
        (line,) = [words for words in said if words.startswith(f"release {release.name}")]
        if release.of_this_form:
            partner = example_gateways(home.served, "nsoc", env="local").partner()
            assert len(partner.figures("VG01", "riec")) > 0
        else:
            assert "only the version that built it reads it" in line
            listed = weerbeeld(home.root, "release", "list").stdout
            assert "of another version, which alone reads it" in listed


@pytest.mark.long
@pytest.mark.sqlite
def test_a_backup_of_an_earlier_version_can_be_restored(home: Home, tmp_path: Path) -> None:
    first = weerbeeld(home.root, "backup", str(tmp_path / "b.zip"), "--with-key")
    assert first.returncode == 0, first.stderr
    back = weerbeeld(home.root, "restore", str(tmp_path / "b.zip"), "--home", str(tmp_path / "r"))
    assert back.returncode == 0, back.stderr
    restored = Home(tmp_path / "r")
    assert viewer_of(read_grants(restored.served), "anna", today_utc()).nsoc
    assert len(find_subject(restored, FIRM)) == len(find_subject(home, FIRM)) > 0


@pytest.mark.long
@pytest.mark.postgresql
def test_a_home_in_a_database_comes_along_as_well(home: Home) -> None:
    _to_database(home)
    count = len(deliveries(work_engine(home)))
    said = list(upgrade(home))
    assert any("moved from migration 0002" in line for line in said)
    assert any("2 of an earlier version" in line for line in said)
    assert viewer_of(read_grants(home.served), "anna", today_utc()).nsoc
    assert len(deliveries(work_engine(home))) == count > 0
    assert all(finding.sound for finding in verify_logs(home, {}))
    again = list(upgrade(home))
    assert any("was up to date" in line for line in again)
