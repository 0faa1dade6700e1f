"""Figures and scores as readers get them: a row per area, or per area, indicator and period.

A place in which too little was counted holds the figure of a larger area: ``figure_of`` and
``figure_level`` are the code and level of the area whose figure a row holds.
"""

from typing import NamedTuple

from access.facts import Area


class Figure(NamedTuple):
    """The figure of one indicator, area and period.

    ``rate``, ``smoothed``, ``low`` and ``high`` (the 90% interval) are per ``Passport.per``; the
    last three are corrected for ``mix`` where there is one. What is about the counts of the area
    itself is None where the figure is lent.
    """

    area: str
    """Code of the area."""
    period: str
    """Code of the period."""
    numerator: float | None
    """Protected count or amount; None where lent."""
    denominator: float | None
    """Protected count of what the numerator is divided by; None where lent."""
    rate: float | None
    """The numerator over the denominator; None where lent, and where nothing divides it."""
    smoothed: float | None
    """The rate that maps show; None where too little was counted, also in the larger areas."""
    low: float | None
    high: float | None
    percentile: float | None
    """0-100 among the areas of its level; None where lent or not known."""
    class_: int
    """Class on the map of this level, counted from 0; -1 where there is no figure."""
    clear: int
    """1 surely above the country's rate, -1 surely below, 0 neither (and where lent)."""
    hot: int
    """1 surely high together with its neighbours, -1 low, 0 neither (and where lent)."""
    mix: float | None
    """What the make-up of the area leads one to expect, 1 as the country; None where not used."""
    contribution: float | None
    """Points of the score; None where it counts in none, and for those who may not read it."""
    since: str | None
    """Code of the period since which the area stands out without a break; None: it does not."""
    name: str
    """Name of the area."""
    gemeente: str
    riec: str
    lon: float
    lat: float
    figure_of: str
    figure_level: str
    indicator: str
    """Code of the indicator."""

    @property
    def lent(self) -> bool:
        """Whether the figure is a larger area's."""
        return self.figure_of != self.area

    @property
    def measure(self) -> float | None:
        """What a map colours."""
        return self.smoothed

    def lent_to(self, area: Area, class_: int) -> "Figure":
        """Return this figure for a smaller area, with its class on the map of that area's level.

        Counts, how sure it stands beside others and where it stands among them are not lent: they
        are about the larger area. None or few has the lowest class, whatever its rate.
        """
        return self._replace(
            area=area.code,
            numerator=None,
            denominator=None,
            rate=None,
            percentile=None,
            class_=0 if self.numerator == 0 else class_,
            clear=0,
            hot=0,
            mix=None,
            contribution=None,
            since=None,
            name=area.name,
            gemeente=area.gemeente,
            riec=area.riec,
            lon=area.lon,
            lat=area.lat,
        )


class Score(NamedTuple):
    """The composite score (0-100) of one area over a window: in total, and of each focus area."""

    area: str
    """Code of the area."""
    name: str
    gemeente: str
    riec: str
    lon: float
    lat: float
    total: float
    tbml: float | None
    """Points of this focus area; None where none of its indicators counts."""
    financial_services: float | None
    logistics: float | None
    corruption_violence: float | None
    percentile: float | None
    """0-100 among the areas of its level; None where lent."""
    class_: int
    """Class on the map of this level, counted from 0."""
    figure_of: str
    figure_level: str

    @property
    def lent(self) -> bool:
        """Whether the score is a larger area's."""
        return self.figure_of != self.area

    @property
    def measure(self) -> float:
        """What a map colours."""
        return self.total

    def lent_to(self, area: Area, class_: int) -> "Score":
        """Return this score for a smaller area, with its class on the map of that area's level."""
        return self._replace(
            area=area.code,
            name=area.name,
            gemeente=area.gemeente,
            riec=area.riec,
            lon=area.lon,
            lat=area.lat,
            percentile=None,
            class_=class_,
        )
