"""A key that what is kept depends on: made once, recognised by its mark, changed on purpose only.

The work store remembers the mark of the key in use, so that a key that is lost or replaced is
noticed before anything is done with another one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from errors import WeerbeeldError
from store.engine import open_for_writing, understandable, work_engine, writing
from store.home import Home
from store.key_file import KeyFile, key_mark
from store.work import KeyMark

Before = Callable[[bytes, bytes], object]
"""Does what must precede a change of keys, with the old one and the new one."""


@dataclass(frozen=True)
class KeptKey:
    """The key ``name`` of a home; ``wrong`` says in an error what to do when it is another one."""

    home: Home
    name: str
    file: KeyFile
    wrong: str

    def get(self) -> bytes:
        """Return the key, made where the home never had one.

        Raises WeerbeeldError when it is not the key in use so far.
        """
        engine = open_for_writing(self.home)
        try:
            with writing(engine) as session:
                known = session.get(KeyMark, self.name)
                if known is None:
                    key = self.file.read() or self.file.make()
                    self._remember(session, key)
                    return key
                found = self.file.settle(known.mark)
                if found is not None:
                    self.file.forget_proposal()
        finally:
            engine.dispose()
        if found is None:
            raise WeerbeeldError(
                f"The key of the {self.name} is not the one in use so far. Restore "
                f"{self.file.path}, or set {self.file.variable} to that key. {self.wrong}"
            )
        return b"".join(found)

    def rotate(self, before: Before | None = None) -> str:
        """Take a new key and return its mark, after ``before`` where the old one is there.

        The new key is made, or is the one in the environment where that holds the key.
        """
        engine = open_for_writing(self.home)
        try:
            with writing(engine) as session:
                known = session.get(KeyMark, self.name)
                old = self.file.settle(known.mark) if known else None
                given = self.file.read() if self.file.in_environment else None
                key = given or self.file.propose()
                mark = key_mark(key)
                if known is not None and known.mark == mark:
                    raise WeerbeeldError(
                        f"{self.file.variable} still holds the key in use. Set it to a new key, "
                        "and rotate again."
                    )
                if before is not None and old is not None:
                    before(b"".join(old), key)
                self._remember(session, key)
        finally:
            engine.dispose()
        self.file.settle(mark)
        return mark

    def fits(self) -> bool | None:
        """Return whether the key is the one in use so far; None when none was needed yet."""
        if not self.home.has_work_store:
            return None
        engine = work_engine(self.home)
        try:
            with understandable(engine), Session(engine) as session:
                known = session.get(KeyMark, self.name)
        finally:
            engine.dispose()
        key = self.file.read()
        return None if known is None else key is not None and key_mark(key) == known.mark

    def _remember(self, session: Session, key: bytes) -> None:
        session.merge(KeyMark(name=self.name, mark=key_mark(key), since=datetime.now(UTC)))
