"""Checks both logs and every release against their own digests, and the grants against the log."""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from errors import WeerbeeldError
from store.access import open_access
from store.append_only import missing_triggers
from store.chain import Head
from store.content import checksum_path, content_of, file_hash
from store.grant_lines import differences
from store.grants import GrantsFolder, read_grants
from store.logs import LOGS, LogName, verify_chain
from store.release import POINTER, SCHEMA, Info, open_release


@dataclass(frozen=True)
class Finding:
    """What was checked, whether it is sound, and in words what was found."""

    what: str
    sound: bool
    words: str


def head_named(written: str) -> Head:
    """Return a head written as ``123:9f86d0...``; WeerbeeldError for any other form."""
    number, _, digest = written.strip().partition(":")
    if not (number.isascii() and number.isdigit() and len(digest) == 64):
        raise WeerbeeldError(
            f"'{written[:90]}' is not the head of a log. Write it as 'weerbeeld verify' does: "
            "a line number, a colon and a digest of 64 characters."
        )
    return int(number), digest


def verify_logs(home: GrantsFolder, noted: Mapping[LogName, Collection[Head]]) -> list[Finding]:
    """Check the access store and the chain of each log; ``noted`` heads must still be there."""
    if not (home.database or home.access_db.exists()):
        lost = any(noted.values())
        return [Finding("logs", not lost, f"{home.access_db} is gone" if lost else "none yet")]
    try:
        engine = open_access(home)
        try:
            logs = [_log(engine, name, noted.get(name, ())) for name in LOGS]
            return [_store(engine), *logs, *_grants(home, engine)]
        finally:
            engine.dispose()
    except (WeerbeeldError, SQLAlchemyError) as error:
        return [Finding("logs", False, str(error))]


def _store(engine: Engine) -> Finding:
    with engine.connect() as connection:
        lacking = [n for m in LOGS.values() for n in missing_triggers(connection, m.__tablename__)]
        if lacking:
            words = f"{', '.join(lacking)} is gone or changed, so lines could be changed"
            return Finding("access store", False, words)
        if engine.dialect.name == "sqlite":
            said = connection.execute(text("PRAGMA integrity_check(1)")).scalar_one()
            return Finding("access store", said == "ok", str(said))
    return Finding("access store", True, "ok")


def _grants(home: GrantsFolder, log: Engine) -> list[Finding]:
    """Hold the grants against the audit log: each is given by a line, and as that line says."""
    try:
        found = [Finding("grants", False, words) for words in differences(read_grants(home, log))]
    except (WeerbeeldError, SQLAlchemyError, ValueError) as error:
        return [Finding("grants", False, f"they cannot be held against the log: {error}")]
    return found or [Finding("grants", True, "each is given by a line of the log")]


def _log(engine: Engine, name: LogName, noted: Collection[Head]) -> Finding:
    chain = verify_chain(engine, name, noted)
    if chain.broken:
        return Finding(f"{name} log", False, str(chain.broken))
    return Finding(f"{name} log", True, f"{chain.count} lines, head {chain.count}:{chain.head}")


def verify_releases(releases: Path) -> list[Finding]:
    """Check every release in a folder, and that the pointer leads to one of them."""
    found = [_release(path) for path in sorted(releases.glob("*.db"))]
    pointer = releases / POINTER
    name = pointer.read_bytes().decode("ascii", "replace").strip() if pointer.exists() else ""
    if name and not (releases / f"{name}.db").exists():
        found.append(Finding("current release", False, f"{pointer} names '{name}', which is gone"))
    return found


def _release(path: Path) -> Finding:
    what, checksum = f"release {path.stem}", checksum_path(path)
    if not checksum.exists():
        return Finding(what, False, f"{checksum} is gone, so a change would not show")
    known = checksum.read_bytes().split()
    if file_hash(path).encode() not in known:
        return Finding(what, False, f"{path} is not as it was published{_content(path)}")
    wrong = _content(path)
    return Finding(what, not wrong, wrong.removeprefix("; ") or "as it was published")


def _content(path: Path) -> str:
    """Return what is wrong with the figures of a release, empty when nothing.

    Those of another form only the version that built it reads; its checksum still tells a change.
    """
    engine = open_release(path)
    try:
        with Session(engine) as session:
            info = {entry.key: entry.value for entry in session.scalars(select(Info))}
            name, own = info.get("name"), info.get("schema", SCHEMA) == SCHEMA
            if own and content_of(session.connection()) != info.get("content"):
                return "; its figures or scores differ from its content hash"
    except (SQLAlchemyError, sqlite3.Error, ValueError, TypeError) as error:
        return f"; it cannot be read ({str(error).splitlines()[0]})"
    finally:
        engine.dispose()
    return "" if name == path.stem else f"; it calls itself '{name}'"
