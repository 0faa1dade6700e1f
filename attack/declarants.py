"""How closely who knows what all others add up to guesses the largest amount in a total.

He weighs what the largest amounts usually are with what was shown and how amounts are shifted, and
names the amount that is most likely within a tenth of the truth. Beside it stands how often he is
right without the release.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from release.protection import MOST_SHIFT, OWN_SHIFT, REST_SHIFT

Floats = NDArray[np.float64]

WITHIN = 0.1
"""Right: the guess differs less than this from the true amount."""

STEP = 0.005
"""Amounts are tried this far apart, in natural logarithms."""

USUAL = 0.25
"""Bandwidth of what largest amounts usually are, in natural logarithms."""


@dataclass(frozen=True)
class Guessed:
    """Shares (0-1) of ``asked`` totals that are guessed, with and without (``blind``) a release."""

    asked: int
    right: float
    blind: float

    @property
    def error(self) -> float:
        """The standard error of ``right``."""
        return sqrt(self.right * (1 - self.right) / self.asked) if self.asked else 0.0


def guess_largest(amounts: Floats, largest: Floats, shown: Floats, least: Floats) -> Guessed:
    """Return how often the largest contributor to a total is guessed.

    All have shape (totals,), in euro or kg: the true totals, the amounts of their largest
    contributors, what was shown, and what the attacker knows these to be at least. He also knows
    ``amounts`` less ``largest``.
    """
    if not len(amounts):
        return Guessed(0, 0.0, 0.0)
    logs = np.log(largest)
    tried = np.exp(np.arange(logs.min() - 1.0, logs.max() + 1.0, STEP))
    usual, near = _usual(logs, np.log(tried)), _within(tried)
    right, blind = np.zeros(len(logs), dtype=bool), np.zeros(len(logs), dtype=bool)
    for number, (rest, known) in enumerate(zip(amounts - largest, least, strict=True)):
        possible = usual[number] * (tried >= known)
        likely = possible * shift_density((shown[number] - rest - tried) / tried) / tried
        for found, chance in ((blind, possible), (right, likely if likely.any() else possible)):
            guess = tried[np.argmax(near(chance))]
            found[number] = abs(guess - largest[number]) <= WITHIN * largest[number]
    return Guessed(len(logs), float(right.mean()), float(blind.mean()))


def shift_density(shift: Floats) -> Floats:
    """Return how likely an amount is shifted by a part of its largest contributor, shape (n,).

    >>> shift_density(np.array([-1.1, -1.0, 0.0, 0.9]))
    array([0.  , 0.25, 0.5 , 0.5 ])
    """
    edge = (MOST_SHIFT - np.abs(shift)) / (2 * REST_SHIFT)
    return np.asarray(np.clip(edge, 0.0, 1.0) / (2 * OWN_SHIFT))


def _usual(logs: Floats, tried: Floats) -> Floats:
    """Return how usual each amount tried is, from the largest ones of other totals."""
    near = np.exp(-0.5 * ((logs[:, None] - tried[None, :]) / USUAL) ** 2)
    return np.asarray(near.sum(axis=0)[None, :] - near)


def _within(tried: Floats) -> Callable[[Floats], Floats]:
    """Return what adds up the chances of all amounts that each amount tried would be right of."""
    first = np.searchsorted(tried, tried / (1 + WITHIN))
    after = np.searchsorted(tried, tried / (1 - WITHIN), side="right")

    def near(chance: Floats) -> Floats:
        sums = np.concatenate([[0.0], chance.cumsum()])
        return np.asarray(sums[after] - sums[first])

    return near
