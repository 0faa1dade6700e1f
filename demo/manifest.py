"""The manifest: what was planted where, so that a test can look whether it is found."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from demo.patterns import Kind, Level
from errors import WeerbeeldError

FILE = "manifest.json"


@dataclass(frozen=True)
class Pattern:
    """A planted or control place of one indicator.

    ``place`` is an H3 index as text or a gemeente code, ``since`` the first month of the
    pattern (``from`` in the file), ``expected`` the number in the last 12 months under the
    base rate.
    """

    indicator: str
    kind: Kind
    level: Level
    place: str
    name: str
    since: str
    rate_ratio: float
    expected: float


@dataclass(frozen=True)
class Together:
    """A gemeente in which two indicators rise, from the first month of the patterns on: to three
    times the rate, or (a decoy) for an innocent reason."""

    place: str
    name: str
    indicators: Sequence[str]
    reason: str | None = None


@dataclass(frozen=True)
class Manifest:
    """How a set of example deliveries was made."""

    seed: int
    period: tuple[str, str]
    volumes: Mapping[str, int]
    patterns: Sequence[Pattern]
    together: Sequence[Together] = ()

    def write(self, folder: Path) -> None:
        """Write manifest.json into ``folder``."""
        content = asdict(self)
        for pattern in content["patterns"]:
            pattern["from"] = pattern.pop("since")
        text = json.dumps(content, indent=1, ensure_ascii=False)
        (folder / FILE).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Return the manifest in ``folder``; WeerbeeldError when there is none."""
    path = folder / FILE
    if not path.exists():
        raise WeerbeeldError(f"There is no {FILE} in {folder}. Make the examples: weerbeeld demo.")
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    patterns = [
        Pattern(**{("since" if key == "from" else key): value for key, value in row.items()})
        for row in content["patterns"]
    ]
    first, last = content["period"]
    together = tuple(
        Together(**row | {"indicators": tuple(row["indicators"])}) for row in content["together"]
    )
    return Manifest(content["seed"], (first, last), content["volumes"], tuple(patterns), together)
