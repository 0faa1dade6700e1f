"""The checks of the doctor on who may see what: grants that need an eye, and seals of the logs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from operations.checks import Check
from operations.seal_checks import check_seals
from operations.seals import read_seals
from store.grant_changes import grants_in_force, grants_waiting, last_review, pilot_at
from store.grants import read_grants
from store.home import Home

REVIEWED = timedelta(days=365)
SEALED = timedelta(days=2)
ENDS_SOON = timedelta(days=30)


def check_grants(home: Home, today: date) -> Iterator[Check]:
    """Look for grants that one person gave, that wait or end soon, and for a review that is due."""
    if not (home.database or home.access_db.exists()):
        return
    book = read_grants(home)
    try:
        held, waiting = grants_in_force(book, today), grants_waiting(book, today)
        pilot, review = pilot_at(book, today), last_review(book)
    finally:
        book.dispose()
    found: list[str] = []
    if pilot:
        found.append(f"a pilot lets {pilot.begun_by} give grants alone until {pilot.until}")
    found += [
        f"{grant.person} holds {grant.role} because {grant.given_by} broke the glass"
        for grant in held
        if grant.alone == "glass"
    ]
    if carried := sum(grant.alone == "carried" for grant in held):
        found.append(f"{carried} came from version 0.1 without organisation and purpose")
    found += [f"grant {grant.id} waits for a second person" for grant in waiting]
    if soon := sum(grant.until <= today + ENDS_SOON for grant in held):
        found.append(f"{soon} end within {ENDS_SOON.days} days")
    since = review.at.date() if review else min((g.given_at.date() for g in held), default=today)
    if today - since > REVIEWED:
        found.append("the yearly review is due: 'weerbeeld grant review', then '--done'")
    words = "; ".join(found) or f"{len(held)} in force"
    yield Check("grants", "attention" if found else "ok", words)


def check_sealed(home: Home, today: date) -> Iterator[Check]:
    """Look whether the seals hold, and whether the last one is recent."""
    if not (home.database or home.access_db.exists()):
        return
    for finding in check_seals(home):
        if not finding.sound:
            yield Check("seals", "broken", f"{finding.words}. Keep the files, find out who.")
            return
    seals = read_seals(home.seals_file)
    last = datetime.fromisoformat(seals[-1].at).astimezone(UTC).date() if seals else None
    if last is None or today - last > SEALED:
        when = f"the last is of {last}" if last else "there is none"
        words = f"{when}. Run 'weerbeeld log seal' every hour, and keep seals elsewhere."
        yield Check("seals", "attention", words)
    else:
        yield Check("seals", "ok", f"{len(seals)}, the last of {last}")
