"""Who was granted what: the organisation's own table, read anew at every request."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from access.viewer import Role, Viewer, role_named, viewer_holding
from errors import WeerbeeldError
from store.access import AuditLine
from store.grant_changes import (
    Change,
    changing,
    grants_in_force,
    grants_waiting,
    made_line,
    pilot_at,
    revoke,
)
from store.grant_lines import REVOKE, giving, revoking
from store.grants import Grant, GrantBook
from store.logs import LogFailedError, Result, audit

LONGEST_PERSON, LONGEST_ORGANISATION, LONGEST_PURPOSE = 255, 120, 200
LEAST_WORDS = 3

DAYS, MOST_DAYS = 365, 731
"""A grant holds a year unless its last day is given, and never much longer than two."""

GLASS_DAYS = 1
"""Days that a grant holds which broke the glass: today and tomorrow."""

SECOND_PERSON: frozenset[Role] = frozenset({"nsoc", "gegevensbeheerder"})
"""Roles that see the whole country, or who sees what: a second person confirms them."""


class GrantError(WeerbeeldError):
    """A grant cannot be given, confirmed or revoked as asked."""


@dataclass(frozen=True)
class Giver:
    """Who changes grants, and from where: what the audit log says of it."""

    actor: str
    origin: str

    @property
    def name(self) -> str:
        """The person, under whatever account that is."""
        return self.actor.partition(" (as ")[0]

    def line(self, action: str, what: str, result: Result) -> AuditLine:
        """Return the line of the audit log about a change."""
        return made_line(self.actor, self.origin)(action, what, result)


@dataclass(frozen=True)
class Wanted:
    """A grant that is asked for: to whom, which role, for which organisation and what purpose.

    ``purpose`` says the work and its legal ground. ``until`` is the last day, a year from now when
    left out. ``glass`` says why nobody could confirm it ('' otherwise).
    """

    person: str
    role: str
    organisation: str
    purpose: str
    until: date | None = None
    glass: str = ""


def today_utc() -> date:
    """Return today, as grants count days."""
    return datetime.now(UTC).date()


@contextmanager
def refusals_logged(book: GrantBook, giver: Giver, action: str, what: str) -> Iterator[None]:
    """Log in the audit log when a change is refused."""
    try:
        yield
    except LogFailedError:
        raise
    except WeerbeeldError:
        audit(
            book.log,
            action=action,
            object=what,
            result="refused",
            origin=giver.origin,
            actor=giver.actor,
        )
        raise


def check_words(name: str, words: str, most: int) -> None:
    """Raise GrantError unless ``words`` say something, on one line."""
    if not (len(words.strip()) >= LEAST_WORDS and len(words) <= most and words.isprintable()):
        raise GrantError(
            f"The {name} is said in {LEAST_WORDS} to {most} characters on one line, none of them "
            "invisible."
        )


def check_person(person: str) -> None:
    """Raise GrantError unless ``person`` can be the ``sub`` of an account."""
    if not (person.strip() and person.isprintable() and len(person) <= LONGEST_PERSON):
        raise GrantError(
            "A person is named by the 'sub' of its account at the sign-in service: "
            f"1 to {LONGEST_PERSON} characters, none of them invisible."
        )


def _check_area(role: Role, area: str) -> None:
    from geo import areas  # reads border files, which the web process does not need

    known = {"riec": areas.riecs, "gemeente": areas.gemeenten}
    if role in known and area not in set(known[role]()["code"]):
        raise GrantError(f"There is no {role} with the code '{area}', so it cannot be granted.")


def written(grant: Grant) -> str:
    """Return what was granted as it is written, e.g. ``riec:limburg``."""
    return f"{grant.role}:{grant.area}" if grant.area else grant.role


def add_grant(book: GrantBook, wanted: Wanted, giver: Giver) -> Grant:
    """Give a person a role; one of SECOND_PERSON waits for ``confirm_grant``, unless in a pilot.

    Raises WeerbeeldError, after a line in the audit log, when anything of it is not right, or the
    person holds the same already.
    """
    with refusals_logged(book, giver, "grant add", f"{wanted.person} {wanted.role}"):
        role, area = _checked(book, wanted)
        alone, latest = _alone(book, role, wanted)
        with changing(book, giver.line) as change:
            grant = Grant(
                person=wanted.person,
                role=role,
                area=area,
                organisation=wanted.organisation.strip(),
                purpose=wanted.purpose.strip(),
                given_by=giver.actor,
                given_at=datetime.now(UTC),
                until=min(latest, wanted.until or today_utc() + timedelta(days=DAYS)),
                waits=role in SECOND_PERSON and not alone,
                alone=alone,
            )
            change.session.add(grant)
            change.session.flush()
            if grant.waits:
                change.write("grant ask", f"#{grant.id}: {_words(grant)}")
            else:
                _give(change, grant, "grant add", wanted.glass)
    return grant


def confirm_grant(book: GrantBook, number: int, giver: Giver) -> Grant:
    """Confirm as the second person the grant that waits with this number.

    Raises WeerbeeldError, after a line in the audit log, when none does, or it is the same person.
    """
    with refusals_logged(book, giver, "grant confirm", f"#{number}"):
        waiting = {grant.id: grant for grant in grants_waiting(book, today_utc())}
        if number not in waiting:
            known = ", ".join(map(str, waiting)) or "none"
            raise GrantError(f"No grant {number} waits to be confirmed. There are: {known}.")
        asked_by = Giver(waiting[number].given_by, giver.origin).name
        if asked_by == giver.name:
            raise GrantError(
                f"Grant {number} was asked for by {asked_by}, so somebody else confirms it, under "
                "an account of its own. Where there is nobody else: 'weerbeeld grant pilot start', "
                "or '--break-glass' when it cannot wait."
            )
        with changing(book, giver.line) as change:
            grant = change.session.get_one(Grant, number)
            grant.waits = False
            grant.confirmed_by, grant.confirmed_at = giver.actor, datetime.now(UTC)
            _give(change, grant, "grant confirm", "")
    return grant


def revoke_grants(book: GrantBook, person: str, what: str | None, giver: Giver) -> list[str]:
    """Revoke one grant of ``person``, or all in force or waiting; return what was revoked.

    Raises WeerbeeldError, after a line in the audit log, when there is nothing to revoke.
    """
    asked = what or "everything"
    with refusals_logged(book, giver, REVOKE, f"{person} {asked}"):
        held = [g for g in _held(book) if g.person == person]
        chosen = [grant for grant in held if what in (None, written(grant))]
        if not chosen:
            holds = ", ".join(written(grant) for grant in held) or "nothing"
            raise GrantError(f"{person[:80]} does not hold {asked}. It holds: {holds}.")
        names, numbers = [written(grant) for grant in chosen], [grant.id for grant in chosen]
        with changing(book, giver.line) as change:
            change.write(REVOKE, revoking(numbers, f"{person} {' '.join(names)}"))
            revoke(change, numbers, giver.actor)
    return names


def viewer_of(book: GrantBook, person: str, today: date) -> Viewer:
    """Return the viewer that ``person`` is on ``today``; who was granted nothing sees nothing."""
    return viewer_with(grants_in_force(book, today, person) if person else [])


def viewer_with(grants: Sequence[Grant]) -> Viewer:
    """Return the viewer that holds these grants."""
    return viewer_holding([role_named(written(grant)) for grant in grants])


def _held(book: GrantBook) -> list[Grant]:
    today = today_utc()
    return [*grants_in_force(book, today), *grants_waiting(book, today)]


def _checked(book: GrantBook, wanted: Wanted) -> tuple[Role, str]:
    """Return role and area of a grant that can be given; WeerbeeldError otherwise."""
    check_person(wanted.person)
    role, area = role_named(wanted.role)
    _check_area(role, area)
    check_words("organisation", wanted.organisation, LONGEST_ORGANISATION)
    check_words("purpose, with its legal ground,", wanted.purpose, LONGEST_PURPOSE)
    last, today = wanted.until or today_utc(), today_utc()
    if last < today:
        raise GrantError(f"{last} is in the past. Give a last day that is still to come.")
    if last > today + timedelta(days=MOST_DAYS):
        raise GrantError(f"{last} is more than two years away. Give an earlier last day.")
    for held in _held(book):
        if held.person == wanted.person and written(held) == wanted.role:
            what = "already waits for" if held.waits else "already holds"
            raise GrantError(
                f"{wanted.person} {what} {wanted.role}, until {held.until}. Revoke that first."
            )
    return role, area


def _alone(book: GrantBook, role: Role, wanted: Wanted) -> tuple[str, date]:
    """Return why no second person has to confirm a grant, '' otherwise, and its latest last day."""
    today = today_utc()
    if wanted.glass:
        check_words("reason to break the glass", wanted.glass, LONGEST_PURPOSE)
        if role not in SECOND_PERSON:
            raise GrantError(f"A grant of {role} needs no second person: leave --break-glass out.")
        if wanted.until is not None:
            raise GrantError("A grant that breaks the glass ends tomorrow: leave --until out.")
        return "glass", today + timedelta(days=GLASS_DAYS)
    pilot = pilot_at(book, today) if role in SECOND_PERSON else None
    return ("pilot", pilot.until) if pilot else ("", today + timedelta(days=MOST_DAYS))


def _give(change: Change, grant: Grant, action: str, glass: str) -> None:
    reason = f", GLASS BROKEN: {glass}" if glass else ""
    grant.line = change.write(action, giving(grant, f"{_words(grant)}{reason}"))


def _words(grant: Grant) -> str:
    alone = f", {grant.alone}" if grant.alone else ""
    given = f"{grant.person} {written(grant)} until {grant.until}{alone}"
    return f"{given}, {grant.organisation}, {grant.purpose}"
