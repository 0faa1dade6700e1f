"""On invented countries of which it is known what a map of a year before should have been worth."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from analysis.neighbours import from_pairs
from analysis.rates import gamma_prior, interval, smoothed
from geo import hexagons
from geo.areas import gemeenten
from indicators import CATALOGUE
from release.exact import Exact
from release.exact_hindcasts import BLUR, blurred, exact_hindcast_rows
from release.hindcasts import calibration_rows, hindcast_rows, shown_row
from release.hindsight import Counted, Ground, measured, surfaces, windows
from release.noise import flow_noise, window_noise
from release.periods import calendar_of
from release.score_hindcast import incident_codes, score_hindcast_rows
from release.surroundings import Surroundings
from store.evidence import Evidence
from store.evidence.contract import fault_of
from store.evidence.of_maps import MapChoice
from store.release import LEVEL_NUMBERS

Floats = NDArray[np.float64]
Row = TypeVar("Row", bound=Evidence)

CV01, DR03 = CATALOGUE["CV01"], CATALOGUE["DR03"]
PERIODS = calendar_of(date(2023, 7, 1), date(2026, 6, 30))
WORDS = {"indicator": CATALOGUE}
BEFORE, TRAIN, LATER = (
    next(p.id for p in PERIODS if p.code == f"{year}-06-12m") for year in (2024, 2025, 2026)
)
PLACES = 2000
LEVELS = {"gemeente": 10_000, "hex7": 20_000}
"""First id of the places of each level; both have the same counts."""
IDS = np.concatenate([first + np.arange(PLACES) for first in LEVELS.values()])
EXTENTS = {"area": pd.Series(2.0, index=IDS), "addresses": pd.Series(100.0, index=IDS)}
NOISE = window_noise(flow_noise(5))
ROW = from_pairs(np.arange(PLACES - 1), np.arange(1, PLACES), PLACES)
"""Places lie in a row, each beside the one before and the one after it."""
AROUND = {
    LEVEL_NUMBERS[level]: Surroundings(first + np.arange(PLACES), np.zeros((PLACES, 2)), ROW)
    for level, first in LEVELS.items()
}


def exact(counts: dict[int, Floats], denominator: float = 1000.0) -> pd.DataFrame:
    """Exact counts (places,) of each window, the same at both levels."""
    return pd.concat(
        pd.DataFrame(
            {
                "level": LEVEL_NUMBERS[level],
                "area_id": first + np.arange(len(values)),
                "period_id": period,
                "amount_numerator": values,
                "amount_denominator": denominator,
                "key_numerator": np.arange(len(values)) * 7919 + period,
            }
        )
        for level, first in LEVELS.items()
        for period, values in counts.items()
    ).reset_index(drop=True)


def shown(counts: dict[int, Floats]) -> pd.DataFrame:
    """What is shown of counts that protection left as they are."""
    frame = exact(counts)
    return frame.assign(numerator=frame["amount_numerator"])


def published(frame: pd.DataFrame) -> pd.DataFrame:
    """What would be published of exact counts without protection."""
    parts = []
    for _, own in frame.groupby(["level", "period_id"]):
        n, d = own["amount_numerator"].to_numpy(float), own["amount_denominator"].to_numpy(float)
        prior = gamma_prior(n, d)
        assert prior is not None
        low, high = interval(n, d, prior)
        rates = {"smoothed": smoothed(n, d, prior), "low": low, "high": high}
        rated = {name: values * CV01.per for name, values in rates.items()}
        parts.append(own.assign(numerator=n, denominator=d, width=1.0, **rated))
    return pd.concat(parts, ignore_index=True)


def counted(frame: pd.DataFrame, figures: pd.DataFrame) -> Counted:
    """What is known of counts that protection left as they are."""
    return Counted(published(frame), figures)


def counts(seed: int, mean: float = 3.0) -> Floats:
    """Counts of places whose rates differ."""
    rng = np.random.default_rng(seed)
    return rng.poisson(rng.gamma(0.5, 2 * mean, PLACES)).astype(float)


def rows_of(found: Iterable[Row], **wanted: str) -> list[Row]:
    chosen = [row for row in found if wanted.items() <= vars(row).items()]
    assert chosen, wanted
    return chosen


def test_the_windows_do_not_overlap() -> None:
    kept = windows(PERIODS)
    assert kept is not None
    assert (kept.later, kept.known) == (LATER, [TRAIN, BEFORE])
    assert windows(calendar_of(date(2024, 10, 1), date(2026, 6, 30))) is None


def test_a_year_like_the_last_is_foretold_perfectly() -> None:
    year = counts(1)
    frame = exact({TRAIN: year, LATER: year})
    known = counted(frame, published(frame))
    found = hindcast_rows(known, CV01, PERIODS, Ground(EXTENTS, AROUND))
    real = exact_hindcast_rows(Exact(frame), known, CV01, PERIODS, EXTENTS)
    cases = {(r.level, r.extent, r.method, r.share) for r in found}
    others = {(r.level, r.extent, r.method, r.share) for r in real}
    assert len(cases) + len(others) == len(found) + len(real) == 2 * 2 * 3 * (3 + 2)
    for row in found:
        assert row.pei
        assert (0.9 if row.method == "neighbours" else 1) <= row.pei <= 1.05
        assert row.best_pai
        assert row.best_pai > 3
        assert row.events == float(f"{year.sum():.3g}")
    assert all(0.94 <= row.pei <= 1.06 for row in real if row.pei)
    assert all(fault_of(row, WORDS) == "" for row in (*found, *real))


def test_a_year_dealt_anew_is_foretold_no_better_than_by_chance() -> None:
    year = counts(2)
    dealt = np.random.default_rng(3).permutation(year)
    frame = exact({TRAIN: year, LATER: dealt})
    found = hindcast_rows(counted(frame, published(frame)), CV01, PERIODS, Ground(EXTENTS, AROUND))
    for row in rows_of(found, method="plain"):
        assert row.best_pai
        assert row.pai == pytest.approx(1, abs=0.5 if row.share < 0.1 else 0.25)
        assert row.best_pai > 3


def test_rates_follow_from_events() -> None:
    """By hand: of 104 events 63 lie in the first of a hundred places and 41 in the second."""
    observed, predicted = np.zeros(100), np.zeros(100)
    observed[:2] = 63, 41
    predicted[[0, 2, 3]] = 9, 8, 7
    row = measured(predicted, observed, np.ones(100))[0]
    rates = 63 / 104, 63 / 104 / 0.03, 63 / 104, 100 / 3
    assert row[1:5] == pytest.approx(rates)
    assert (row.share, row.events) == (0.03, 104)
    assert measured(predicted, np.zeros(100), np.ones(100)) == []


def test_rows_show_nothing_but_what_protected_counts_show() -> None:
    """Without any exact count the rows are there, and the same."""
    frame = exact({TRAIN: counts(12), LATER: counts(13)})
    given = published(frame)
    blind = given.drop(columns=["amount_numerator", "amount_denominator", "key_numerator"])
    published_rows = []
    for known in (Counted(given, given), Counted(blind, blind)):
        rows = hindcast_rows(known, CV01, PERIODS, Ground(EXTENTS, AROUND))
        shown_as = shown_row(known, CV01, PERIODS, EXTENTS)
        inside = calibration_rows(known, CV01, PERIODS, NOISE, {})
        published_rows.append((rows, shown_as, inside))
    assert published_rows[0] == published_rows[1]


def test_hits_of_exact_counts_are_blurred_by_more_than_a_place_of_few_adds() -> None:
    rows = measured(counts(14, 0.3), counts(14, 0.3), np.full(PLACES, 2.0))
    hits = [
        [row.hit_rate * row.events for row in blurred(rows, rows, (seed, 1))] for seed in range(400)
    ]
    true = [row.hit_rate * row.events for row in rows]
    np.testing.assert_allclose(np.std(hits, axis=0), BLUR, rtol=0.15)
    np.testing.assert_allclose(np.mean(hits, axis=0), true, atol=2)
    again = blurred(rows, rows, (5, 1))
    assert again == blurred(rows, rows, (5, 1)) != blurred(rows, rows, (5, 2))
    assert all(0 <= row.hit_rate <= 1 for row in again)
    assert all(row.hit_rate == round(row.hit_rate, 2) for row in again), "whole percents"


def test_the_mean_of_earlier_years_and_missing_figures_are_candidates() -> None:
    """Where it happens is known from the first year alone, and half of it is not published."""
    first, train, later = np.zeros((3, PLACES))
    first[:100], train[100:200], later[:100] = 8, 2, 10
    frame = exact({BEFORE: first, TRAIN: train, LATER: later})
    figures = published(frame)
    found = hindcast_rows(counted(frame, figures), CV01, PERIODS, Ground(EXTENTS, AROUND))
    by = {r.method: r for r in rows_of(found, level="hex7") if r.share == 0.05}
    assert by["earlier"].hit_rate == pytest.approx(1)
    assert by["plain"].hit_rate == 0
    hidden = figures[figures["area_id"] % 10_000 >= 50]
    seen = hindcast_rows(counted(frame, hidden), CV01, PERIODS, Ground(EXTENTS, AROUND))
    (row,) = (
        r for r in rows_of(seen, level="hex7", method="earlier", extent="area") if r.share == 0.03
    )
    assert row.hit_rate == pytest.approx(0.5)


def test_neighbours_are_a_candidate() -> None:
    """Groups of ten places in a row are alike; a year dealt anew within a group shows the rest."""
    rng = np.random.default_rng(8)
    rate = np.repeat(rng.gamma(0.3, 1.0, PLACES // 10), 10)
    frame = exact({TRAIN: rng.poisson(rate).astype(float), LATER: rng.poisson(rate).astype(float)})
    found = hindcast_rows(counted(frame, published(frame)), CV01, PERIODS, Ground(EXTENTS, AROUND))
    for level in LEVELS:
        rows = rows_of(found, level=level, extent="area")
        hits = {row.method: row.hit_rate or 0.0 for row in rows if row.share == 0.05}
        assert hits["neighbours"] > hits["plain"] + 0.05
    alone = hindcast_rows(counted(frame, published(frame)), CV01, PERIODS, Ground(EXTENTS, {}))
    assert {row.method for row in alone} == {"plain", "smoothed"}


def test_the_map_shows_plain_counts_unless_the_model_finds_more() -> None:
    year = counts(4)
    frame = exact({TRAIN: year, LATER: year})
    figures, dealt = published(frame), np.random.default_rng(5).permutation(len(frame))
    noise = figures.assign(smoothed=figures["smoothed"].to_numpy()[dealt])
    shown = shown_row(counted(frame, noise), CV01, PERIODS, EXTENTS)
    assert shown == MapChoice("CV01", "hex7", "plain", 1.0, 1.0)
    blind = figures.assign(numerator=figures["numerator"].to_numpy()[dealt])
    other = shown_row(counted(frame, blind), CV01, PERIODS, EXTENTS)
    assert other is not None
    assert other.method == "smoothed"
    assert other.pei_shown == pytest.approx(1)
    assert other.pei_plain
    assert other.pei_plain < 0.4


@pytest.mark.parametrize("change", [{"counting": "stock"}, {"levels": "NR"}])
def test_what_counts_no_events_of_places_has_no_hindcast(change: dict[str, Any]) -> None:
    frame = exact({TRAIN: counts(6), LATER: counts(7)})
    figures, other = published(frame), replace(CV01, **change)
    assert hindcast_rows(counted(frame, figures), other, PERIODS, Ground(EXTENTS, AROUND)) == []
    assert shown_row(counted(frame, figures), other, PERIODS, EXTENTS) is None
    assert calibration_rows(counted(frame, figures), other, PERIODS, NOISE, {}) == []


def test_too_short_a_history_has_no_hindcast() -> None:
    short = calendar_of(date(2025, 7, 1), date(2026, 6, 30))
    frame = exact({TRAIN: counts(6), LATER: counts(7)})
    figures = published(frame)
    assert hindcast_rows(counted(frame, figures), CV01, short, Ground(EXTENTS, AROUND)) == []
    assert shown_row(counted(frame, figures), CV01, short, EXTENTS) is None
    assert calibration_rows(counted(frame, figures), CV01, short, NOISE, {}) == []
    assert (
        score_hindcast_rows(scored(counts(6)), {"CV01": figures}, CATALOGUE, short, EXTENTS) == []
    )


def poisson_years(seed: int, later: float = 1.0) -> pd.DataFrame:
    """Two years of counts around 100 with the same rates, the second times ``later``."""
    rng = np.random.default_rng(seed)
    rates: Floats = rng.gamma(4.0, 25.0, PLACES)
    years = [rng.poisson(rates * part).astype(np.float64) for part in (1.0, later)]
    return exact(dict(zip((TRAIN, LATER), years, strict=True)))


def test_intervals_hold_nine_in_ten_of_simulated_counts() -> None:
    frame = poisson_years(8)
    found = calibration_rows(counted(frame, published(frame)), CV01, PERIODS, NOISE, {})
    assert {r.level for r in found} == set(LEVELS)
    for row in found:
        assert row.places == PLACES
        assert row.inside == pytest.approx(0.91, abs=0.025)
        assert row.inside + row.below + row.above == pytest.approx(1, abs=0.002)
        assert row.below == pytest.approx(row.above, abs=0.02)
    assert all(fault_of(row, WORDS) == "" for row in found)


def test_intervals_allow_for_what_protection_adds_to_a_later_count() -> None:
    frame = poisson_years(9)
    figures = published(frame)
    added = np.random.default_rng(10).normal(0, 10, len(figures)).round()
    figures["numerator"] += np.where(figures["period_id"] == LATER, added, 0)
    wide = {number: replace(noise, variance=100.0) for number, noise in NOISE.items()}
    for noise, inside in ((wide, 0.91), (NOISE, 0.8)):
        found = calibration_rows(counted(frame, figures), CV01, PERIODS, noise, {})
        for row in found:
            assert row.inside == pytest.approx(inside, abs=0.035)


def test_a_year_that_is_half_registered_is_expected_to_show_half() -> None:
    frame = poisson_years(11, later=0.5)
    figures = published(frame)
    for row in calibration_rows(counted(frame, figures), CV01, PERIODS, NOISE, {LATER: 0.5}):
        assert row.inside == pytest.approx(0.93, abs=0.04)
    for row in calibration_rows(counted(frame, figures), CV01, PERIODS, NOISE, {}):
        assert row.below > 0.7


def scored(total: Floats, period: int = TRAIN) -> pd.DataFrame:
    frames = [
        pd.DataFrame(
            {
                "level": LEVEL_NUMBERS[level],
                "period_id": period,
                "area_id": first + np.arange(len(total)),
                "total": total,
            }
        )
        for level, first in LEVELS.items()
    ]
    return pd.concat(frames, ignore_index=True)


def test_only_indicators_that_count_nothing_but_incidents_test_the_score() -> None:
    codes = incident_codes(CATALOGUE)
    assert {"CV01", "DR03"} <= set(codes)
    assert not {"KR01", "FI01", "VG01", "BD01", "TB03"} & set(codes)


def test_a_score_is_tested_on_all_incidents_of_the_year_after() -> None:
    attacks, waste, before = counts(12), counts(13), counts(14)
    by_code = {
        "CV01": shown({TRAIN: before, LATER: attacks}),
        "DR03": shown({TRAIN: before, LATER: waste}),
        "FI01": shown({TRAIN: 1000 * counts(15), LATER: 1000 * counts(15)}),
    }
    given = pd.concat([scored(attacks + waste), scored(-attacks, LATER)], ignore_index=True)
    found = score_hindcast_rows(given, by_code, CATALOGUE, PERIODS, EXTENTS)
    assert len(found) == 2 * 2 * 3 * 3
    for row in found:
        assert row.events == float(f"{(attacks + waste).sum():.3g}")
    for row in rows_of(found, method="score"):
        assert row.pei == pytest.approx(1)
    for row in rows_of(found, method="plain"):
        assert row.pai == pytest.approx(1, abs=0.5)
    for row in rows_of(found, method="random"):
        assert (row.hit_rate, row.pai) == (row.share, 1)
        assert row.best_pai
        assert row.pei == pytest.approx(1 / row.best_pai, rel=0.01)
    assert all(fault_of(row, WORDS) == "" for row in found)


def test_places_are_taken_by_score_whatever_their_size() -> None:
    """The highest score stands on a place fifty times as large, where all incidents are."""
    later, total = np.zeros(PLACES), np.ones(PLACES)
    later[0], total[0] = 500, 1.5
    sizes = pd.Series(1.0, index=IDS)
    sizes[list(LEVELS.values())] = 50.0
    by_code = {"CV01": shown({TRAIN: later, LATER: later})}
    found = score_hindcast_rows(scored(total), by_code, CATALOGUE, PERIODS, {"area": sizes})
    for row in rows_of(found, method="score"):
        assert row.hit_rate == pytest.approx(1)


def test_surfaces_are_those_of_the_place_itself() -> None:
    own = gemeenten().set_index("code").geometry.area / 1e6
    codes = ["GM0363", "GM0014", "GM0080"]
    levels = ["gemeente", "gemeente", "gemeente", "riec"]
    official = pd.DataFrame({"level": levels, "code": [*codes, "R01"], "id": [7, 5, 6, 1]})
    cells = pd.DataFrame({"cell": hexagons.index_points([4.9], [52.37], 7), "id": [9]})
    found = surfaces(official, cells, gemeenten())
    assert found.loc[[7, 5, 6]].tolist() == own.loc[codes].tolist()
    assert found.loc[9] == pytest.approx(5, abs=1.5)
    assert len(found) == 4
