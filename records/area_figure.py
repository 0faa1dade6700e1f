"""Figures about areas that a source delivers already counted."""

import pandas as pd

from records._contract import Column, RecordKind, Rule
from records._retention import STATISTIC

COUNTED = ("addresses", "firms", "inhabitants", "suspicious_transactions")
"""What indicators may read."""

TEST_ONLY = (
    "share_low_income",
    "share_origin_outside_nl",
    "share_age_15_to_24",
    "share_single_parent_households",
)
"""Percentages of inhabitants or households, read only to test whether scores follow them (P1).

Every name holds a word of ``indicators._forbidden``, so that an indicator cannot name one.
"""

FIGURES = (*COUNTED, *TEST_ONLY)
FIGURE_LEVELS = ("hex9", "buurt", "wijk", "gemeente", "riec", "nederland")
TEST_LEVELS = ("buurt", "wijk", "gemeente")
"""Levels with areas enough for a correlation, and with a border that needs no land of its own."""


def _percentage(frame: pd.DataFrame) -> "pd.Series[bool]":
    return ~frame["figure"].isin(TEST_ONLY) | ~(frame["value"] > 100)


def _tested_level(frame: pd.DataFrame) -> "pd.Series[bool]":
    return ~frame["figure"].isin(TEST_ONLY) | frame["level"].isin(TEST_LEVELS)


KIND = RecordKind(
    name="area_figure",
    meaning="one figure of one area from one day until the next figure of that area",
    columns=(
        Column("figure", "text", "what is counted", codes=FIGURES),
        Column("level", "text", "kind of area", codes=FIGURE_LEVELS),
        Column("area", "text", "code of the area, e.g. GM0599 or an H3 index"),
        Column(
            "date",
            "date",
            "reference day of a state (addresses), first day of the month of a flow",
        ),
        Column("value", "decimal", "the figure", unit="number", minimum=0),
        Column("source", "text", "who published the figure"),
    ),
    key=("figure", "level", "area", "date"),
    subject=None,
    dated="date",
    mark="source",
    retention=STATISTIC,
    located=False,
    rules=(
        Rule("value", "a percentage, at most 100, where the figure is a share", _percentage),
        Rule("level", f"one of {', '.join(TEST_LEVELS)} where it is a share", _tested_level),
    ),
)
