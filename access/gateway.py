"""The gateway: the only code that reads a release, and only within the viewer's grant."""

import json
from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Engine, Executable, and_, func, select

from access.facts import AreaFact, Facts, PeriodFact
from access.figure_query import figure_columns, with_rate
from access.passport import Sheet, sheet_of
from access.scope import COMPARED, AccessRefusedError, level_number, refuse_level, visible
from access.viewer import Viewer
from errors import WeerbeeldError
from store.release import (
    LEVEL_NUMBERS,
    Area,
    Attribution,
    Breaks,
    DeliveryStatus,
    Figure,
    Info,
    Passport,
    Period,
    Place,
    Score,
)


class Gateway:
    """Reads one release for one viewer.

    Every method answers only what the viewer's grant and the indicators' recipients and levels
    allow; what lies outside raises AccessRefusedError or is simply not there.
    """

    def __init__(self, engine: Engine, viewer: Viewer) -> None:
        self._engine = engine
        self.viewer = viewer

    def _frame(self, query: Executable) -> pd.DataFrame:
        with self._engine.connect() as connection:
            result = connection.execute(query)
            return pd.DataFrame(result.all(), columns=list(result.keys()))

    def _with_indicators(self, query: Executable, sheets: dict[int, Sheet]) -> pd.DataFrame:
        """Return figures of several indicators, each with its own rate and its code."""
        frame = with_rate(self._frame(query), {n: s.per for n, s in sheets.items()})
        codes = [sheets[number].code for number in frame["indicator_id"]]
        return frame.assign(indicator=codes).drop(columns="indicator_id")

    def _area_where(self, level: str, within: str | None) -> list[ColumnElement[bool]]:
        conditions = [Area.level == level_number(level), visible(self.viewer, level)]
        if within:
            inside = Area.gemeente if within.startswith("GM") else Area.riec
            conditions.append(inside == within)
        return conditions

    def facts(self) -> Facts:
        """Return what is true of the whole release."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(Info.key, Info.value)).all()
        info: dict[str, str] = {row.key: row.value for row in rows}
        return Facts(
            info["name"],
            info["content"],
            date.fromisoformat(info["until"]),
            date.fromisoformat(info["built"]),
            info["invented"] == "yes",
            info["only_invented"] == "yes",
        )

    def sheets(self) -> dict[str, Sheet]:
        """Return the passports of the indicators that this viewer receives, by code."""
        return self._sheets

    @cached_property
    def _sheets(self) -> dict[str, Sheet]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(Passport.id, Passport.passport)).all()
        sheets = [sheet_of(row.id, row.passport) for row in rows]
        return {s.code: s for s in sheets if self.viewer.roles & set(s.recipients)}

    def sheet(self, code: str, level: str | None = None) -> Sheet:
        """Return one passport; refused when the viewer or the level is not its."""
        sheets = self.sheets()
        if code not in sheets:
            raise AccessRefusedError(
                f"There is no indicator '{code}' for this viewer. Known: {', '.join(sheets)}."
            )
        if level is not None and level not in sheets[code].levels:
            raise AccessRefusedError(
                f"{code} is not published at level {level}. "
                f"Its levels are: {', '.join(sheets[code].levels)}."
            )
        return sheets[code]

    def periods(self, kind: str | None = None) -> list[PeriodFact]:
        """Return the periods, oldest first, of one kind or of all."""
        return [period for period in self._periods if kind in (None, period.kind)]

    @cached_property
    def _periods(self) -> list[PeriodFact]:
        query = select(Period.id, Period.code, Period.kind, Period.start, Period.end)
        with self._engine.connect() as connection:
            return [PeriodFact(*row) for row in connection.execute(query.order_by(Period.id))]

    def period(self, code: str | None, level: str) -> PeriodFact:
        """Return the period of a code; None is the last 12-month window.

        At levels that only have 12-month windows, a month means the window that ends with it.
        """
        fine = level not in ("nederland", "riec", "gemeente")
        known = {p.code: p for p in self.periods("year" if fine else None)}
        wanted = code or self.periods("year")[-1].code
        found = known.get(wanted) or (known.get(f"{wanted}-12m") if fine else None)
        if found is None:
            raise WeerbeeldError(
                f"There is no period '{wanted}' at level {level}. "
                f"Known: {', '.join(list(known)[-6:])} (the last six)."
            )
        return found

    def levels(self) -> tuple[str, ...]:
        """Return the levels that hold at least one area which this viewer may read."""
        return tuple(level for level in LEVEL_NUMBERS if self.areas_exist(level))

    def areas_exist(self, level: str, within: str | None = None) -> bool:
        """Tell whether the viewer may read any area of a level; ``within`` as in ``areas``."""
        query = select(Area.id).where(*self._area_where(level, within)).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def areas(self, level: str, within: str | None = None) -> list[AreaFact]:
        """Return the readable areas of a level by name; ``within`` a RIEC or gemeente code."""
        columns = (Area.code, Area.name, Area.gemeente, Area.riec, Area.lon, Area.lat)
        query = select(*columns).where(*self._area_where(level, within)).order_by(Area.name)
        with self._engine.connect() as connection:
            return [AreaFact(level, *row) for row in connection.execute(query)]

    def area(self, level: str, code: str) -> AreaFact:
        """Return one area; refused when it does not exist or lies outside the grant."""
        columns = (Area.code, Area.name, Area.gemeente, Area.riec, Area.lon, Area.lat)
        query = select(*columns).where(*self._area_where(level, None), Area.code == code)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise AccessRefusedError(f"There is no {level} '{code}' within this viewer's grant.")
        return AreaFact(level, *row)

    def outlines(self, level: str, within: str | None = None) -> list[dict[str, Any]]:
        """Return code, name and GeoJSON outline of the readable official areas of a level."""
        if within is None and level in COMPARED and self.viewer.roles:
            return _shared_outlines(self._engine, level)
        query = select(Area.code, Area.name, Area.outline).where(*self._area_where(level, within))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(Area.code)).all()
        return [{"code": r.code, "name": r.name, "outline": r.outline} for r in rows]

    def figures(
        self, code: str, level: str, period: str | None = None, within: str | None = None
    ) -> pd.DataFrame:
        """Return the figures of an indicator at a level in a period, a row per readable area.

        Columns: area, period, numerator, denominator, rate, smoothed, low, high, percentile,
        class_, contribution, since (code of a period), name, gemeente, riec, lon, lat. Rates are
        per ``Sheet.per``.
        """
        refuse_level(self.viewer, level)
        sheet = self.sheet(code, level)
        chosen = self.period(period, level)
        query = (
            figure_columns(Area.name, Area.gemeente, Area.riec, Area.lon, Area.lat)
            .where(Figure.indicator_id == sheet.id, Figure.period_id == chosen.id)
            .where(Figure.level == level_number(level), *self._area_where(level, within))
            .order_by(Area.code)
        )
        return with_rate(self._frame(query), {sheet.id: sheet.per})

    def series(self, code: str, level: str, area: str, kind: str = "year") -> pd.DataFrame:
        """Return the figures of one area over all periods of a kind, oldest first."""
        refuse_level(self.viewer, level)
        sheet = self.sheet(code, level)
        numbers = [period.id for period in self.periods(kind)]
        query = (
            figure_columns(Area.name)
            .where(Figure.indicator_id == sheet.id, Figure.level == level_number(level))
            .where(Figure.period_id.in_(numbers))
            .where(*self._area_where(level, None), Area.code == area)
            .order_by(Figure.period_id)
        )
        return with_rate(self._frame(query), {sheet.id: sheet.per})

    def profile(self, level: str, area: str, period: str | None = None) -> pd.DataFrame:
        """Return all indicators of one area in a period: columns of ``figures`` and indicator."""
        refuse_level(self.viewer, level)
        self.area(level, area)
        sheets = {s.id: s for s in self.sheets().values() if level in s.levels}
        query = (
            figure_columns(Figure.indicator_id, Area.name)
            .where(Figure.indicator_id.in_(sorted(sheets)))
            .where(Figure.period_id == self.period(period, level).id)
            .where(Figure.level == level_number(level))
            .where(*self._area_where(level, None), Area.code == area)
            .order_by(Figure.indicator_id)
        )
        return self._with_indicators(query, sheets)

    def standing_out(
        self, level: str, period: str | None = None, within: str | None = None
    ) -> pd.DataFrame:
        """Return every place and indicator that stands out, by name of the area (neutral order).

        Columns of ``figures`` and indicator.
        """
        refuse_level(self.viewer, level)
        sheets = {s.id: s for s in self.sheets().values() if level in s.levels}
        query = (
            figure_columns(
                Figure.indicator_id, Area.name, Area.gemeente, Area.riec, Area.lon, Area.lat
            )
            .where(Figure.indicator_id.in_(sorted(sheets)), Figure.since.is_not(None))
            .where(Figure.period_id == self.period(period, level).id)
            .where(Figure.level == level_number(level), *self._area_where(level, within))
            .order_by(Area.name, Figure.indicator_id)
        )
        return self._with_indicators(query, sheets)

    def scores(
        self, level: str, period: str | None = None, within: str | None = None
    ) -> pd.DataFrame:
        """Return the composite score (0-100) of each readable area, in total and per focus area."""
        refuse_level(self.viewer, level)
        query = (
            select(Area.code.label("area"), Area.name, Area.gemeente, Area.riec, Area.lon, Area.lat)
            .add_columns(Score.total, Score.tbml, Score.financial_services, Score.logistics)
            .add_columns(Score.corruption_violence, Score.percentile, Score.class_)
            .join(Score, and_(Score.area_id == Area.id, Score.level == Area.level))
            .where(Score.period_id == self.period(period, level).id)
            .where(*self._area_where(level, within))
            .order_by(Area.code)
        )
        return self._frame(query)

    def breaks(self, code: str, level: str, kind: str = "year") -> list[float]:
        """Return the upper limits of a map's classes; ``code`` is an indicator or ``score``."""
        number = 0 if code == "score" else self.sheet(code, level).id
        query = select(Breaks.limits).where(
            Breaks.indicator_id == number,
            Breaks.level == level_number(level),
            Breaks.kind == kind,
        )
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalar_one_or_none() or [])

    def search(self, text: str, limit: int = 10) -> pd.DataFrame:
        """Return places whose name begins with ``text``, the most populous first."""
        begin = text.strip().replace("\\", "").replace("%", "").replace("_", "")
        query = (
            select(Place.name, Place.gemeente, Place.lon, Place.lat, Place.population)
            .where(func.lower(Place.name).like(f"{begin.lower()}%"))
            .order_by(Place.population.desc(), Place.name)
            .limit(limit)
        )
        return self._frame(query)

    def places(self, least_population: int, within: str | None = None) -> pd.DataFrame:
        """Return places to name on a map: name, gemeente, lon, lat, population."""
        query = select(Place.name, Place.gemeente, Place.lon, Place.lat, Place.population)
        query = query.where(Place.population >= least_population)
        if within:
            inside = self.areas("gemeente", within) if not within.startswith("GM") else None
            codes: Sequence[str] = [a.code for a in inside] if inside is not None else [within]
            query = query.where(Place.gemeente.in_(codes))
        return self._frame(query.order_by(Place.population.desc(), Place.name))

    def deliveries(self) -> pd.DataFrame:
        """Return kind, partner, received, rows, first and last date of each delivery."""
        columns = (
            DeliveryStatus.kind,
            DeliveryStatus.partner,
            DeliveryStatus.received,
            DeliveryStatus.rows,
            DeliveryStatus.first_date,
            DeliveryStatus.last_date,
        )
        return self._frame(select(*columns).order_by(DeliveryStatus.kind, DeliveryStatus.partner))

    def perturbation(self) -> list[list[float]]:
        """Return the chance of each deviation that protection adds to a count of subjects.

        Row c is for counts of c, the last row also for larger ones; columns run from the largest
        downward deviation to the largest upward one.
        """
        with self._engine.connect() as connection:
            query = select(Info.value).where(Info.key == "perturbation")
            table: list[list[float]] = json.loads(connection.execute(query).scalar_one())
        return table

    def attributions(self) -> list[str]:
        """Return the lines that stand on every map and export."""
        with self._engine.connect() as connection:
            return list(connection.scalars(select(Attribution.line).order_by(Attribution.id)))


@lru_cache(maxsize=8)
def _shared_outlines(engine: Engine, level: str) -> list[dict[str, Any]]:
    """Return the outlines of a level that every viewer may read whole, decoded once."""
    query = select(Area.code, Area.name, Area.outline).where(Area.level == level_number(level))
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(Area.code)).all()
    return [{"code": r.code, "name": r.name, "outline": r.outline} for r in rows]
