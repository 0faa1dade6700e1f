"""What places are made of is corrected for: a known answer, a simulation, what must not change."""

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from stored_records import write_sources

from indicators import CATALOGUE
from records.branches import GROUPS
from release.analysing import analyse
from release.counting import count_indicator
from release.exact import Shown
from release.noise import flow_noise, no_noise, window_noise
from release.periods import Period
from release.placing import Placer
from release.strata import LEAST, MIX, PLACE, TYPICAL, count_strata, exposure, mixes, with_mix
from release.tables import prepare
from store.release import LEVEL_NUMBERS

BD04 = CATALOGUE["BD04"]

pytestmark = pytest.mark.long

GEMEENTE = LEVEL_NUMBERS["gemeente"]
KEYS = 2**32


def strata_of(events: list[list[int]], firms: list[list[int]], seed: int = 1) -> pd.DataFrame:
    """Return counts as ``count_strata`` gives them, of places (rows) and strata (columns)."""
    rng = np.random.default_rng(seed)
    rows = [
        (GEMEENTE, place + 1, 1, str(stratum), events[place][stratum], firms[place][stratum])
        for place in range(len(firms))
        for stratum in range(len(firms[place]))
    ]
    names = ["level", "area_id", "period_id", "stratum", "units_numerator", "units_denominator"]
    frame = pd.DataFrame(rows, columns=names)
    keys = {
        f"key_{side}": rng.integers(0, KEYS, len(frame)) for side in ("numerator", "denominator")
    }
    each = {f"subjects_{side}": frame[f"units_{side}"] for side in ("numerator", "denominator")}
    return frame.assign(**keys, **each, most_numerator=1, most_denominator=1)


def test_a_worked_example() -> None:
    """Rates 0.01 and 0.10; the country has 2,000 and 1,000 firms, so 0.04 is usual."""
    strata = strata_of([[10, 0], [10, 100]], [[1_000, 0], [1_000, 1_000]])
    found = mixes(strata, None).set_index("area_id")[MIX]
    first = (1_000 + TYPICAL * 2 / 3) * 0.01 + TYPICAL / 3 * 0.10
    second = (1_000 + TYPICAL * 2 / 3) * 0.01 + (1_000 + TYPICAL / 3) * 0.10
    assert found[1] == round(first / (1_000 + TYPICAL) / 0.04, 2)
    assert found[2] == round(second / (2_000 + TYPICAL) / 0.04, 2)


def test_few_subjects_have_no_mix() -> None:
    few = int(LEAST) - 1
    strata = strata_of([[10, 100], [0, 5]], [[1_000, 1_000], [0, few]])
    assert np.isnan(mixes(strata, None).set_index("area_id")[MIX][2])
    more = strata_of([[10, 100], [0, 5]], [[1_000, 1_000], [0, few + 1]])
    assert mixes(more, None).set_index("area_id")[MIX][2] > 1


def test_nothing_that_happened_corrects_nothing() -> None:
    assert mixes(strata_of([[0, 0]] * 3, [[70, 80]] * 3), None)[MIX].isna().all()
    assert mixes(strata_of([[0, 0]] * 3, [[0, 0]] * 3), None)[MIX].isna().all()
    assert mixes(strata_of([], []), None).empty


def test_a_mix_of_protected_counts_is_near_that_of_exact_ones() -> None:
    rng = np.random.default_rng(3)
    firms = rng.poisson(rng.uniform(20, 300, (200, 1)) * [0.4, 0.3, 0.2, 0.1])
    events = rng.binomial(firms, [0.02, 0.05, 0.10, 0.30])
    strata = strata_of(events.tolist(), firms.tolist())
    exact, protected = (mixes(strata, noise)[MIX] for noise in (None, window_noise(flow_noise(5))))
    off = np.abs(np.log((protected / exact).dropna().to_numpy()))
    assert len(off) > 150
    assert np.median(off) < 0.04
    assert off.max() < 0.35
    assert not protected.equals(exact)


def test_branches_alone_make_no_place_stand_out() -> None:
    """Foundings follow the branch only. By the plain rate, a third stands out."""
    rng = np.random.default_rng(5)
    month = Period(date(2025, 7, 31), "month", date(2025, 7, 1), "2025-07", 1)
    year = Period(date(2026, 6, 30), "year", date(2025, 7, 1), "2026-06-12m", 2)
    size = rng.uniform(500, 5_000, (300, 1))
    shares = rng.dirichlet([8, 4, 2], 300)
    firms = rng.poisson(size * shares)
    events = rng.binomial(firms, [0.03, 0.10, 0.25])
    frame = pd.DataFrame({"level": GEMEENTE, "area_id": np.arange(1, 301), "period_id": 2})
    frame = frame.assign(numerator=events.sum(axis=1), denominator=firms.sum(axis=1))
    frame = frame.assign(denominator_units=frame["denominator"], width=1.0)
    whole = frame.iloc[:1].assign(level=LEVEL_NUMBERS["nederland"], area_id=999)
    whole = whole.assign(
        numerator=events.sum(), denominator=firms.sum(), denominator_units=firms.sum()
    )
    plain = pd.concat([frame, whole], ignore_index=True)
    strata = strata_of(events.tolist(), firms.tolist()).assign(period_id=2)
    corrected = with_mix(plain, mixes(strata, window_noise(flow_noise(5))))
    clear = {}
    for name, given in {"plain": plain, "corrected": corrected}.items():
        figures, _ = analyse(Shown(given), BD04, [month, year], no_noise(5), {})
        clear[name] = float((figures.loc[figures["level"] == GEMEENTE, "clear"] != 0).mean())
    assert clear["plain"] > 0.3
    assert clear["corrected"] < 0.12


def test_strata_add_up_to_what_is_counted(tmp_path: Path) -> None:
    sources = write_sources(tmp_path)
    with duckdb.connect(config={"threads": 2}) as con:
        prepared = prepare(con, sources, Placer(tmp_path / "no-borders"), b"k" * 32)
        by_level = prepared.official.groupby("level")["id"]
        ids = {str(level): [int(n) for n in numbers] for level, numbers in by_level}
        exact = count_indicator(con, BD04, ids, tmp_path).exact.unprotected
        strata = count_strata(con, BD04)
        assert count_strata(con, CATALOGUE["BD01"]) is None
    assert strata is not None
    assert set(strata["stratum"]) - {""} <= set(GROUPS)
    names = ["units_numerator", "units_denominator"]
    sums = strata.groupby(PLACE)[names].sum()
    windows = {period.id for period in prepared.periods if period.kind == "year"}
    exact = exact[exact["period_id"].isin(windows)]
    both = exact.set_index(PLACE)[names].join(sums.add_suffix("_strata"), how="inner")
    assert len(both) == len(sums) > 0
    for name in names:
        whole, added = both[name], both[f"{name}_strata"]
        assert (added == whole).all(), name
    rest = exact.set_index(PLACE).drop(sums.index)
    assert not rest[["units_numerator", "units_denominator"]].to_numpy().any()


def test_only_what_has_a_mix_is_corrected() -> None:
    frame = pd.DataFrame({"level": 2, "area_id": [1, 2], "period_id": 1, "denominator": [100, 50]})
    assert exposure(frame).tolist() == [100, 50]
    mix = pd.DataFrame({"level": [2], "area_id": [1], "period_id": [1], MIX: [1.2]})
    assert exposure(with_mix(frame, mix)).tolist() == pytest.approx([120, 50])
