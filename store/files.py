"""Folders that nobody else may enter, and small files that are written whole or not at all."""

import os
from pathlib import Path


def make_folder(path: Path) -> None:
    """Make a folder where there is none, and those above it: only its owner may enter any of them.

    Whichever command comes first on a new home makes it, so each makes its folders here. What is
    there already keeps its rights: an administrator may have shared it with another account.
    """
    for folder in (*reversed(path.parents), path):
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)


def put(path: Path, text: str) -> None:
    """Write a small file in one step; it is on disk when this returns."""
    fresh = path.with_name(f"{path.name}.partial")
    with fresh.open("w", encoding="utf-8") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    fresh.replace(path)
