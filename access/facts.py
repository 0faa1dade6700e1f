"""What is known of a release beside its figures: the whole, its periods, areas and deliveries.

Rows that come by ten thousands, as areas do, are named tuples: 50,000 of them are made in a tenth
of a second, where frozen dataclasses take three times as long. All other rows are dataclasses.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Engine, select

from store.kept import kept
from store.release import Info


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What is true of the whole release. ``until`` is the last day that it covers.

    ``invented``: some of it is. ``public``: all of it is either invented or a public figure.
    ``open``: some of it are figures that a source really published.
    """

    name: str
    content: str
    until: date
    built: date
    invented: bool
    public: bool
    open: bool = False

    @property
    def only_open(self) -> bool:
        """Whether all of it are figures that a source really published."""
        return self.public and not self.invented


@dataclass(frozen=True, slots=True)
class Period:
    """One period of the release; ``kind`` is month, quarter or year (a 12-month window)."""

    id: int
    code: str
    kind: str
    start: date
    end: date


class Area(NamedTuple):
    """One area that the viewer may read, with its middle (degrees, WGS 84).

    ``gemeente`` and ``riec`` are the codes of those that it lies in, '' for an area that is larger.
    """

    level: str
    code: str
    name: str
    gemeente: str
    riec: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Outline:
    """The shape of an official area; ``outline`` is a GeoJSON geometry (WGS 84)."""

    code: str
    name: str
    outline: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place to search for or to name on a map; ``population`` in inhabitants."""

    name: str
    gemeente: str
    lon: float
    lat: float
    population: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery: its kind, and the partner that delivered it, roughly.

    ``received`` is the month it came in, ``size`` its number of records in one significant digit (0
    for fewer than a hundred); ``first`` and ``last`` are the first and last month that they are
    about, as far as the release reaches back, None where its kind has no dates.
    """

    kind: str
    partner: str
    received: str
    size: int
    first: str | None
    last: str | None


@kept(4)
def facts_of(engine: Engine) -> ReleaseFacts:
    """Return what is true of the whole release; read once, for it never changes."""
    names = ("name", "content", "until", "built", "invented", "public", "open")
    with engine.connect() as connection:
        query = select(Info.key, Info.value).where(Info.key.in_(names))
        rows = connection.execute(query).all()
    info: dict[str, str] = {row.key: row.value for row in rows}
    return ReleaseFacts(
        info["name"],
        info["content"],
        date.fromisoformat(info["until"]),
        date.fromisoformat(info["built"]),
        info["invented"] == "yes",
        info["public"] == "yes",
        info.get("open") == "yes",
    )
