"""The queries behind what is known beyond a figure: its neighbours, its history, its worth."""

from typing import Any

import pandas as pd
from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from store.release import Area, Figure, Pattern, Peer, Period, Stability

GROUP = ["cluster_since", "cluster_size", "cluster_ratio", "cluster_p"]
"""The columns that all areas of one group share."""


def _places() -> Select[Any]:
    return select(Area.code.label("area")).add_columns(Area.name, Area.gemeente, Area.riec)


def pattern_columns() -> Select[Any]:
    """Return the query of patterns with their area; ``cluster_since`` is the code of a period."""
    began = aliased(Period)
    found = (Pattern.gi, Pattern.lisa, Pattern.emerging, Pattern.alarm)
    trend = (Pattern.slope, Pattern.slope_low, Pattern.slope_high, Pattern.trend_p)
    cluster = (Pattern.cluster_size, Pattern.cluster_ratio, Pattern.cluster_p)
    return (
        _places()
        .add_columns(*found, *trend, *cluster, began.code.label("cluster_since"))
        .select_from(Pattern)
        .join(Area, and_(Area.id == Pattern.area_id, Area.level == Pattern.level))
        .outerjoin(began, began.id == Pattern.cluster_since)
    )


def whole_groups(areas: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``areas`` in groups of which every area is among them."""
    seen = areas.groupby(GROUP)["area"].transform("size")
    return areas[seen == areas["cluster_size"]].reset_index(drop=True)


def stability_columns() -> Select[Any]:
    """Return the query of how ranks of the score hold, with their area."""
    held = (Stability.low, Stability.middle, Stability.high, Stability.same, Stability.stability)
    return (
        _places()
        .add_columns(*held)
        .select_from(Stability)
        .join(Area, and_(Area.id == Stability.area_id, Area.level == Stability.level))
    )


def peer_figures(code: str) -> Select[Any]:
    """Return the query of the peers' 12-month figures: period and smoothed, oldest first."""
    own = aliased(Area)
    return (
        select(Period.code.label("period"))
        .add_columns(Figure.smoothed)
        .select_from(Figure)
        .join(Peer, Peer.peer_id == Figure.area_id)
        .join(own, own.id == Peer.area_id)
        .join(Area, Area.id == Figure.area_id)
        .join(Period, Period.id == Figure.period_id)
        .where(own.code == code, Period.kind == "year", Figure.smoothed.is_not(None))
        .order_by(Period.id)
    )


def peers_of(code: str) -> Select[Any]:
    """Return the query of the peers of a gemeente, the most alike first."""
    own = aliased(Area)
    return (
        select(Area.code)
        .add_columns(Area.name, Area.gemeente, Area.riec, Area.lon, Area.lat)
        .join(Peer, Peer.peer_id == Area.id)
        .join(own, own.id == Peer.area_id)
        .where(own.code == code)
        .order_by(Peer.rank)
    )
