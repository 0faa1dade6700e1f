"""A second person confirms a grant of NSOC or keeper; a pilot and a broken glass say so."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from command_line import refused, weerbeeld
from granting import GIVER, SECOND, asked, give
from sqlalchemy import select
from sqlalchemy.orm import Session

from access.grants import (
    Giver,
    GrantError,
    add_grant,
    confirm_grant,
    revoke_grants,
    today_utc,
    viewer_of,
)
from access.oversight import end_sessions, note_review, start_pilot, stop_pilot
from access.reviewing import review_rows
from access.viewer import Viewer
from store import console
from store.access import AuditLine
from store.carrying import open_grants
from store.grant_changes import grants_waiting, last_review, sessions_end
from store.grant_lines import differences
from store.grants import GrantBook
from store.home import Home
from store.logs import audit

pytestmark = pytest.mark.both

ALONE = ["nsoc", "gegevensbeheerder"]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[GrantBook]:
    book = open_grants(Home(tmp_path))
    yield book
    assert list(differences(book)) == []
    book.dispose()


def actions(book: GrantBook) -> list[tuple[str, str]]:
    with Session(book.log) as session:
        found = session.scalars(select(AuditLine).order_by(AuditLine.sequence))
        return [(line.action, line.result) for line in found]


@pytest.mark.parametrize("role", ALONE)
def test_it_opens_nothing_until_somebody_else_confirms_it(book: GrantBook, role: str) -> None:
    grant = add_grant(book, asked("anna", role), GIVER)
    assert grant.waits
    assert viewer_of(book, "anna", today_utc()) == Viewer()
    same = Giver("beheerder (as weerbeeld)", "test")
    for who in (GIVER, same):
        with pytest.raises(GrantError, match="somebody else confirms it"):
            confirm_grant(book, grant.id, who)
    assert viewer_of(book, "anna", today_utc()) == Viewer()
    confirm_grant(book, grant.id, SECOND)
    assert viewer_of(book, "anna", today_utc()).roles == {role}
    with pytest.raises(GrantError, match="No grant"):
        confirm_grant(book, grant.id, SECOND)
    refusals = [("grant confirm", "refused")] * 2
    last = [("grant confirm", "ok"), ("grant confirm", "refused")]
    assert actions(book) == [("grant ask", "ok"), *refusals, *last]


@pytest.mark.parametrize("role", ["riec:limburg", "gemeente:GM0599", "auditor"])
def test_other_roles_need_no_second_person(book: GrantBook, role: str) -> None:
    assert not add_grant(book, asked("anna", role), GIVER).waits
    assert viewer_of(book, "anna", today_utc()).label == role


def test_what_waits_is_listed_asked_once_and_can_be_taken_back(book: GrantBook) -> None:
    grant = add_grant(book, asked("anna", "nsoc"), GIVER)
    with pytest.raises(GrantError, match="already waits for nsoc"):
        add_grant(book, asked("anna", "nsoc"), GIVER)
    assert [waiting.id for waiting in grants_waiting(book, today_utc())] == [grant.id]
    assert revoke_grants(book, "anna", None, GIVER) == ["nsoc"]
    with pytest.raises(GrantError, match="No grant"):
        confirm_grant(book, grant.id, SECOND)


def test_a_pilot_of_one_person_is_said_and_ends_with_its_grants(book: GrantBook) -> None:
    today = today_utc()
    last = today + timedelta(days=60)
    start_pilot(book, last, "drie gemeenten proberen het uit", GIVER)
    grant = add_grant(book, asked("anna", "nsoc"), GIVER)
    assert (grant.waits, grant.alone, grant.until) == (False, "pilot", last)
    assert viewer_of(book, "anna", today).nsoc
    assert not viewer_of(book, "anna", last + timedelta(days=1)).nsoc
    with pytest.raises(GrantError, match="runs until"):
        start_pilot(book, last, "nog een keer", GIVER)
    stop_pilot(book, GIVER)
    assert add_grant(book, asked("bob", "nsoc"), GIVER).waits
    with pytest.raises(GrantError, match="No pilot"):
        stop_pilot(book, GIVER)
    said = [action for action, result in actions(book) if result == "ok"]
    assert said == ["pilot start", "grant add", "pilot stop", "grant ask"]


@pytest.mark.parametrize(("days", "why"), [(184, "een proef"), (-1, "een proef"), (9, "")])
def test_a_pilot_is_short_and_has_a_reason(book: GrantBook, days: int, why: str) -> None:
    with pytest.raises(GrantError):
        start_pilot(book, today_utc() + timedelta(days=days), why, GIVER)
    assert add_grant(book, asked("anna", "nsoc"), GIVER).waits


def test_the_glass_can_be_broken_until_tomorrow_and_the_log_says_why(book: GrantBook) -> None:
    grant = add_grant(book, asked("anna", "nsoc", glass="storing in het weekend"), GIVER)
    assert (grant.alone, grant.until) == ("glass", today_utc() + timedelta(days=1))
    assert viewer_of(book, "anna", today_utc()).nsoc
    with Session(book.log) as session:
        line = session.get_one(AuditLine, grant.line)
    assert line.object.endswith("GLASS BROKEN: storing in het weekend")
    with pytest.raises(GrantError, match="ends tomorrow"):
        add_grant(book, asked("bob", "nsoc", today_utc(), "storing"), GIVER)
    with pytest.raises(GrantError, match="no second person"):
        add_grant(book, asked("bob", "auditor", glass="storing"), GIVER)


def test_the_list_for_the_yearly_review_says_who_still_comes(book: GrantBook) -> None:
    give(book, "anna", "nsoc")
    give(book, "=bob()", "gemeente:GM0599", today_utc())
    for actor, result in (("anna", "ok"), ("=bob()", "refused")):
        audit(book.log, action="sign in", object="x", result=result, origin="t", actor=actor)  # type: ignore[arg-type]
    heads, first, second = review_rows(book)
    rows = [dict(zip(heads, row, strict=True)) for row in (first, second)]
    assert [(row["person"], row["last sign-in"]) for row in rows] == [
        ("=bob()", "never"),
        ("anna", str(today_utc())),
    ]
    assert rows[1]["confirmed by"] == "tweede"
    assert rows[1]["purpose"] == asked("", "").purpose
    assert last_review(book) is None
    assert note_review(book, GIVER) == 2
    review = last_review(book)
    assert review is not None
    assert (review.by, review.grants) == ("beheerder", 2)
    assert ("grant review", "ok") in actions(book)


def test_ended_sign_ins_are_of_one_person_or_of_all(book: GrantBook) -> None:
    assert sessions_end(book, "anna") is None
    end_sessions(book, "anna", GIVER)
    assert sessions_end(book, "bob") is None
    first = sessions_end(book, "anna")
    assert first is not None
    end_sessions(book, "", GIVER)
    both = sessions_end(book, "bob")
    assert both is not None
    assert first < both == sessions_end(book, "anna")
    with pytest.raises(GrantError, match="'sub'"):
        end_sessions(book, "an\nna", GIVER)
    assert actions(book) == [
        ("session end", "ok"),
        ("session end", "ok"),
        ("session end", "refused"),
    ]


def test_who_signed_in_to_the_machine_is_named_whoever_it_works_as(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    login = tmp_path / "loginuid"
    monkeypatch.setattr(console, "LOGIN", login)
    plain = console.os_account()
    login.write_text(str(2**32 - 1))
    assert console.os_account() == plain
    login.write_text("54321")
    assert console.os_account() == f"uid 54321 (as {plain})"
    assert Giver(console.os_account(), "console").name == "uid 54321"


def test_the_command_line_asks_confirms_and_reviews(tmp_path: Path) -> None:
    about = ("--organisation", "NSOC", "--purpose", "landelijk beeld")
    asked_for = weerbeeld(tmp_path, "grant", "add", "anna", "nsoc", *about)
    assert "Grant 1 waits" in asked_for.stdout
    assert "WAITS to be confirmed: grant 1" in weerbeeld(tmp_path, "grant", "list").stdout
    assert "somebody else" in refused(tmp_path, "grant", "confirm", "1")
    glass = weerbeeld(tmp_path, "grant", "add", "bob", "nsoc", *about, "--break-glass", "storing")
    assert "THE GLASS WAS BROKEN" in glass.stdout
    until = str(today_utc() + timedelta(days=30))
    pilot = ("grant", "pilot")
    assert weerbeeld(tmp_path, *pilot, "start", "--until", until, "--why", "proef").returncode == 0
    assert weerbeeld(tmp_path, "grant", "add", "eva", "nsoc", *about).stdout.endswith("pilot.\n")
    assert weerbeeld(tmp_path, *pilot, "stop").returncode == 0
    listed = weerbeeld(tmp_path, "grant", "review").stdout.splitlines()
    assert [line.split(";")[1] for line in listed] == ["person", "bob", "eva"]
    assert "2 grants" in weerbeeld(tmp_path, "grant", "review", "--done").stdout
    assert weerbeeld(tmp_path, "session", "end", "anna").returncode == 0
    assert "Name one person" in refused(tmp_path, "session", "end")
