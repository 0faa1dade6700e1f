"""Grants as tests give them: by a tester, for an invented organisation, all that is needed said."""

from dataclasses import replace
from datetime import date, timedelta

from access.grants import SECOND_PERSON, Giver, Wanted, add_grant, confirm_grant
from store.grants import Grant, GrantBook

GIVER = Giver("beheerder", "test")
SECOND = Giver("tweede", "test")
FOR = Wanted("", "", "Verzonnen gemeente", "toezicht, verzonnen grondslag")
SHORT = timedelta(days=30)


def asked(person: str, role: str, until: date | None = None, glass: str = "") -> Wanted:
    """Return a grant that is asked for in the form that is needed."""
    return replace(FOR, person=person, role=role, until=until, glass=glass)


def give(book: GrantBook, person: str, role: str, until: date | None = None) -> Grant:
    """Give a grant, confirmed by a second person where the role asks for one."""
    grant = add_grant(book, asked(person, role, until), GIVER)
    if grant.role in SECOND_PERSON:
        grant = confirm_grant(book, grant.id, SECOND)
    return grant
