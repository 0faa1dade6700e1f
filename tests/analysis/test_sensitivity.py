"""Shares of variance: those of a function whose shares are known, and of another program."""

import numpy as np
import pytest
from numpy.typing import NDArray
from SALib.analyze import sobol

from analysis import sensitivity
from analysis.sensitivity import _estimates, _outcomes, _samples, variance_shares

Floats = NDArray[np.float64]

FIRST = (0.3139, 0.4424, 0.0)
TOTAL = (0.5576, 0.4424, 0.2437)
"""Ishigami's function with a = 7 and b = 0.1 (Ishigami and Homma 1990), worked out by hand."""


def ishigami(points: Floats) -> Floats:
    x = (2 * points - 1) * np.pi
    found = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return np.asarray(found)


def test_the_shares_of_ishigami_are_found() -> None:
    found = variance_shares(ishigami, 3, 8192)
    assert found.first.value == pytest.approx(FIRST, abs=0.01)
    assert found.total.value == pytest.approx(TOTAL, abs=0.01)


def test_an_estimator_of_the_wrong_set_misses_ishigami(monkeypatch: pytest.MonkeyPatch) -> None:
    def swapped(first: Floats, second: Floats, mixed: Floats) -> Floats:
        return np.asarray(_estimates(second, first, mixed))

    monkeypatch.setattr(sensitivity, "_estimates", swapped)
    found = variance_shares(ishigami, 3, 8192)
    assert (np.abs(found.first.value - FIRST) > 0.1).all()
    assert (np.abs(found.total.value - TOTAL) > 0.1).any()


def test_salib_finds_the_same_from_the_same_points() -> None:
    found = variance_shares(ishigami, 3, 256, seed=4)
    first, second, mixed = _outcomes(ishigami, *_samples(3, 256, 4))
    ordered = np.concatenate([first[None], mixed, second[None]]).T.ravel()
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    known = sobol.analyze(problem, ordered, calc_second_order=False, num_resamples=10, seed=1)
    np.testing.assert_allclose(found.first.value, known["S1"], atol=1e-10)
    np.testing.assert_allclose(found.total.value, known["ST"], atol=1e-10)


def test_a_sum_has_only_first_order_shares() -> None:
    slopes = np.array([1.0, 2.0, 3.0, 0.0])
    found = variance_shares(lambda points: points @ slopes + 1e6, 4, 2048)
    expected = slopes**2 / (slopes**2).sum()
    assert found.first.value == pytest.approx(expected, abs=0.005)
    assert found.total.value == pytest.approx(expected, abs=0.005)


def test_a_product_around_nothing_has_only_shares_with_others() -> None:
    found = variance_shares(lambda points: np.prod(points - 0.5, axis=1), 2, 4096)
    assert found.first.value == pytest.approx([0, 0], abs=0.02)
    assert found.total.value == pytest.approx([1, 1], abs=0.02)


def test_the_intervals_hold_the_shares_of_ishigami() -> None:
    held = []
    for seed in range(12):
        found = variance_shares(ishigami, 3, 512, seed)
        for share, known in ((found.first, FIRST), (found.total, TOTAL)):
            assert (share.low <= share.high).all()
            held.append((share.low <= known) & (known <= share.high))
    # Balanced points are surer than the bootstrap, which takes them for random, can see.
    assert np.mean(held) >= 0.9


def test_the_same_seed_gives_the_same_and_another_does_not() -> None:
    one, same, other = (variance_shares(ishigami, 3, 64, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.total, same.total)
    assert (one.total.value != other.total.value).all()


def test_an_outcome_that_never_varies_has_no_shares() -> None:
    found = variance_shares(lambda points: np.full(len(points), 0.1), 2, 16)
    assert np.isnan([*found.first, *found.total]).all()


def test_impossible_input_is_refused() -> None:
    for inputs, points in ((3, 100), (3, 1), (0, 64)):
        with pytest.raises(ValueError, match="power of two"):
            variance_shares(ishigami, inputs, points)
    for outcome in (lambda points: points, lambda points: points[:, 0] + np.nan):
        with pytest.raises(ValueError, match="one finite number"):
            variance_shares(outcome, 2, 16)
