"""The gateway: the only code that reads a release, and only within the viewer's grant."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Engine, Executable, Select, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from access.audit_reader import AuditReader
from access.door import PARTNERS, Audit, door
from access.facts import AreaFact, Facts, PeriodFact, facts_of
from access.figure_query import figure_columns, with_rate
from access.filling import AROUND, fill
from access.grants import today_utc
from access.passport import Sheet, sheet_of
from access.pattern_query import (
    GROUP,
    pattern_columns,
    peer_figures,
    peers_of,
    stability_columns,
    whole_groups,
)
from access.scope import COMPARED, AccessRefusedError, level_number, refuse_level, visible
from access.viewer import Viewer
from errors import WeerbeeldError
from store.grants import grants_in_force
from store.logs import Result
from store.release import (
    LEVEL_NUMBERS,
    Area,
    Attribution,
    Breaks,
    DeliveryStatus,
    Evidence,
    Figure,
    Info,
    KeyFigure,
    Passport,
    Pattern,
    Period,
    Place,
    Score,
    Stability,
)
from store.row_security import as_seen_by
from store.source_status import SourceStatus

Sources = Callable[[], tuple[SourceStatus, ...]]


class Gateway:
    """Reads one release for one viewer, during one run of a page or a command.

    Every method answers only what the viewer's grant and the indicators' recipients and levels
    allow; what lies outside raises AccessRefusedError or is simply not there. A grant as one
    kind of recipient opens only the indicators meant for that kind: who is a RIEC and a
    municipality reads an indicator for RIECs in its region, not in its municipality elsewhere.

    Every read of figures and every refusal is told to ``audit`` before it is answered.
    ``access`` is the access store, for what a gegevensbeheerder and an auditor read; ``sources``
    tells what became of the open sources, as it is now and not in the release.
    """

    def __init__(
        self,
        engine: Engine,
        viewer: Viewer,
        audit: Audit,
        access: Engine | None = None,
        sources: Sources = tuple,
    ) -> None:
        self._engine = as_seen_by(engine, viewer.label)
        self._audit = audit
        self._access = access
        self._sources = sources
        self._noted: set[tuple[str, str, Result]] = set()
        self.viewer = viewer

    def note(self, action: str, what: str, result: Result) -> None:
        """Tell the audit log, once for each distinct thing."""
        if (action, what, result) not in self._noted:
            self._audit(action, what, result)
            self._noted.add((action, what, result))

    def _frame(self, query: Executable) -> pd.DataFrame:
        with self._engine.connect() as connection:
            result = connection.execute(query)
            return pd.DataFrame(result.all(), columns=list(result.keys()))

    def _with_indicators(self, query: Executable, sheets: dict[int, Sheet]) -> pd.DataFrame:
        """Return figures of several indicators, each with its own rate and its code."""
        frame = with_rate(self._frame(query), {n: s.per for n, s in sheets.items()})
        codes = [sheets[number].code for number in frame["indicator_id"]]
        return frame.assign(indicator=codes).drop(columns="indicator_id")

    def _as_recipient(self, sheet: Sheet) -> Viewer:
        """Return the part of the viewer that an indicator is meant for."""
        return self.viewer.only_as(frozenset(sheet.recipients))

    def _as_scored(self, level: str) -> Viewer:
        """Return the part of the viewer that receives all that goes into the score of a level.

        To others the score, and how it is made up, would tell of an indicator not meant for them.
        Nobody receives a score that is made of nothing.
        """
        parts = self._makes_score(level)
        if not parts:
            return Viewer()
        return self.viewer.only_as(frozenset(self.viewer.receives).intersection(*parts))

    def _makes_score(self, level: str) -> list[set[str]]:
        """Return for whom each indicator is meant that goes into the score of a level."""
        return [set(s.recipients) for s in self._passports if s.scored and level in s.levels]

    def _received(self, sheets: Iterable[Sheet], level: str) -> ColumnElement[bool]:
        """Return the condition on Figure and Area for several indicators together."""
        numbers: dict[Viewer, list[int]] = {}
        for sheet in sheets:
            numbers.setdefault(self._as_recipient(sheet), []).append(sheet.id)
        return or_(
            false(),
            *(
                and_(Figure.indicator_id.in_(sorted(ids)), visible(viewer, level))
                for viewer, ids in numbers.items()
            ),
        )

    def _area_where(
        self, level: str, within: str | None, viewer: Viewer | None = None
    ) -> list[ColumnElement[bool]]:
        seen = visible(viewer or self.viewer, level)
        conditions = [Area.level == level_number(level), seen]
        if within:
            inside = Area.gemeente if within.startswith("GM") else Area.riec
            conditions.append(inside == within)
        return conditions

    @door(*PARTNERS, "gegevensbeheerder")
    def facts(self) -> Facts:
        """Return what is true of the whole release."""
        return facts_of(self._engine)

    @door(*PARTNERS)
    def sheets(self) -> dict[str, Sheet]:
        """Return the passports of the indicators that this viewer receives, by code."""
        return {s.code: s for s in self._passports if self.viewer.receives & set(s.recipients)}

    @cached_property
    def _passports(self) -> list[Sheet]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(Passport.id, Passport.passport)).all()
        return [sheet_of(row.id, row.passport) for row in rows]

    @door(*PARTNERS)
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

    @door(*PARTNERS)
    def periods(self, kind: str | None = None) -> list[PeriodFact]:
        """Return the periods, oldest first, of one kind or of all."""
        return [period for period in self._periods if kind in (None, period.kind)]

    @cached_property
    def _periods(self) -> list[PeriodFact]:
        query = select(Period.id, Period.code, Period.kind, Period.start, Period.end)
        with self._engine.connect() as connection:
            return [PeriodFact(*row) for row in connection.execute(query.order_by(Period.id))]

    @door(*PARTNERS)
    def period(self, code: str | None, level: str) -> PeriodFact:
        """Return the period of a code; None is the last 12-month window.

        At levels that only have 12-month windows, a month means the window that ends with it.
        """
        return self._period(code, level)

    def period_named(self, period: str | None, level: str) -> str:
        """Return the code of the period that is meant, for the log."""
        return self._period(period, level).code

    def _period(self, code: str | None, level: str) -> PeriodFact:
        fine = level not in ("nederland", "riec", "gemeente")
        known = {p.code: p for p in self._periods if p.kind == "year" or not fine}
        wanted = code or [p.code for p in self._periods if p.kind == "year"][-1]
        found = known.get(wanted) or (known.get(f"{wanted}-12m") if fine else None)
        if found is None:
            raise WeerbeeldError(
                f"There is no period '{wanted}' at level {level}. "
                f"Known: {', '.join(list(known)[-6:])} (the last six)."
            )
        return found

    @door(*PARTNERS)
    def levels(self) -> tuple[str, ...]:
        """Return the levels that hold at least one area which this viewer may read."""
        return tuple(level for level in LEVEL_NUMBERS if self.areas_exist(level))

    @door(*PARTNERS)
    def areas_exist(self, level: str, within: str | None = None) -> bool:
        """Tell whether the viewer may read any area of a level; ``within`` as in ``areas``."""
        query = select(Area.id).where(*self._area_where(level, within)).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    @door(*PARTNERS)
    def areas(self, level: str, within: str | None = None) -> list[AreaFact]:
        """Return the readable areas of a level by name; ``within`` a RIEC or gemeente code."""
        return self._areas(level, within)

    def _areas(
        self, level: str, within: str | None, viewer: Viewer | None = None
    ) -> list[AreaFact]:
        columns = (Area.code, Area.name, Area.gemeente, Area.riec, Area.lon, Area.lat)
        query = select(*columns).where(*self._area_where(level, within, viewer)).order_by(Area.name)
        with self._engine.connect() as connection:
            return [AreaFact(level, *row) for row in connection.execute(query)]

    @door(*PARTNERS)
    def area(self, level: str, code: str) -> AreaFact:
        """Return one area; refused when it does not exist or lies outside the grant."""
        columns = (Area.code, Area.name, Area.gemeente, Area.riec, Area.lon, Area.lat)
        query = select(*columns).where(*self._area_where(level, None), Area.code == code)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise AccessRefusedError(f"There is no {level} '{code}' within this viewer's grant.")
        return AreaFact(level, *row)

    @door(*PARTNERS)
    def outlines(self, level: str, within: str | None = None) -> list[dict[str, Any]]:
        """Return code, name and GeoJSON outline of the readable official areas of a level."""
        if within is None and level in COMPARED:
            return _shared_outlines(self._engine, level)
        query = select(Area.code, Area.name, Area.outline).where(*self._area_where(level, within))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(Area.code)).all()
        return [{"code": r.code, "name": r.name, "outline": r.outline} for r in rows]

    def _columns(self, level: str, *extra: InstrumentedAttribute[Any]) -> Select[Any]:
        return figure_columns(visible(self._as_scored(level), level), *extra)

    def _open(self, code: str, level: str) -> tuple[Sheet, Viewer]:
        """Return a passport and the part of the viewer it is meant for, or refuse."""
        refuse_level(self.viewer, level)
        sheet = self.sheet(code, level)
        viewer = self._as_recipient(sheet)
        refuse_level(viewer, level)
        return sheet, viewer

    @door(*PARTNERS)
    def scored(self, level: str) -> bool:
        """Tell whether this viewer receives all that the score of a level is made of."""
        return bool(self._as_scored(level).receives)

    def _open_score(self, level: str) -> Viewer:
        """Return the part of the viewer that the score of a level is meant for, or refuse."""
        refuse_level(self.viewer, level)
        viewer = self._as_scored(level)
        if not self._makes_score(level):
            raise AccessRefusedError(
                f"There is no score at level {level}: it would be made of nothing, because no "
                "indicator that counts in it has data there yet. Read the indicators instead."
            )
        if not viewer.receives:
            raise AccessRefusedError(
                f"The score at level {level} counts signals that are not meant for the viewer "
                f"'{self.viewer.label}', so it would tell of them. Read the indicators instead."
            )
        refuse_level(viewer, level)
        return viewer

    @door(*PARTNERS, figures=True)
    def figures(
        self, code: str, level: str, period: str | None = None, within: str | None = None
    ) -> pd.DataFrame:
        """Return the figures of an indicator at a level in a period, a row per readable area.

        Columns: area, period, numerator, denominator, rate, smoothed, low, high, percentile,
        class_, clear, hot, mix, contribution, since (code of a period), name, gemeente, riec, lon,
        lat, figure_of, figure_level. Rates are per ``Sheet.per``; ``smoothed``, ``low`` and
        ``high`` are corrected for ``mix`` where there is one. Where too little was counted, the
        last two columns name the larger area whose rate stands there.
        """
        sheet, viewer = self._open(code, level)

        def read(at: str) -> pd.DataFrame:
            meant = viewer if at in sheet.levels else Viewer()
            return self._figures(sheet, meant, at, period, within)

        limits = self._limits(sheet.id, level, "year")
        return fill(read(level), self._borrowers(level, within, viewer), level, read, limits)

    def _borrowers(self, level: str, within: str | None, viewer: Viewer) -> list[AreaFact]:
        """Return the areas that borrow a figure where they have none of their own."""
        return self._areas(level, within, viewer) if level in AROUND else []

    def _figures(
        self, sheet: Sheet, viewer: Viewer, level: str, period: str | None, within: str | None
    ) -> pd.DataFrame:
        chosen = self._period(period, level)
        query = (
            self._columns(level, Area.name, Area.gemeente, Area.riec, Area.lon, Area.lat)
            .where(Figure.indicator_id == sheet.id, Figure.period_id == chosen.id)
            .where(Figure.level == level_number(level), *self._area_where(level, within, viewer))
            .order_by(Area.code)
        )
        return with_rate(self._frame(query), {sheet.id: sheet.per})

    @door(*PARTNERS, figures=True)
    def series(self, code: str, level: str, area: str, kind: str = "year") -> pd.DataFrame:
        """Return the figures of one area over all periods of a kind, oldest first."""
        sheet, viewer = self._open(code, level)
        self.area(level, area)
        numbers = [period.id for period in self._periods if period.kind == kind]
        query = (
            self._columns(level, Area.name)
            .where(Figure.indicator_id == sheet.id, Figure.level == level_number(level))
            .where(Figure.period_id.in_(numbers))
            .where(*self._area_where(level, None, viewer), Area.code == area)
            .order_by(Figure.period_id)
        )
        return with_rate(self._frame(query), {sheet.id: sheet.per})

    @door(*PARTNERS, figures=True)
    def profile(self, level: str, area: str, period: str | None = None) -> pd.DataFrame:
        """Return all indicators of one area in a period: columns of ``figures`` and indicator."""
        refuse_level(self.viewer, level)
        self.area(level, area)
        sheets = {s.id: s for s in self.sheets().values() if level in s.levels}
        query = (
            self._columns(level, Figure.indicator_id, Area.name)
            .where(self._received(sheets.values(), level))
            .where(Figure.period_id == self._period(period, level).id)
            .where(Figure.level == level_number(level))
            .where(*self._area_where(level, None), Area.code == area)
            .order_by(Figure.indicator_id)
        )
        return self._with_indicators(query, sheets)

    @door(*PARTNERS, figures=True)
    def standing_out(
        self, level: str, period: str | None = None, within: str | None = None
    ) -> pd.DataFrame:
        """Return every place and indicator that stands out, by name of the area (neutral order).

        Columns of ``figures`` and indicator.
        """
        refuse_level(self.viewer, level)
        sheets = {s.id: s for s in self.sheets().values() if level in s.levels}
        query = (
            self._columns(
                level, Figure.indicator_id, Area.name, Area.gemeente, Area.riec, Area.lon, Area.lat
            )
            .where(self._received(sheets.values(), level), Figure.since.is_not(None))
            .where(Figure.period_id == self._period(period, level).id)
            .where(Figure.level == level_number(level), *self._area_where(level, within))
            .order_by(Area.name, Figure.indicator_id)
        )
        return self._with_indicators(query, sheets)

    @door(*PARTNERS, figures=True)
    def scores(
        self, level: str, period: str | None = None, within: str | None = None
    ) -> pd.DataFrame:
        """Return the composite score (0-100) of each readable area, in total and per focus area.

        Only for those who receive every indicator that it is made of. ``figure_of`` and
        ``figure_level`` as in ``figures``.
        """
        viewer = self._open_score(level)

        def read(at: str) -> pd.DataFrame:
            meant = viewer.only_as(frozenset(self._as_scored(at).receives))
            return self._scores(meant, at, period, within)

        limits = self._limits(0, level, "year")
        return fill(read(level), self._borrowers(level, within, viewer), level, read, limits)

    def _scores(
        self, viewer: Viewer, level: str, period: str | None, within: str | None
    ) -> pd.DataFrame:
        query = (
            select(Area.code.label("area"), Area.name, Area.gemeente, Area.riec, Area.lon, Area.lat)
            .add_columns(Score.total, Score.tbml, Score.financial_services, Score.logistics)
            .add_columns(Score.corruption_violence, Score.percentile, Score.class_)
            .join(Score, and_(Score.area_id == Area.id, Score.level == Area.level))
            .where(Score.period_id == self._period(period, level).id)
            .where(*self._area_where(level, within, viewer))
            .order_by(Area.code)
        )
        return self._frame(query)

    @door(*PARTNERS, figures=True)
    def groups(self, code: str, level: str) -> pd.DataFrame:
        """Return the areas of groups that together stand out, in the last window.

        Columns: area, name, gemeente, riec, and those of ``store.release.Pattern``;
        ``cluster_since`` is the code of a period. A group of which the viewer may not read every
        area is left out: it would tell of the others. Empty for levels and indicators without.
        """
        return self._groups(code, level)

    @door(*PARTNERS, figures=True)
    def pattern(self, code: str, level: str, area: str) -> pd.DataFrame:
        """Return what neighbours and history say of one area, at most one row.

        Columns as of ``groups``, those of its group only where ``groups`` has it.
        """
        query = self._patterns(code, level)
        self.area(level, area)
        found = self._frame(query.where(Area.code == area))
        if found["cluster_size"].isna().all() or area in set(self._groups(code, level)["area"]):
            return found
        return found.assign(**dict.fromkeys(GROUP))

    def _groups(self, code: str, level: str) -> pd.DataFrame:
        query = self._patterns(code, level).where(Pattern.cluster_size.is_not(None))
        return whole_groups(self._frame(query.order_by(Area.code)))

    def _patterns(self, code: str, level: str) -> Select[Any]:
        sheet, viewer = self._open(code, level)
        return pattern_columns().where(
            Pattern.indicator_id == sheet.id,
            Pattern.level == level_number(level),
            *self._area_where(level, None, viewer),
        )

    @door(*PARTNERS, figures=True)
    def stability(self, level: str, within: str | None = None) -> pd.DataFrame:
        """Return how well the rank of each readable area's score holds, in the last window.

        Columns: area, name, gemeente, riec, and those of ``store.release.Stability``.
        """
        viewer = self._open_score(level)
        query = stability_columns().where(
            Stability.level == level_number(level), *self._area_where(level, within, viewer)
        )
        return self._frame(query.order_by(Area.code))

    @door(*PARTNERS)
    def peers(self, gemeente: str) -> list[AreaFact]:
        """Return the gemeenten most like ``gemeente``, the most alike first."""
        with self._engine.connect() as connection:
            return [AreaFact("gemeente", *row) for row in connection.execute(peers_of(gemeente))]

    @door(*PARTNERS, figures=True)
    def peer_series(self, code: str, area: str) -> pd.DataFrame:
        """Return the 12-month rates of the peers of a gemeente, oldest first.

        Columns: period, smoothed (their median), low and high (their quartiles).
        """
        sheet, viewer = self._open(code, "gemeente")
        query = peer_figures(area).where(
            Figure.indicator_id == sheet.id, *self._area_where("gemeente", None, viewer)
        )
        figures = self._frame(query).astype({"smoothed": float})
        rates = figures.groupby("period", sort=False)["smoothed"]
        quartiles = {"low": rates.quantile(0.25), "high": rates.quantile(0.75)}
        return pd.DataFrame({"smoothed": rates.median(), **quartiles}).reset_index()

    @door(*PARTNERS)
    def key_figures(self, level: str, area: str) -> pd.DataFrame:
        """Return the public key figures of a readable area: figure, day (of the state), value."""
        query = select(KeyFigure.figure, KeyFigure.day, KeyFigure.value).join(
            Area, and_(Area.id == KeyFigure.area_id, Area.level == KeyFigure.level)
        )
        own = query.where(*self._area_where(level, None), Area.code == area)
        return self._frame(own.order_by(KeyFigure.figure))

    @door(*PARTNERS)
    def evidence(self, name: str) -> list[dict[str, Any]]:
        """Return what the release knows of its own worth by ``name``, as far as it is for readers.

        Country-wide findings, such as how often earlier maps were right; [] where there is none.
        """
        with self._engine.connect() as connection:
            query = select(Evidence.rows).where(Evidence.name == name)
            rows: list[dict[str, Any]] = connection.execute(query).scalar_one_or_none() or []
        known = self.sheets()
        return [
            row
            for row in rows
            if ("indicator" not in row or row["indicator"] in known)
            and ("score" not in row or self.scored(row["score"]))
        ]

    @door(*PARTNERS)
    def breaks(self, code: str, level: str, kind: str = "year") -> list[float]:
        """Return the upper limits of a map's classes; ``code`` is an indicator or ``score``.

        ``kind`` is that of the periods, or ``count``: then those of plain counts, [] unless a map
        of the level shows counts.
        """
        if code == "score":
            self._open_score(level)
        number = 0 if code == "score" else self._open(code, level)[0].id
        return self._limits(number, level, kind)

    def _limits(self, number: int, level: str, kind: str) -> list[float]:
        query = select(Breaks.limits).where(
            Breaks.indicator_id == number,
            Breaks.level == level_number(level),
            Breaks.kind == kind,
        )
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalar_one_or_none() or [])

    @door(*PARTNERS)
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

    @door(*PARTNERS)
    def places(self, least_population: int, within: str | None = None) -> pd.DataFrame:
        """Return places to name on a map: name, gemeente, lon, lat, population."""
        query = select(Place.name, Place.gemeente, Place.lon, Place.lat, Place.population)
        query = query.where(Place.population >= least_population)
        if within:
            inside = self.areas("gemeente", within) if not within.startswith("GM") else None
            codes: Sequence[str] = [a.code for a in inside] if inside is not None else [within]
            query = query.where(Place.gemeente.in_(codes))
        return self._frame(query.order_by(Place.population.desc(), Place.name))

    @door(*PARTNERS, "gegevensbeheerder")
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

    @door(*PARTNERS)
    def perturbation(self) -> list[list[float]]:
        """Return the chance of each deviation that protection adds to a count below RIEC level.

        Row c is for counts of c, the last row also for larger ones; columns run from the largest
        downward deviation to the largest upward one.
        """
        noise = self._noise
        table: list[list[float]] = noise["tables"][str(noise["levels"]["gemeente"])]
        return table

    @door(*PARTNERS, "gegevensbeheerder")
    def protects(self) -> int:
        """Return k: fewer subjects than this are protected, and never shown."""
        return int(self._noise["k"])

    @cached_property
    def _noise(self) -> dict[str, Any]:
        with self._engine.connect() as connection:
            found = connection.execute(select(Info.value).where(Info.key == "noise")).scalar_one()
        noise: dict[str, Any] = json.loads(found)
        return noise

    @door(*PARTNERS, "gegevensbeheerder")
    def attributions(self) -> list[str]:
        """Return the lines that stand on every map and export."""
        with self._engine.connect() as connection:
            return list(connection.scalars(select(Attribution.line).order_by(Attribution.id)))

    @door(*PARTNERS, "gegevensbeheerder")
    def sources(self) -> tuple[SourceStatus, ...]:
        """Return what became of each open source the last time that it was asked."""
        return self._sources()

    @door("gegevensbeheerder")
    def grants(self) -> pd.DataFrame:
        """Return the grants in force: person, role, area, until, given_by, given_on (dates)."""
        self.note("read", "grants", "ok")
        columns = ["person", "role", "area", "until", "given_by", "given_on"]
        held = grants_in_force(self._access_store, today_utc())
        rows = [(g.person, g.role, g.area, g.until, g.given_by, g.given_at.date()) for g in held]
        return pd.DataFrame(rows, columns=columns, dtype=object)

    @door("auditor")
    def audit_reader(self) -> AuditReader:
        """Return the reader of the audit log."""
        self.note("read", "audit log", "ok")
        return AuditReader(self._access_store)

    @property
    def _access_store(self) -> Engine:
        if self._access is None:
            raise WeerbeeldError("This gateway was opened without the access store.")
        return self._access


@lru_cache(maxsize=8)
def _shared_outlines(engine: Engine, level: str) -> list[dict[str, Any]]:
    """Return the outlines of a level that every viewer may read whole, decoded once."""
    query = select(Area.code, Area.name, Area.outline).where(Area.level == level_number(level))
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(Area.code)).all()
    return [{"code": r.code, "name": r.name, "outline": r.outline} for r in rows]
