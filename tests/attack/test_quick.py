"""No release becomes current that gives away what it must hide, whatever mistake made it so."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import small_home

import release.protection as protection_module
from attack.knowledge import KnownRelease, SideCells
from attack.quick import LEAST_SPREAD, faults, noise_spread
from errors import WeerbeeldError
from operations.build import build
from records import KINDS
from release.looks import KEY_RANGE
from release.noise import flow_noise
from release.protection import protected_counts
from store.home import Home
from store.release import LEVEL_NUMBERS, current_release

K = 5
PLACES = 342
GEMEENTE = LEVEL_NUMBERS["gemeente"]


def faults_of(seen: KnownRelease) -> list[str]:
    """Return what the quick attack finds."""
    return faults(seen, seen.sides)


def _seen(keys: np.ndarray, *, hidden: bool = True) -> KnownRelease:
    """Return one count of 342 gemeenten in one window, with the noise that ``keys`` pick."""
    noise = flow_noise(K)
    exact = np.random.default_rng(1).poisson(30, PLACES)
    shown = protected_counts(exact.astype(float), keys, noise[GEMEENTE, "year"])
    cells = pd.DataFrame(
        {
            "level": GEMEENTE,
            "area_id": np.arange(PLACES),
            "period_id": 1,
            "gemeente": np.arange(PLACES),
            "riec": 0,
            "kind": "year",
            "exact": exact,
            "records": exact,
            "drawn": exact,
            "subjects": exact,
            "most": 1,
            "width": 1.0,
            "shown": shown if hidden else exact.astype(float),
            "beside": np.nan,
            "absent": False,
        }
    )
    periods = pd.DataFrame({"kind": ["year"], "end": [date(2026, 6, 30)]}, index=[1])
    counted = SideCells("VG01", "numerator", "date", cells, pd.DataFrame)
    return KnownRelease("r", noise, periods, pd.DataFrame(), (counted,))


def _own_keys(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, KEY_RANGE, PLACES)


@pytest.mark.parametrize("seed", range(20))
def test_noise_as_published_passes(seed: int) -> None:
    seen = _seen(_own_keys(seed))
    spread = noise_spread(seen, seen.sides[0], "gemeente")
    assert spread is not None
    assert LEAST_SPREAD + 0.2 < spread < 1.5
    assert faults_of(seen) == []


@pytest.mark.parametrize("key", [0, KEY_RANGE // 3, KEY_RANGE - 1])
def test_one_deviation_for_all_is_found(key: int) -> None:
    """An indicator that forgets ``unit`` shows every count less one constant."""
    found = faults_of(_seen(np.full(PLACES, key)))
    assert any("all with the same deviation" in fault for fault in found)


def test_counts_shown_exactly_are_found() -> None:
    found = faults_of(_seen(_own_keys(1), hidden=False))
    assert any("VG01 at level gemeente spreads 0%" in fault for fault in found)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with a release, and one more delivery that no release holds yet."""
    home = Home(tmp_path / "home")
    home.root.mkdir()
    small_home.shrink(monkeypatch.setattr)
    small_home.furnish(home, tmp_path)
    build(home)
    more = small_home.records(KINDS["incident"], 40, seed=2)
    small_home.deliver(home, "incident", more, tmp_path)
    return home


def test_a_build_without_protection_is_not_published(
    small: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unprotected(counts: np.ndarray, *_: object) -> np.ndarray:
        return counts

    before, files = current_release(small.releases), set(small.releases.iterdir())
    monkeypatch.setattr(protection_module, "protected_counts", unprotected)
    with pytest.raises(WeerbeeldError, match=r"was not published.* shows \d+ counts from 1 to 4"):
        build(small)
    assert current_release(small.releases) == before
    assert set(small.releases.iterdir()) == files, "nothing of it is left"


def test_numerators_that_are_cut_to_their_denominators_are_no_fault() -> None:
    """Where hardly anything is counted most numerators show as 0, whatever their noise."""
    seen = _seen(_own_keys(2))
    counted = seen.sides[0]
    exact = counted.cells["exact"] % 4
    cut = counted.cells.assign(
        exact=exact, records=exact, drawn=exact, subjects=exact, shown=0.0, beside=0.0
    )
    few = replace(seen, sides=(replace(counted, cells=cut),))
    assert noise_spread(few, few.sides[0], "gemeente") is None
    assert faults_of(few) == []


def test_a_figure_that_stands_far_behind_is_no_fault() -> None:
    """Of what was drawn a last time long ago nothing of today follows, so builds go on."""
    seen = _seen(_own_keys(3))
    counted = seen.sides[0]
    now = counted.cells["exact"] % 5 + 200 * (np.arange(PLACES) % 2)
    moved = counted.cells.assign(exact=now, records=now, subjects=now)
    assert faults_of(replace(seen, sides=(replace(counted, cells=moved),))) == []
