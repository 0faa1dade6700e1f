"""Invented countries of which the truth is known: what is called a pattern on published figures?

Each country is counted, protected and analysed as a release is. Places differ in size, and in half
of the countries large ones lie together, as towns do; in half of them rates differ from place to
place by themselves, without regard to neighbours. ``residuals`` is the rule under which tests hold.
"""

from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
import pytest
from invented_maps import Map, exposures, gemeenten, lattice, own_rates
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.stats import entropy, poisson

from analysis.discovery import q_values, two_sided
from analysis.getis_ord import gi_star
from analysis.moran import local_moran
from analysis.noisy_rates import posterior_rates
from analysis.residuals import Residuals, residuals
from analysis.scan import Search, spatial_scan
from release.clusters import SEARCHES, Scannable, clusters
from release.looks import KEY_RANGE
from release.noise import noise_at
from release.protection import protected_counts

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

pytestmark = pytest.mark.long


NOISE = noise_at("gemeente")
LEVEL = 0.05
RATIO, LEAST_TOGETHER, LEAST_EACH = 3.0, 10.0, 2.0
"""How much higher the rate of a planted cluster is, and what it and its places expect at least."""

SEARCH = Search(share=0.05, simulations=99, clusters=6, seed=2026)


class Country(NamedTuple):
    """What is published: counts and what they are counted in, on a map."""

    shown: Floats
    exposure: Floats
    map: Map


MAPS = (gemeenten(), lattice())


def published(rate: Floats, exposure: Floats, land: Map, chance: Generator) -> Country:
    counts = chance.poisson(rate * exposure).astype(float)
    keys = chance.integers(0, KEY_RANGE, len(counts))
    return Country(protected_counts(counts, keys, NOISE), exposure, land)


def without_pattern(times: int, seed: int) -> Iterator[Country]:
    """Yield 24 kinds of country ``times`` times over."""
    chance = np.random.default_rng(seed)
    kinds = product(MAPS, (3.0, 10.0, 40.0), (False, True), (False, True))
    for land, mean, towns, differ in [*kinds] * times:
        exposure = exposures(land, mean, towns, chance)
        yield published(own_rates(len(exposure), differ, chance), exposure, land, chance)


def judged(country: Country) -> Residuals:
    found = residuals(country.shown, country.exposure, NOISE.table)
    assert found is not None
    return found


def hot_and_cold(country: Country) -> Mask:
    z = gi_star(judged(country).deviate, country.map.near)
    return np.asarray(q_values(two_sided(z)) <= LEVEL)


def alike_or_odd(country: Country) -> Mask:
    return np.asarray(q_values(local_moran(judged(country).deviate, country.map.near).p) <= LEVEL)


def in_cluster(country: Country) -> Mask:
    """Return which places lie in a cluster of this one window, as a release looks for them."""
    found, inside = judged(country), np.zeros(len(country.shown), dtype=bool)
    cases, expected = found.cases[:, None], found.expected[:, None]
    given = Scannable(country.map.points, cases, expected, country.exposure)
    inside[clusters(given, np.array([1]), 1, SEARCHES["gemeente"])["place"]] = True
    return inside


def on_rates_as_they_are(country: Country) -> Mask:
    rates = posterior_rates(country.shown, country.exposure, NOISE.table)
    assert rates is not None
    return np.asarray(q_values(two_sided(gi_star(rates.mean, country.map.near))) <= LEVEL)


@pytest.mark.parametrize(
    ("test", "times", "seed"), [(hot_and_cold, 10, 1), (alike_or_odd, 10, 2), (in_cluster, 5, 3)]
)
def test_without_any_pattern_few_countries_show_one(
    test: Callable[[Country], Mask], times: int, seed: int
) -> None:
    """All finds are false here, so the share of countries with any is the false-discovery share.

    Allowed is the level and two standard errors of so many countries.
    """
    false = np.array([test(country).any() for country in without_pattern(times, seed)])
    assert false.mean() <= LEVEL + 2 * np.sqrt(LEVEL * (1 - LEVEL) / len(false))


def test_deviates_are_standard_and_effective_counts_vary_as_poisson_ones() -> None:
    """In small places as in large ones, or towns would stand out by their size."""
    chance = np.random.default_rng(8)
    exposure = np.exp(chance.uniform(0, np.log(100), 20_000))
    country = published(chance.gamma(4, 1 / 4, len(exposure)), exposure, MAPS[0], chance)
    found = judged(country)
    for low, high in ((3, 6), (6, 12), (12, 30), (30, 100)):
        chosen = (exposure >= low * 1.1) & (exposure < high)
        deviate = found.deviate[chosen]
        assert abs(deviate.mean()) < 0.1
        assert deviate.std() == pytest.approx(1, abs=0.1)
        more = found.cases[chosen] - found.expected[chosen]
        assert abs(more.mean()) < 0.1 * found.expected[chosen].mean()
        assert (more**2).mean() == pytest.approx(found.expected[chosen].mean(), rel=0.2)


