"""What a map is drawn of: the shapes of a level, and its figures of all 12-month windows."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import numpy as np
from sqlalchemy import Engine, Select, literal, null, select

from access import queries
from access.asked import AskedGateway
from access.door import door, logged_door
from access.facts import Area
from access.filling import AROUND, around
from access.findings import Stability
from access.map_counts import MapCounts, counts_in
from access.map_figures import (
    NONE,
    Bytes,
    Layer,
    MapBounds,
    MapFigures,
    Names,
    Reading,
    Table,
    bounds_of,
    figures_of,
    layer_of,
    names_of,
    table_of,
)
from access.map_shapes import MapShapes, shapes_of
from access.map_verdicts import MapVerdicts, map_verdicts_of
from access.partner_figures import SCORE, SCORE_NUMBER
from access.passport import Passport
from access.reading import plain_rows, rows
from access.scope import AccessRefusedError, refuse_level
from access.verdicts import CONTEXT, VERDICTS
from access.viewer import Viewer
from store import release as stored
from store.kept import kept

Conditions = list[Any]


class MapsGateway(AskedGateway):
    """Reads whole levels over all windows, for maps that need the server no more after that."""

    @door
    def map_mark(self) -> str:
        """Return the mark under which a browser may keep shapes: another release has another."""
        named = f"{self.facts().name} {self.viewer.label}"
        return sha256(named.encode()).hexdigest()[:16]

    @logged_door
    def map_shapes(self, level: str, within: str | None = None) -> MapShapes:
        """Return the shapes of the readable places of a level; ``within`` a RIEC or gemeente."""
        refuse_level(self.viewer, level)
        self._refuse_out_of_reach(level, within)
        return _kept_shapes(_Wanted(self._release, self.viewer, "", level, within, self))

    @logged_door
    def map_figures(self, code: str, level: str, within: str | None = None) -> MapFigures:
        """Return an indicator (or SCORE) at a level in every window, as ``figures`` and ``scores``.

        Places are those of ``map_shapes``, in the same order.
        """
        return self._whole(code, level, within)

    def _whole(self, code: str, level: str, within: str | None) -> MapFigures:
        if code == SCORE:
            meant = self.granting.score(level)
        else:
            _, meant = self.granting.indicator(code, level)
        self._refuse_out_of_reach(level, within)
        return _kept_figures(_Wanted(self._release, self.viewer, code, level, within, self, meant))

    @logged_door
    def map_counts(
        self, code: str, level: str, period: str | None = None, within: str | None = None
    ) -> MapCounts:
        """Return how many places show what on the map of ``map_figures`` in one window."""
        window = self.period(period, level).code
        return counts_in(self._whole(code, level, within), window)

    @logged_door
    def map_bounds(self, code: str, level: str, within: str | None = None) -> MapBounds:
        """Return the intervals of an indicator's own figures at a level, in every window."""
        _, meant = self.granting.indicator(code, level)
        self._refuse_out_of_reach(level, within)
        return _kept_bounds(_Wanted(self._release, self.viewer, code, level, within, self, meant))

    @logged_door
    def map_verdicts(
        self, level: str, within: str | None = None, focus: str | None = None
    ) -> MapVerdicts:
        """Return what ``verdicts`` says of each place of a level, in every window.

        Places are those of ``map_shapes``, in the same order.
        """
        refuse_level(self.viewer, level)
        self._refuse_out_of_reach(level, within)
        wanted = _Wanted(self._release, self.viewer, VERDICTS, level, within, self)
        return _kept_verdicts(wanted, focus)

    def _refuse_out_of_reach(self, level: str, within: str | None) -> None:
        if within and not self.reaches(level, within):
            raise AccessRefusedError(f"There is no {level} within '{within}' for this viewer.")

    def _map_areas(self, level: str, within: str | None, viewer: Viewer) -> list[Area]:
        """Return readable areas in the order of a map."""
        return _kept_areas(_Wanted(self._release, viewer, "", level, within, self))

    def _read_areas(self, wanted: "_Wanted") -> list[Area]:
        found = self._areas(wanted.level, wanted.within, wanted.viewer)
        return sorted(found, key=lambda area: area.code)

    def _layer(self, found: Select[Any], level: str, seen: Conditions, names: Names) -> Layer:
        """Return the rows that a query finds; ``names`` are those of the area of each place."""
        windows = [period.id for period in self.periods("year")]
        table = table_of(plain_rows(self._release, found.where(*seen)), windows)
        return layer_of(level, table, names)

    def _read_names(self, wanted: "_Wanted", at: str) -> Names:
        places = self._map_areas(wanted.level, wanted.within, self.viewer)
        if at == wanted.level:
            return names_of([area.code for area in places])
        readable = {
            area.code for area in self._map_areas(wanted.level, wanted.within, wanted.meant)
        }
        return names_of(
            [
                code if area.code in readable else ""
                for area, code in zip(places, around(places, at), strict=True)
            ]
        )

    def _map_figures(self, wanted: "_Wanted") -> MapFigures:
        code, level, within, meant = wanted.code, wanted.level, wanted.within, wanted.meant
        passport = None if code == SCORE else self.granting.passport(code, level)
        number = passport.id if passport else SCORE_NUMBER
        query = _figures(passport) if passport else _scores()

        def seen(at: str) -> Conditions:
            if passport:
                lends = meant if at in passport.levels else Viewer()
            else:
                lends = meant.only_as(frozenset(self.granting.as_scored(at).receives))
            return self.granting.areas(at, within, lends)

        own, *larger = (
            self._layer(query, at, seen(at), _kept_names(replace(wanted, code=""), at))
            for at in (level, *AROUND.get(level, ()))
        )
        counts = self._limits(number, level, stored.COUNTS) if level.startswith("hex") else []
        reading = Reading(
            code=code,
            level=level,
            limits=counts or self._limits(number, level, "year"),
            whole=bool(counts) or passport is None,
            counts=bool(counts),
            protected=bool(passport and not passport.open),
            periods=[period.code for period in self.periods("year")],
            known={period.id: period.code for period in self.periods()},
        )
        held = np.zeros(0, np.uint8) if passport else self._held(own.table, level, within, meant)
        return figures_of(reading, own, larger, held)

    def _map_bounds(self, wanted: "_Wanted") -> MapBounds:
        code, level, within = wanted.code, wanted.level, wanted.within
        seen = self.granting.areas(level, within, wanted.meant)
        query = _figures(self.granting.passport(code, level))
        names = _kept_names(replace(wanted, code=""), level)
        return bounds_of(code, self._layer(query, level, seen, names))

    def _map_verdicts(self, wanted: "_Wanted", focus: str | None) -> MapVerdicts:
        level, within, windows = wanted.level, wanted.within, self.periods("year")
        heard = self._heard(level, windows, within, focus, with_context=focus == CONTEXT)
        before = {window.id: self._year_before(window) for window in windows}
        codes = [area.code for area in self._map_areas(level, within, self.viewer)]
        return map_verdicts_of(heard, level, windows, before, codes)

    def _held(self, table: Table, level: str, within: str | None, viewer: Viewer) -> Bytes:
        """Return how well the rank of each area of a table of scores holds, NONE where unknown."""
        query = queries.stability().where(*self.granting.areas(level, within, viewer))
        held = {row.area: row.stability for row in rows(self._release, query, Stability)}
        return np.array([held.get(area, NONE) for area in table.areas], np.uint8)


