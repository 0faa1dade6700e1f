"""What a release knows of its own worth beyond single indicators: of the score, and of its data."""

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.breaks import PERCENTILES
from release.area_figures import spread_rows
from release.fairness import fairness
from release.key_figures import figure_sources
from release.measuring import Materials, Measured
from release.other_grids import grid_stability
from release.robustness import score_steps
from release.score_hindcast import score_hindcast_rows
from release.steps import Steps

Rows = list[dict[str, Any]]


def release_evidence(
    given: Materials, measured: Measured, scores: pd.DataFrame, folder: Path, steps: Steps
) -> dict[str, Rows]:
    """Return evidence by name: that of all indicators, of the score, and of what figures rest on.

    ``scores`` is what ``score`` returns; ``folder`` holds exact counts while grids are compared.
    """
    con, prepared, chosen = given.con, given.prepared, given.chosen
    own: dict[str, Rows] = {
        "fairness": fairness(con, scores, prepared.official) if len(scores) else [],
        "hindcast_score": score_hindcast_rows(
            scores, measured.incidents, chosen, prepared.periods, given.ground.extents
        ),
        "steps": score_steps(),
        "classes": [{"percentile": percentile} for percentile in PERCENTILES],
        "not_carried": prepared.lost,
        "same_events": prepared.same_events,
        "spread": spread_rows(con),
        "figure_sources": figure_sources(con),
    }
    steps.compare_grids()
    grids = grid_stability(
        con, measured.figures, prepared, chosen, given.k, measured.complete, folder
    )
    return measured.evidence | own | {"grids": [{"score": row["base"], **row} for row in grids]}
