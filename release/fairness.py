"""Whether scores follow characteristics that no indicator may read: the test of fairness.

The views that indicators read leave those characteristics out; `release.open_facts` alone reads
them, for this test. A score can follow one that it never saw, through something that
goes with both; the method page shows how strongly, and a flag asks the owner to look why.
"""

import numpy as np
import pandas as pd

from analysis.association import THRESHOLD, Associations, associations
from indicators.contract import SCORED
from store.evidence import rounded
from store.evidence.of_score import Fairness

PARTS = ["total", *SCORED]
COVERAGE = 0.90


def _rows(level: str, names: list[str], found: Associations) -> list[Fairness]:
    return [
        rounded(
            Fairness(
                level,
                PARTS[part],
                names[name],
                places=int(found.places[part, name]),
                rho=float(found.rho[part, name]),
                low=float(found.low[part, name]),
                high=float(found.high[part, name]),
                flagged=bool(found.flagged[part, name]),
            )
        )
        for part, name in np.argwhere(np.isfinite(found.rho)).tolist()
    ]


def fairness(
    known: pd.DataFrame,
    scores: pd.DataFrame,
    official: pd.DataFrame,
    threshold: float = THRESHOLD,
) -> list[Fairness]:
    """Return how strongly each score goes with each characteristic, over the whole country.

    ``known`` holds characteristic, level, code and value of gemeenten, wijken and buurten,
    ``scores`` is what ``score`` returns, of which the last window counts, and ``official`` what
    ``official_areas`` returns. There is no row where ``associations`` finds no correlation; [] when
    no characteristic was delivered.
    """
    if known.empty or scores.empty:
        return []
    last = scores[scores["period_id"] == scores["period_id"].max()].set_index("area_id")
    areas = known.merge(official[["level", "code", "id"]], on=["level", "code"])
    rows = []
    for level, own in areas.groupby("level"):
        traits = own.pivot(index="id", columns="characteristic", values="value")
        both = last[PARTS].join(traits, how="inner").astype(float)
        names = traits.columns.tolist()
        found = associations(
            both[PARTS].to_numpy(), both[names].to_numpy(), threshold, coverage=COVERAGE
        )
        rows += _rows(str(level), names, found)
    return rows
