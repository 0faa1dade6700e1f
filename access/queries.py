"""The queries behind the figures, patterns and scores of a release; conditions are for others."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, literal, select
from sqlalchemy.orm import aliased

from access.facts import Area
from access.figures import Figure, Score
from access.findings import Group, KeyFigure, Pattern, Stability
from access.reading import selected
from store import release as stored

OF_AREA: dict[str, Any] = {
    "area": stored.Area.code,
    **{name: getattr(stored.Area, name) for name in ("name", "gemeente", "riec", "lon", "lat")},
}
"""The fields of a row that are about its area."""


PLACE = {name: OF_AREA[name] for name in ("area", "name", "gemeente", "riec")}
"""Those of a row that is on no map."""


def areas(level: str) -> Select[Any]:
    """Return the query of areas, which are all of ``level``."""
    return selected(Area, stored.Area, level=literal(level))


def stands_since(voting: Collection[int]) -> ColumnElement[Any]:
    """Return since which period (its id) a figure stands out, null where it does not.

    Of the indicators ``voting`` (ids) that is since when it has a vote: one rule for maps, lists
    and verdicts (decision 0034). Others, which are context, stand out by themselves.
    """
    figure = stored.Figure
    vote = case((figure.vote > 0, figure.vote))
    return case((figure.indicator_id.in_(sorted(voting)), vote), else_=figure.since)


def figures(
    level: str, per: dict[int, int], voting: Collection[int], scored: ColumnElement[bool]
) -> Select[Any]:
    """Return the query of figures at a level; ``per`` is the scale of each indicator by its id.

    ``voting`` as in ``stands_since``. The contribution to the score is there only where ``scored``
    holds.
    """
    figure, began = stored.Figure, aliased(stored.Period)
    rated = and_(figure.smoothed.is_not(None), figure.denominator > 0)
    scale = case(per, value=figure.indicator_id) if per else literal(1)
    return (
        selected(
            Figure,
            figure,
            **OF_AREA,
            period=stored.Period.code,
            rate=case((rated, figure.numerator / figure.denominator * scale)),
            contribution=case((scored, figure.contribution)),
            since=began.code,
            figure_of=stored.Area.code,
            figure_level=literal(level),
            indicator=stored.Passport.code,
        )
        .select_from(figure)
        .join(stored.Area, stored.Area.id == figure.area_id)
        .join(stored.Period, stored.Period.id == figure.period_id)
        .join(stored.Passport, stored.Passport.id == figure.indicator_id)
        .outerjoin(began, began.id == stands_since(voting))
        .where(figure.level == stored.LEVEL_NUMBERS[level])
    )


def scores(level: str, period: int) -> Select[Any]:
    """Return the query of the scores at a level in the window with the id ``period``."""
    return (
        selected(
            Score,
            stored.Score,
            **OF_AREA,
            figure_of=stored.Area.code,
            figure_level=literal(level),
        )
        .select_from(stored.Score)
        .join(stored.Area, _of(stored.Score))
        .where(stored.Score.period_id == period)
        .order_by(stored.Area.code)
    )


def patterns() -> Select[Any]:
    """Return the query of patterns, each made into a row by ``pattern``."""
    began, model = aliased(stored.Period), stored.Pattern
    return (
        selected(Pattern, model, **PLACE, group=model.cluster_size)
        .add_columns(model.cluster_ratio, model.cluster_p, began.code)
        .select_from(model)
        .join(stored.Area, _of(model))
        .outerjoin(began, began.id == model.cluster_since)
        .order_by(stored.Area.code)
    )


def pattern(*found: Any) -> Pattern:  # noqa: ANN401
    """Return the row of what ``patterns`` found: its last four columns describe the group."""
    *known, size, ratio, p, since = found
    group = Group(size, ratio, p, since) if size else None
    return Pattern(*(*known, group))


def stability() -> Select[Any]:
    """Return the query of how the ranks of scores hold."""
    return (
        selected(Stability, stored.Stability, **PLACE)
        .select_from(stored.Stability)
        .join(stored.Area, _of(stored.Stability))
        .order_by(stored.Area.code)
    )


def key_figures() -> Select[Any]:
    """Return the query of public key figures, by name."""
    return (
        selected(KeyFigure, stored.KeyFigure)
        .join(stored.Area, _of(stored.KeyFigure))
        .order_by(stored.KeyFigure.figure)
    )


def peers(gemeente: str) -> Select[Any]:
    """Return the query of the peers of a gemeente, the most alike first."""
    own = aliased(stored.Area)
    return (
        areas("gemeente")
        .join(stored.Peer, stored.Peer.peer_id == stored.Area.id)
        .join(own, own.id == stored.Peer.area_id)
        .where(own.code == gemeente)
        .order_by(stored.Peer.rank)
    )


def peer_figures(gemeente: str) -> Select[str, float | None]:
    """Return the query of the peers' 12-month figures: period and smoothed, oldest first."""
    own, figure, peer = aliased(stored.Area), stored.Figure, stored.Peer
    return (
        select(stored.Period.code, figure.smoothed)
        .select_from(figure)
        .join(peer, peer.peer_id == figure.area_id)
        .join(own, own.id == peer.area_id)
        .join(stored.Area, stored.Area.id == figure.area_id)
        .join(stored.Period, stored.Period.id == figure.period_id)
        .where(own.code == gemeente, stored.Period.kind == "year", figure.smoothed.is_not(None))
        .order_by(stored.Period.id)
    )


def _of(model: Any) -> ColumnElement[bool]:  # noqa: ANN401
    """Return the condition that a row of ``model`` is about an area, and kept under its level."""
    return and_(stored.Area.id == model.area_id, stored.Area.level == model.level)
