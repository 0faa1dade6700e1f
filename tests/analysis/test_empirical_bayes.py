"""Empirical Bayes: a published answer, the oracle of PySAL, and intervals that keep their word."""

import libpysal
import numpy as np
import pytest
from esda.smoothing import Empirical_Bayes, Spatial_Empirical_Bayes
from hypothesis import given
from hypothesis import strategies as st
from libpysal.weights import WSP
from numpy.typing import NDArray
from scipy.sparse import csr_array, csr_matrix
from scipy.stats import beta

from analysis import empirical_bayes
from analysis.empirical_bayes import (
    LEAST_TRIALS,
    MOST_TRIALS,
    BetaPrior,
    beta_binomial,
    beta_prior,
    gamma_poisson,
    marshall,
    marshall_by_group,
    marshall_local,
)
from analysis.neighbours import from_pairs, within_distance
from analysis.rates import gamma_prior, interval, smoothed

Floats = NDArray[np.float64]

PUBLISHED = [0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349]
COUNTS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 500)), min_size=2, max_size=40)


def sids() -> tuple[Floats, Floats]:
    table = libpysal.io.open(libpysal.examples.get_path("sids2.dbf"))
    events, births = (np.array(table.by_col(name), dtype=float) for name in ("SID74", "BIR74"))
    return events, births


def places(n: int, seed: int) -> tuple[Floats, Floats, csr_array]:
    rng = np.random.default_rng(seed)
    x, y, exposure = rng.uniform(0, 100, n), rng.uniform(0, 100, n), rng.uniform(20, 500, n)
    rates = rng.gamma(3, 0.05 / 3, n) * (1 + (x > 50))
    return rng.poisson(rates * exposure).astype(float), exposure, within_distance(x, y, 15)


def test_the_published_rates() -> None:
    np.testing.assert_allclose(marshall(*sids())[:5], PUBLISHED, atol=1e-6)


def test_without_the_variance_of_counting_the_published_rates_are_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = empirical_bayes._drawn
    monkeypatch.setattr(
        empirical_bayes, "_drawn", lambda n, d, total, places: real(n, d, total, 0.0)
    )
    assert np.abs(marshall(*sids())[:5] - PUBLISHED).max() > 1e-5


def test_rates_agree_with_pysal() -> None:
    for events, exposure in (sids(), places(300, 1)[:2]):
        known = Empirical_Bayes(events, exposure).r.ravel()
        np.testing.assert_allclose(marshall(events, exposure), known, atol=1e-12)


def test_local_rates_agree_with_pysal() -> None:
    events, exposure, w = places(300, 2)
    weights = WSP(csr_matrix(w)).to_W(silence_warnings=True)
    weights.id_order = list(range(300))
    known = Spatial_Empirical_Bayes(events, exposure, weights).r.ravel()
    np.testing.assert_allclose(marshall_local(events, exposure, w), known, atol=1e-12)
    assert np.abs(marshall(events, exposure) - known).max() > 1e-3


def test_rates_by_group_are_those_of_each_group_alone() -> None:
    events, exposure, _ = places(300, 3)
    group = np.random.default_rng(4).choice([-7, 2, 30], 300)
    found = marshall_by_group(events, exposure, group)
    for code in (-7, 2, 30):
        own = group == code
        np.testing.assert_allclose(found[own], marshall(events[own], exposure[own]), atol=1e-14)


def test_weights_and_itself_do_not_matter_to_a_neighbourhood() -> None:
    events, exposure, w = places(100, 5)
    expected = marshall_local(events, exposure, w)
    first, second = np.argwhere(w.toarray()).T
    with_itself = from_pairs(first, second, 100, itself=True)
    np.testing.assert_allclose(marshall_local(events, exposure, with_itself), expected)
    np.testing.assert_allclose(marshall_local(events, exposure, w * 0.25), expected)


def test_when_everyone_is_a_neighbour_local_is_global() -> None:
    events, exposure, _ = places(40, 6)
    everyone = csr_array(np.ones((40, 40)))
    found = marshall_local(events, exposure, everyone)
    np.testing.assert_allclose(found, marshall(events, exposure), atol=1e-14)


@given(COUNTS)
def test_a_rate_lies_between_that_of_the_place_and_the_mean(pairs: list[tuple[int, int]]) -> None:
    events, exposure = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    rate, mean = events / exposure, events.sum() / exposure.sum()
    found = marshall(events, exposure)
    assert (found >= np.minimum(rate, mean) - 1e-12).all()
    assert (found <= np.maximum(rate, mean) + 1e-12).all()


def test_equal_places_share_their_mean_and_none_stays_none() -> None:
    np.testing.assert_allclose(marshall(np.full(4, 2.0), np.full(4, 10.0)), 0.2)
    np.testing.assert_array_equal(marshall(np.zeros(4), np.ones(4)), 0)
    alone = marshall_local(np.array([0.0, 3.0]), np.array([5.0, 6.0]), csr_array((2, 2)))
    np.testing.assert_allclose(alone, [0, 0.5])
    assert marshall(np.array([]), np.array([])).shape == (0,)


def test_unknown_places_have_no_rate_and_change_no_other() -> None:
    events, exposure, w = places(120, 7)
    events[3], exposure[10], exposure[20] = np.nan, np.nan, 0.0
    known = np.isin(np.arange(120), [3, 10, 20], invert=True)
    n, d, near = events[known], exposure[known], csr_array(w[known][:, known])
    for found, alone in (
        (marshall(events, exposure), marshall(n, d)),
        (marshall_local(events, exposure, w), marshall_local(n, d, near)),
    ):
        assert np.isnan(found[~known]).all()
        np.testing.assert_allclose(found[known], alone, atol=1e-14)
    assert np.isnan(marshall(np.array([np.nan, 1.0]), np.array([1.0, 0.0]))).all()