def test_places_of_which_too_little_is_expected_are_left_out() -> None:
    shown, exposure = np.array([40.0, 0.0, 5.0, 0.0]), np.array([40.0, 2.0, 0.5, 0.0])
    found = residuals(shown, exposure, NOISE.table)
    assert found is not None
    np.testing.assert_array_equal(np.isfinite(found.deviate), [True, False, False, False])
    np.testing.assert_array_equal(np.isfinite(found.cases), [True, True, False, False])
    assert residuals(np.zeros(2), np.ones(2), NOISE.table) is None


def test_rates_taken_as_alike_and_normal_would_cry_wolf() -> None:
    """Why deviates: on smoothed rates as they are, Gi* finds spots in a fourth of the countries."""
    false = [on_rates_as_they_are(country).any() for country in without_pattern(3, 4)]
    assert np.mean(false) > 3 * LEVEL


def test_counts_taken_as_plain_poisson_would_cry_wolf() -> None:
    """Why effective counts: what protection adds looks like clusters to a scan."""
    false = []
    for country in without_pattern(1, 5):
        found = spatial_scan(country.map.points, country.shown, country.exposure, SEARCH).clusters
        false.append(any(cluster.p <= LEVEL for cluster in found))
    assert np.mean(false) > 6 * LEVEL


@pytest.mark.parametrize("shape", [1.5, 3.0, 6.0])
def test_intervals_hold_the_true_rate_as_often_as_they_say(shape: float) -> None:
    """Of places that expect from 1 to 100: all of them, and each class of what they expect."""
    chance = np.random.default_rng(6)
    covered, expected = [], []
    for land in MAPS * 10:
        exposure = np.exp(chance.uniform(0, np.log(100), len(land.points)))
        rate = chance.gamma(shape, 1 / shape, len(exposure))
        country = published(rate, exposure, land, chance)
        found = posterior_rates(country.shown, exposure, NOISE.table)
        assert found is not None
        covered.append((found.low <= rate) & (rate <= found.high))
        expected.append(exposure)
    inside = np.concatenate(covered)
    classes = np.searchsorted([3, 10, 30], np.concatenate(expected))
    for share in (inside.mean(), *(inside[classes == number].mean() for number in range(4))):
        assert 0.85 <= share <= 0.95


def around(places: Mask, land: Map) -> Mask:
    """Return the places and their neighbours."""
    return np.asarray(places | (land.near @ places > 0))


def planted(
    land: Map, mean: float, towns: bool, chance: Generator
) -> tuple[list[NDArray[np.int64]], Country]:
    """Return up to three clusters of 5-7 places that lie apart, and the country they are in."""
    exposure = exposures(land, mean, towns, chance)
    groups: list[NDArray[np.int64]] = []
    free = exposure >= LEAST_EACH
    for centre in chance.permutation(len(exposure)):
        members = np.append(land.near[[centre]].indices, centre)
        enough = 5 <= len(members) <= 7 and exposure[members].sum() >= LEAST_TOGETHER
        if len(groups) < 3 and enough and free[members].all():
            groups.append(members)
            free &= ~around(around(np.isin(np.arange(len(exposure)), members), land), land)
    rate = np.ones(len(exposure))
    rate[np.concatenate(groups)] = RATIO
    return groups, published(rate, exposure, land, chance)


def test_planted_clusters_are_found_on_published_figures() -> None:
    """At least half of a cluster's places are called hot or in a cluster; few others are.

    A find is right in or beside a cluster: circles do not have the shape of what was planted.
    """
    chance = np.random.default_rng(7)
    found, right = [], []
    for land, mean, towns in [*product(MAPS, (5.0, 10.0, 20.0, 40.0), (False, True))] * 4:
        groups, country = planted(land, mean, towns, chance)
        stands = in_cluster(country) | (hot_and_cold(country) & (judged(country).deviate > 0))
        found += [stands[members].mean() >= 0.5 for members in groups]
        inside = np.isin(np.arange(len(stands)), np.concatenate(groups))
        right += list(around(inside, land)[stands])
    print(f"recall {np.mean(found):.3f}, precision {np.mean(right):.3f}")
    assert len(found) > 150
    assert np.mean(found) >= 0.8
    assert np.mean(right) >= 0.7


def published_chances(expected: float) -> Floats:
    """Return the chance of each published count where so many are expected, shape (200,)."""
    counts = np.arange(100)
    chances = np.zeros(200)
    for count, chance in zip(counts, poisson.pmf(counts, expected), strict=True):
        shown = np.maximum(count + NOISE.deviations(), 0)
        np.add.at(chances, shown, chance * NOISE.row(int(count)))
    return chances


def test_ten_cases_spread_over_seven_places_are_beyond_any_test() -> None:
    """Why each place must expect some: 1.4 is published as 0 or 5 and more, and shows little.

    The mean log likelihood ratio is what the best test of all has; a scan of some thousand circles
    asks for about 8. Exact counts would have 13; half as many again as LEAST_EACH are enough.
    """

    def mean_ratio(expected: float) -> float:
        return 7 * float(entropy(published_chances(RATIO * expected), published_chances(expected)))

    assert mean_ratio(10 / 7) < 8 < mean_ratio(1.5 * LEAST_EACH)
    assert 10 * (RATIO * np.log(RATIO) - (RATIO - 1)) > 12
