"""The tables of a release: everything that a page needs, and nothing that is exact.

A release is written once by the build and only read afterwards, so it has no migrations: its
``schema`` entry in ``info`` says which shape it has.
"""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Engine, ForeignKey, Index, create_engine, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from errors import WeerbeeldError

SCHEMA = "7"

COUNTS = "count"
"""The ``kind`` of class limits of plain counts, for maps that show counts instead of rates."""

LEVEL_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("nederland", "riec", "gemeente", "wijk", "buurt", "hex7", "hex8", "hex9")
    )
}
"""Levels are kept as numbers: millions of rows repeat them."""


STANDING = "(vote > 0 OR since IS NOT NULL)"
"""Of a figure that may stand out: few do, so that they have an index of their own."""


class Base(DeclarativeBase):
    """Tables of a release."""

    type_annotation_map = {dict[str, Any]: JSON, list[float]: JSON}  # noqa: RUF012


class Info(Base):
    """Facts about the whole release by key: name, hash, covered until, invented or not."""

    __tablename__ = "info"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Passport(Base):
    """An indicator and its passport."""

    __tablename__ = "passport"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    passport: Mapped[dict[str, Any]]


class Period(Base):
    """A month, quarter or 12-month window; ids rise with the end date."""

    __tablename__ = "period"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    start: Mapped[date]
    end: Mapped[date]


class Area(Base):
    """An official area or a hexagon, with the gemeente and RIEC that decide who may see it."""

    __tablename__ = "area"
    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    gemeente: Mapped[str]
    riec: Mapped[str]
    lon: Mapped[float]
    lat: Mapped[float]
    outline: Mapped[dict[str, Any] | None]
    __table_args__ = (
        Index("area_code", "level", "code", unique=True),
        Index("area_gemeente", "level", "gemeente"),
        Index("area_riec", "level", "riec"),
        Index("area_level", "level", "id").ddl_if(dialect="postgresql"),  # SQLite's all end with id
    )


