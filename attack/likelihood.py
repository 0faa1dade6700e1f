"""An attacker who guesses: he knows all but one record, or one subject, and asks about that one.

Was this purchase without a mortgage, is this business there, has this firm its establishments here?
He knows what each figure that holds the record was before noise, but for one; and he knows the
noise. So he adds up what all figures of one release say for and against (`attack.held`). Half of
his questions are about what is counted and half about what is not, so without the release he is
right half of the time.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from attack.held import HeldFigures
from attack.knowledge import KnownRelease
from store.release import LEVEL_NUMBERS

GEMEENTE = LEVEL_NUMBERS["gemeente"]

About = Literal["record", "subject", "large subject"]

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
    seen: KnownRelease,
    code: str,
    side: str,
    *,
    asked: int,
    seed: int,
    about: About = "record",
) -> Membership:
    """Return how well an attacker guesses whether a record or subject is counted in one side.

    Of a numerator he asks about records of its denominator, half of them counted in it; of a
    denominator about ones that are there and ones that might be, at places where others are.
    """
    chance = np.random.default_rng([seed, len(code), len(side)])
    counted = seen.find(code, side)
    figures = HeldFigures(seen, counted)
    known = [e.side for e in seen.sides if e.code == code]
    wider = seen.find(code, "denominator") if "denominator" in known else counted
    right: dict[str, list[bool]] = {"alone": [], "together": [], "alone here": [], "here": []}
    for present, source in ((True, counted), (False, wider)):
        units = figures.askable(source.units)
        subject = source.subjects[0] if about != "record" else ""
        for target in _targets(units, subject, chance, asked // 2, about):
            found = figures.evidence(target, present=present)
            for name, odds, least in (
                ("alone", found.alone, 0),
                ("together", found.together, 0),
                ("alone here", found.alone, GEMEENTE),
                ("here", found.together, GEMEENTE),
            ):
                total = sum(value for level, value in odds.items() if level >= least)
                guess = total > 0 if total else bool(chance.integers(2))
                right[name].append(guess == present)
    shares = {name: float(np.mean(found)) if found else 0.5 for name, found in right.items()}
    return Membership(
        code,
        side,
        about,
        len(right["alone"]),
        shares["alone"],
        shares["together"],
        max(shares["alone here"], shares["here"]),
    )


def _targets(
    units: pd.DataFrame, subject: str, chance: np.random.Generator, count: int, about: About
) -> list[pd.DataFrame]:
    """Return what to ask about: one record each, or all records of its subject."""
    if about == "large subject":
        held = units.groupby(subject)["units"].transform("sum")
        units = units[held >= MANY]
    weights = units["units"].to_numpy(dtype=float)
    if not weights.sum() > 0:
        return []
    rows = chance.choice(len(units), count, p=weights / weights.sum())
    if not subject:
        return [units.iloc[[row]].assign(units=1) for row in rows]
    numbers = units[subject].to_numpy()
    return [units[numbers == numbers[row]] for row in rows]
