"""Limits of classes differ as they are printed, and a figure's class is what its print says."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from analysis.breaks import class_breaks
from bilingual import Language
from map_classes import as_written, classify
from pages.kit.palette import CLASSES, EMPTY, class_colour
from pages.kit.words import Words
from pages.parts.legend import class_labels
from store.release import COUNTS, current_release, open_release

NEAREST = 40
"""Figures beside each limit that are printed: those on the wrong side would be among them."""

RATES = st.floats(0, 1e6) | st.decimals(0, 100, places=3).map(float)


def _number(printed: str, language: Language) -> float:
    """Return a printed number as a number again."""
    if language == "nl":
        printed = printed.replace(".", "").replace(",", ".")
    return float(printed.replace(",", ""))


@pytest.mark.parametrize("language", ["nl", "en"])
@given(rate=RATES)
def test_a_rate_is_rounded_as_it_is_printed(language: Language, rate: float) -> None:
    (written,) = as_written(rate)
    assert written == _number(Words(language).rate(rate), language)
    assert as_written(written)[0] == written
    assert as_written(-rate)[0] == -written


@given(st.lists(RATES, min_size=2))
def test_what_is_higher_is_never_written_lower(rates: list[float]) -> None:
    assert (np.diff(as_written(np.sort(rates))) >= 0).all()


@given(st.lists(RATES, min_size=1, max_size=60))
def test_no_legend_prints_a_limit_twice_and_classes_are_as_printed(rates: list[float]) -> None:
    values, words = np.array(rates), Words("nl")
    limits = class_breaks(values)
    printed = [_number(words.rate(limit), "nl") for limit in limits]
    assert printed == limits
    assert all(low < high for low, high in pairwise(printed))
    assert len(set(class_labels(words, limits))) == len(limits) + 1
    for rate, number in zip(rates, classify(values, limits), strict=True):
        assert number == sum(_number(words.rate(rate), "nl") >= limit for limit in printed)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_limits_of_counts_are_whole(counts: list[int]) -> None:
    limits, words = class_breaks(np.array(counts, dtype=float), whole=True), Words("nl")
    assert limits == [_number(words.number(limit), "nl") for limit in limits]
    assert all(low < high for low, high in pairwise(limits))


def test_limits_that_are_written_alike_fall_together() -> None:
    """Whatever percentiles begin a class: fewer than 1 place in 100 stands apart here."""
    values = np.append(np.repeat([4.14, 4.16, 4.18, 4.22, 4.24], 50), 9.0)
    assert class_breaks(values) == [4.2]
    assert classify(np.array([4.14, 4.16, 4.24, 9.0]), [4.2, 9.0]).tolist() == [0, 1, 1, 2]


def test_a_class_that_nobody_is_below_is_none() -> None:
    """Half of the places have nothing: they are in the lowest class, not above an empty one."""
    values = np.append(np.zeros(60), np.arange(1.0, 41.0))
    limits = class_breaks(values)
    assert limits[0] > 0
    assert set(classify(values[values == 0], limits)) == {0}
    assert class_breaks(np.zeros(9)) == []


def test_colours_run_from_light_to_dark_for_any_number_of_classes() -> None:
    for classes in range(1, 13):
        shades = [class_colour(number, classes) for number in range(classes)]
        assert len(set(shades)) == classes
        assert shades[0] == CLASSES[0]
        assert classes == 1 or shades[-1] == CLASSES[-1]
        assert all(sum(light) > sum(dark) for light, dark in pairwise(shades))
    assert class_colour(-1, 3) == EMPTY


def test_every_legend_of_the_example_agrees_with_its_figures(example_release: Path) -> None:
    with open_release(current_release(example_release)).connect() as connection:
        limits = pd.read_sql(text("SELECT * FROM breaks"), connection)
        figures = pd.read_sql(
            text(
                "SELECT indicator_id, level, kind, smoothed AS value, class_ FROM figure"
                " JOIN period ON id = period_id WHERE smoothed IS NOT NULL AND numerator > 0"
                " UNION ALL SELECT 0, level, 'year', total, class_ FROM score"
            ),
            connection,
        )
    keys = ["indicator_id", "level", "kind"]
    known, words = dict(iter(figures.groupby(keys))), Words("nl")
    assert (limits["limits"] != "[]").sum() > 100
    for row in limits.itertuples(index=False):
        counts = row.kind == COUNTS
        of_row: list[float] = json.loads(str(row.limits))
        printed = [_number((words.number if counts else words.rate)(n), "nl") for n in of_row]
        assert all(low < high for low, high in pairwise(printed)), row
        if counts:
            continue
        own = known[row.indicator_id, row.level, row.kind]
        values = own["value"].to_numpy()
        beside = {
            int(place)
            for limit in of_row or [0.0]
            for place in np.argsort(np.abs(values - limit))[:NEAREST]
        }
        for place in beside:
            written = _number(words.rate(values[place]), "nl")
            expected = sum(written >= limit for limit in printed)
            assert own["class_"].iloc[place] == expected, (row, values[place])


def test_none_or_few_outranks_nobody_in_the_example(example_release: Path) -> None:
    """Before: 0 of 5 at percentile 63, above 43 of 355, and coloured above the lowest class."""
    with open_release(current_release(example_release)).connect() as connection:
        figures = pd.read_sql(
            text(
                "SELECT indicator_id, level, period_id, numerator, percentile, class_ FROM figure"
                " WHERE smoothed IS NOT NULL"
            ),
            connection,
        )
    none = figures["numerator"] == 0
    assert none.sum() > 10_000
    assert (figures["class_"][none] == 0).all()
    ranked = figures[figures["percentile"].notna()]
    for _, rows in ranked.groupby(["indicator_id", "level", "period_id"]):
        few = rows["numerator"] == 0
        assert rows["percentile"][few].nunique() <= 1
        assert not (rows["percentile"][~few] <= rows["percentile"][few].max()).any()
