"""Rates behind protected counts: unbiased where much is counted, quiet where little is."""

import numpy as np
import pytest
from scipy.stats import betabinom, gamma

from analysis.empirical_bayes import BetaPrior, beta_binomial
from analysis.noisy_rates import posterior_rates
from analysis.rates import Prior, interval, smoothed
from release.looks import KEY_RANGE
from release.noise import noise_at
from release.protection import protected_counts

NOISE = noise_at("gemeente")
NONE = np.pad(np.ones((30, 1)), ((0, 0), (3, 3)))
"""A table without any deviation."""


def simulated(places: int, mean: float, shape: float, seed: int) -> tuple[np.ndarray, ...]:
    chance = np.random.default_rng(seed)
    exposure = chance.lognormal(3, 1, places).round() + 1
    rate = gamma.rvs(shape, scale=mean / shape, size=places, random_state=chance)
    counts = chance.poisson(rate * exposure)
    keys = chance.integers(0, KEY_RANGE, places)
    return exposure, rate, counts, protected_counts(counts.astype(float), keys, NOISE)


@pytest.mark.parametrize(("mean", "shape"), [(0.02, 2.0), (0.1, 4.0), (0.4, 8.0)])
def test_intervals_cover_what_they_say(mean: float, shape: float) -> None:
    exposure, rate, _, shown = simulated(20_000, mean, shape, 5)
    found = posterior_rates(shown, exposure, NOISE.table)
    assert found is not None
    covered = ((found.low <= rate) & (rate <= found.high)).mean()
    assert 0.85 <= covered <= 0.95
    assert found.mean.mean() == pytest.approx(rate.mean(), rel=0.03)


@pytest.mark.parametrize(
    ("mean", "size"), [(0.02, 2.0), (0.1, 3.0), (0.3, 5.0), (0.5, 8.0), (0.7, 8.0)]
)
def test_intervals_of_shares_cover_what_they_say(mean: float, size: float) -> None:
    """Both counts are protected. The gamma's intervals would hold 97-99% of shares of a half."""
    chance = np.random.default_rng(3)
    whole = chance.lognormal(4, 1, 20_000).round() + 5
    share = chance.beta(size, size * (1 - mean) / mean, len(whole))
    part = chance.binomial(whole.astype(int), share)
    first, second = chance.integers(0, KEY_RANGE, (2, len(whole)))
    below = protected_counts(whole, first, NOISE)
    shown = np.minimum(protected_counts(part.astype(float), second, NOISE), below)
    found = posterior_rates(shown, below, NOISE.table, share=True)
    assert found is not None
    counted = below > 0
    covered = ((found.low <= share) & (share <= found.high))[counted].mean()
    assert 0.85 <= covered <= 0.95
    assert found.high[counted].max() <= 1
    assert found.mean[counted].mean() == pytest.approx(share[counted].mean(), rel=0.04)


def test_without_noise_it_is_the_beta_binomial_posterior() -> None:
    chance = np.random.default_rng(4)
    whole = chance.integers(5, 200, 1_000).astype(float)
    part = chance.binomial(whole.astype(int), chance.beta(4, 6, len(whole))).astype(float)
    found = posterior_rates(part, whole, NONE, share=True)
    assert found is not None
    mean = part.sum() / whole.sum()
    assert mean < 0.5
    shapes = np.geomspace(1, 8, 7)
    priors = [BetaPrior(shape, shape / mean - shape) for shape in shapes]
    known = [beta_binomial(part, whole, prior) for prior in priors]
    fits = [
        np.sum(betabinom.logpmf(part, whole, prior.successes, prior.failures)) for prior in priors
    ]
    best = known[int(np.argmax(fits))]
    for own, other in zip(found, best, strict=True):
        np.testing.assert_allclose(own, other, rtol=1e-6)


def test_all_and_nothing_are_shares_too() -> None:
    whole = np.array([0.0, 5.0, 40.0, 40.0])
    found = posterior_rates(np.array([0.0, 5.0, 40.0, 0.0]), whole, NOISE.table, share=True)
    assert found is not None
    assert np.isnan(found.mean[0])
    assert found.mean[2] > 0.8 > 0.2 > found.mean[3]
    for part in (whole, np.array([0.0, 0.0, 5.0, 40.0]), np.array([0.0, 5.0, 40.0, 39.0])):
        near = posterior_rates(part, whole, NOISE.table, share=True)
        assert near is not None
        assert (near.low[1:] <= near.mean[1:]).all()
        assert (near.mean[1:] <= near.high[1:]).all()
    for size in (7.0, 1e3, 1e7):
        full = np.full(3, size)
        same = posterior_rates(full, full, NOISE.table, share=True)
        assert same is not None
        assert np.isfinite(np.stack(same)).all()
    every = posterior_rates(whole, whole, NOISE.table, share=True)
    assert every is not None
    assert (every.mean[1:] > 0.9).all()
    assert (every.high[1:] <= 1).all()


def test_the_noise_is_known_so_rates_come_closer_than_when_it_is_ignored() -> None:
    exposure, rate, _, shown = simulated(20_000, 0.05, 3.0, 9)
    known = posterior_rates(shown, exposure, NOISE.table)
    ignored = posterior_rates(shown, exposure, NONE)
    assert known is not None
    assert ignored is not None
    assert ((known.mean - rate) ** 2).mean() < 0.9 * ((ignored.mean - rate) ** 2).mean()


def test_without_noise_it_is_the_gamma_poisson_posterior() -> None:
    """The closed form of Clayton and Kaldor (1987), for the shape that was chosen."""
    exposure, _, counts, _ = simulated(3_000, 0.2, 4.0, 2)
    found = posterior_rates(counts.astype(float), exposure, NONE)
    assert found is not None
    mean = counts.sum() / exposure.sum()
    fits = []
    for shape in np.geomspace(1, 8, 7):
        prior = Prior(shape, shape / mean)
        fits.append(np.abs(smoothed(counts, exposure, prior) - found.mean).max())
    best = int(np.argmin(fits))
    assert fits[best] < 1e-9
    prior = Prior(np.geomspace(1, 8, 7)[best], np.geomspace(1, 8, 7)[best] / mean)
    low, high = interval(counts, exposure, prior)
    np.testing.assert_allclose(found.low, low, rtol=1e-9)
    np.testing.assert_allclose(found.high, high, rtol=1e-9)


def test_a_lone_figure_where_little_can_be_does_not_shout() -> None:
    """Shown 5 where 0.2 is expected is most likely a 1; where 4 is expected it is about 5."""
    exposure = np.concatenate([np.full(3_000, 0.2), np.full(3_000, 4.0)])
    chance = np.random.default_rng(1)
    counts = chance.poisson(exposure)
    keys = chance.integers(0, KEY_RANGE, len(counts))
    shown = protected_counts(counts.astype(float), keys, NOISE)
    found = posterior_rates(shown, exposure, NOISE.table)
    assert found is not None
    quiet = found.mean[(exposure == 0.2) & (shown == 5)].mean()
    assert quiet < 2
    assert quiet < found.mean[(exposure == 4.0) & (shown >= 10)].mean() * 1.5


def test_nothing_counted_and_nothing_to_count_in() -> None:
    assert posterior_rates(np.zeros(3), np.ones(3), NOISE.table) is None
    found = posterior_rates(np.array([5.0, 0.0]), np.array([10.0, 0.0]), NOISE.table)
    assert found is not None
    assert np.isfinite(found.mean[0])
    assert np.isnan(found.mean[1])
