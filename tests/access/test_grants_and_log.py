"""No grant holds that the log does not give, and what does not agree is named."""

import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from granting import GIVER, asked, give
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from access.grants import add_grant, revoke_grants, today_utc, viewer_of
from access.viewer import Viewer
from errors import WeerbeeldError
from store import grant_changes
from store.access import FormerGrant, open_access
from store.carrying import open_grants
from store.engine import writing
from store.grant_lines import differences
from store.grants import GrantBook, read_grants
from store.home import Home
from store.logs import audit, verify_chain
from store.verifying import verify_logs

pytestmark = pytest.mark.both


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def book(home: Home) -> Iterator[GrantBook]:
    book = open_grants(home)
    give(book, "anna", "gemeente:GM0599")
    give(book, "bob", "riec:limburg")
    yield book
    book.dispose()


FORGED = (
    "INSERT INTO grants (person, role, area, organisation, purpose, given_by, given_at, until,"
    " waits, alone, line) VALUES ('dief', 'nsoc', '', 'x', 'y', 'beheerder', '2026-01-01',"
    " '2999-12-31', {no}, '', {line})"
)
FORGERIES: dict[str, str] = {
    FORGED.replace("{line}", "1"): "dief",
    FORGED.replace("{line}", "999"): "dief",
    "UPDATE grants SET role = 'nsoc', area = '' WHERE person = 'anna'": "anna",
    "UPDATE grants SET area = 'GM0363' WHERE person = 'anna'": "anna",
    "UPDATE grants SET until = '2999-12-31' WHERE person = 'anna'": "anna",
    "UPDATE grants SET person = 'dief' WHERE person = 'bob'": "dief",
    "UPDATE grants SET purpose = 'iets anders' WHERE person = 'bob'": "bob",
    "UPDATE grants SET line = 1 WHERE person = 'bob'": "bob",
}


@pytest.mark.parametrize("statement", FORGERIES)
def test_a_grant_that_nobody_gave_opens_nothing_and_is_named(
    home: Home, book: GrantBook, statement: str
) -> None:
    assert all(finding.sound for finding in verify_logs(home, {}))
    no = "false" if book.kept.dialect.name == "postgresql" else "0"
    with book.kept.begin() as connection:
        connection.execute(text(statement.replace("{no}", no)))
    assert viewer_of(book, FORGERIES[statement], today_utc()) == Viewer()
    (named,) = [finding.words for finding in verify_logs(home, {}) if not finding.sound]
    assert FORGERIES[statement] in named
    assert "not given by any line" in named


def test_a_revoked_grant_that_was_brought_back_is_named(home: Home, book: GrantBook) -> None:
    revoke_grants(book, "bob", None, GIVER)
    with book.kept.begin() as connection:
        connection.execute(text("UPDATE grants SET revoked_at = NULL WHERE person = 'bob'"))
    (named,) = [finding.words for finding in verify_logs(home, {}) if not finding.sound]
    assert "was revoked by line 3 and still holds" in named


def test_a_grant_that_was_taken_away_without_a_line_is_named(home: Home, book: GrantBook) -> None:
    with book.kept.begin() as connection:
        connection.execute(text("DELETE FROM grants WHERE person = 'bob'"))
        connection.execute(text("UPDATE grants SET revoked_at = given_at WHERE person = 'anna'"))
    named = sorted(finding.words for finding in verify_logs(home, {}) if not finding.sound)
    assert ["no line of the log revokes it" in named[0], "which is gone" in named[1]] == [True] * 2


def test_a_number_is_never_given_twice(book: GrantBook) -> None:
    with book.kept.begin() as connection:
        connection.execute(text("DELETE FROM grants"))
    assert give(book, "eva", "auditor").id == 3


