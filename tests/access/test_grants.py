"""Grants decide who sees what, from the organisation's own table; every change is logged."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from command_line import refused, weerbeeld
from granting import FOR, GIVER, asked, give
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from access.grants import GrantError, add_grant, revoke_grants, today_utc, viewer_of
from access.viewer import Viewer, viewer_named
from errors import WeerbeeldError
from store.access import AuditLine
from store.carrying import open_grants
from store.grant_lines import mark_of
from store.grants import Grant, GrantBook
from store.home import Home
from store.logs import LogFailedError, verify_chain

pytestmark = pytest.mark.both


@pytest.fixture
def book(tmp_path: Path) -> Iterator[GrantBook]:
    book = open_grants(Home(tmp_path))
    yield book
    book.dispose()


def lines(book: GrantBook) -> list[tuple[str, str, str, str]]:
    with Session(book.log) as session:
        found = session.scalars(select(AuditLine).order_by(AuditLine.sequence))
        return [(line.actor, line.action, line.object, line.result) for line in found]


def test_an_unknown_person_sees_nothing(book: GrantBook) -> None:
    give(book, "anna", "nsoc")
    for person in ("", "bob", "Anna", "anna ", "%"):
        assert viewer_of(book, person, today_utc()) == Viewer()


def test_a_person_is_all_that_was_granted(book: GrantBook) -> None:
    for what in ("riec:limburg", "gemeente:GM0599", "gemeente:GM0983", "auditor"):
        give(book, "anna", what)
    give(book, "bob", "gegevensbeheerder")
    viewer = viewer_of(book, "anna", today_utc())
    assert viewer.label == "riec:limburg+gemeente:GM0599+gemeente:GM0983+auditor"
    assert viewer_of(book, "bob", today_utc()) == Viewer(gegevensbeheerder=True)


def test_a_revoked_grant_ends_at_once_and_leaves_the_others(book: GrantBook) -> None:
    for what in ("riec:limburg", "gemeente:GM0599"):
        give(book, "anna", what)
    assert revoke_grants(book, "anna", "riec:limburg", GIVER) == ["riec:limburg"]
    assert viewer_of(book, "anna", today_utc()).label == "gemeente:GM0599"
    assert revoke_grants(book, "anna", None, GIVER) == ["gemeente:GM0599"]
    assert viewer_of(book, "anna", today_utc()) == Viewer()
    with Session(book.kept) as session:
        assert all(g.revoked_by == "beheerder" for g in session.scalars(select(Grant)))
    give(book, "anna", "riec:limburg")
    assert viewer_of(book, "anna", today_utc()).label == "riec:limburg"


def test_a_grant_holds_to_the_end_of_its_last_day(book: GrantBook) -> None:
    today = today_utc()
    give(book, "anna", "nsoc", today + timedelta(days=3))
    assert viewer_of(book, "anna", today + timedelta(days=3)).nsoc
    assert not viewer_of(book, "anna", today + timedelta(days=4)).nsoc


@pytest.mark.parametrize(
    ("person", "what", "says"),
    [
        ("anna", "burgemeester", "not a role"),
        ("anna", "nsoc:limburg", "not a role"),
        ("anna", "riec", "not a role"),
        ("anna", "riec:atlantis", "no riec"),
        ("anna", "gemeente:GM9999", "no gemeente"),
        ("anna", "gemeente:GM0599+nsoc", "not a role"),
        ("", "nsoc", "'sub'"),
        ("   ", "nsoc", "'sub'"),
        ("an\nna", "nsoc", "'sub'"),
        ("x" * 300, "nsoc", "'sub'"),
    ],
)
def test_a_wrong_grant_is_refused_and_logged(
    book: GrantBook, person: str, what: str, says: str
) -> None:
    with pytest.raises(WeerbeeldError, match=says):
        give(book, person, what)
    assert viewer_of(book, person, today_utc()) == Viewer()
    ((actor, action, _, result),) = lines(book)
    assert (actor, action, result) == ("beheerder", "grant add", "refused")


def test_what_is_held_already_or_over_or_not_held_is_refused(book: GrantBook) -> None:
    give(book, "anna", "nsoc")
    with pytest.raises(GrantError, match="already holds"):
        give(book, "anna", "nsoc")
    with pytest.raises(GrantError, match="in the past"):
        give(book, "anna", "auditor", date(2020, 1, 1))
    with pytest.raises(GrantError, match="It holds: nsoc"):
        revoke_grants(book, "anna", "auditor", GIVER)
    assert [line[3] for line in lines(book)] == ["ok", "ok", "refused", "refused", "refused"]


def test_every_change_stands_in_the_log_with_who_did_it(book: GrantBook) -> None:
    grant = give(book, "anna", "gemeente:GM0599", today_utc())
    revoke_grants(book, "anna", None, GIVER)
    given = f"anna gemeente:GM0599 until {today_utc()}, {FOR.organisation}, {FOR.purpose}"
    assert lines(book) == [
        ("beheerder", "grant add", f"#{grant.id} {mark_of(grant)}: {given}", "ok"),
        ("beheerder", "grant revoke", f"#{grant.id}: anna gemeente:GM0599", "ok"),
    ]
    assert verify_chain(book.log, "audit").broken is None


def test_a_grant_that_cannot_be_logged_is_not_given(book: GrantBook) -> None:
    with book.log.begin() as connection:
        connection.execute(text("ALTER TABLE audit_line RENAME TO elsewhere"))
    with pytest.raises(WeerbeeldError):
        give(book, "anna", "gemeente:GM0599")
    with pytest.raises(LogFailedError):
        give(book, "anna", "koning")
    with book.log.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO audit_line"))
    assert viewer_of(book, "anna", today_utc()) == Viewer()


def test_a_grant_ends_after_a_year_unless_said_otherwise(book: GrantBook) -> None:
    assert give(book, "anna", "gemeente:GM0599").until == today_utc() + timedelta(days=365)
    with pytest.raises(GrantError, match="more than two years away"):
        give(book, "anna", "gemeente:GM0983", today_utc() + timedelta(days=800))


@pytest.mark.parametrize("what", ["organisation", "purpose"])
@pytest.mark.parametrize("words", ["", "  ", "x", "y" * 201, "een\nregel te veel"])
def test_a_grant_says_for_whom_and_what_for(book: GrantBook, what: str, words: str) -> None:
    wanted = replace(asked("anna", "gemeente:GM0599"), **{what: words})  # type: ignore[arg-type]
    with pytest.raises(GrantError, match=what):
        add_grant(book, wanted, GIVER)
    assert viewer_of(book, "anna", today_utc()) == Viewer()


ROLES = st.sampled_from(
    ["nsoc", "riec:limburg", "gemeente:GM0599", "gemeente:GM0983", "auditor", "gegevensbeheerder"]
)


@pytest.mark.long
@given(st.lists(st.tuples(st.booleans(), st.sampled_from("ab"), ROLES), max_size=12))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_after_any_changes_a_person_is_what_it_was_granted(
    book: GrantBook, changes: list[tuple[bool, str, str]]
) -> None:
    held: dict[str, set[str]] = {"a": set(), "b": set()}
    for person in held:
        if viewer_of(book, person, today_utc()).roles:
            revoke_grants(book, person, None, GIVER)
    for add, person, what in changes:
        if add == (what in held[person]):
            with pytest.raises(GrantError):
                give(book, person, what) if add else revoke_grants(book, person, what, GIVER)
        elif add:
            give(book, person, what)
            held[person].add(what)
        else:
            revoke_grants(book, person, what, GIVER)
            held[person].remove(what)
    for person, roles in held.items():
        expected = viewer_named("+".join(roles)) if roles else Viewer()
        assert viewer_of(book, person, today_utc()) == expected


@given(st.text(max_size=60), st.text(max_size=40))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_gives_a_grant_or_a_clear_refusal(book: GrantBook, person: str, what: str) -> None:
    with suppress(WeerbeeldError):
        give(book, person, what)
    assert lines(book)[-1][1] == "grant add"
    assert verify_chain(book.log, "audit").broken is None


ABOUT = ("--organisation", "Verzonnen gemeente", "--purpose", "toezicht")


def test_the_command_line_gives_lists_and_revokes(tmp_path: Path) -> None:
    assert weerbeeld(tmp_path, "grant", "list").stdout == ""
    last = str(today_utc() + timedelta(days=90))
    given = weerbeeld(tmp_path, "grant", "add", "anna", "riec:limburg", *ABOUT, "--until", last)
    assert (given.returncode, given.stderr) == (0, "")
    listed = weerbeeld(tmp_path, "grant", "list").stdout
    about = "Verzonnen gemeente\ttoezicht"
    assert listed.startswith(f"anna\triec:limburg\tuntil {last}\t{about}\tgiven by ")
    assert "not a role" in refused(tmp_path, "grant", "add", "anna", "koning", *ABOUT)
    soon = ("--until", "soon")
    assert "not a date" in refused(tmp_path, "grant", "add", "anna", "nsoc", *ABOUT, *soon)
    assert weerbeeld(tmp_path, "grant", "revoke", "anna").returncode == 0
    assert weerbeeld(tmp_path, "grant", "list").stdout == ""
    assert "nothing" in refused(tmp_path, "grant", "revoke", "anna")
