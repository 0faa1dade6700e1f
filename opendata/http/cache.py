"""The answers of services on disk: each with where and when it came from, whole or not at all."""

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import IO
from urllib.parse import urlsplit

import pyarrow as pa

from folders import make_folder

PACKED = ".zst"
KEPT = timedelta(days=400)
"""Answers not asked for during this time are removed: their address is no longer in use."""


@dataclass(frozen=True)
class CacheEntry:
    """Where an answer came from, and when.

    ``asked`` and ``fetched``: the last moments at which it was (ISO 8601, UTC).
    ``sha256`` and ``bytes`` are of the answer itself, ``file`` is what holds it: packed where its
    name ends in ``.zst``. ``etag`` and ``last_modified`` are the service's own, or empty.
    """

    url: str
    asked: str
    fetched: str
    sha256: str
    bytes: int
    etag: str
    last_modified: str
    file: str

    @property
    def asked_at(self) -> datetime:
        """When the service was asked last."""
        return datetime.fromisoformat(self.asked)


def now() -> str:
    """Return this moment in UTC, as entries write it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Cache:
    """A folder with an entry and a file for each address.

    The entry names its file, and is put in place after it: whoever is killed in between leaves
    the answer of before. A disk that loses power may keep less than was written; that shows by
    the sha256, and is fetched anew.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entry(self, url: str) -> CacheEntry | None:
        """Return the entry of an address, or None when there is none that can be read."""
        entry = _read(self._entry_path(url))
        return entry if entry and entry.url == url else None

    def body(self, entry: CacheEntry) -> bytes | None:
        """Return the answer of an entry, or None when it is not what was fetched."""
        with suppress(OSError, pa.ArrowInvalid):
            with pa.input_stream(str(self.folder / entry.file), compression="zstd") as packed:
                body: bytes = packed.read()
            return body if sha256(body).hexdigest() == entry.sha256 else None
        return None

    def file(self, entry: CacheEntry) -> Path | None:
        """Return the file of a download, or None when it is not what was fetched."""
        path = self.folder / entry.file
        with suppress(OSError), path.open("rb") as source:
            return path if file_digest(source, "sha256").hexdigest() == entry.sha256 else None
        return None

    def part(self) -> IO[bytes]:
        """Return a new file in this folder, for an answer on its way in; its name is its path."""
        make_folder(self.folder)
        return NamedTemporaryFile(dir=self.folder, prefix="part-", delete=False)

    def keep(self, url: str, body: bytes, etag: str, last_modified: str) -> None:
        """Keep the answer of an address, packed."""
        digest = sha256(body).hexdigest()
        name = f"{_key(url)}-{digest[:16]}{PACKED}"
        with self.part() as part:
            part.write(pa.compress(body, codec="zstd", asbytes=True))
        entry = CacheEntry(url, now(), now(), digest, len(body), etag, last_modified, name)
        self._install(Path(part.name), entry)

    def keep_file(self, url: str, part: Path, etag: str, last_modified: str) -> Path:
        """Keep a download that was written to ``part``, as it is; return where it is now."""
        with part.open("rb") as source:
            digest = file_digest(source, "sha256").hexdigest()
        name = f"{_key(url)}-{digest[:16]}{PurePosixPath(urlsplit(url).path).suffix}"
        size = part.stat().st_size
        self._install(part, CacheEntry(url, now(), now(), digest, size, etag, last_modified, name))
        return self.folder / name

    def file_for(self, name: str) -> Path:
        """Return where to write a file made of answers; ``tidy`` removes it after the update."""
        made = self.folder / "made"
        make_folder(made)
        (made / name).unlink(missing_ok=True)
        return made / name

    def confirm(self, entry: CacheEntry) -> None:
        """Note that the service was asked, and has nothing newer than ``entry``."""
        self._write(CacheEntry(**{**asdict(entry), "asked": now()}))

    def tidy(self) -> None:
        """Remove what is no longer asked for, and what a kill left half written."""
        oldest = datetime.now(UTC) - KEPT
        named = set()
        for path in self.folder.glob("*.json"):
            entry = _read(path)
            if entry and entry.asked_at >= oldest:
                named |= {path.name, entry.file}
        shutil.rmtree(self.folder / "made", ignore_errors=True)
        for path in self.folder.glob("*"):
            if path.name not in named:
                path.unlink()

    def _install(self, part: Path, entry: CacheEntry) -> None:
        """Put a file in place, then the entry that names it, and only then drop the one before."""
        before = self.entry(entry.url)
        part.replace(self.folder / entry.file)
        self._write(entry)
        if before and before.file != entry.file:
            (self.folder / before.file).unlink(missing_ok=True)

    def _write(self, entry: CacheEntry) -> None:
        path = self._entry_path(entry.url)
        fresh = path.with_suffix(".partial")
        fresh.write_text(json.dumps(asdict(entry), indent=1) + "\n", encoding="utf-8")
        fresh.replace(path)

    def _entry_path(self, url: str) -> Path:
        return self.folder / f"{_key(url)}.json"


def _read(path: Path) -> CacheEntry | None:
    with suppress(OSError, ValueError, TypeError):
        return CacheEntry(**json.loads(path.read_text(encoding="utf-8")))
    return None


def _key(url: str) -> str:
    return sha256(url.encode()).hexdigest()[:32]
