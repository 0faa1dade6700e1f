"""An attacker who guesses: he knows all but one record, or one subject, and asks about that one.

Was this purchase without a mortgage, is this business there, has this firm its establishments here?
He knows what each figure that holds the record was before noise, but for one; and he knows the
noise. So he adds up what all figures of one release say for and against (`attack.held`). Half of
his questions are about what is counted and half about what is not, so without the release he is
right half of the time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from attack.held import HeldFigures
from attack.knowledge import KnownRelease
from store.release import LEVEL_NUMBERS

GEMEENTE = LEVEL_NUMBERS["gemeente"]

About = Literal["record", "subject", "large subject"]

WAYS = {
    "alone": (False, 0),
    "together": (True, 0),
    "alone here": (False, GEMEENTE),
    "here": (True, GEMEENTE),
}
"""Ways to guess: whether with the noise that figures share, and from which level down."""

MANY = 5
"""A subject with so many records in what is counted is a large one."""


@dataclass(frozen=True)
class Membership:
    """How often who knows all but one is right about it: shares (0-1) of ``asked``.

    ``about``: a record, a subject with all its records, or one with MANY of them.
    ``alone``: every figure by its own table, ``together``: with shared noise; ``local`` is the
    best of both from figures of gemeente and below only. ``error`` is the standard error.
    """

    code: str
    side: str
    about: str
    asked: int
    alone: float
    together: float
    local: float

    @property
    def right(self) -> float:
        """The better of both ways of guessing."""
        return max(self.alone, self.together)

    @property
    def error(self) -> float:
        """The Monte Carlo standard error of the shares."""
        return float(np.sqrt(0.25 / max(self.asked, 1)))


def ask(
    seen: KnownRelease, code: str, side: str, *, asked: Mapping[About, int], seed: int
) -> Iterator[Membership]:
    """Give how well an attacker guesses whether records and subjects are counted in one side.

    ``asked``: what he asks about, and how often. Of a numerator he asks about what is in its
    denominator, half of it counted in it; of a denominator about what is there and what might be,
    at places where others are. Nothing of a kind that is not there.
    """
    counted = seen.find(code, side)
    known = [e.side for e in seen.sides if e.code == code]
    wider = seen.find(code, "denominator") if "denominator" in known else counted
    figures = HeldFigures(seen, counted)
    for about, times in asked.items():
        chance = np.random.default_rng([seed, len(code), len(side)])
        right: dict[str, list[bool]] = {name: [] for name in WAYS}
        for present, source in ((True, counted), (False, wider)):
            units = figures.askable(source.units)
            for target in _targets(units, source.subjects, chance, times // 2, about):
                found = figures.evidence(target, present=present)
                for name, (together, least) in WAYS.items():
                    odds = found.together if together else found.alone
                    total = sum(value for level, value in odds.items() if level >= least)
                    guess = total > 0 if total else bool(chance.integers(2))
                    right[name].append(guess == present)
        if right["alone"]:
            shares = {name: float(np.mean(ones)) for name, ones in right.items()}
            local = max(shares["alone here"], shares["here"])
            number = len(right["alone"])
            yield Membership(code, side, about, number, shares["alone"], shares["together"], local)


def _targets(
    units: pd.DataFrame,
    subjects: Sequence[str],
    chance: np.random.Generator,
    count: int,
    about: About,
) -> list[pd.DataFrame]:
    """Return what to ask about: one record each, or all records of its subject."""
    subject = subjects[0] if subjects else ""
    if about == "large subject":
        held = units.groupby(subject)["units"].transform("sum")
        units = units[held >= MANY]
    weights = units["units"].to_numpy(dtype=float)
    if not weights.sum() > 0:
        return []
    rows = chance.choice(len(units), count, p=weights / weights.sum())
    if about == "record":
        return [units.iloc[[row]].assign(units=1) for row in rows]
    numbers = units[subject].to_numpy()
    return [units[numbers == numbers[row]] for row in rows]
