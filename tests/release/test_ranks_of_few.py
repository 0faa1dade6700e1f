"""No evidence never outranks evidence: figures of none or few, and rates over hardly anything."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import pytest

from indicators import CATALOGUE
from release.analysing import analyse
from release.exact import Shown
from release.noise import side_noise
from release.periods import calendar_of
from release.scoring import score
from store.release import LEVEL_NUMBERS

PERIODS = calendar_of(date(2024, 1, 1), date(2025, 12, 31))
WINDOW = max(period.id for period in PERIODS if period.kind == "year")
VG01 = CATALOGUE["VG01"]


def _analysed(numerator: Sequence[float], denominator: Sequence[float]) -> pd.DataFrame:
    frame = pd.DataFrame({"numerator": numerator, "denominator": denominator}, dtype=float)
    frame = frame.assign(
        level=LEVEL_NUMBERS["gemeente"],
        area_id=range(len(frame)),
        period_id=WINDOW,
        numerator_units=frame["numerator"],
        denominator_units=frame["denominator"],
        width=1.0,
    )
    return analyse(Shown(frame), VG01, PERIODS, side_noise(VG01, 5).numerator, {})[0]


def test_none_or_few_share_the_lowest_rank_and_class() -> None:
    """Some have 0 of 20, one has 43 of 355, which is less than the mean of all."""
    figures = _analysed([0] * 6 + [43, 60, 90], [11.0] * 6 + [355, 300, 300])
    few = figures["numerator"] == 0
    assert figures["smoothed"][few].max() > figures["smoothed"][6], "smoothed it would be above"
    assert figures["percentile"][few].nunique() == 1
    assert figures["percentile"][few].max() < figures["percentile"][~few].min()
    assert (figures["class_"][few] == 0).all()
    assert figures["class_"].max() > 0


@pytest.mark.parametrize("numerator", [0.0, 6.0])
def test_over_less_than_the_least_denominator_there_is_no_rate(numerator: float) -> None:
    """So "6 of 5" is too little to tell, and "0 of 5" no low rate."""
    figures = _analysed([numerator, 40, 50], [5.0, 300, 300])
    told = figures[["smoothed", "low", "high", "percentile", "since"]]
    assert told.iloc[0].isna().all()
    assert figures["class_"][0] == -1
    assert told[["smoothed", "percentile"]].iloc[1:].notna().all(axis=None)


def test_a_score_needs_figures_for_half_of_what_it_weighs() -> None:
    """A hexagon scored 97 on two of twelve indicators."""
    codes = [code for code, one in CATALOGUE.items() if one.weight > 0]
    number = {code: n for n, code in enumerate(CATALOGUE, start=1)}
    whole = [(number[code], 1, 60.0) for code in codes]
    two = [(number[code], 2, 97.0) for code in ("BD03", "VG01")]
    areas = ("tbml", "logistics")
    half = [(number[code], 3, 70.0) for code in codes if CATALOGUE[code].focus_area in areas]
    columns = ["indicator_id", "area_id", "percentile"]
    figures = pd.DataFrame(whole + two + half, columns=columns)
    added, scores = score(figures, CATALOGUE)
    assert scores["area_id"].tolist() == [1, 3], "two of the four focus areas are half"
    np.testing.assert_allclose(scores["total"], [60.0, 70.0])
    assert np.isnan(added[figures["area_id"] == 2]).all()
    assert np.isfinite(added[figures["area_id"] != 2]).all()
