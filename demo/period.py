"""The years that the example deliveries cover, counted in days from the first.

Three, unless WEERBEELD_DEMO_START names an earlier first day: attacks are tried on five years too.
"""

import os

import numpy as np
from numpy.typing import NDArray

START = np.datetime64(os.environ.get("WEERBEELD_DEMO_START", "2023-07-01"), "D")
END = np.datetime64("2026-06-30", "D")
PATTERNS_FROM = np.datetime64("2025-01-01", "D")
WINDOW_FROM = np.datetime64("2025-07-01", "D")
"""First day of the last 12-month window, in which expected numbers are given."""

DAYS = int((END - START).astype(int)) + 1
PATTERN_DAY = int((PATTERNS_FROM - START).astype(int))
WINDOW_DAY = int((WINDOW_FROM - START).astype(int))
YEAR = 365.25
YEARS = DAYS / YEAR

Days = NDArray[np.int64]
Dates = NDArray[np.datetime64]


def dates(days: Days) -> Dates:
    """Return the calendar days of day numbers (0 is START), shape (n,)."""
    result: Dates = START + days.astype("timedelta64[D]")
    return result


def days_of(when: Dates) -> Days:
    """Return the day numbers of calendar days, shape (n,)."""
    result: Days = (when.astype("datetime64[D]") - START).astype(np.int64)
    return result


def sample_days(
    rng: np.random.Generator, n: int, season: float = 0.1, peak: int = 5, trend: float = 0.0
) -> Days:
    """Draw ``n`` days: ``season`` is the swing around the year with its top in month ``peak``
    (1-12), ``trend`` the growth per year (0.03 is 3%)."""
    day = np.arange(DAYS)
    since_january = (START - np.datetime64("2023-01-01", "D")).astype(int) + day
    angle = 2 * np.pi * (since_january / YEAR - (peak - 0.5) / 12)
    weight = (1 + season * np.cos(angle)) * (1 + trend) ** (day / YEAR)
    drawn: Days = rng.choice(DAYS, size=n, p=weight / weight.sum()).astype(np.int64)
    return drawn