@dataclass(frozen=True)
class _Wanted:
    """What was granted, of which release: what a map reads is kept by that."""

    release: Engine
    viewer: Viewer
    code: str
    level: str
    within: str | None
    gateway: MapsGateway = field(compare=False)
    meant: Viewer = field(default_factory=Viewer)
    """The part of the viewer that the figures are meant for."""


@kept(16)
def _kept_areas(wanted: _Wanted) -> list[Area]:
    return wanted.gateway._read_areas(wanted)


@kept(48)
def _kept_names(wanted: _Wanted, at: str) -> Names:
    """Return of each place what the area of level ``at`` around it is called.

    It is '' where the figures are not meant for the viewer.
    """
    return wanted.gateway._read_names(wanted, at)


@kept(64)
def _kept_shapes(wanted: _Wanted) -> MapShapes:
    gateway, level, within = wanted.gateway, wanted.level, wanted.within
    areas = gateway._map_areas(level, within, wanted.viewer)
    outlines = [] if level.startswith("hex") else gateway.outlines(level, within)
    return shapes_of(level, areas, {found.code: found.outline for found in outlines})


@kept(64)
def _kept_figures(wanted: _Wanted) -> MapFigures:
    return wanted.gateway._map_figures(wanted)


@kept(32)
def _kept_verdicts(wanted: _Wanted, focus: str | None) -> MapVerdicts:
    return wanted.gateway._map_verdicts(wanted, focus)


@kept(16)
def _kept_bounds(wanted: _Wanted) -> MapBounds:
    return wanted.gateway._map_bounds(wanted)


def _figures(passport: Passport) -> Select[Any]:
    """Return the query of all figures of an indicator over 12 months, as ``Found``."""
    figure = stored.Figure
    return _over_windows(
        select(
            stored.Area.code,
            figure.period_id,
            figure.numerator,
            figure.smoothed,
            figure.percentile,
            figure.class_,
            figure.clear,
            figure.hot,
            queries.stands_since(passport.votes),
            figure.low,
            figure.high,
        ).where(figure.indicator_id == passport.id),
        figure,
    )


def _scores() -> Select[Any]:
    """Return the query of all scores, as ``Found``."""
    score = stored.Score
    return _over_windows(
        select(
            stored.Area.code,
            score.period_id,
            null(),
            score.total,
            score.percentile,
            score.class_,
            literal(0),
            literal(0),
            *(null(), null(), null()),
        ),
        score,
    )


def _over_windows(query: Any, model: Any) -> Select[Any]:  # noqa: ANN401
    """Return a query of rows of ``model`` with its areas, in windows only."""
    found: Select[Any] = query.select_from(model)
    at_its_level = (stored.Area.id == model.area_id) & (stored.Area.level == model.level)
    windows = select(stored.Period.id).where(stored.Period.kind == "year")
    return found.join(stored.Area, at_its_level).where(model.period_id.in_(windows))
