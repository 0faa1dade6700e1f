"""Lists releases, makes one current, and withdraws one for good.

A withdrawn release is gone: its file is removed, and its name stays on a list so that no build
and no rollback makes it current again.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from errors import WeerbeeldError
from store.console import log_change, refusals_logged
from store.content import checksum_path, file_hash
from store.engine import open_for_writing, understandable, work_engine, writing
from store.files import put
from store.home import Home
from store.publication import publication_lock
from store.release import POINTER, SCHEMA, Info, open_release
from store.work import Withdrawal

INPUTS = "inputs"
"""Entry of ``info``: [sequence, revision, sha256] of each delivery that was read."""

LONGEST_WHY = 200


@dataclass(frozen=True)
class Release:
    """A release file; ``built``, ``until`` and ``inputs`` are None when it is damaged.

    ``inputs`` maps the sequence number of a delivery to the revision that was read, ``form`` is the
    SCHEMA of the version that built it.
    """

    name: str
    path: Path
    built: date | None = None
    until: date | None = None
    inputs: Mapping[int, int] | None = None
    form: str = SCHEMA

    @property
    def of_this_form(self) -> bool:
        """Whether this version reads it; another form needs the version that built it."""
        return self.form == SCHEMA

    @property
    def readable(self) -> bool:
        """Whether the entries of the file can be read and fit its name."""
        return self.built is not None

    def sound(self) -> bool:
        """Return whether the file is, byte for byte, as it was published."""
        checksum = checksum_path(self.path)
        known = checksum.read_text(encoding="ascii").split() if checksum.exists() else []
        return self.readable and file_hash(self.path) in known


def published(home: Home) -> list[Release]:
    """Return the releases whose file is there, newest first."""
    files = sorted(home.releases.glob("*.db"), key=lambda path: path.stat().st_mtime_ns)
    found = [_read(path) for path in files]
    return sorted(found, key=lambda release: release.built or date.min)[::-1]


def current_name(home: Home) -> str | None:
    """Return the name that the pointer holds, None when nothing is current."""
    pointer = home.releases / POINTER
    return pointer.read_text(encoding="utf-8").strip() or None if pointer.exists() else None


def withdrawn(home: Home) -> list[Withdrawal]:
    """Return the withdrawals, oldest first."""
    if not home.has_work_store:
        return []
    engine = work_engine(home)
    try:
        with understandable(engine), Session(engine, expire_on_commit=False) as session:
            if not inspect(engine).has_table(Withdrawal.__tablename__):
                return []
            return list(session.scalars(select(Withdrawal).order_by(Withdrawal.at)))
    finally:
        engine.dispose()


def refuse_withdrawn(home: Home, name: str) -> None:
    """Raise WeerbeeldError when ``name`` was withdrawn: it may never be current again."""
    for withdrawal in withdrawn(home):
        if withdrawal.name == name:
            raise WeerbeeldError(
                f"Release {name} was withdrawn on {withdrawal.at:%Y-%m-%d} ({withdrawal.why}). "
                "The same deliveries and the same code give the same release, so it is not "
                "published. Take in a correction or remove what was wrong, and build again."
            )


def make_current(path: Path) -> None:
    """Point readers to the release at ``path``, in one step."""
    put(path.parent / POINTER, f"{path.stem}\n")


def use(home: Home, name: str) -> None:
    """Make a release current; WeerbeeldError when it is withdrawn, damaged or not there."""
    with publication_lock(home), refusals_logged(home, "release use", name):
        refuse_withdrawn(home, name)
        release = _named(home, name)
        if not release.sound():
            raise WeerbeeldError(
                f"Release {name} is damaged. Withdraw it with 'weerbeeld release withdraw {name}', "
                "and build again."
            )
        if not release.of_this_form:
            raise WeerbeeldError(
                f"Release {name} was built by another version of Weerbeeld, in a form that this "
                "one does not read. Install that version to look at it, or build again."
            )
        log_change(home, "release use", name)
        make_current(release.path)
        mirror(home)


def withdraw(home: Home, name: str, why: str) -> str | None:
    """Withdraw a release; return the name of the one that is current from now on, if any.

    Raises WeerbeeldError when there is no such release.
    """
    with publication_lock(home), refusals_logged(home, "release withdraw", name):
        if not any(withdrawal.name == name for withdrawal in withdrawn(home)):
            _named(home, name)
            log_change(home, "release withdraw", f"{name}: {why}")
            with writing(open_for_writing(home)) as session:
                step_back(home, {name})
                note_withdrawn(session, {name}, why)
        sweep(home)
        return current_name(home)


def step_back(home: Home, leaving: Collection[str]) -> None:
    """Point readers to the newest sound release outside ``leaving``, or to none."""
    if current_name(home) not in leaving:
        return
    gone = {withdrawal.name for withdrawal in withdrawn(home)} | set(leaving)
    for release in published(home):
        if release.name not in gone and release.of_this_form and release.sound():
            make_current(release.path)
            return
    (home.releases / POINTER).unlink(missing_ok=True)


def note_withdrawn(session: Session, names: Collection[str], why: str) -> None:
    """Put releases on the list of those that may never be current again."""
    now = datetime.now(UTC)
    session.add_all(Withdrawal(name=name, at=now, why=why[:LONGEST_WHY]) for name in sorted(names))


def sweep(home: Home) -> None:
    """Finish what was interrupted: remove withdrawn releases and half-written files.

    The caller holds the publication lock, so that nothing half written is still being written.
    """
    gone = {withdrawal.name for withdrawal in withdrawn(home)}
    step_back(home, gone)
    for name in gone:
        for kind in (".db", ".sha256"):  # in this order: no release stands without its checksum
            (home.releases / f"{name}{kind}").unlink(missing_ok=True)
    for path in home.releases.glob("*.partial"):
        path.unlink(missing_ok=True)
    mirror(home)


def mirror(home: Home) -> None:
    """Copy the releases of the folder to the database, where there is one."""
    if home.database:
        from store.mirror import mirror_releases

        mirror_releases(home.database, home.releases, current_name(home))


def _named(home: Home, name: str) -> Release:
    for release in published(home):
        if release.name == name:
            return release
    known = ", ".join(release.name for release in published(home)) or "none"
    raise WeerbeeldError(f"There is no release '{name}' in {home.releases}. There are: {known}.")


def _read(path: Path) -> Release:
    engine = open_release(path)
    try:
        with Session(engine) as session:
            info = {entry.key: entry.value for entry in session.scalars(select(Info))}
        built, until = (date.fromisoformat(info[key]) for key in ("built", "until"))
        read = json.loads(info[INPUTS]) if INPUTS in info else None
        inputs = None if read is None else {sequence: revision for sequence, revision, _ in read}
        whole = info["name"] == path.stem
        form = info.get("schema", SCHEMA)
        read_whole = Release(path.stem, path, built, until, inputs, form)
        return read_whole if whole else Release(path.stem, path)
    except (DBAPIError, KeyError, ValueError):
        return Release(path.stem, path)
    finally:
        engine.dispose()
