"""The queries behind the figures, patterns and scores of a release; conditions are for others."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, literal, literal_column, or_, select
from sqlalchemy.orm import aliased

from access.facts import Area
from access.figures import Figure, Score
from access.findings import Group, KeyFigure, Pattern, Stability
from access.passport import Passport
from access.reading import selected
from access.scope import visible
from access.viewer import Viewer
from store import release as stored

OF_AREA: dict[str, Any] = {
    "area": stored.Area.code,
    **{name: getattr(stored.Area, name) for name in ("name", "gemeente", "riec", "lon", "lat")},
}
"""The fields of a row that are about its area."""

GEMEENTE = stored.LEVEL_NUMBERS["gemeente"]

PLACE = {name: OF_AREA[name] for name in ("area", "name", "gemeente", "riec")}
"""Those of a row that is on no map."""


def areas(level: str) -> Select[Any]:
    """Return the query of areas, which are all of ``level``."""
    return selected(Area, stored.Area, level=literal(level))


class Reckoning(NamedTuple):
    """How figures of some indicators are read: per how many, and whether they have a vote.

    Of one indicator by a number and a truth, so that all that are alike share a query; of several
    by their ids.
    """

    per: int | tuple[tuple[int, int], ...]
    votes: bool | tuple[int, ...]


def reckoning(passports: Collection[Passport]) -> Reckoning:
    """Return how the figures of these indicators are read."""
    if len(passports) == 1:
        (only,) = passports
        return Reckoning(only.per, only.votes)
    return Reckoning(tuple((p.id, p.per) for p in passports), voting(passports))


def voting(passports: Collection[Passport]) -> tuple[int, ...]:
    """Return the ids of the indicators whose figures may have a vote."""
    return tuple(sorted(p.id for p in passports if p.votes))


VOTED = stored.Figure.vote > literal_column("0")
"""A figure has a vote that it stands out. (Written out: a parameter would hide the index.)"""

STANDING = or_(VOTED, stored.Figure.since.is_not(None))
"""A figure may stand out, by a vote or by itself: ``store.release.STANDING``."""


def stands_since(votes: bool | Collection[int]) -> ColumnElement[Any]:
    """Return since which period (its id) a figure stands out, null where it does not.

    With a vote that is since when it has one: one rule for maps, lists and verdicts (decision
    0034). Others, which are context, stand out by themselves. ``votes`` as in ``Reckoning``.
    """
    figure = stored.Figure
    vote = case((VOTED, figure.vote))
    has = literal(votes) if isinstance(votes, bool) else figure.indicator_id.in_(votes)
    return case((has, vote), else_=figure.since)


@lru_cache(maxsize=256)
def figures(level: str, read: Reckoning, scored: Viewer) -> Select[Any]:
    """Return the query of figures at a level.

    The contribution to the score is there only where ``scored`` may read the score.
    """
    figure, began = stored.Figure, aliased(stored.Period)
    rated = and_(figure.smoothed.is_not(None), figure.denominator > 0)
    by_id = read.per if isinstance(read.per, tuple) else ()
    scale = case(dict(by_id), value=figure.indicator_id) if by_id else literal(read.per or 1)
    return (
        selected(
            Figure,
            figure,
            **OF_AREA,
            period=stored.Period.code,
            rate=case((rated, figure.numerator / figure.denominator * scale)),
            contribution=case((visible(scored, level), figure.contribution)),
            since=began.code,
            figure_of=stored.Area.code,
            figure_level=literal(level),
            indicator=stored.Passport.code,
        )
        .select_from(figure)
        .join(stored.Area, stored.Area.id == figure.area_id)
        .join(stored.Period, stored.Period.id == figure.period_id)
        .join(stored.Passport, stored.Passport.id == figure.indicator_id)
        .outerjoin(began, began.id == stands_since(read.votes))
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
        .where(own.level == GEMEENTE, own.code == gemeente)
        .order_by(stored.Peer.rank)
    )


def peer_figures(gemeente: str) -> Select[str, float | None]:
    """Return the query of the figures of the peers: period and smoothed, oldest first."""
    own, figure, peer = aliased(stored.Area), stored.Figure, stored.Peer
    return (
        select(stored.Period.code, figure.smoothed)
        .select_from(figure)
        .join(peer, peer.peer_id == figure.area_id)
        .join(own, own.id == peer.area_id)
        .join(stored.Area, stored.Area.id == figure.area_id)
        .join(stored.Period, stored.Period.id == figure.period_id)
        .where(own.level == GEMEENTE, own.code == gemeente)
        .where(figure.level == GEMEENTE, figure.smoothed.is_not(None))
        .order_by(stored.Period.id)
    )


def _of(model: Any) -> ColumnElement[bool]:  # noqa: ANN401
    """Return the condition that a row of ``model`` is about an area, and kept under its level."""
    return and_(stored.Area.id == model.area_id, stored.Area.level == model.level)
