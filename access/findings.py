"""What is known of a place beyond its figure: neighbours, history, groups, alike places."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Group:
    """Adjoining places that together stand out.

    ``size`` is their number, ``ratio`` how many times as high they are as elsewhere, ``p`` the
    chance of such a group without any cause, ``since`` the code of its first period.
    """

    size: int
    ratio: float
    p: float
    since: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """What neighbours and history say of one area, in the last window."""

    area: str
    """Code of the area."""
    name: str
    gemeente: str
    riec: str
    gi: float | None
    """The z of Getis-Ord Gi*; None where it has no neighbours with figures."""
    lisa: int
    """Beside its neighbours: 1 high-high, 2 low-high, 3 low-low, 4 high-low, 0 not surely any."""
    emerging: int
    """Class of ``analysis.emerging_hot_spots``, 0 for none."""
    slope: float | None
    """Change of the rate per year; None where it was followed too briefly."""
    slope_low: float | None
    """The ends of its 90% interval."""
    slope_high: float | None
    trend_p: float | None
    """Chance of such a trend without one; None where it was followed too briefly."""
    alarm: float | None
    """1 or more where the last month is out of line with those before; None where not known."""
    group: Group | None
    """The group that it belongs to; None for none, and where not all of it may be seen."""


STABLE = 0
"""``Stability.stability`` of a rank that holds."""


@dataclass(frozen=True, slots=True)
class Stability:
    """How the rank of an area's score holds when its choices and data are varied."""

    area: str
    """Code of the area."""
    name: str
    gemeente: str
    riec: str
    low: float
    """The percentiles (0-100) that the rank keeps within in 90% of the runs, and their middle."""
    middle: float
    high: float
    same: float
    """Share of the runs (0-1) in which the class stays the same."""
    stability: int
    """0 stable, 1 moving, 2 unsure."""


@dataclass(frozen=True, slots=True)
class PeerRate:
    """The rates of a gemeente's peers in one window: their median and their quartiles."""

    period: str
    """Code of the window."""
    smoothed: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A public figure of an area: its name in ``records.figures``, its day, its value."""

    figure: str
    day: date
    value: float
