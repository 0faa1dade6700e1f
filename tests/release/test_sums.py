"""Intervals of places together hold the true rate, on countries that are protected as a release is.

Each is drawn anew: rates differ between gemeenten, counts are binomial or Poisson, both sides are
protected and rated by the stages of a build. Nothing but what those publish goes into a sum.
"""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from voting_countries import EXPECTED, GEMEENTE, PLACES, own_rates, published, whole_of

from access.figures import Figure
from access.passport import Passport, passport_of
from access.together import Protection, Together, together
from analysis.noise_tables import widened
from analysis.noisy_rates import posterior_rates
from analysis.sums import least_widths, rate_of_sum
from indicators import CATALOGUE
from release.contents import passport as told
from release.looks import KEY_RANGE
from release.noise import noise_at
from release.protection import Held, protected_counts, protected_subjects

Floats = NDArray[np.float64]

COUNTRIES, SUMS = 12, 40
KNOWN = Protection(noise_at("gemeente").table, 5)
DIFFER = 0.6
"""How much rates of gemeenten differ: a coefficient of variation."""

FEW, SOME, MANY = 3.0, 12.0, 150.0
"""Records that a gemeente of mean size expects."""


def rows_of(frame: pd.DataFrame) -> list[Figure]:
    """Return the figures of gemeenten as a reader gets them, by number of the gemeente."""
    own = frame[frame["level"] == GEMEENTE].sort_values("area_id")
    names = [name for name in Figure._fields if name in frame]
    none: dict[str, Any] = dict.fromkeys(Figure._fields)
    return [
        Figure(**none | {name: _known(found[name]) for name in names} | _named(found["area_id"]))
        for found in own.to_dict("records")
    ]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


def _named(number: int) -> dict[str, str]:
    return dict.fromkeys(("area", "figure_of"), f"GM{number:04}")


def held(code: str, records: float, places: int) -> tuple[float, float]:
    """Return how many of the intervals of sums hold the true rate, and how wide those are."""
    indicator, chance = CATALOGUE[code], np.random.default_rng([int(records), places])
    passport: Passport = passport_of(1, told(indicator))
    inside, wide = [], []
    for _ in range(COUNTRIES):
        size = chance.lognormal(0, 1, PLACES)
        expected = records * size / size.mean()
        rate, whole = own_rates(DIFFER, chance), whole_of(indicator, expected)
        true = EXPECTED[code][1] * rate
        true = np.minimum(true, 0.95) if indicator.share else true
        figures = rows_of(published(indicator, expected, rate, [], chance))
        assert len(figures) == PLACES
        for _ in range(SUMS):
            chosen = chance.choice(PLACES, places, replace=False)
            asked = Together(code, "gemeente", "2025-12-12m", places)
            found = together(asked, passport, [figures[n] for n in chosen], KNOWN)
            told_places = [n for n in chosen if figures[n].smoothed is not None]
            if found.low is None or found.high is None:
                continue
            part = whole[told_places]
            truth = float(true[told_places] @ part / part.sum()) * passport.per
            inside.append(found.low <= truth <= found.high)
            wide.append((found.high - found.low) / truth)
    assert len(inside) > 0.9 * COUNTRIES * SUMS
    return float(np.mean(inside)), float(np.median(wide))


