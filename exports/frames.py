"""Turns rows of a gateway into the frame that an export writes: the one place where they meet."""

from collections.abc import Callable, Sequence
from inspect import signature

import pandas as pd

from access.audit_lines import LoggedLine
from access.facts import Delivery
from access.figures import Figure, Score
from access.verdicts import Verdict, Vote


def _fields(row: Callable[..., object]) -> tuple[str, ...]:
    return tuple(signature(row).parameters)


FIGURE_COLUMNS = tuple(name for name in _fields(Figure) if name != "indicator")
"""An export of figures has one indicator, which its name says."""

SCORE_COLUMNS = _fields(Score)
VERDICT_COLUMNS = _fields(Verdict)
DELIVERY_COLUMNS = _fields(Delivery)
LINE_COLUMNS = _fields(LoggedLine)


def frame_of(rows: Sequence[object], columns: Sequence[str]) -> pd.DataFrame:
    """Return rows as a frame with these fields of theirs, in this order."""
    cells = [[getattr(row, name) for name in columns] for row in rows]
    return pd.DataFrame(cells, columns=list(columns))


def verdicts_frame(verdicts: Sequence[Verdict]) -> pd.DataFrame:
    """Return verdicts as a frame; what stands out as texts: ``VG01 since 2025-03-12m (fiu)``."""

    def written(votes: Sequence[Vote]) -> str:
        said = (f"{v.indicator} since {v.since} ({', '.join(v.partners)})" for v in votes)
        return "; ".join(said)

    frame = frame_of(verdicts, VERDICT_COLUMNS)
    return frame.assign(votes=frame["votes"].map(written), context=frame["context"].map(written))
