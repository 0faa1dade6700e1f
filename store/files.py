"""Small files that are written whole or not at all."""

import os
from pathlib import Path


def put(path: Path, text: str) -> None:
    """Write a small file in one step; it is on disk when this returns."""
    fresh = path.with_name(f"{path.name}.partial")
    with fresh.open("w", encoding="utf-8") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    fresh.replace(path)