class Figure(Base):
    """Protected counts of one indicator, area and period, and what follows from them.

    ``mix`` is the rate that the area's mix of strata (branches) would give at the country's rates,
    over the country's rate (1: as the country); None where rates are not corrected for it.
    ``smoothed``, ``low`` and ``high`` are rates in the indicator's unit, ``percentile`` 0-100
    among places of the level, ``class_`` that of its map from 0, ``contribution`` points of the
    score, ``since`` the first period of an unbroken run in which the place stands out (None: it
    does not; `release.signals` holds the rule).
    ``clear`` says whether the interval lies wholly above (1) or below (-1) the country's rate, or
    not (0); ``hot`` whether the place and its neighbours together are high (1), low (-1), or not
    surely so (0). ``vote`` is what the figure says where partners are asked what stands out
    (`release.votes`): the first period of an unbroken run in which it does, 0 where it does not,
    None where there is too little to tell, and for what gives no vote.
    """

    __tablename__ = "figure"
    indicator_id: Mapped[int] = mapped_column(ForeignKey("passport.id"), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    numerator: Mapped[float]
    denominator: Mapped[float]
    mix: Mapped[float | None]
    smoothed: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    percentile: Mapped[float | None]
    class_: Mapped[int]
    contribution: Mapped[float | None]
    since: Mapped[int | None]
    clear: Mapped[int]
    hot: Mapped[int]
    vote: Mapped[int | None]
    __table_args__ = (
        Index(
            "figure_vote",
            *("level", "period_id", "area_id", "vote"),
            sqlite_where=text("vote IS NOT NULL"),
            postgresql_where=text("vote IS NOT NULL"),
        ),
        Index(
            "figure_standing",
            *("level", "period_id", "indicator_id", "area_id"),
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
        {"sqlite_with_rowid": False},
    )


class Pattern(Base):
    """What the history and the neighbours of an area show in the last window.

    ``gi`` is the z of Getis-Ord Gi*, ``lisa`` the place beside its neighbours (0: not surely
    anything; 1 high among high, 2 low among high, 3 low among low, 4 high among low), ``emerging``
    a class of ``analysis.emerging_hot_spots``. ``slope`` is the change of the rate per year with
    its 90% interval, ``trend_p`` the chance of such a trend without one. ``alarm`` is 1 or more
    where the last month is out of line with the months before. The ``cluster_`` columns describe
    the larger whole that a place belongs to: its places, rate ratio, chance without one, first
    period.
    """

    __tablename__ = "pattern"
    indicator_id: Mapped[int] = mapped_column(ForeignKey("passport.id"), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    gi: Mapped[float | None]
    lisa: Mapped[int]
    emerging: Mapped[int]
    slope: Mapped[float | None]
    slope_low: Mapped[float | None]
    slope_high: Mapped[float | None]
    trend_p: Mapped[float | None]
    alarm: Mapped[float | None]
    cluster_size: Mapped[int | None]
    cluster_ratio: Mapped[float | None]
    cluster_p: Mapped[float | None]
    cluster_since: Mapped[int | None]
    __table_args__ = ({"sqlite_with_rowid": False},)


class Score(Base):
    """The composite score of a place over a 12-month window, in total and per focus area."""

    __tablename__ = "score"
    level: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    total: Mapped[float]
    tbml: Mapped[float | None]
    financial_services: Mapped[float | None]
    logistics: Mapped[float | None]
    corruption_violence: Mapped[float | None]
    percentile: Mapped[float]
    class_: Mapped[int]
    __table_args__ = ({"sqlite_with_rowid": False},)


class Stability(Base):
    """How the rank of a score holds when its choices and data are varied, in the last window.

    ``low``, ``middle`` and ``high`` are percentiles (0-100) that the rank keeps within in 90% of
    the runs, ``same`` the share of runs in which the class stays, ``stability`` 0 (stable), 1
    (moving) or 2 (unsure).
    """

    __tablename__ = "stability"
    level: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    low: Mapped[float]
    middle: Mapped[float]
    high: Mapped[float]
    same: Mapped[float]
    stability: Mapped[int]
    __table_args__ = ({"sqlite_with_rowid": False},)


class KeyFigure(Base):
    """The latest public state or average of an area: a figure of ``records.figures``, its day."""

    __tablename__ = "key_figure"
    level: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    figure: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date]
    value: Mapped[float]
    __table_args__ = ({"sqlite_with_rowid": False},)


class Peer(Base):
    """The gemeenten most like a gemeente, the nearest first (``rank`` from 1)."""

    __tablename__ = "peer"
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    peer_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    distance: Mapped[float]


class Evidence(Base):
    """What a release knows of its own worth: rows by the ``name`` of their kind.

    `store.evidence` holds the kinds, and what a row of each may say.
    """

    __tablename__ = "evidence"
    name: Mapped[str] = mapped_column(primary_key=True)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class Breaks(Base):
    """Upper limits of the classes of a map: per indicator (0: the score), level and period kind."""

    __tablename__ = "breaks"
    indicator_id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    limits: Mapped[list[float]]


class DeliveryStatus(Base):
    """What a partner delivered and when, roughly: exact, it would be about single records.

    ``received``, ``first`` and ``last`` are months (2026-06): when it came, and what its records
    are about, as far as the release reaches back. ``size`` is the number of records in one
    significant digit, 0 for fewer than a hundred.
    """

    __tablename__ = "delivery_status"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    partner: Mapped[str]
    received: Mapped[str]
    size: Mapped[int]
    first: Mapped[str | None]
    last: Mapped[str | None]


class Place(Base):
    """A populated place, for the search."""

    __tablename__ = "place"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    gemeente: Mapped[str]
    lon: Mapped[float]
    lat: Mapped[float]
    population: Mapped[int]


class Attribution(Base):
    """A line of attribution for every map and export."""

    __tablename__ = "attribution"
    id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[str]


POINTER = "current"


def current_release(releases: Path) -> Path:
    """Return the file of the current release; WeerbeeldError when nothing was published yet."""
    pointer = releases / POINTER
    name = pointer.read_text(encoding="utf-8").strip() if pointer.exists() else ""
    path = releases / f"{name}.db"
    if not name or not path.exists():
        raise WeerbeeldError(
            f"No release is published in {releases}. Build one with 'weerbeeld build' "
            "(for example data first: 'weerbeeld demo')."
        )
    return path


def open_release(path: Path) -> Engine:
    """Return an engine that can only read the release at ``path``."""
    return create_engine(f"sqlite:///file:{path}?mode=ro&immutable=1&uri=true")
