"""Copy an installation into one archive, while intake goes on.

The databases are copied first, by SQLite itself, as they are at one moment. Files of records and
releases never change once a database names them, and the publication lock keeps removals and
builds away until all are copied.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from errors import WeerbeeldError
from operations.archive import (
    ACCESS_DB,
    GRANTS_DB,
    KEY,
    MANIFEST,
    PIECE,
    WORK_DB,
    Manifest,
    Stored,
)
from release.lineage import ABOUT, LAST
from store.carrying import open_grants
from store.console import log_change, processed
from store.engine import engine_at, open_for_writing, writing
from store.home import Home
from store.publication import BUILD_WAIT_SECONDS, publication_lock
from store.release import POINTER
from store.work import deliveries, records_path


@dataclass(frozen=True)
class Backup:
    """A backup that was made: where, of how many files, and whether it holds the key."""

    path: Path
    files: int
    size: int
    with_key: bool


def back_up(home: Home, target: Path, with_key: bool = False) -> Backup:
    """Write everything that cannot be made again to ``target``, whole or not at all.

    Exact counts are left out (a build makes them), and so are the keys of pseudonyms, noise
    and seals, unless ``with_key``. Raises WeerbeeldError when there is nothing to keep, the file
    is there already, or it cannot be written.
    """
    _check(home, target, with_key)
    draft = target.with_name(f"{target.name}.partial")
    try:
        with (
            publication_lock(home, BUILD_WAIT_SECONDS),
            processed(home, "operations", "backup"),
            TemporaryDirectory(prefix=".weerbeeld-", dir=target.parent) as scratch,
            _private(draft) as archive,
        ):
            log_change(home, "backup", f"{target.name}{' with the key' if with_key else ''}")
            manifest = _fill(archive, home, Path(scratch), with_key)
        draft.replace(target)
    except OSError as error:
        raise WeerbeeldError(
            f"The backup cannot be written to {target}: {error.strerror or error}. "
            "Choose a folder with room that you may write to."
        ) from None
    finally:
        draft.unlink(missing_ok=True)
    return Backup(target, len(manifest.files), target.stat().st_size, manifest.with_key)


def _check(home: Home, target: Path, with_key: bool) -> None:
    if home.database:
        raise WeerbeeldError(
            "The stores are in PostgreSQL. Back that up first with pg_dump, and then copy "
            f"{home.records}, {home.boundaries} and {home.releases}: docs/server.md says how."
        )
    if not home.work_db.exists():
        raise WeerbeeldError(f"Nothing was taken in to {home.root} yet: there is nothing to keep.")
    if target.exists():
        raise WeerbeeldError(f"{target} is there already. Choose another name.")
    if target.resolve().is_relative_to(home.root.resolve()):
        raise WeerbeeldError(f"Choose a place outside {home.root}: a disk that is lost takes both.")
    if with_key and not home.key_file.exists():
        raise WeerbeeldError(
            f"The key is not in {home.key_file}, so it cannot go along. Keep the key that the "
            "environment holds in a safe place of its own, and leave out --with-key."
        )


@contextmanager
def _private(path: Path) -> Iterator[ZipFile]:
    """Give an archive that only its owner may read, on disk when this ends."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with os.fdopen(handle, "w+b") as file:
        with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            yield archive
        file.flush()
        os.fsync(file.fileno())


def _fill(archive: ZipFile, home: Home, scratch: Path, with_key: bool) -> Manifest:
    files: dict[str, Stored] = {}
    for name, path in _files(home, scratch, with_key):
        files[name] = _add(archive, name, path)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = Manifest(version("weerbeeld"), now, files)
    archive.writestr(MANIFEST, manifest.written())
    return manifest


def _files(home: Home, scratch: Path, with_key: bool) -> Iterator[tuple[str, Path]]:
    """Give the name in the archive and the place on disk of everything that goes along."""
    work, access, grants = (scratch / name for name in ("work.db", "access.db", "grants.db"))
    open_for_writing(home).dispose()
    _snapshot(home.work_db, work)
    yield WORK_DB, work
    book = open_grants(home)
    with writing(book.kept):  # no grant is given between the two copies
        _snapshot(home.grants_db, grants)
        _snapshot(home.access_db, access)
    book.dispose()
    yield GRANTS_DB, grants
    yield ACCESS_DB, access
    engine = engine_at(f"sqlite:///{work}")
    for delivery in deliveries(engine):
        path = records_path(home, delivery)
        if not path.exists():
            raise WeerbeeldError(
                f"The records of {delivery.file_name} are not in {path}, so no whole backup can "
                "be made. Restore them from an earlier one, or take the delivery in again."
            )
        yield _name(home, path), path
    engine.dispose()
    yield from _inside(home, home.work, home.seals_file.name)
    yield from _inside(home, home.boundaries, "*")
    for pattern in (LAST, f"*/{ABOUT}", "*/*.parquet"):
        yield from _inside(home, home.standing, pattern)
    yield from _inside(home, home.releases, "*.db")
    yield from _inside(home, home.releases, "*.sha256")
    yield from _inside(home, home.releases, POINTER)
    if with_key:
        yield KEY, home.key_file
        for key in (home.noise_key_file, home.seal_key_file):
            if key.exists():
                yield _name(home, key), key


def _inside(home: Home, folder: Path, pattern: str) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.glob(pattern)):
        if path.is_file():
            yield _name(home, path), path


def _name(home: Home, path: Path) -> str:
    return path.relative_to(home.root).as_posix()


def _snapshot(database: Path, copy: Path) -> None:
    """Copy a SQLite database as it is at one moment, whoever is writing to it."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def _add(archive: ZipFile, name: str, path: Path) -> Stored:
    """Add a file, hashing what is written; its time goes along, for it orders releases."""
    digest, size = sha256(), 0
    info = ZipInfo.from_file(path, name, strict_timestamps=False)
    info.compress_type = ZIP_DEFLATED
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        while piece := source.read(PIECE):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    return Stored(size, digest.hexdigest())
