"""Exact counts, and what is shown of them: two types, of which none can pass for the other.

Only the protection (`release.protection.protect`) makes the second of the first; open figures are
as their source publishes them. A test lists who may read ``unprotected``, and who may call a frame
`Shown`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NewType

import pandas as pd


@dataclass(frozen=True)
class Exact:
    """Counts as they are, in a frame that only who protects or blurs them reads."""

    unprotected: pd.DataFrame

    def within(self, periods: Collection[int]) -> "Exact":
        """Return the counts of some periods, by their ids."""
        rows = self.unprotected[self.unprotected["period_id"].isin(periods)]
        return Exact(rows.reset_index(drop=True))


Shown = NewType("Shown", pd.DataFrame)
"""Counts as protection leaves them."""
