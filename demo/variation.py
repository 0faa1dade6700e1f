"""How often something happens, place by place and before and after the patterns begin."""

from dataclasses import dataclass

import numpy as np

from demo.arrays import Flags, Floats, Ints
from demo.period import PATTERN_DAY, Days


@dataclass(frozen=True)
class Rates:
    """Multipliers of an indicator's base rate per row of Settlements (or per gemeente).

    ``labelled`` marks the planted and control places, where only the pattern varies.
    """

    before: Floats
    after: Floats
    labelled: Flags

    def at(self, rows: Ints, days: Days) -> Floats:
        """Return the multiplier of each row on its day, shape (n,)."""
        return np.where(days >= PATTERN_DAY, self.after[rows], self.before[rows])

    def balanced(self, weight: Floats) -> "Rates":
        """Return the rates with a mean of exactly 1, by ``weight``, over the unlabelled places,
        so that the base rate of the country is the one at the labelled places."""
        free = ~self.labelled
        level = weight[free].sum() / (weight[free] * self.before[free]).sum()
        factor = np.where(free, level, 1.0)
        return Rates(self.before * factor, self.after * factor, self.labelled)


def gamma_field(rng: np.random.Generator, units: Ints, spread: float) -> Floats:
    """Return one gamma multiplier (mean 1, coefficient of variation ``spread``) per unit,
    repeated for every row that names the unit."""
    names, position = np.unique(units, return_inverse=True)
    shape = 1 / spread**2
    multipliers: Floats = rng.gamma(shape, 1 / shape, len(names))[position]
    return multipliers
