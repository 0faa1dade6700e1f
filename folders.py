"""Folders that nobody but their owner may enter."""

from pathlib import Path


def make_folder(path: Path) -> None:
    """Make a folder where there is none, and those above it, for the owner alone.

    Whichever command comes first on a new home makes it, so all of them make their folders here.
    What is there already keeps its rights: an administrator may have shared it.
    """
    for folder in (*reversed(path.parents), path):
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)
