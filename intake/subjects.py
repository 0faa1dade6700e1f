"""Find and delete the records of one data subject, who is known here by pseudonym only."""

from collections.abc import Collection

import pyarrow as pa

from errors import WeerbeeldError
from intake.accepting import known_keys, reading_store
from intake.clearing import Cleared, RemovalOrder, clear
from intake.pseudonyms import pseudonyms
from intake.removing import Condition, RecordsToRemove, find
from intake.text_table import trimmed
from records import KINDS, RecordKind, kind_named
from store.console import processed
from store.home import Home

ACTIVITY = "subject-request"
WHY = "request of a data subject"


def pseudonym_of(identifier: str, home: Home) -> str:
    """Return the pseudonym under which intake keeps ``identifier``.

    Raises WeerbeeldError when there is no identifier or more than one, nothing was taken in yet,
    or the key is not that of the deliveries. No message repeats the identifier.
    """
    lines = identifier.splitlines()
    text = trimmed(pa.array(lines[:1] or [""]))
    if len(lines) > 1 and any(line.strip() for line in lines[1:]):
        raise WeerbeeldError("Give one identifier at a time, on one line of standard input.")
    if text[0].as_py() is None:
        raise WeerbeeldError("There is no identifier on standard input. Give one, on one line.")
    keys = None
    if home.has_work_store:
        with reading_store(home) as session:
            keys = known_keys(session, home) if session else None
    if keys is None:
        raise WeerbeeldError(f"Nothing was taken in to {home.root} yet, so nobody is in it.")
    return str(pseudonyms(pa.chunked_array([text]), keys)[0].as_py())


def find_subject(home: Home, identifier: str, kind: str | None = None) -> list[RecordsToRemove]:
    """Return where records of the subject are, in every kind or in one."""
    pseudonym = pseudonym_of(identifier, home)
    with processed(home, ACTIVITY, "find", pseudonym), reading_store(home) as session:
        if session is None:
            return []
        return find(session, home, _about(pseudonym), _kinds(kind), replaced=True)


def delete_subject(home: Home, identifier: str, kind: str | None = None) -> Cleared:
    """Remove the records of the subject, exact counts, and every release that rests on them."""
    pseudonym = pseudonym_of(identifier, home)
    order = RemovalOrder(
        ACTIVITY,
        WHY,
        _about(pseudonym),
        _kinds(kind),
        subject=pseudonym,
        replaced=True,
        withdraws=True,
    )
    return clear(home, order)


def described(to_remove: RecordsToRemove) -> str:
    """Return where records are, how many, and of which days, without naming the data subject."""
    delivery, rows = to_remove.delivery, len(to_remove.rows)
    return (
        f"{delivery.kind}: {rows:,} records of {to_remove.first} to {to_remove.last}, in delivery "
        f"{delivery.id} of {delivery.partner}, received {delivery.received_at:%Y-%m-%d}"
    )


def _about(pseudonym: str) -> Condition:
    def condition(kind: RecordKind) -> str | None:
        return " OR ".join(f"\"{name}\" = '{pseudonym}'" for name in kind.pseudonymised) or None

    return condition


def _kinds(kind: str | None) -> Collection[str]:
    return KINDS if kind is None else [kind_named(kind).name]
