"""The checks of the doctor, one function per subject; each only reads."""

import os
import re
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from errors import WeerbeeldError
from intake import retention
from intake.pseudonyms import existing_keys
from store.engine import MIGRATIONS, newest_revision, revision_of, work_engine
from store.home import Home
from store.key_file import ring_mark
from store.noise_key import noise_key_of
from store.release import current_release
from store.releases import published, withdrawn
from store.verifying import verify_logs, verify_releases
from store.verifying_copies import verify_copies
from store.work import Delivery, deliveries, records_path

State = Literal["ok", "attention", "broken"]

OLDEST_RELEASE_DAYS = 40
OLDEST_DELIVERY_DAYS = 70
LITTLE_ROOM, NO_ROOM = 5 * 2**30, 500 * 2**20


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, its state, and what to do unless it is ok."""

    what: str
    state: State
    words: str


def check_versions(home: Home) -> Iterator[Check]:
    """Look whether Python and every library are there in the versions that were tested."""
    python = ".".join(map(str, sys.version_info[:3]))
    state: State = "ok" if sys.version_info >= (3, 11) else "broken"
    yield Check("Python", state, f"{python}, SQLite {sqlite3.sqlite_version}")
    tested = dict(re.findall(r"^([\w.-]+)==(\S+)$", _constraints(), re.M))
    other = []
    for line in requires("weerbeeld") or []:
        name = re.split(r"[^\w.-]", line)[0]
        found = _installed(name)
        if found is None:
            yield Check("libraries", "broken", f"{name} is not installed. Run 'make install'.")
        elif tested.get(name, found) != found:
            other.append(f"{name} {found} instead of {tested[name]}")
    if other:
        yield Check("libraries", "attention", f"{', '.join(other)}. Run 'make install'.")
    else:
        yield Check("libraries", "ok", f"Weerbeeld {version('weerbeeld')}, as tested")


def _constraints() -> str:
    path = Path(__file__).resolve().parent.parent / "constraints.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def check_rights(home: Home) -> Iterator[Check]:
    """Look whether others may read what is only for this account, or write what readers see."""
    if os.name != "posix":
        return
    wanted = {home.work: 0o077, home.access: 0o007, home.releases: 0o022}
    wanted |= {home.grants: 0o027}
    keys = (home.key_file, home.noise_key_file, home.seal_key_file)
    wanted |= dict.fromkeys(keys, 0o077)
    for path, forbidden in wanted.items():
        if not path.exists():
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & forbidden:
            mended = f"chmod {mode & ~forbidden:o} {path}"
            words = f"{path} is {mode:o}, so others get at it. Run: {mended}"
            yield Check("rights", "broken", words)
        else:
            yield Check("rights", "ok", f"{path} is {mode:o}")


def check_disk(home: Home) -> Iterator[Check]:
    """Look whether there is room for the next build."""
    free = shutil.disk_usage(home.root).free
    state: State = "broken" if free < NO_ROOM else "attention" if free < LITTLE_ROOM else "ok"
    advice = "" if state == "ok" else ". Make room: a build needs several times its release."
    yield Check("disk", state, f"{free / 2**30:,.1f} GB free at {home.root}{advice}")


def check_work_store(home: Home) -> Iterator[Check]:
    """Look whether the work store is sound and up to date, and every delivery's records there."""
    if not home.has_work_store:
        yield Check("work store", "attention", "nothing was taken in yet. Run 'weerbeeld intake'.")
        return
    if not home.database and (said := _integrity(home)) != "ok":
        yield Check("work store", "broken", f"{home.work_db}: {said}. Restore a backup.")
        return
    engine = work_engine(home)
    head = newest_revision(MIGRATIONS)
    with engine.connect() as connection:
        found = revision_of(connection)
    if found != head:
        words = f"is at migration {found}, and this version at {head}. Run 'weerbeeld build'."
        engine.dispose()
        yield Check("work store", "attention", words)
        return
    engine.dispose()
    known = _known(home)
    wrong = [words for delivery in known if (words := _records(home, delivery))]
    yield from (Check("records", "broken", words) for words in wrong)
    if not wrong:
        rows = sum(delivery.rows for delivery in known)
        yield Check("work store", "ok", f"{len(known)} deliveries with {rows:,} records")
    yield from _key(home, known)


