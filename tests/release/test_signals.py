"""What stands out follows one rule, whatever the colours of a map."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_home import deliver, fix_keys, furnish, identifier, records, shrink
from sqlalchemy import text

from analysis import breaks
from analysis.ranks import percentile_ranks
from bilingual import Language
from operations.build import build
from pages.kit.words import Words
from pages.parts.signal_words import signal_rule
from records import KINDS
from release.signals import HIGHEST_PERCENT, clear_of_country, high_enough
from store.home import Home
from store.release import open_release

pytestmark = pytest.mark.long


GUIDES = Path(__file__).resolve().parents[2] / "docs" / "gidsen"
TABLES = ("figure", "pattern", "score", "stability", "evidence", "breaks")

RATES = st.lists(st.floats(0, 1e3) | st.just(np.nan), max_size=80)


@given(RATES)
def test_the_highest_stand_out_and_nobody_below_them(rates: list[float]) -> None:
    values = np.array(rates, dtype=float)
    high = high_enough(percentile_ranks(values))
    known = values[np.isfinite(values)]
    assert not high[np.isnan(values)].any()
    assert high.sum() <= max(1.0, np.ceil(len(known) * HIGHEST_PERCENT / 100))
    if high.any():
        assert (high[np.isfinite(values)] == (known >= values[high].min())).all()
    if known.size and (known == known.max()).sum() == 1:
        assert high[np.nanargmax(values)], "the highest of all is always high enough"


@given(RATES)
def test_another_unit_or_scale_changes_nobody(rates: list[float]) -> None:
    values = np.array(rates, dtype=float)
    order = np.unique(values, return_inverse=True)[1].astype(float)
    other = np.where(np.isnan(values), np.nan, order**3 - 5)
    own, again = (high_enough(percentile_ranks(given)) for given in (values, other))
    assert (own == again).all()


def test_of_a_hundred_places_three_are_high_and_of_ten_one() -> None:
    assert high_enough(percentile_ranks(np.arange(100.0))).nonzero()[0].tolist() == [97, 98, 99]
    assert high_enough(percentile_ranks(np.arange(10.0))).nonzero()[0].tolist() == [9]
    assert not high_enough(percentile_ranks(np.ones(10))).any(), "nobody is higher than the others"


@given(st.floats(0, 9), st.floats(0, 9), st.floats(0, 9) | st.just(np.nan))
def test_clear_is_an_interval_that_does_not_reach_the_country(
    one: float, other: float, country: float
) -> None:
    low, high = np.array([min(one, other)]), np.array([max(one, other)])
    (clear,) = clear_of_country(low, high, np.array([country]))
    assert (clear == 0) == (np.isnan(country) or bool(low[0] <= country <= high[0]))
    assert np.sign(clear) == (0 if clear == 0 else np.sign(low[0] - country))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Home(tmp_path_factory.mktemp("signals"))
    fix_keys(made)
    folder = tmp_path_factory.mktemp("deliveries")
    furnish(made, folder, 3_000)
    deliver(made, "incident", _all_in_one_place(), folder, "one-place")
    return made


def _all_in_one_place() -> pd.DataFrame:
    """Return incidents of one sort in one place, year after year: they stand out in any noise."""
    there = records(KINDS["incident"], 900, seed=3)
    there["incident_id"] = [identifier("incident", "there", n) for n in range(len(there))]
    return there.assign(type="explosive_attack", x=there["x"].iloc[0], y=there["y"].iloc[0])


def _tables(path: Path) -> dict[str, pd.DataFrame]:
    with open_release(path).connect() as connection:
        return {
            name: pd.read_sql(text(f"SELECT * FROM {name} ORDER BY 1, 2"), connection)
            for name in TABLES
        }


@pytest.fixture(scope="module")
def before(home: Home) -> dict[str, pd.DataFrame]:
    """The tables of a release with the classes in use."""
    with pytest.MonkeyPatch.context() as patch:
        shrink(patch.setattr)
        return _tables(build(home).path)


def _without_classes(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without how a map is coloured, which is evidence of its own as well."""
    left = table[table["name"] != "ClassPercentile"] if "name" in table else table
    return left.drop(columns="class_", errors="ignore")


@pytest.mark.parametrize("percentiles", [(), (60.0,), (10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 99.5)])
def test_other_classes_change_no_finding(
    home: Home,
    before: dict[str, pd.DataFrame],
    percentiles: tuple[float, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shrink(monkeypatch.setattr)
    monkeypatch.setattr(breaks, "PERCENTILES", percentiles)
    after = _tables(build(home, again=True).path)
    assert before["figure"]["since"].notna().sum() > 3
    assert not before["breaks"].equals(after["breaks"])
    for name in ("figure", "score"):
        assert (before[name]["class_"] != after[name]["class_"]).any()
    for name in set(TABLES) - {"breaks"}:
        old, new = (_without_classes(tables[name]) for tables in (before, after))
        pd.testing.assert_frame_equal(old, new)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_maps_and_guides_name_the_share_of_the_rule(language: Language) -> None:
    assert f"{HIGHEST_PERCENT:g}%" in signal_rule(Words(language), votes=False)
    for guide in ("nsoc.md", "riec.md", "gemeente.md"):
        assert f"de hoogste {HIGHEST_PERCENT:g}%" in (GUIDES / guide).read_text(encoding="utf-8")
