"""Several places of one level taken together: the sum of what is shown of them, and its rate.

Nothing is counted or drawn anew. What comes out follows from figures that the reader may read one
by one, and from what a release publishes of its noise.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from access.figures import Figure
from access.passport import Passport

Floats = NDArray[np.float64]

LEAST_PLACES, MOST_PLACES = 3, 60

NEVER_ADDED = ("value", "derived")
"""Ways of counting that are never added: amounts are shifted by whose they are, the same in every
place, and what is derived follows from other figures."""


@dataclass(frozen=True, slots=True)
class Together:
    """What is shown of an indicator in several places of a level in a period, added up.

    ``numerator``, ``denominator`` and the rate are over the places that show a figure of their own:
    None where none does. ``rate`` and its 90% interval are per ``Passport.per``, corrected for
    ``mix`` and for what is still coming in, as ``Figure.smoothed`` is, and drawn to no mean.
    """

    indicator: str
    level: str
    period: str
    places: int
    shown: int = 0
    """How many of them show a figure of their own."""
    few: int = 0
    """How many of those show none or few."""
    numerator: float | None = None
    denominator: float | None = None
    mix: float | None = None
    """What the make-up of the places leads one to expect, 1 as the country; None where not used."""
    rate: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def at_least(self) -> bool:
        """Whether there may be more than the sum: something of a place is withheld."""
        return self.withheld > 0

    @property
    def withheld(self) -> int:
        """Return of how many places nothing is shown, or none or few."""
        return self.places - self.shown + self.few


@dataclass(frozen=True, slots=True)
class Protection:
    """What a release publishes of how counts of a level and period deviate.

    ``table`` holds P(deviation | count) as in ``PartnerGateway.perturbation``, ``k`` how many
    subjects are shown at least, ``complete`` which part (0-1) is registered by now, and ``behind``
    how far counts have moved on from what stands.
    """

    table: Floats
    k: int
    complete: float = 1.0
    behind: float = 0.0


OPEN = Protection(np.ones((1, 1)), 0)
"""Of public figures: they do not deviate."""


def counts_in(figure: Figure) -> bool:
    """Return whether a figure can be added: it is the place's own, and there is enough to tell."""
    return not figure.lent and figure.measure is not None


def together(
    asked: Together, passport: Passport, figures: Sequence[Figure], noise: Protection
) -> Together:
    """Return ``asked`` with the sum of what ``figures`` of its places show, and its rate.

    ``figures`` may be in any order; those that larger areas lend do not count.
    """
    from analysis import noise_tables, sums  # SciPy, which other reads need not wait for

    own = sorted(filter(counts_in, figures), key=lambda figure: figure.area)
    if not own:
        return asked
    numerator, denominator, mix, low, high = (
        np.array([getattr(figure, name) for figure in own], dtype=np.float64)
        for name in ("numerator", "denominator", "mix", "low", "high")
    )
    exposure = denominator * np.nan_to_num(mix, nan=1.0) * noise.complete
    table = noise_tables.widened(noise.table, noise.behind) if noise.behind else noise.table
    width = np.ones(len(own))
    if not passport.open:
        bounds = (low / passport.per, high / passport.per)
        width = sums.least_widths(numerator, exposure, bounds, table, noise.k, share=passport.share)
    found = sums.rate_of_sum(numerator, exposure, table, width, share=passport.share)
    rate = float(numerator.sum() / exposure.sum())
    return replace(
        asked,
        shown=len(own),
        few=0 if passport.open else int((numerator == 0).sum()),
        numerator=float(numerator.sum()),
        denominator=float(denominator.sum()),
        mix=None
        if np.isnan(mix).all()
        else float(exposure.sum() / noise.complete / denominator.sum()),
        rate=rate * passport.per,
        low=min(float(found.low[0]), rate) * passport.per,
        high=max(float(found.high[0]), rate) * passport.per,
    )
