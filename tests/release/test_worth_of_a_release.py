"""How well ranks hold, when counts are shown in place of rates, how alike neighbours are."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.neighbours import from_pairs
from analysis.robustness import STABLE, UNSURE
from indicators import CATALOGUE
from release.periods import calendar_of
from release.robustness import stability
from release.settings_evidence import score_steps
from release.surroundings import Surroundings
from release.worth import count_breaks, moran_rows
from store.evidence import Evidence
from store.evidence.keeping import Kind
from store.evidence.of_maps import MapChoice
from store.evidence.of_score import Coherence, RankDriver, RankStability, RelatedPair
from store.release import COUNTS, LEVEL_NUMBERS

GEMEENTE, HEX7 = LEVEL_NUMBERS["gemeente"], LEVEL_NUMBERS["hex7"]
PERIODS = calendar_of(date(2023, 7, 1), date(2026, 6, 30))
WINDOW = max(period.id for period in PERIODS if period.kind == "year")
SCORED = {n: i for n, (c, i) in enumerate(CATALOGUE.items(), 1) if i.focus_area != "context"}
PLACES = 60


def figures(spread: float, seed: int = 1) -> pd.DataFrame:
    """Return figures of all scored indicators that agree; ``spread`` widens their intervals."""
    level_of = np.linspace(1.0, 20.0, PLACES)
    rows = []
    for number in SCORED:
        rate = level_of * np.random.default_rng(seed + number).uniform(0.99, 1.01, PLACES)
        frame = pd.DataFrame({"area_id": range(1, PLACES + 1), "smoothed": rate})
        frame = frame.assign(low=rate / (1 + spread), high=rate * (1 + spread))
        frame = frame.assign(percentile=frame["smoothed"].rank(pct=True) * 100 - 50 / PLACES)
        rows.append(frame.assign(indicator_id=number, level=GEMEENTE, period_id=WINDOW))
    return pd.concat(rows, ignore_index=True).assign(numerator=9.0, contribution=1.0)


def of(kind: type[Kind], rows: Iterable[Evidence]) -> list[Kind]:
    """Return the rows of one kind."""
    return [row for row in rows if isinstance(row, kind)]


def test_ranks_hold_where_all_indicators_agree_and_are_sure() -> None:
    held, evidence = stability(figures(0.02), CATALOGUE, WINDOW)
    assert len(held) == PLACES
    assert (held["stability"] == STABLE).mean() > 0.8
    assert ((held["low"] <= held["middle"]) & (held["middle"] <= held["high"])).all()
    assert held["low"].min() >= 0
    assert held["high"].max() <= 100
    assert held.sort_values("area_id")["middle"].is_monotonic_increasing
    (row,) = of(RankStability, evidence)
    assert row.places == PLACES
    assert row.stable + row.moving + row.unsure == pytest.approx(1.0, abs=0.002)
    assert row.stable == pytest.approx((held["stability"] == STABLE).mean(), abs=0.0005)
    drivers = {row.input for row in of(RankDriver, evidence)}
    assert drivers == {"normalisation", "weights", "aggregation", "left out", "data"}


def test_ranks_do_not_hold_where_figures_are_unsure() -> None:
    """Intervals from a fifth to five times the rate; far wider ones leave no order to lose."""
    held, evidence = stability(figures(4.0), CATALOGUE, WINDOW)
    assert (held["stability"] == UNSURE).mean() > 0.5
    drivers = {row.input: row.total for row in of(RankDriver, evidence)}
    assert max(drivers, key=drivers.__getitem__) == "data"


def test_indicators_that_repeat_each_other_are_named() -> None:
    _, evidence = stability(figures(0.1), CATALOGUE, WINDOW)
    (coherence,), pairs = of(Coherence, evidence), of(RelatedPair, evidence)
    assert coherence.alpha
    assert coherence.alpha > 0.9
    assert {pair.kind for pair in pairs} == {"redundant"}
    assert len(pairs) == len(SCORED) * (len(SCORED) - 1) / 2


def test_few_places_or_no_figures_give_nothing() -> None:
    few = figures(0.1)
    held, evidence = stability(few[few["area_id"] <= 2], CATALOGUE, WINDOW)
    assert held.empty
    assert evidence == []
    assert stability(few, CATALOGUE, WINDOW - 1)[0].empty


def test_what_is_in_no_score_has_no_rank_that_could_hold() -> None:
    some = figures(0.1)
    some.loc[some["area_id"] > 40, "contribution"] = np.nan
    assert stability(some, CATALOGUE, WINDOW)[0]["area_id"].max() == 40


def test_steps_stand_in_the_order_of_the_handbook() -> None:
    names = [row.name for row in score_steps()]
    order = ["coherence", "missing data", "outliers", "normalisation", "weights", "aggregation"]
    assert names[: len(order)] == order
    assert [row.step for row in score_steps()] == list(range(1, len(names) + 1))


def test_counts_have_classes_only_where_rates_did_no_better() -> None:
    counts = np.array([0.0] * 50 + [5.0, 5.0, 6.0, 9.0, 40.0])
    frame = pd.DataFrame({"numerator": counts, "level": HEX7, "period_id": WINDOW})
    frame = pd.concat([frame, frame.assign(level=GEMEENTE)], ignore_index=True)
    dumpings = CATALOGUE["DR03"]
    assert count_breaks(4, frame, dumpings, MapChoice("DR03", "hex7", "smoothed", 0.2, 0.3)) == []
    assert count_breaks(4, frame, dumpings, None) == []
    plain = MapChoice("DR03", "hex7", "plain", 0.2, 0.2)
    ((number, level, kind, limits),) = count_breaks(4, frame, dumpings, plain)
    assert (number, level, kind) == (4, HEX7, COUNTS)
    assert limits[0] >= 5, "places without any are not what classes are made of"


@pytest.mark.parametrize(("alike", "sign"), [(True, 1), (False, -1)])
def test_moran_shows_whether_neighbours_are_alike(alike: bool, sign: int) -> None:
    n = 40
    near = from_pairs(np.arange(n - 1), np.arange(1, n), n)
    values = np.repeat([1.0, 2.0], n // 2) if alike else np.tile([1.0, 2.0], n // 2)
    around = {GEMEENTE: Surroundings(np.arange(1, n + 1), np.zeros((n, 2)), near)}
    frame = pd.DataFrame({"area_id": range(1, n + 1), "smoothed": values})
    frame = frame.assign(level=GEMEENTE, period_id=WINDOW)
    (row,) = moran_rows(frame, CATALOGUE["VG01"], PERIODS, around)
    assert np.sign(row.i) == np.sign(row.z) == sign
    assert row.level == "gemeente"
    assert moran_rows(frame.head(9), CATALOGUE["VG01"], PERIODS, around) == []
