"""Which figures are made of public states that are not of their own time.

A state holds until the next one, and the first one known also stands for the time before it: so a
rate of 2021 may be over the inhabitants of 2024. Every period of which that is so is named.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from indicators import Indicator
from indicators.contract import Count
from release.open_counting import ADDED_LEVELS, OWN_LEVELS
from release.open_facts import Days
from release.periods import Period, kinds_at
from store.evidence.of_sources import OtherDay

STATES = ("figure_at", "spread_at")
"""The tables of states in force at a moment."""


def other_days(
    days: Days, chosen: Mapping[str, Indicator], periods: Iterable[Period]
) -> list[OtherDay]:
    """Return a row for each indicator, level and period, and each state of another time in it.

    That is a state of after the period, or of more than a year before it began.
    """
    known = list(periods)
    rows = []
    for code, indicator in chosen.items():
        figures = {
            figure
            for count in (indicator.numerator, indicator.denominator)
            for figure in _states(count)
        }
        for level in indicator.level_names if figures else ():
            for period in (p for p in known if p.kind in kinds_at(level)):
                for figure in sorted(figures):
                    found = _at(days, figure, level, period.end)
                    if found and not _of_its_time(found, period):
                        rows.append(OtherDay(code, level, period.code, figure, *found))
    return rows


def _states(count: Count) -> tuple[str, ...]:
    return count.figures if any(table in count.sql for table in STATES) else ()


def _at(days: Days, figure: str, level: str, moment: date) -> tuple[date, date] | None:
    """Return the days of the states that a figure at a level is made of."""
    if level in OWN_LEVELS:
        return days.get((figure, level, moment))
    levels = ("gemeente",) if level in ADDED_LEVELS else (*OWN_LEVELS, "hex9")
    every = [found for one in levels if (found := days.get((figure, one, moment)))]
    if not every:
        return None
    return min(first for first, _ in every), max(last for _, last in every)


def _of_its_time(found: tuple[date, date], period: Period) -> bool:
    first, last = found
    begin = period.start
    return last <= period.end and first >= begin.replace(year=begin.year - 1)
