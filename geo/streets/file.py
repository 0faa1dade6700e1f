"""The installed streets as they are served: tiles for maps, names for the search."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from errors import WeerbeeldError
from geo.folding import folded, needed

MOST = 400
"""Streets that one search reads, before the best are chosen."""


@dataclass(frozen=True)
class StreetsAbout:
    """Whose the installed streets are, under which licence, of which day, and how many."""

    credit: str
    licence: str
    day: date
    installed: date
    file: str
    sha256: str
    lines: int
    streets: int


@dataclass(frozen=True)
class Street:
    """A street in a gemeente ('' where that is not known), with a point on it (degrees)."""

    name: str
    gemeente: str
    lon: float
    lat: float
    metres: float


class StreetFile:
    """Reads one file of streets, for as long as it is not replaced."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self.about = self._about()

    def tile(self, x: int, y: int) -> bytes | None:
        """Return the tile of a column and row at ``cutting.ZOOM`` as JSON in gzip, if any."""
        with self._reading("SELECT content FROM tile WHERE x = ? AND y = ?", (x, y)) as rows:
            return next((bytes(content) for (content,) in rows), None)

    def search(self, text: str) -> list[Street]:
        """Return streets with words that begin as those of ``text`` do, also of their gemeente."""
        words = needed(folded(text))
        if not words:
            return []
        asked = " ".join(f'"{word}"*' for word in words)
        query = (
            "SELECT name, gemeente, lon, lat, metres FROM called JOIN street ON id = called.rowid"
            " WHERE called MATCH ? ORDER BY length(name), metres DESC LIMIT ?"
        )
        with self._reading(query, (asked, MOST)) as rows:
            return [Street(*row) for row in rows]

    def _about(self) -> StreetsAbout:
        with self._reading("SELECT told FROM about", ()) as rows:
            told = json.loads(next(rows)[0])
        days = {name: date.fromisoformat(told[name]) for name in ("day", "installed")}
        return StreetsAbout(**(told | days))

    @contextmanager
    def _reading(self, query: str, given: tuple[object, ...]) -> Iterator[Iterator[Any]]:
        try:
            with self._lock:
                yield iter(self._database.execute(query, given))
        except (sqlite3.Error, KeyError, TypeError, ValueError, StopIteration):
            raise WeerbeeldError(
                f"The installed streets ({self._path.name}) cannot be read. Install them again: "
                "'weerbeeld ground import FILE' or 'weerbeeld update ground'."
            ) from None


_opened: dict[Path, tuple[int, StreetFile]] = {}


def open_streets(path: Path) -> StreetFile | None:
    """Return the installed streets, None where none are; a file that was replaced opens anew."""
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        _opened.pop(path, None)
        return None
    known = _opened.get(path)
    if known is None or known[0] != stamp:
        known = _opened[path] = (stamp, StreetFile(path))
    return known[1]