def test_empirical_bayes_errs_as_little_as_with_the_true_prior() -> None:
    rng = np.random.default_rng(8)
    exposure = rng.uniform(5, 200, 3_000)
    rates = rng.gamma(4, 0.1 / 4, 3_000)
    events = rng.poisson(rates * exposure).astype(float)
    plain = ((events / exposure - rates) ** 2).mean()
    best = (((events + 4) / (exposure + 40) - rates) ** 2).mean()
    error = ((marshall(events, exposure) - rates) ** 2).mean()
    assert error < 0.6 * plain
    assert error == pytest.approx(best, rel=0.01)


def test_gamma_poisson_is_the_posterior_of_rates_over_known_places() -> None:
    events, exposure, _ = places(50, 9)
    prior = gamma_prior(events, exposure)
    assert prior is not None
    found = gamma_poisson(np.append(events, [np.nan, 4]), np.append(exposure, [9, 0]))
    assert found is not None
    np.testing.assert_allclose(found.mean[:50], smoothed(events, exposure, prior))
    np.testing.assert_allclose(
        found[1:], [np.append(x, [np.nan] * 2) for x in interval(events, exposure, prior)]
    )
    assert gamma_poisson(np.zeros(3), np.ones(3)) is None


def test_moments_find_the_prior_that_made_the_shares() -> None:
    rng = np.random.default_rng(10)
    trials = rng.integers(1, 60, 20_000).astype(float)
    successes = rng.binomial(trials.astype(int), rng.beta(2, 8, 20_000)).astype(float)
    prior = beta_prior(successes, trials)
    assert prior is not None
    assert prior.mean == pytest.approx(0.2, abs=0.005)
    assert prior.successes == pytest.approx(2, rel=0.1)
    assert prior.failures == pytest.approx(8, rel=0.1)


def test_moments_by_hand() -> None:
    """Two places of 10 trials with 2 and 8: S/(m(1 - m)) = 7.2, c = 6.2/9, a + b = 2.8/6.2."""
    prior = beta_prior(np.array([2.0, 8.0, np.nan]), np.array([10.0, 10.0, 4.0]))
    assert prior == BetaPrior(LEAST_TRIALS / 2, LEAST_TRIALS / 2)
    prior = beta_prior(np.array([3.0, 7.0]), np.array([10.0, 10.0]))
    excess = 10 * 2 * 0.2**2 / 0.25 - 1
    assert prior == pytest.approx((0.5 * (9 / excess - 1), 0.5 * (9 / excess - 1)))


def test_a_prior_keeps_its_bounds_and_needs_both_outcomes() -> None:
    alike = beta_prior(np.full(5, 2.0), np.full(5, 10.0))
    assert alike == pytest.approx((0.2 * MOST_TRIALS, 0.8 * MOST_TRIALS))
    single = beta_prior(np.array([0.0, 1.0]), np.ones(2))
    assert single is not None
    assert sum(single) == MOST_TRIALS
    assert beta_prior(np.zeros(3), np.ones(3)) is None
    assert beta_prior(np.ones(3), np.ones(3)) is None
    assert beta_prior(np.array([np.nan]), np.array([3.0])) is None


def test_shares_have_the_quantiles_of_the_beta_posterior() -> None:
    successes, trials = np.array([0.0, 3.0, 9.0, 3.0]), np.array([4.0, 3.0, 40.0, 3.0])
    found = beta_binomial(successes, trials, BetaPrior(2, 6), coverage=0.8)
    posterior = beta(successes + 2, trials - successes + 6)
    np.testing.assert_allclose(found.mean, posterior.mean())
    np.testing.assert_allclose(found.low, posterior.ppf(0.1))
    np.testing.assert_allclose(found.high, posterior.ppf(0.9))
    wrong = beta(successes + 2, trials + 6)
    assert np.abs(found.mean - wrong.mean()).max() > 0.01


def test_intervals_of_shares_cover_what_they_promise() -> None:
    rng = np.random.default_rng(11)
    trials = rng.integers(1, 60, 5_000).astype(float)
    shares = rng.beta(2, 8, 5_000)
    successes = rng.binomial(trials.astype(int), shares).astype(float)
    prior = beta_prior(successes, trials)
    assert prior is not None
    found = beta_binomial(successes, trials, prior)
    assert ((found.low <= shares) & (shares <= found.high)).mean() == pytest.approx(0.9, abs=0.015)


def test_a_place_without_trials_has_no_share() -> None:
    found = beta_binomial(np.array([0.0, np.nan, 1.0]), np.array([0.0, 3.0, 2.0]), BetaPrior(1, 1))
    assert np.isnan(np.array(found)).tolist() == [[True, True, False]] * 3


def test_what_cannot_be_is_refused() -> None:
    one, two = np.ones(1), np.ones(2)
    with pytest.raises(ValueError, match="one shape"):
        marshall(one, two)
    with pytest.raises(ValueError, match="one shape"):
        marshall_by_group(two, two, np.zeros(1, dtype=np.int64))
    with pytest.raises(ValueError, match="do not fit"):
        marshall_local(two, two, csr_array((3, 3)))
    with pytest.raises(ValueError, match="negative"):
        marshall(-two, two)
    with pytest.raises(ValueError, match="negative"):
        marshall(two, -two)
    with pytest.raises(ValueError, match="more successes"):
        beta_prior(2 * two, two)
    for coverage in (0.0, 1.0):
        with pytest.raises(ValueError, match="coverage"):
            beta_binomial(one, one, BetaPrior(1, 1), coverage)
        with pytest.raises(ValueError, match="coverage"):
            gamma_poisson(one, one, coverage=coverage)
