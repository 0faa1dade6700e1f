"""What the gateway tells of a release: the whole, its periods, its areas."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Facts:
    """What is true of the whole release. ``until`` is the last day that it covers."""

    name: str
    content: str
    until: date
    built: date
    invented: bool
    only_invented: bool


@dataclass(frozen=True)
class PeriodFact:
    """One period of the release; ``kind`` is month, quarter or year (a 12-month window)."""

    id: int
    code: str
    kind: str
    start: date
    end: date


@dataclass(frozen=True)
class AreaFact:
    """One area that the viewer may read."""

    level: str
    code: str
    name: str
    gemeente: str
    riec: str
    lon: float
    lat: float