def _integrity(home: Home) -> str:
    """Return what SQLite says of the work store: ok, or what is wrong with it."""
    with closing(sqlite3.connect(f"file:{home.work_db}?mode=ro", uri=True)) as database:
        try:
            return str(database.execute("PRAGMA integrity_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)


def _known(home: Home) -> list[Delivery]:
    engine = work_engine(home)
    try:
        return deliveries(engine) if home.has_work_store else []
    finally:
        engine.dispose()


def _records(home: Home, delivery: Delivery) -> str:
    """Return what is wrong with the records of a delivery, empty when nothing."""
    path = records_path(home, delivery)
    try:
        rows = pq.read_metadata(path).num_rows
    except (OSError, pa.ArrowException) as error:
        return f"{path} cannot be read ({type(error).__name__}). Restore it from a backup."
    if rows != delivery.rows:
        return f"{path} holds {rows:,} records instead of {delivery.rows:,}. Restore a backup."
    return ""


def _key(home: Home, known: list[Delivery]) -> Iterator[Check]:
    try:
        keys = existing_keys(home)
    except WeerbeeldError as error:
        yield Check("key", "broken", str(error))
        return
    used = {delivery.key_check for delivery in known}
    if keys is None and used:
        yield Check("key", "broken", f"{home.key_file} is gone. Restore it: nothing links without.")
    elif keys is not None and used - {ring_mark(keys)}:
        yield Check("key", "broken", "is not the one of the deliveries. Restore the earlier key.")
    elif keys is not None:
        yield Check("key", "ok", "is the one of the deliveries")
    fits = noise_key_of(home).fits()
    if fits:
        yield Check("key of the noise", "ok", "is the one that figures were drawn with")
    elif fits is False:
        words = f"is not the one that figures were drawn with. Restore {home.noise_key_file}."
        yield Check("key of the noise", "broken", words)


def check_digests(home: Home) -> Iterator[Check]:
    """Look whether both logs and every release are as they were written."""
    advice = "Keep the files, find out who changed them, and restore a backup."
    for finding in (
        *verify_logs(home, {}),
        *verify_releases(home.releases),
        *verify_copies(home),
    ):
        state: State = "ok" if finding.sound else "broken"
        words = finding.words if finding.sound else f"{finding.words}. {advice}"
        yield Check(finding.what, state, words)


def check_freshness(home: Home, today: date) -> Iterator[Check]:
    """Look whether readers see something, and how old it is."""
    try:
        path = current_release(home.releases)
    except WeerbeeldError as error:
        yield Check("current release", "attention", str(error))
        return
    release = next(found for found in published(home) if found.path.stem == path.stem)
    known = _known(home)
    if release.built is None or release.inputs is None:
        yield Check("current release", "broken", f"{path} cannot be read. Run 'weerbeeld build'.")
        return
    words = f"{release.name}, built {release.built}, until {release.until}"
    read = release.inputs
    later = [d for d in known if read.get(d.sequence) != d.revision]
    if later:
        words += f"; {len(later)} deliveries changed since. Run 'weerbeeld build'."
    elif (today - release.built).days > OLDEST_RELEASE_DAYS:
        words += ". Take in what partners delivered since, and run 'weerbeeld build'."
    old = bool(later) or (today - release.built).days > OLDEST_RELEASE_DAYS
    yield Check("current release", "attention" if old else "ok", words)
    yield from _deliveries(known, today)


def _deliveries(known: list[Delivery], today: date) -> Iterator[Check]:
    latest: dict[str, date] = {}
    for delivery in known:
        received = delivery.received_at.date()
        latest[delivery.kind] = max(received, latest.get(delivery.kind, received))
    late = [kind for kind, day in latest.items() if (today - day).days > OLDEST_DELIVERY_DAYS]
    if late:
        words = f"nothing of {', '.join(late)} for {OLDEST_DELIVERY_DAYS} days. Ask the partners."
        yield Check("deliveries", "attention", words)
    elif latest:
        yield Check("deliveries", "ok", f"the last came on {max(latest.values())}")


def check_left_over(home: Home, today: date) -> Iterator[Check]:
    """Look for what an interrupted command left, and for records that have ended."""
    known = {records_path(home, delivery) for delivery in _known(home)}
    left = [path for path in home.records.rglob("*") if path.is_file() and path not in known]
    left += [path for path in (home.work / "spill").rglob("*") if path.is_file()]
    left += home.releases.glob("*.partial")
    gone = {withdrawal.name for withdrawal in withdrawn(home)}
    left += [release.path for release in published(home) if release.name in gone]
    if left:
        words = f"{len(left)} files of an interrupted command, e.g. {left[0]}. "
        words += "When nothing runs, 'weerbeeld retention run' removes them."
        yield Check("left over", "attention", words)
    else:
        yield Check("left over", "ok", "nothing of an interrupted command")
    ended = retention.run(home, today, dry_run=True)
    if ended:
        rows = sum(one.rows for one in ended)
        words = f"{rows:,} records have ended. Run 'weerbeeld retention run'."
        yield Check("retention", "attention", words)
    else:
        yield Check("retention", "ok", "no record has ended")
