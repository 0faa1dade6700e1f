"""Figures about areas that a source delivers already counted."""

import pandas as pd

from records.contract import Column, RecordKind, Rule
from records.figures import PUBLIC, TEST_ONLY
from records.retention import STATISTIC

FIGURES = (*PUBLIC, *TEST_ONLY)
FLOWS = tuple(name for name, figure in PUBLIC.items() if figure.measure == "flow")
FIGURE_LEVELS = ("hex9", "buurt", "wijk", "gemeente", "riec", "nederland")
TEST_LEVELS = ("buurt", "wijk", "gemeente")
"""Levels with areas enough for a correlation, and with a border that needs no land of its own."""


def _percentage(frame: pd.DataFrame) -> "pd.Series[bool]":
    return ~frame["figure"].isin(TEST_ONLY) | ~(frame["value"] > 100)


def _months_of_a_flow(frame: pd.DataFrame) -> "pd.Series[bool]":
    counts: pd.Series[bool] = (frame["months"] > 0) == frame["figure"].isin(FLOWS)
    return counts


def _first_day(frame: pd.DataFrame) -> "pd.Series[bool]":
    first: pd.Series[bool] = ~frame["figure"].isin(FLOWS) | (frame["date"].dt.day == 1)
    return first


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
        Column(
            "months",
            "integer",
            "how many months a flow counts from its date on; 0 for what is no flow",
            unit="months",
            minimum=0,
            maximum=12,
        ),
        Column("value", "decimal", "the figure", unit="number", minimum=0),
        Column("source", "text", "who published the figure"),
    ),
    key=("figure", "level", "area", "date", "months"),
    subject=None,
    dated="date",
    mark="source",
    retention=STATISTIC,
    located=False,
    rules=(
        Rule("months", "1 to 12 for a flow, 0 for any other figure", _months_of_a_flow),
        Rule("date", "the first day of a month where the figure is a flow", _first_day),
        Rule("value", "a percentage, at most 100, where the figure is a share", _percentage),
        Rule("level", f"one of {', '.join(TEST_LEVELS)} where it is a share", _tested_level),
    ),
)
