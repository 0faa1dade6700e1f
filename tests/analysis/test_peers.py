"""Places that are alike: the nearest by hand, whatever the units, gaps left out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from analysis import peers as module
from analysis.peers import peers, standardised

Floats = NDArray[np.float64]


def towns(places: int = 80, gaps: float = 0.0) -> Floats:
    """Return residents, density, age, and rooms per house."""
    chance = np.random.default_rng(5)
    residents = chance.lognormal(10, 1.2, places)
    density = residents / chance.lognormal(4, 0.6, places)
    even = chance.normal(40, 4, (places, 2))
    found = np.column_stack([residents, density, even])
    found[chance.random(found.shape) < gaps] = np.nan
    return found


def test_the_nearest_are_those_of_all_distances() -> None:
    features = towns()
    apart = cdist(standardised(features), standardised(features)) / 2
    np.fill_diagonal(apart, np.inf)
    found = peers(features, 10)
    np.testing.assert_array_equal(found.place, np.argsort(apart, axis=1)[:, :10])
    np.testing.assert_allclose(found.distance, np.sort(apart, axis=1)[:, :10])


def test_raw_features_would_name_other_peers() -> None:
    """The mutation: without one scale, residents alone decide."""
    features = towns()
    apart = cdist(features, features)
    np.fill_diagonal(apart, np.inf)
    raw = np.argsort(apart, axis=1)[:, :10]
    shared = [len(set(a) & set(b)) for a, b in zip(raw, peers(features).place, strict=True)]
    assert np.mean(shared) < 6


def test_skewed_features_are_compared_by_their_logarithm() -> None:
    features = towns(2000)
    scaled = standardised(features)
    logarithm = np.log(features[:, 0])
    assert np.corrcoef(scaled[:, 0], logarithm)[0, 1] > 0.95
    assert np.corrcoef(features[:, 0], logarithm)[0, 1] < 0.85
    assert np.corrcoef(scaled[:, 2], features[:, 2])[0, 1] == pytest.approx(1)


@pytest.mark.parametrize("whitened", [False, True])
def test_units_do_not_matter(whitened: bool) -> None:
    features = towns()
    other = features * np.array([1e-3, 100, 7, 1]) + np.array([0, 0, 273, -5])
    one, two = (peers(part, 5, whitened=whitened) for part in (features, other))
    np.testing.assert_array_equal(one.place, two.place)
    np.testing.assert_allclose(one.distance, two.distance)


def test_a_feature_without_weight_is_not_there() -> None:
    features = towns()
    one = peers(features, 7, np.array([1.0, 0.0, 2.0, 2.0]))
    two = peers(features[:, [0, 2, 3]], 7, np.array([0.5, 1.0, 1.0]))
    np.testing.assert_array_equal(one.place, two.place)
    np.testing.assert_allclose(one.distance, two.distance)


def test_mahalanobis_is_that_of_the_standardised_features() -> None:
    features = towns()
    scaled = standardised(features)
    inverse = np.linalg.inv(np.cov(scaled.T))
    apart = cdist(scaled, scaled, "mahalanobis", VI=inverse) / 2
    np.fill_diagonal(apart, np.inf)
    found = peers(features, 6, whitened=True)
    np.testing.assert_allclose(found.distance, np.sort(apart, axis=1)[:, :6])
    np.testing.assert_array_equal(found.place, np.argsort(apart, axis=1)[:, :6])


def test_whitened_a_feature_measured_twice_counts_once() -> None:
    features = towns()
    twice = np.column_stack([features, features[:, 2], features[:, 2]])
    one, two = (peers(part, 6, whitened=True) for part in (features, twice))
    np.testing.assert_array_equal(one.place, two.place)
    assert (peers(features, 6).place != peers(twice, 6).place).any()


def test_gaps_are_left_out_of_a_pair() -> None:
    features = np.array([[0.0, 0.0], [1.0, np.nan], [3.0, 3.0], [np.nan, 1.0], [2.0, 2.0]])
    scaled = standardised(features)
    found = peers(features, 4)
    for place in range(5):
        for peer, distance in zip(found.place[place], found.distance[place], strict=True):
            if peer < 0:
                continue
            both = np.isfinite(scaled[place]) & np.isfinite(scaled[peer])
            expected = np.sqrt(((scaled[place] - scaled[peer])[both] ** 2).mean())
            assert distance == pytest.approx(expected)
    assert 3 not in found.place[1]
    np.testing.assert_array_equal(found.place[1][-1:], [-1])
    assert np.isnan(found.distance[1][-1])


def test_a_place_without_features_has_no_peers_and_is_none() -> None:
    features = towns()
    features[7] = np.nan
    features[9, 0] = np.nan
    plain, whitened = peers(features, 79), peers(features, 79, whitened=True)
    for found, without in ((plain, [7]), (whitened, [7, 9])):
        assert (found.place[without] == -1).all()
        assert not np.isin(found.place, without).any()


@given(arrays(float, (12, 3), elements=st.integers(0, 2).map(float) | st.just(np.nan)))
def test_equal_distances_keep_the_order_of_the_places(features: Floats) -> None:
    found = peers(features, 11)
    for place, (near, distance) in enumerate(zip(found.place, found.distance, strict=True)):
        real = near[near >= 0]
        assert place not in real
        assert len(set(real.tolist())) == len(real)
        ahead = distance[: len(real)]
        assert (np.diff(ahead) >= 0).all()
        assert (np.diff(real)[np.diff(ahead) == 0] > 0).all()


def test_places_in_parts_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = peers(towns(gaps=0.2), 5)
    monkeypatch.setattr(module, "AT_ONCE", 80 * 7)
    part = peers(towns(gaps=0.2), 5)
    np.testing.assert_array_equal(part.place, whole.place)
    np.testing.assert_array_equal(part.distance, whole.distance)


def test_fewer_places_than_asked_leave_room() -> None:
    found = peers(towns(3), 10)
    assert found.place.shape == (3, 10)
    assert ((found.place >= 0).sum(axis=1) == 2).all()
    assert peers(np.ones((0, 2)), 4).place.shape == (0, 4)


def test_impossible_input_is_refused() -> None:
    for features, count in ((np.ones(4), 3), (np.ones((4, 2)), 0)):
        with pytest.raises(ValueError, match="places, features"):
            peers(features, count)
    for weights in (np.ones(3), np.array([1.0, -1.0]), np.zeros(2)):
        with pytest.raises(ValueError, match="weights"):
            peers(np.ones((4, 2)), 3, weights)
    with pytest.raises(ValueError, match="weights of their own"):
        peers(np.ones((4, 2)), 3, np.ones(2), True)
    with pytest.raises(ValueError, match="places, features"):
        standardised(np.ones(3))
