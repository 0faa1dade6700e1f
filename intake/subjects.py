"""Find and delete the records of one data subject, who is known here by pseudonym only."""

from collections.abc import Collection
from dataclasses import dataclass, field

from errors import WeerbeeldError
from intake.accepting import known_keys, reading_store
from intake.arrays import texts
from intake.clearing import RemovalOrder, clear
from intake.pseudonyms import pseudonyms
from intake.removing import RecordsToRemove, find
from records import KINDS, Column, RecordKind, kind_named
from records.identifiers import UnclearIdentifierError, plain_identifier, spellings
from store.console import processed
from store.home import Home
from store.key_file import Ring

ACTIVITY = "subject-request"
WHY = "request of a data subject"


@dataclass(frozen=True)
class _Subject:
    """Who is asked for: an identifier as typed and by intake's rule, and the keys.

    ``plain`` is None when it cannot be told which is meant. Earlier versions took such identifiers
    in, so that they are looked for as they are typed; ``expected`` says what intake takes now.
    """

    typed: str = field(repr=False)
    plain: str | None = field(repr=False)
    expected: str
    keys: Ring = field(repr=False)

    @property
    def pseudonym(self) -> str:
        """The pseudonym of the identifier in its one spelling, for the processing log."""
        return self._hashed([self.plain or self.typed])[0]

    def refuse_unclear(self) -> None:
        """Raise WeerbeeldError when nothing was found and it cannot be told who is meant."""
        if self.plain is None:
            raise WeerbeeldError(
                "It cannot be told which identifier is meant on standard input, and nothing was "
                f"taken in as it is spelled: expected {self.expected}."
            )

    def about(self, kind: RecordKind) -> str | None:
        """Return the SQL condition for records of a kind that are about the subject."""
        columns = [column for column in kind.columns if column.pseudonymised]
        return " OR ".join(filter(None, map(self._within, columns))) or None

    def _within(self, column: Column) -> str:
        """Return the condition for one column, empty when the identifier is none of its kind.

        Records that an earlier version took in keep the pseudonym of the spelling at the time.
        """
        try:
            names = list(dict.fromkeys(spellings(self.typed, column.digits)))
        except UnclearIdentifierError:
            names = [self.typed]
        held = ", ".join(f"'{name}'" for name in self._hashed(names))
        return f'"{column.name}" IN ({held})'

    def _hashed(self, names: list[str]) -> list[str]:
        hashed: list[str] = pseudonyms(texts(names), self.keys).to_pylist()
        return hashed


def pseudonym_of(identifier: str, home: Home) -> str:
    """Return the pseudonym of ``identifier`` in its one spelling; errors as for ``_asked_for``."""
    return _asked_for(identifier, home).pseudonym


def _asked_for(identifier: str, home: Home) -> _Subject:
    """Return the subject of an identifier.

    Raises WeerbeeldError when there is no identifier or more than one, nothing was taken in yet, or
    the key is not that of the deliveries. No message repeats the identifier.
    """
    lines = [line for line in identifier.replace("\r", "\n").split("\n") if line.strip()]
    if len(lines) > 1:
        raise WeerbeeldError("Give one identifier at a time, on one line of standard input.")
    typed, expected = lines[0].strip() if lines else "", ""
    plain: str | None = None
    try:
        plain = plain_identifier(typed)
    except UnclearIdentifierError as unclear:
        expected = str(unclear)
    if plain == "":
        raise WeerbeeldError("There is no identifier on standard input. Give one, on one line.")
    keys = None
    if home.has_work_store:
        with reading_store(home) as session:
            keys = known_keys(session, home) if session else None
    if keys is None:
        raise WeerbeeldError(f"Nothing was taken in to {home.root} yet, so nobody is in it.")
    return _Subject(typed, plain, expected, keys)


def find_subject(home: Home, identifier: str, kind: str | None = None) -> list[RecordsToRemove]:
    """Return where records of the subject are, in every kind or in one."""
    subject = _asked_for(identifier, home)
    with processed(home, ACTIVITY, "find", subject.pseudonym), reading_store(home) as session:
        if session is None:
            return []
        found = find(session, home, subject.about, _kinds(kind), replaced=True)
        if not found:
            subject.refuse_unclear()
        return found


def delete_subject(home: Home, identifier: str, kind: str | None = None) -> list[RecordsToRemove]:
    """Remove the records of the subject, and exact counts; return what was removed."""
    subject = _asked_for(identifier, home)
    order = RemovalOrder(
        ACTIVITY,
        WHY,
        subject.about,
        _kinds(kind),
        subject=subject.pseudonym,
        replaced=True,
    )
    removed = clear(home, order)
    if not removed:
        subject.refuse_unclear()
    return removed


def described(to_remove: RecordsToRemove) -> str:
    """Return where records are, how many, and of which days, without naming the data subject."""
    delivery, rows = to_remove.delivery, len(to_remove.rows)
    return (
        f"{delivery.kind}: {rows:,} records of {to_remove.first} to {to_remove.last}, in delivery "
        f"{delivery.id} of {delivery.partner}, received {delivery.received_at:%Y-%m-%d}"
    )


def _kinds(kind: str | None) -> Collection[str]:
    return KINDS if kind is None else [kind_named(kind).name]
