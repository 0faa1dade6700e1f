"""What a release knows of its own worth beyond single indicators: of the score, and of its data.

Made of shown figures and public ones; no exact count and no connection is at hand here.
"""

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from indicators import Indicator
from release.fairness import fairness
from release.hindsight import Extents
from release.measuring import Measured
from release.not_carried import not_carried
from release.open_facts import OpenFacts
from release.other_days import other_days
from release.score_hindcast import score_hindcast_rows
from release.settings_evidence import class_percentiles, score_steps
from release.tables import Prepared
from store.evidence import Evidence, rounded
from store.evidence.of_sources import FigureSource, Spread

ByKind = dict[type[Evidence], list[Evidence]]


def release_evidence(
    prepared: Prepared,
    chosen: Mapping[str, Indicator],
    measured: Measured,
    scores: pd.DataFrame,
    facts: OpenFacts,
    extents: Extents,
) -> list[Evidence]:
    """Return evidence of the score, and of what figures rest on.

    ``scores`` is what ``score`` returns.
    """
    periods = prepared.periods
    return [
        *fairness(facts.traits, scores, prepared.official),
        *score_hindcast_rows(scores, measured.incidents, chosen, periods, extents),
        *score_steps(),
        *class_percentiles(),
        *not_carried(prepared.lost),
        *(rounded(Spread(*way)) for way in facts.spread),
        *(FigureSource(*source) for source in facts.sources),
        *other_days(facts.days, chosen, periods),
    ]


def by_kind(rows: Iterable[Evidence], periods: Collection[str]) -> ByKind:
    """Return rows by their kind, without those about a period that is not published."""
    found: ByKind = {}
    for row in rows:
        if getattr(row, "period", None) in (None, *periods):
            found.setdefault(type(row), []).append(row)
    return found
