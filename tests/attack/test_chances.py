"""The attacker's chances are those by which a build shows counts, whoever has how many records."""

import numpy as np
import pytest

from attack.chances import chances
from release.looks import KEY_RANGE
from release.noise import noise_at
from release.protection import Held, protected_subjects

NOISE = noise_at("gemeente")
DRAWS = 200_000


@pytest.mark.parametrize(
    ("units", "subjects", "most"), [(12, 12, 1), (13, 9, 3), (30, 12, 7), (7, 1, 7), (9, 5, 5)]
)
def test_chances_are_those_of_the_build(units: int, subjects: int, most: int) -> None:
    keys = np.random.default_rng(1).integers(0, KEY_RANGE, DRAWS)
    held = Held(*(np.full(DRAWS, value) for value in (units, 0, subjects, most)))
    shown, width = protected_subjects(held._replace(key=keys), NOISE)
    counts = units if subjects >= NOISE.k else subjects
    every = np.arange(0, 500.0)
    expected = chances(every, np.full(500, counts), NOISE, width[0])
    assert expected.sum() == pytest.approx(1, abs=1e-3)
    np.testing.assert_allclose(
        np.bincount(shown.astype(int), minlength=500)[:500] / DRAWS, expected, atol=0.005
    )
