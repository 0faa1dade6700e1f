"""What a reader under attack is: how its inputs are made, how it reads one, and what it may do."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any


class PartlyLoadedError(Exception):
    """A refused input left something behind, or an accepted one is not whole."""


@dataclass(frozen=True)
class Reader:
    """One way in. ``share``: how often it is chosen, beside the others.

    ``prepare`` makes what the reader needs in a folder of its own, once per worker. ``make``
    returns an input as bytes, so that it can be kept in a file. ``read`` returns what the reader
    said when it accepted the input; a refusal is a WeerbeeldError.
    """

    name: str
    share: int
    prepare: Callable[[Path], Any]
    make: Callable[[Random], bytes]
    read: Callable[[Any, bytes], str]


def state_of(folder: Path) -> dict[str, bytes]:
    """Return what every file below ``folder`` holds, to compare before with after."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def expect_same(before: dict[str, bytes], folder: Path) -> None:
    """Raise PartlyLoadedError when anything below ``folder`` differs from ``before``."""
    after = state_of(folder)
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    if changed:
        raise PartlyLoadedError(f"a refusal changed {', '.join(changed)}")