def test_a_change_that_fails_after_its_line_is_logged_as_failed(
    home: Home, book: GrantBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise WeerbeeldError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(grant_changes, "revoke", full)
        patch.setattr("access.grants.revoke", full)
        with pytest.raises(WeerbeeldError, match="disk is full"):
            revoke_grants(book, "bob", None, GIVER)
    assert viewer_of(book, "bob", today_utc()).label == "riec:limburg"
    assert list(differences(book)) == []
    assert verify_chain(book.log, "audit").broken is None


def test_a_kill_between_line_and_grant_is_named_and_opens_nothing(
    book: GrantBook,
) -> None:
    change = grant_changes.Change(book.log, GIVER.line)
    change.write("grant add", f"#77 {'0' * 32}: eva nsoc")
    assert list(differences(book)) == ["line 3 of the log gives grant 77, which is gone"]
    assert viewer_of(book, "eva", today_utc()) == Viewer()


@pytest.mark.sqlite
def test_readers_wait_for_a_writer_and_write_nothing(home: Home, book: GrantBook) -> None:
    assert stat.S_IMODE(home.grants_db.stat().st_mode) & 0o026 == 0
    reading = read_grants(home.served)
    assert viewer_of(reading, "anna", today_utc()).label == "gemeente:GM0599"
    for statement in ("DELETE FROM grants", "CREATE TABLE x (y)", FORGED.format(no=0, line=1)):
        with pytest.raises(DBAPIError, match=r"readonly|read-only"), reading.kept.begin() as con:
            con.execute(text(statement))
    assert [path.name for path in home.grants.iterdir()] == ["grants.db"]


@pytest.mark.sqlite
def test_without_a_store_of_grants_nobody_holds_any(home: Home) -> None:
    assert viewer_of(read_grants(home.served), "anna", today_utc()) == Viewer()
    assert not home.grants.exists()


def _former(home: Home, person: str, role: str, area: str = "", until: date | None = None) -> None:
    """Give a grant as version 0.1 did."""
    engine = open_access(home)
    with writing(engine) as session:
        now = datetime.now(UTC)
        session.add(
            FormerGrant(
                person=person, role=role, area=area, given_by="kees", given_at=now, until=until
            )
        )
    engine.dispose()


def _told(home: Home, what: str, actor: str = "kees") -> None:
    engine = open_access(home)
    audit(engine, action="grant add", object=what, result="ok", origin="console", actor=actor)
    engine.dispose()


def test_the_grants_of_version_0_1_come_along_as_far_as_the_log_gives_them(home: Home) -> None:
    last = today_utc()
    _told(home, "anna nsoc")
    _former(home, "anna", "nsoc")
    _told(home, f"bob gemeente:GM0599 until {last}")
    _former(home, "bob", "gemeente", "GM0599", last)
    _former(home, "dief", "nsoc")
    _told(home, "list nsoc", actor="somebody else")
    _former(home, "list", "nsoc")
    if not home.database:
        with pytest.raises(WeerbeeldError, match="weerbeeld upgrade"):
            read_grants(home.served)
    book = open_grants(home)
    assert viewer_of(book, "anna", today_utc()).nsoc
    assert viewer_of(book, "bob", today_utc()).label == "gemeente:GM0599"
    for person in ("dief", "list"):
        assert viewer_of(book, person, today_utc()) == Viewer()
    assert list(differences(book)) == []
    assert all(finding.sound for finding in verify_logs(home, {}))
    _told(home, "dief nsoc")
    _former(home, "dief", "nsoc")
    assert viewer_of(open_grants(home), "dief", today_utc()) == Viewer(), "once, and never again"
    assert viewer_of(read_grants(home.served), "anna", today_utc()).nsoc


def test_who_holds_a_grant_of_nobody_is_refused_in_the_log(home: Home, book: GrantBook) -> None:
    add_grant(book, asked("eva", "auditor"), GIVER)
    with book.kept.begin() as connection:
        connection.execute(text("UPDATE grants SET role = 'nsoc' WHERE person = 'eva'"))
    found = grant_changes.told_apart(book, today_utc(), "eva")
    assert ([grant.person for grant in found[0]], len(found[1])) == ([], 1)
