"""Bring a backup back into an empty home: all of it verified first, and whole or not at all."""

import os
import shutil
import sqlite3
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from zipfile import BadZipFile, ZipFile

from errors import WeerbeeldError
from operations.archive import (
    ACCESS_DB,
    GRANTS_DB,
    PIECE,
    WORK_DB,
    Manifest,
    not_a_backup,
    read_manifest,
)
from store.carrying import open_grants
from store.console import log_change
from store.engine import engine_at, migrate
from store.home import Home
from store.release import POINTER
from store.work import deliveries, records_path

SPARE = 100 * 2**20
"""Bytes that must stay free on the disk."""

LARGEST_RATIO = 200
"""No backup unpacks to more times its own size: records hardly shrink, databases five times."""


def restore(source: Path, root: Path) -> Manifest:
    """Restore the backup ``source`` to the home folder ``root``, which must be empty or absent.

    Every file is checked against its sha256 before the first is written. Raises WeerbeeldError
    when anything is not as it should be; then ``root`` is as it was.
    """
    root = root.resolve()
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise WeerbeeldError(
            f"{root} is not empty. A backup is restored to a folder of its own: choose a new one."
        )
    try:
        with ZipFile(source) as archive:
            manifest = read_manifest(archive)
            _check_room(manifest, root, source.stat().st_size)
            for name in manifest.files:
                _read(archive, manifest, name, _nowhere)
            return _unpack(archive, manifest, root, source)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise not_a_backup("it cannot be unpacked") from None
    except OSError as error:
        raise WeerbeeldError(
            f"{source} cannot be restored to {root}: {error.strerror or error}. Check that the "
            "backup is there, and that the folder above it can be written. Nothing was restored."
        ) from None


def _check_room(manifest: Manifest, root: Path, packed: int) -> None:
    if manifest.size > LARGEST_RATIO * packed:
        raise not_a_backup(f"its {packed:,} bytes would unpack to {manifest.size:,}")
    above = next(folder for folder in root.parents if folder.exists())
    free = shutil.disk_usage(above).free
    if manifest.size + SPARE > free:
        raise WeerbeeldError(
            f"The backup takes {manifest.size / 2**20:,.0f} MB, and {free / 2**20:,.0f} MB is free "
            f"on the disk of {root}. Make room, or choose another disk."
        )


def _nowhere(piece: bytes) -> None:
    """Keep nothing: the first reading only checks digests."""


def _read(archive: ZipFile, manifest: Manifest, name: str, keep: Callable[[bytes], object]) -> None:
    """Hand the content of a file to ``keep``, never more than the manifest says it is."""
    stored, digest, size = manifest.files[name], sha256(), 0
    with archive.open(name) as content:
        while piece := content.read(PIECE):
            size += len(piece)
            if size > stored.size:
                raise not_a_backup(f"{name} is larger than its manifest says")
            digest.update(piece)
            keep(piece)
    if size != stored.size or digest.hexdigest() != stored.sha256:
        raise not_a_backup(f"{name} is not what was kept")


def _unpack(archive: ZipFile, manifest: Manifest, root: Path, source: Path) -> Manifest:
    root.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(mkdtemp(prefix=f".{root.name}-", dir=root.parent))
    try:
        home = Home(staging)
        for folder in (home.work, home.access, home.grants):
            folder.mkdir(0o700)
        home.releases.mkdir(0o755)
        for name in manifest.files:
            _write(archive, manifest, name, staging)
        _check_whole(home)
        open_grants(home).dispose()
        log_change(home, "restore", f"{source.name}, made {manifest.made}")
        staging.replace(root)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return manifest


def _write(archive: ZipFile, manifest: Manifest, name: str, staging: Path) -> None:
    path = staging / name
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = 0o644 if name.startswith("releases/") else 0o600
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as target:
        _read(archive, manifest, name, target.write)
        target.flush()
        os.fsync(target.fileno())
    moment = time.mktime((*archive.getinfo(name).date_time, 0, 0, -1))
    os.utime(path, (moment, moment))


def _check_whole(home: Home) -> None:
    """Raise WeerbeeldError unless the databases are sound and the files they name are there."""
    for name in (WORK_DB, ACCESS_DB, *([GRANTS_DB] if home.grants_db.exists() else [])):
        with closing(sqlite3.connect(home.root / name)) as database:
            try:
                said = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            except sqlite3.DatabaseError as error:
                said = str(error)
        if said != "ok":
            raise not_a_backup(f"{name} is not sound ({said})")
    engine = engine_at(f"sqlite:///{home.work_db}")
    migrate(engine)
    lost = [d.file_name for d in deliveries(engine) if not records_path(home, d).exists()]
    engine.dispose()
    if lost:
        raise not_a_backup(f"it lacks the records of {lost[0]}")
    pointer = home.releases / POINTER
    if pointer.exists():
        name = pointer.read_bytes().decode("ascii", "replace").strip()
        if name not in {path.stem for path in home.releases.glob("*.db")}:
            raise not_a_backup("it lacks the release that is current")
