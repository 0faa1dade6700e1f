"""What keeps an eye on grants: a pilot of one person, the yearly review, and ended sign-ins."""

from datetime import UTC, date, datetime, timedelta

from access.grants import (
    LONGEST_PURPOSE,
    Giver,
    GrantError,
    check_person,
    check_words,
    refusals_logged,
    today_utc,
)
from store.grant_changes import changing, grants_in_force, pilot_at
from store.grants import GrantBook, Pilot, Review, SessionEnd

LONGEST_PILOT = 183
"""Days: half a year in which one person may give every grant alone."""


def start_pilot(book: GrantBook, until: date, why: str, giver: Giver) -> None:
    """Let one person give every grant alone until ``until``; those grants end with it.

    Raises WeerbeeldError, after a line in the audit log, when a pilot runs already, or the day or
    the reason is not right.
    """
    with refusals_logged(book, giver, "pilot start", f"until {until}"):
        today = today_utc()
        check_words("reason for a pilot", why, LONGEST_PURPOSE)
        if not today <= until <= today + timedelta(days=LONGEST_PILOT):
            raise GrantError(f"A pilot ends within {LONGEST_PILOT} days, and not in the past.")
        if running := pilot_at(book, today):
            raise GrantError(f"A pilot runs until {running.until}. Stop that first.")
        with changing(book, giver.line) as change:
            pilot = Pilot(begun_by=giver.actor, begun_at=datetime.now(UTC), until=until, why=why)
            change.session.add(pilot)
            change.write("pilot start", f"one person until {until}: {why}")


def stop_pilot(book: GrantBook, giver: Giver) -> None:
    """End the pilot now; grants that one person gave alone stay until they end or are revoked."""
    with refusals_logged(book, giver, "pilot stop", "one person"):
        running = pilot_at(book, today_utc())
        if running is None:
            raise GrantError("No pilot of one person runs.")
        with changing(book, giver.line) as change:
            change.write("pilot stop", "one person")
            change.session.get_one(Pilot, running.id).ended_at = datetime.now(UTC)


def end_sessions(book: GrantBook, person: str, giver: Giver) -> None:
    """End every sign-in of ``person`` ('' for everybody) that began before now."""
    what = person or "everybody"
    with refusals_logged(book, giver, "session end", what):
        if person:
            check_person(person)
        with changing(book, giver.line) as change:
            change.write("session end", what)
            change.session.add(SessionEnd(person=person, at=datetime.now(UTC), by=giver.actor))


def note_review(book: GrantBook, giver: Giver) -> int:
    """Note that all grants in force were gone through; return how many there are."""
    held = len(grants_in_force(book, today_utc()))
    with changing(book, giver.line) as change:
        change.write("grant review", f"{held} grants in force")
        change.session.add(Review(at=datetime.now(UTC), by=giver.actor, grants=held))
    return held
