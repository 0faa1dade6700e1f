"""What the gateway tells of a release: the whole, its periods, its areas."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, select

from store.release import Info


@dataclass(frozen=True)
class Facts:
    """What is true of the whole release. ``until`` is the last day that it covers.

    ``invented``: some of it is. ``public``: all of it is either invented or a public figure.
    """

    name: str
    content: str
    until: date
    built: date
    invented: bool
    public: bool


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


def facts_of(engine: Engine) -> Facts:
    """Return what is true of the whole release."""
    with engine.connect() as connection:
        rows = connection.execute(select(Info.key, Info.value)).all()
    info: dict[str, str] = {row.key: row.value for row in rows}
    return Facts(
        info["name"],
        info["content"],
        date.fromisoformat(info["until"]),
        date.fromisoformat(info["built"]),
        info["invented"] == "yes",
        info["public"] == "yes",
    )
