"""What is expensive to build is built once, by one process, and kept between runs.

A kept folder lies in ``build/test-homes`` under a hash of all that decides what is in it, so that
a change of code, data or libraries builds another one. Nobody may change a kept folder.
"""

import fcntl
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from store.home import Home

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "test-homes"

DECIDES = (
    *("analysis", "attack", "demo", "geo", "indicators", "intake", "opendata", "operations"),
    *("records", "release", "store", "data"),
    *("bilingual.py", "errors.py", "folders.py", "map_classes.py", "plugs.py"),
)
"""The rooms, files and data that decide what the example's home holds."""

GENERATIONS = 2
SPOILED = "spoiled"

State = frozenset[tuple[str, int, int]]
Keep = Callable[..., Home]
"""Takes a name, what fills a folder, and the files that decide besides DECIDES what is in it."""


def deciding(names: tuple[str, ...] = DECIDES, root: Path = ROOT) -> str:
    """Return a hash of files and of the versions of Python and of all libraries."""
    found = sha256(sys.version.encode())
    for line in sorted(f"{d.name} {d.version}" for d in distributions()):
        found.update(line.encode())
    for name in names:
        below = sorted((root / name).rglob("*")) or [root / name]
        for path in below:
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"\0{path.relative_to(root)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def kept(name: str, hashed: str, build: Callable[[Path], object], folder: Path = KEPT) -> Path:
    """Return a kept folder, which ``build`` fills when there is none; other processes wait."""
    whole = folder / f"{name}-{hashed}"
    with _one_at_a_time(folder / f"{name}.lock"):
        if not whole.exists() or (whole / SPOILED).exists():
            shutil.rmtree(whole, ignore_errors=True)
            part = folder / f"{name}.part"
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            build(part)
            part.rename(whole)
        os.utime(whole, ns=(time.time_ns(), time.time_ns()))
        newest_first = sorted(folder.glob(f"{name}-*"), key=lambda path: -path.stat().st_mtime_ns)
        for old in newest_first[GENERATIONS:]:
            shutil.rmtree(old)
    return whole


def spoil(folder: Path) -> None:
    """Let a kept folder that a test changed be built anew by the next run."""
    if folder.parent == KEPT:
        (folder / SPOILED).touch()


def state_of(folder: Path) -> State:
    """Return the name, size and time of change of each file, but for passing ones of SQLite."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return frozenset(
        (str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns)
        for path in files
        if not path.name.endswith(("-wal", "-shm"))
    )


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
