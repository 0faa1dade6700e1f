"""The largest declarant's amount stays unsure, and is known where amounts are hardly shifted."""

import numpy as np
import pytest
from scipy.integrate import quad

from attack import declarants
from attack.declarants import guess_largest, shift_density
from release import protection
from release.looks import KEY_RANGE
from release.protection import MOST_SHIFT, protected_amounts

PLACES = 600


def _totals(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return totals and their largest contributors, as different in size as declarants are."""
    rng = np.random.default_rng(seed)
    largest = np.exp(rng.normal(12.0, 1.2, PLACES))
    return largest * (1 + rng.uniform(1.0, 6.0, PLACES)), largest


def test_the_density_is_that_of_the_shifts() -> None:
    whole, _ = quad(lambda part: float(shift_density(np.array([part]))[0]), -2, 2, limit=200)
    assert abs(whole - 1) < 1e-6
    rng = np.random.default_rng(1)
    owners, keys = rng.integers(0, KEY_RANGE, (2, 200_000))
    many = np.full(len(owners), 1e9)
    shift = (protected_amounts(many * 10, many, owners, keys) - many * 10) / many
    counts, edges = np.histogram(shift, bins=48, range=(-MOST_SHIFT, MOST_SHIFT), density=True)
    inner = (edges[:-1] + edges[1:]) / 2
    assert np.abs(counts - shift_density(inner)).max() < 0.05


def test_who_knows_all_others_guesses_at_most_27_percent_within_a_tenth() -> None:
    """Target of the attack on amounts; two standard errors of the Monte Carlo allowed."""
    total, largest = _totals(2)
    owners, keys = np.random.default_rng(3).integers(0, KEY_RANGE, (2, PLACES))
    shown = protected_amounts(total, largest, owners, keys)
    found = guess_largest(total, largest, shown, np.zeros(PLACES))
    assert found.asked == PLACES
    assert found.right <= 0.27 + 2 * found.error
    assert found.right >= found.blind, "a release never tells less than none"


def test_amounts_that_are_hardly_shifted_are_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise an attacker who never wins would prove nothing."""
    for module in (protection, declarants):
        monkeypatch.setattr(module, "OWN_SHIFT", 0.05)
        monkeypatch.setattr(module, "REST_SHIFT", 0.01)
    monkeypatch.setattr(declarants, "MOST_SHIFT", 0.06)
    total, largest = _totals(4)
    owners, keys = np.random.default_rng(5).integers(0, KEY_RANGE, (2, PLACES))
    shown = protected_amounts(total, largest, owners, keys)
    assert guess_largest(total, largest, shown, np.zeros(PLACES)).right > 0.9
