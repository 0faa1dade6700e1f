"""Which release comes after which: a release is made from its inputs and from its predecessor.

The predecessor is the release that was built last, whichever one is shown: so nobody gets fresh
draws by pointing to another release, withdrawing one or building again. Where nothing is kept of
one, as at the first build, everything is drawn for the first time. A restored backup brings along
what stood when it was made.
"""

import json
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from release.standing import Standing, digest
from store.home import Home

KEPT = 3
"""Of so many releases is kept what stood: of the last one, and what it and the one before came
from."""

ABOUT = "about.json"
LAST = "last"
PART = ".part"


@dataclass(frozen=True)
class Lineage:
    """The ``name`` of a release, where what stands is kept of it, and its predecessor, if any.

    ``inputs`` is the name of its inputs and code alone.
    """

    folder: Path
    name: str
    inputs: str
    predecessor: str | None

    @classmethod
    def of(cls, home: Home, inputs: str) -> "Lineage":
        """Return the release that is, or was, made of ``inputs`` in this home.

        One that was withdrawn keeps its name, so that it is not published again under another.
        """
        folder, last = home.standing, _last(home.standing)
        for name in _newest_first(folder):
            about = _about(folder / name)
            if about["inputs"] == inputs:
                return cls(folder, name, inputs, about["predecessor"])
        name = inputs
        if last is not None:
            name = sha256(f"{inputs} {digest(folder / last)}".encode()).hexdigest()[: len(inputs)]
        return cls(folder, name, inputs, last)

    def standing(self, secret: bytes, k: int) -> Standing:
        """Return what stands for a build of this release, and an empty folder to keep it in."""
        known = self.predecessor
        if known and not (self.folder / known).exists():
            known = _last(self.folder)  # what it came from is forgotten: nothing is drawn anew
        before = self.folder / known if known else None
        part = self.folder / f"{self.name}{PART}"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        return Standing(before, part, secret, k)

    def keep(self) -> None:
        """Keep what stands in this release for the next one, and forget what is too old."""
        part, whole = self.folder / f"{self.name}{PART}", self.folder / self.name
        about = {"inputs": self.inputs, "predecessor": self.predecessor}
        (part / ABOUT).write_text(json.dumps(about), encoding="utf-8")
        known = _last(self.folder)
        shutil.rmtree(whole, ignore_errors=True)
        part.rename(whole)
        if known != self.name:
            (self.folder / LAST).write_text(f"{self.name}\n", encoding="utf-8")
        for old in _newest_first(self.folder)[KEPT:]:
            shutil.rmtree(self.folder / old)


def _last(folder: Path) -> str | None:
    """Return the release that was built last, None where nothing is kept of it."""
    pointer = folder / LAST
    name = pointer.read_text(encoding="utf-8").strip() if pointer.exists() else ""
    return name if name and (folder / name / ABOUT).exists() else None


def _newest_first(folder: Path) -> list[str]:
    kept = [path.parent for path in folder.glob(f"*/{ABOUT}") if path.parent.suffix != PART]
    return [path.name for path in sorted(kept, key=lambda path: -path.stat().st_mtime_ns)]


def _about(folder: Path) -> dict[str, str | None]:
    found: dict[str, str | None] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    return found
