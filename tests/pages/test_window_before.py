"""Beside a window stands the one that ended a quarter before, or none: never a year before."""

from datetime import date

from access.facts import Period
from pages.parts.trend import window_before


def windows(*ends: date) -> list[Period]:
    return [
        Period(n, f"{end:%Y-%m}-12m", "year", date(end.year - 1, end.month % 12 + 1, 1), end)
        for n, end in enumerate(ends, start=1)
    ]


def test_the_window_of_a_quarter_before_is_found_also_over_the_turn_of_a_year() -> None:
    known = windows(date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31))
    assert window_before(known, "2026-03-12m") == known[1]
    assert window_before(known, "2025-12-12m") == known[0]


def test_where_only_years_are_published_there_is_no_quarter_before() -> None:
    years = windows(date(2021, 12, 31), date(2022, 12, 31), date(2023, 12, 31))
    assert window_before(years, "2023-12-12m") is None
    assert window_before(years, "2021-12-12m") is None