@pytest.mark.long
@pytest.mark.parametrize("code", ["CV01", "VG01"])
def test_nine_in_ten_intervals_hold_the_true_rate(
    code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sums of 3, 10 and 30 gemeenten, over inhabitants and as shares, with few and many records."""
    found = {
        (records, places): held(code, records, places)
        for records in (FEW, SOME, MANY)
        for places in (3, 10, 30)
    }
    with capsys.disabled():
        for (records, places), (inside, wide) in found.items():
            print(
                f"\n{code}, {records:g} a gemeente, {places}: {inside:.1%}, {wide:.0%} wide", end=""
            )
    assert all(0.85 <= inside <= 0.97 for inside, _ in found.values()), found


def test_with_noise_left_out_of_account_they_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail."""
    monkeypatch.setitem(globals(), "KNOWN", Protection(np.ones((1, 1)), 5))
    inside, _ = held("CV01", FEW, 10)
    assert inside < 0.8


NOISE = noise_at("gemeente")


def with_chains(chance: np.random.Generator, usual: float) -> tuple[Floats, ...]:
    """Return exposure, true rate, what is shown, the width of its units, and published intervals.

    In three of ten places a third of all is of firms with two to eight establishments.
    """
    exposure = chance.lognormal(0, 1, PLACES).round(2) * usual + 5
    rate = chance.gamma(3, 0.1 / 3, PLACES)
    size = chance.integers(2, 9, PLACES)
    chains = np.where(chance.uniform(size=PLACES) < 0.3, 0.3 * rate * exposure, 0.0)
    firms, single = chance.poisson(chains / size), chance.poisson(rate * exposure - chains)
    most = np.where(firms > 0, size, np.minimum(single, 1))
    keys = chance.integers(0, KEY_RANGE, PLACES)
    held = Held(single + firms * size, keys, single + firms, most)
    shown, width = protected_subjects(held, NOISE)
    found = posterior_rates(shown, exposure, NOISE.table, width=width)
    assert found is not None
    return exposure, rate, shown, width, found.low, found.high


@pytest.mark.parametrize(("usual", "least"), [(300.0, 0.85), (30.0, 0.75)])
def test_units_that_nobody_publishes_are_found_in_the_intervals(
    usual: float, least: float, capsys: pytest.CaptureFixture[str]
) -> None:
    """A place with a chain has wider noise than count and tables say; its own interval knows.

    Where counts are small that place often shows 0, and nothing says that it has a chain.
    """
    chance = np.random.default_rng(5)
    right, over, inside, ignored = (list[float]() for _ in range(4))
    for _ in range(40):
        exposure, rate, shown, width, low, high = with_chains(chance, usual)
        for _ in range(10):
            some = chance.choice(PLACES, 10, replace=False)
            bounds = low[some], high[some]
            found = least_widths(shown[some], exposure[some], bounds, NOISE.table, NOISE.k)
            right += (found == width[some])[shown[some] > 0].tolist()
            over += (found > width[some]).tolist()
            truth = rate[some] @ exposure[some] / exposure[some].sum()
            for kept, units in ((inside, found), (ignored, np.ones(10))):
                rates = rate_of_sum(shown[some], exposure[some], NOISE.table, units)
                kept.append(float(rates.low[0] <= truth <= rates.high[0]))
    with capsys.disabled():
        print(
            f"\nchains, {usual / 10:g} in half of the places:"
            f" widths right {np.mean(right):.1%}, too wide {np.mean(over):.1%};"
            f" held {np.mean(inside):.1%}, {np.mean(ignored):.1%} without",
            end="",
        )
    assert np.mean(right) > 0.95
    assert np.mean(over) < 0.01
    assert least <= np.mean(inside) <= 0.97
    assert np.mean(ignored) < np.mean(inside) - 0.03


def test_sums_know_that_counts_moved_on_from_what_stands() -> None:
    """Drawn when they were up to ten records other, as `release.staleness` says of a level."""
    chance, table = np.random.default_rng(6), widened(NOISE.table, 6.0)
    held: dict[str, list[bool]] = {"as drawn": [], "wider": []}
    for _ in range(400):
        exposure, rate = chance.uniform(400, 4_000, 10), chance.gamma(3, 0.01 / 3, 10)
        drawn = np.maximum(chance.poisson(rate * exposure) + chance.integers(-10, 11, 10), 0)
        keys = chance.integers(0, KEY_RANGE, 10)
        shown = protected_counts(drawn.astype(float), keys, NOISE)
        truth = rate @ exposure / exposure.sum()
        for name, own in (("as drawn", NOISE.table), ("wider", table)):
            rates = rate_of_sum(shown, exposure, own, np.ones(10))
            held[name].append(bool(rates.low[0] <= truth <= rates.high[0]))
    assert 0.85 <= np.mean(held["wider"]) <= 0.97
    assert np.mean(held["as drawn"]) < np.mean(held["wider"]) - 0.05
