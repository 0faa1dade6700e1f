"""What partners read beside figures: indicators, periods, areas, places, and public key figures."""

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from sqlalchemy import Engine, Select, select

from access import queries
from access.door import door
from access.facts import Area, Outline, Period, Place
from access.findings import KeyFigure
from access.gateway import ReleaseGateway
from access.granting import Granting
from access.lying import Lying, hexagons_beside
from access.passport import Passport, passport_of
from access.reading import plain_rows, rows, selected
from access.scope import COMPARED, AccessRefusedError, level_number
from access.viewer import PARTNERS, Role, Viewer
from errors import WeerbeeldError
from store import release as stored
from store.kept import kept

BY_NAME = (stored.Area.name, stored.Area.code)
"""In a fixed order, also of the many hexagons that are called alike."""


class PlacesGateway(ReleaseGateway):
    """Reads which indicators, periods and areas there are for a viewer; figures come on top."""

    ROLES: ClassVar[tuple[Role, ...]] = PARTNERS
    OFFERS = "figures"

    @cached_property
    def granting(self) -> Granting:
        """Decides what the viewer may read."""
        return Granting(self.viewer, _passports_of(self._of_all))

    @door
    def passports(self) -> dict[str, Passport]:
        """Return the passports of the indicators that this viewer receives, by code."""
        return self.granting.passports()

    @door
    def passport(self, code: str, level: str | None = None) -> Passport:
        """Return one passport; refused when the indicator or the level is not for the viewer."""
        return self.granting.passport(code, level)

    @door
    def periods(self, kind: str | None = None) -> list[Period]:
        """Return the periods, oldest first, of one kind or of all."""
        return [period for period in self._periods if kind in (None, period.kind)]

    @property
    def _periods(self) -> tuple[Period, ...]:
        return _periods_of(self._of_all)

    @door
    def period(self, code: str | None, level: str) -> Period:
        """Return the period of a code; None is the last 12-month window.

        At levels that only have 12-month windows, a month means the window that ends with it.
        """
        fine = level not in COMPARED
        known = {p.code: p for p in self._periods if p.kind == "year" or not fine}
        wanted = code or [p.code for p in self._periods if p.kind == "year"][-1]
        found = known.get(wanted) or (known.get(f"{wanted}-12m") if fine else None)
        if found is None:
            raise WeerbeeldError(
                f"There is no period '{wanted}' at level {level}. "
                f"Known: {', '.join(list(known)[-6:])} (the last six)."
            )
        return found

    def period_named(self, period: str | None, level: str) -> str:
        """Return the code of the period that is meant, for the log."""
        return self.period(period, level).code

    def reaches(self, level: str, within: str) -> bool:
        """Return whether the viewer may read any area of a level within another, if it has any."""
        inside = stored.Area.gemeente if within.startswith("GM") else stored.Area.riec
        there = select(stored.Area.id).where(
            stored.Area.level == level_number(level), inside == within
        )
        return self.areas_exist(level, within) or not rows(self._release, there.limit(1), int)

    @door
    def levels(self) -> tuple[str, ...]:
        """Return the levels that hold at least one area which this viewer may read."""
        return tuple(level for level in stored.LEVEL_NUMBERS if self.areas_exist(level))

    @door
    def areas_exist(self, level: str, within: str | None = None) -> bool:
        """Return whether the viewer may read any area of a level; ``within`` as in ``areas``."""
        query = select(stored.Area.id).where(*self.granting.areas(level, within)).limit(1)
        return bool(rows(self._release, query, int))

    @door
    def areas(self, level: str, within: str | None = None) -> list[Area]:
        """Return the readable areas of a level by name; ``within`` a RIEC or gemeente code."""
        return self._areas(level, within)

    def _areas(self, level: str, within: str | None, viewer: Viewer | None = None) -> list[Area]:
        seen = self.granting.areas(level, within, viewer)
        query = queries.areas(level).where(*seen).order_by(*BY_NAME)
        return [Area(*found) for found in plain_rows(self._release, query)]

    @door
    def area(self, level: str, code: str) -> Area:
        """Return one area; refused when it does not exist or lies outside the grant."""
        seen = self.granting.areas(level)
        query = queries.areas(level).where(*seen, stored.Area.code == code)
        for found in rows(self._release, query, Area):
            return found
        raise AccessRefusedError(f"There is no {level} '{code}' within this viewer's grant.")

    @door
    def readable(self, level: str, code: str) -> bool:
        """Return whether there is such an area within the grant: what is asked is no refusal."""
        seen = self.granting.areas(level)
        query = select(stored.Area.id).where(*seen, stored.Area.code == code)
        return bool(rows(self._release, query, int))

    @door
    def outlines(self, level: str, within: str | None = None) -> list[Outline]:
        """Return the shapes of the readable official areas of a level, by code."""
        if within is None and level in COMPARED:
            return _shared_outlines(self._release, level)
        query = _outlines().where(*self.granting.areas(level, within))
        return rows(self._release, query, Outline)

    @door
    def peers(self, gemeente: str) -> list[Area]:
        """Return the gemeenten most like ``gemeente``, the most alike first."""
        return rows(self._release, queries.peers(gemeente), Area)

    @door
    def neighbours(self, level: str, code: str) -> list[Area]:
        """Return the readable areas beside one, by name; wijken and buurten of its own gemeente."""
        own = self.area(level, code)
        if level.startswith("hex"):
            codes = hexagons_beside(code)
        else:
            within = own.gemeente if level in ("wijk", "buurt") else None
            codes = self._lying(level, within).beside(code)
        query = queries.areas(level).where(*self.granting.areas(level))
        query = query.where(stored.Area.code.in_(codes))
        return rows(self._release, query.order_by(*BY_NAME), Area)

    def _lying(self, level: str, within: str | None) -> Lying:
        """Return where the readable official areas of a level lie."""
        if within is None and level in COMPARED:
            return _shared_lying(self._release, level)
        return Lying(self.outlines(level, within))

    @door
    def key_figures(self, level: str, area: str) -> list[KeyFigure]:
        """Return the public key figures of a readable area, by name."""
        seen = self.granting.areas(level)
        query = queries.key_figures().where(*seen, stored.Area.code == area)
        return rows(self._release, query, KeyFigure)

    @door
    def places(self, least_population: int, within: str | None = None) -> list[Place]:
        """Return places to name on a map, the most populous first; ``within`` as in ``areas``."""
        query = _places().where(stored.Place.population >= least_population)
        if within:
            inside = self.areas("gemeente", within) if not within.startswith("GM") else None
            codes: Sequence[str] = [a.code for a in inside] if inside is not None else [within]
            query = query.where(stored.Place.gemeente.in_(codes))
        return rows(self._release, query, Place)


def _places() -> Select[tuple[object, ...]]:
    query = selected(Place, stored.Place)
    return query.order_by(stored.Place.population.desc(), stored.Place.name)


def _outlines() -> Select[tuple[object, ...]]:
    return selected(Outline, stored.Area).order_by(stored.Area.code)


@kept(4)
def _passports_of(release: Engine) -> tuple[Passport, ...]:
    """Return every passport of a release, whoever may know of it."""
    query = select(stored.Passport.id, stored.Passport.passport)
    return tuple(rows(release, query, passport_of))


@kept(4)
def _periods_of(release: Engine) -> tuple[Period, ...]:
    """Return the periods of a release, the same for everybody."""
    return tuple(rows(release, selected(Period, stored.Period).order_by(stored.Period.id), Period))


@kept(8)
def _shared_outlines(release: Engine, level: str) -> list[Outline]:
    """Return the outlines of a level that every viewer may read whole, decoded once."""
    query = _outlines().where(stored.Area.level == level_number(level))
    return rows(release, query, Outline)


@kept(8)
def _shared_lying(release: Engine, level: str) -> Lying:
    """Return where the areas of a level lie that every viewer may read whole."""
    return Lying(_shared_outlines(release, level))
