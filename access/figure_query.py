"""The query behind every figure that leaves a release, and the rate that follows from it."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, case, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from store.release import Area, Figure, Period


def figure_columns(scored: ColumnElement[bool], *extra: InstrumentedAttribute[Any]) -> Select[Any]:
    """Return the query of figures with their area and periods, and ``extra`` columns.

    The contribution to the score is there only where ``scored`` holds.
    """
    began = aliased(Period)
    return (
        select(Area.code.label("area"), Period.code.label("period"))
        .add_columns(Figure.numerator, Figure.denominator, Figure.smoothed, Figure.low)
        .add_columns(Figure.high, Figure.percentile, Figure.class_, Figure.clear, Figure.hot)
        .add_columns(Figure.mix)
        .add_columns(case((scored, Figure.contribution), else_=None).label("contribution"))
        .add_columns(began.code.label("since"), *extra)
        .select_from(Figure)
        .join(Area, Area.id == Figure.area_id)
        .join(Period, Period.id == Figure.period_id)
        .outerjoin(began, began.id == Figure.since)
    )


def with_rate(frame: pd.DataFrame, per: dict[int, int]) -> pd.DataFrame:
    """Return ``frame`` with its rate; ``per`` gives the scale of each indicator id."""
    scale = frame["indicator_id"].map(per) if "indicator_id" in frame else next(iter(per.values()))
    known = frame["denominator"].where(frame["denominator"] > 0)
    frame.insert(4, "rate", frame["numerator"] / known * scale)
    return frame
