"""False finds: the published example, the oracle of scipy, and the share that is promised."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, norm

from analysis.discovery import one_sided, q_values, two_sided

Floats = NDArray[np.float64]

FIRST = (0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459)
PUBLISHED = np.array([*FIRST, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0])
"""The example of Benjamini and Hochberg (1995): 15 hypotheses, of which 4 are rejected at 0.05."""

CHANCES = arrays(float, st.integers(1, 40), elements=st.floats(0, 1))


def finds(q: Floats) -> list[int]:
    return np.flatnonzero(q <= 0.05).tolist()


def test_the_example_of_benjamini_and_hochberg_has_four_finds() -> None:
    assert finds(q_values(PUBLISHED)) == [0, 1, 2, 3]
    assert q_values(PUBLISHED)[3] == pytest.approx(0.0095 * 15 / 4)


def test_other_adjustments_miss_the_published_finds() -> None:
    assert len(finds(PUBLISHED * 15)) == 3
    assert len(finds(q_values(PUBLISHED, dependent=True))) == 3
    assert len(finds(PUBLISHED)) == 9


@given(CHANCES, st.booleans())
def test_q_agrees_with_scipy(p: Floats, dependent: bool) -> None:
    expected = false_discovery_control(p, method="by" if dependent else "bh")
    np.testing.assert_allclose(q_values(p, dependent=dependent), expected, atol=1e-14)


@given(CHANCES)
def test_q_is_never_below_p_and_keeps_its_order(p: Floats) -> None:
    q = q_values(p)
    assert (q >= p - 1e-15).all()
    assert (q <= 1).all()
    assert (np.diff(q[np.argsort(p)]) >= 0).all()


@given(CHANCES, st.integers(0, 30))
def test_unknown_places_change_no_other_q(p: Floats, unknown: int) -> None:
    mixed = np.concatenate([np.full(unknown, np.nan), p])
    q = q_values(mixed)
    np.testing.assert_array_equal(q[unknown:], q_values(p))
    assert np.isnan(q[:unknown]).all()


def test_nothing_known_gives_nothing() -> None:
    assert q_values(np.array([])).shape == (0,)
    assert np.isnan(q_values(np.full(3, np.nan))).all()


@pytest.mark.parametrize("chance", [-0.1, 1.1])
def test_a_chance_outside_0_to_1_is_refused(chance: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        q_values(np.array([0.5, chance]))


def test_the_share_of_false_finds_is_at_most_what_was_asked() -> None:
    """200 maps of 500 places, of which 100 truly stand out: the promise is 0.2 x 400/500."""
    rng = np.random.default_rng(11)
    truly = np.arange(500) < 100
    false: list[float] = []
    naive: list[float] = []
    for _ in range(200):
        p = one_sided(rng.standard_normal(500) + 2.5 * truly)
        for shares, found in ((false, q_values(p) <= 0.2), (naive, p <= 0.2)):
            shares.append((found & ~truly).sum() / max(1, found.sum()))
    assert np.mean(false) == pytest.approx(0.16, abs=0.015)
    assert np.mean(naive) > 0.4


def test_p_of_z_is_that_of_the_normal_distribution() -> None:
    z = np.array([-8.0, -1.959964, 0.0, 1.644854, 1.959964, 12.0, np.nan])
    np.testing.assert_allclose(one_sided(z), norm.sf(z), rtol=1e-12)
    np.testing.assert_allclose(two_sided(z)[[1, 4]], 0.05, atol=1e-7)
    np.testing.assert_allclose(two_sided(z), 2 * norm.sf(np.abs(z)), rtol=1e-12)
    np.testing.assert_allclose(one_sided(z) + one_sided(-z), np.where(np.isnan(z), np.nan, 1))
