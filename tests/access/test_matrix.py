"""Every kind of viewer asks everything of the gateways, exports, command line and pages.

The answers are held against ``matrix_rule``, which knows nothing of the code. A method of a gateway
that this test has no judge for makes it fail.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from inspect import signature
from itertools import combinations, product
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pytest
from matrix_rule import (
    READ_BY_ALL,
    Place,
    grants,
    reads,
    receives,
    sees_figure,
    sees_place,
    sees_score,
)
from planted_release import (
    BELOW,
    EVIDENCE,
    LEVELS,
    PEERS,
    PERIODS,
    PLACES,
    PLANTED,
    RIECS,
    THIN,
    plant,
)
from sqlalchemy import true
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from access.audit_lines import Wanted
from access.auditor import AuditorGateway
from access.door import Notes
from access.facts import Area, Outline
from access.figures import Figure, Score
from access.findings import Group, KeyFigure, Pattern, PeerRate, Stability
from access.gateway import Gateway
from access.gateways import Gateways
from access.granting import Granting
from access.keeper import KeeperGateway
from access.map_counts import MapCounts
from access.map_figures import SHOWS, MapBounds, MapFigures
from access.map_shapes import MapShapes
from access.map_verdicts import SURENESS, MapVerdicts
from access.partner import PartnerGateway
from access.passport import Passport
from access.scope import AccessRefusedError
from access.searching import Found
from access.session import example_gateways
from access.together import LEAST_PLACES, Together
from access.verdicts import Verdict
from access.viewer import Viewer, viewer_named
from cli import app
from errors import WeerbeeldError
from exports import EXPORTS, ExportRequest, export_file
from geo import hexagons
from map_classes import as_written
from pages import PAGES
from pages.kit.chapters import CHAPTER, CHAPTERS
from store.carrying import open_grants
from store.evidence import Evidence
from store.evidence.of_maps import Moran
from store.evidence.of_score import Coherence, RelatedPair
from store.evidence.of_sources import ClassPercentile
from store.home import Home
from store.release import current_release, open_release

VIEWERS = (
    "",
    "nsoc",
    "riec:limburg",
    "riec:rotterdam",
    "gemeente:GM0983",
    "gemeente:GM0502",
    "gemeente:GM0599+gemeente:GM0847",
    "riec:limburg+gemeente:GM0599",
    "nsoc+gemeente:GM0946",
    "gegevensbeheerder",
    "auditor",
    "gegevensbeheerder+auditor",
    "riec:oost-brabant+gegevensbeheerder",
    "gemeente:GM0983+auditor",
)
WINDOW = PERIODS[-1]


def _places() -> list[Place]:
    found = [Place("nederland", "NL", "", "")]
    found += [Place("riec", riec, "", riec) for riec in RIECS]
    for gemeente, (_, riec, _, _) in PLACES.items():
        found.append(Place("gemeente", gemeente, gemeente, riec))
        for level, codes in BELOW[gemeente].items():
            found += [Place(level, code, gemeente, riec) for code in codes]
    return found


def _first_and_last(places: Iterable[Place]) -> set[str]:
    """Return the codes of the first and the last place of three gemeenten."""
    listed = [p for p in places if p.gemeente in ("GM0946", "GM0599", "GM0847")]
    first = {p.gemeente: p.code for p in reversed(listed)}
    last = {p.gemeente: p.code for p in listed}
    return {*first.values(), *last.values()}


ALL = _places()
AT = {level: {p.code: p for p in ALL if p.level == level} for level in LEVELS}
SAMPLE = {
    level: [c for c in places if level in READ_BY_ALL or c in _first_and_last(places.values())]
    for level, places in AT.items()
}
"""Places to ask for by their code: the first and the last of a level in three gemeenten."""

NUMBER = {p.code: n for n, p in enumerate(ALL, start=1)}
INDICATOR = {code: n for n, code in enumerate(PLANTED, start=1)}
NOWHERE = "GM9999"
WITHINS = (None, "oost-brabant", "GM0983", NOWHERE)


@dataclass
class Ledger:
    """What was asked, what of it leaked, and what was kept back though it was allowed."""

    asked: int = 0
    leaks: list[str] = field(default_factory=list)
    kept_back: list[str] = field(default_factory=list)
    unlogged: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """One call: who asks which method of which gateway with which arguments."""

    viewer: str
    gateway: str
    method: str
    given: dict[str, Any]

    def __str__(self) -> str:
        words = " ".join(f"{k}={v}" for k, v in self.given.items())
        return f"[{self.viewer or 'nobody'}] {self.gateway}.{self.method} {words}"

    def within(self, places: dict[str, Place]) -> list[Place]:
        inside = self.given.get("within")
        return [p for p in places.values() if inside in (None, p.riec, p.gemeente)]

    def asked(self, places: dict[str, Place]) -> list[Place]:
        """Return the places within what was asked, only that one where one was."""
        area = self.given.get("area")
        return [p for p in self.within(places) if area in (None, p.code)]

    @property
    def out_of_reach(self) -> bool:
        """Whether it asks for what lies within an area of which the viewer may read nothing."""
        level = self.given.get("level")
        there = self.within(AT[level]) if level and self.given.get("within") else []
        return bool(there) and not any(sees_place(self.viewer, place) for place in there)


class Coded(Protocol):
    """An area or a passport."""

    @property
    def code(self) -> str:
        """Its code."""


Seen = set[tuple[Any, ...]]
Judge = Callable[[Question, Any], tuple[Seen, Seen]]
"""Returns what was shown and what may be shown; both must be the same."""


def _true_numbers(rows: Sequence[Figure], code: str) -> None:
    """Check that each count is the planted one of that indicator and place."""
    own = [row for row in rows if row.numerator is not None]
    expected = [100.0 + INDICATOR[code] * 1000 + NUMBER[row.area] for row in own]
    assert [row.numerator for row in own] == expected


def _lender_is_allowed(
    question: Question, rows: Sequence[Figure | Score], may: Callable[[Place], bool]
) -> None:
    for row in rows:
        lender = AT[row.figure_level][row.figure_of]
        assert may(lender), f"{question}: {row.area} borrows from {lender}"


def _figures(question: Question, rows: Sequence[Figure]) -> tuple[Seen, Seen]:
    code, level, who = question.given["code"], question.given["level"], question.viewer
    indicator = PLANTED[code]
    _true_numbers(rows, code)
    _lender_is_allowed(question, rows, lambda p: sees_figure(who, indicator, p))
    for row in rows:
        assert (row.figure_of == row.area) == (row.area not in THIN)
        assert (row.numerator is None) == (row.area in THIN)
        assert row.smoothed == (100.0 + INDICATOR[code] * 1000 + NUMBER[row.figure_of]) / 200
    _no_contributions(question, rows, level)
    may = {(p.code,) for p in question.asked(AT[level]) if sees_figure(who, indicator, p)}
    shown = {(row.area,) for row in rows}
    lendable = {(code,) for code in THIN} - shown
    return shown, may - lendable


def _no_contributions(question: Question, rows: Sequence[Figure], level: str) -> None:
    """A contribution gives the score away, so it stands only where the score may be read."""
    for row in rows:
        if row.contribution is not None:
            place = AT[level][row.area]
            assert sees_score(question.viewer, PLANTED.values(), place), f"{question}: {row.area}"


def _sum_of(question: Question, found: Together | None) -> tuple[Seen, Seen]:
    """A sum is of planted numbers, and only where each of its places may be read by itself."""
    code, at = question.given["code"], AT[question.given["level"]]
    places = [at.get(area) for area in question.given["areas"]]
    shown = {(found.numerator, found.places - found.shown)} if found else set()
    if not all(place and sees_figure(question.viewer, PLANTED[code], place) for place in places):
        return shown, set()
    own = [p.code for p in places if p and p.code not in THIN]
    total = sum(100.0 + INDICATOR[code] * 1000 + NUMBER[area] for area in own)
    return shown, {(total if own else None, len(places) - len(own))}


def _series(question: Question, rows: Sequence[Figure]) -> tuple[Seen, Seen]:
    code, level, area = (question.given[name] for name in ("code", "level", "area"))
    _true_numbers(rows, code)
    _no_contributions(question, rows, level)
    place = AT[level].get(area)
    may = place and area not in THIN and sees_figure(question.viewer, PLANTED[code], place)
    return {(row.area, row.period) for row in rows}, (
        {(area, period) for period in PERIODS[1:]} if may else set()
    )


def _several(question: Question, rows: Sequence[Figure], places: list[Place]) -> tuple[Seen, Seen]:
    for row in rows:
        _true_numbers([row], row.indicator)
    _no_contributions(question, rows, question.given["level"])
    may = {
        (code, p.code)
        for (code, indicator), p in product(PLANTED.items(), places)
        if p.code not in THIN and sees_figure(question.viewer, indicator, p)
    }
    return {(row.indicator, row.area) for row in rows}, may


def _profile(question: Question, rows: Sequence[Figure]) -> tuple[Seen, Seen]:
    place = AT[question.given["level"]].get(question.given["area"])
    return _several(question, rows, [place] if place else [])


def _profiles(question: Question, found: dict[str, list[Figure]]) -> tuple[Seen, Seen]:
    return _profile(question, [row for rows in found.values() for row in rows] if found else [])


def _map_counts(question: Question, counts: MapCounts) -> tuple[Seen, Seen]:
    """How many places have a figure of their own is no more than of those that may be read."""
    code, level, who = question.given["code"], question.given["level"], question.viewer

    def allowed(place: Place) -> bool:
        if code == "score":
            return sees_score(who, PLANTED.values(), place)
        return sees_figure(who, PLANTED[code], place)

    own = {p.code for p in question.within(AT[level]) if allowed(p)} - set(THIN)
    shown = {("own", f"{counts.own}")} if counts and counts.own else set()
    return shown, {("own", f"{len(own)}")} if own else set()


def _standing_out(question: Question, rows: Sequence[Figure]) -> tuple[Seen, Seen]:
    return _several(question, rows, question.within(AT[question.given["level"]]))


def _verdicts(question: Question, rows: Sequence[Verdict]) -> tuple[Seen, Seen]:
    """Each indicator is of its own partner: so many stand out as the viewer receives there."""
    own = question.given["focus"] in (None, "financial_services")
    may: Seen = set()
    for place in question.within(AT[question.given["level"]]):
        codes = tuple(
            code
            for code, indicator in PLANTED.items()
            if own and place.code not in THIN and sees_figure(question.viewer, indicator, place)
        )
        verdict = ("too_little", "possible", "strong")[min(len(codes), 2)]
        if sees_place(question.viewer, place):
            may.add((place.code, verdict, len(codes), codes))
    shown = {
        (row.area, row.sure, row.independent, tuple(vote.indicator for vote in row.votes))
        for row in rows
    }
    return shown, may


def _map_verdicts(question: Question, found: MapVerdicts) -> tuple[Seen, Seen]:
    """Every window holds the same planted verdicts."""
    places = question.within(AT[question.given["level"]])
    readable = sorted(place.code for place in places if sees_place(question.viewer, place))
    shown: Seen = set()
    for number, area in enumerate(readable if found else ()):
        (sure,) = set(found.sure[:, number].tolist())
        (partners,) = set(found.independent[:, number].tolist())
        shown.add((area, SURENESS[sure], partners))
    _, may = _verdicts(question, [])
    return shown, {told[:3] for told in may}


def _indicators_at(question: Question, codes: list[str]) -> tuple[Seen, Seen]:
    places = question.within(AT[question.given["level"]])
    may = {
        (code,)
        for code, indicator in PLANTED.items()
        for place in places
        if place.code not in THIN and sees_figure(question.viewer, indicator, place)
    }
    return {(code,) for code in codes}, may


def _scores(question: Question, rows: Sequence[Score]) -> tuple[Seen, Seen]:
    level = question.given["level"]

    def allowed(place: Place) -> bool:
        return sees_score(question.viewer, PLANTED.values(), place)

    _lender_is_allowed(question, rows, allowed)
    may = {(p.code,) for p in question.asked(AT[level]) if allowed(p)}
    shown = {(row.area,) for row in rows}
    return shown, may - ({(code,) for code in THIN} - shown)


def _breaks(question: Question, limits: list[float]) -> tuple[Seen, Seen]:
    code, level, who = question.given["code"], question.given["level"], question.viewer
    may = any(
        sees_score(who, PLANTED.values(), p)
        if code == "score"
        else sees_figure(who, PLANTED[code], p)
        for p in AT[level].values()
    )
    return {("limits",)} if limits else set(), {("limits",)} if may else set()


def _map_figures(question: Question, figures: MapFigures) -> tuple[Seen, Seen]:
    """A value shows whose it is, and every window holds the same planted ones."""
    code, level, who = question.given["code"], question.given["level"], question.viewer

    def allowed(place: Place) -> bool:
        if code == "score":
            return sees_score(who, PLANTED.values(), place)
        return sees_figure(who, PLANTED[code], place)

    readable = sorted(p.code for p in question.within(AT[level]) if sees_place(who, p))
    may = {(p.code,) for p in question.within(AT[level]) if allowed(p)}
    shown: Seen = set()
    for number, area in enumerate(readable if figures else ()):
        for sheet in figures.sheets:
            column = int(sheet.of[number])
            if column < 0 or not (sheet.marks[:, column] & SHOWS).all():
                continue
            owner = area if sheet.level == level else AROUND_OF[sheet.level](area)
            assert allowed(AT[sheet.level][owner]), f"{question}: {area} borrows from {owner}"
            (value,) = set(figures.values[sheet.value[:, column]].tolist())
            assert value == _planted_value(code, owner), f"{question}: {area}"
            shown.add((area,))
            break
    return shown, may - ({(code,) for code in THIN} - shown)


def _map_bounds(question: Question, bounds: MapBounds) -> tuple[Seen, Seen]:
    """The lower end of an interval shows whose it is."""
    code, level, who = question.given["code"], question.given["level"], question.viewer
    readable = sorted(p.code for p in question.within(AT[level]) if sees_place(who, p))
    shown: Seen = set()
    for number, area in enumerate(readable if bounds else ()):
        column = int(bounds.of[number])
        if column < 0:
            continue
        (low,) = set(bounds.values[bounds.low[:, column]].tolist())
        planted = (100.0 + INDICATOR[code] * 1000 + NUMBER[area]) / 250
        assert low == float(as_written(planted)[0]), f"{question}: {area}"
        shown.add((area,))
    return shown, {
        (p.code,)
        for p in question.within(AT[level])
        if p.code not in THIN and sees_figure(who, PLANTED[code], p)
    }


def _planted_value(code: str, owner: str) -> float:
    """Return the value of a place as a map says it."""
    if code == "score":
        return float(np.rint(NUMBER[owner] / 10))
    return float(as_written((100.0 + INDICATOR[code] * 1000 + NUMBER[owner]) / 200)[0])


def _parent(area: str, resolution: int) -> str:
    return hexagons.to_text(hexagons.parents([hexagons.from_text(area) or 0], resolution))[0]


def _gemeente_of(area: str) -> str:
    return next(p.gemeente for p in ALL if p.code == area)


AROUND_OF: dict[str, Callable[[str], str]] = {
    "gemeente": _gemeente_of,
    "wijk": lambda area: f"WK{area[2:8]}",
    "hex7": lambda area: _parent(area, 7),
    "hex8": lambda area: _parent(area, 8),
}


def _map_shapes(question: Question, shapes: MapShapes) -> tuple[Seen, Seen]:
    level = question.given["level"]
    may = {(p.code,) for p in question.within(AT[level]) if sees_place(question.viewer, p)}
    return {(code,) for code in shapes.codes} if shapes else set(), may


def _grouped(question: Question) -> tuple[Seen, bool]:
    """All places of a level are in one group: return them, and whether all may be seen."""
    indicator, at = PLANTED[question.given["code"]], AT[question.given["level"]].values()
    places = [place for place in at if place.code not in THIN]
    whole = all(sees_figure(question.viewer, indicator, place) for place in places)
    return {(place.code,) for place in places}, whole


def _groups(question: Question, groups: dict[Group, list[Pattern]]) -> tuple[Seen, Seen]:
    """A group is shown to who may see all of it, and to nobody else."""
    members, whole = _grouped(question)
    shown: Seen = {(row.area,) for rows in groups.values() for row in rows}
    return shown, members if whole else set()


def _pattern(question: Question, row: Pattern | None) -> tuple[Seen, Seen]:
    """The Gi* of an area shows whose pattern it is; its group is there where it may be seen."""
    code, level, who = question.given["code"], question.given["level"], question.viewer
    if row:
        assert row.gi == 100.0 + INDICATOR[code] * 1000 + NUMBER[row.area]
        assert (row.group is not None) == _grouped(question)[1]
    asked = question.given["area"]
    may = {
        (p.code,)
        for p in question.within(AT[level])
        if asked == p.code and p.code not in THIN and sees_figure(who, PLANTED[code], p)
    }
    return {(row.area,)} if row else set(), may


def _stability(question: Question, rows: Sequence[Stability]) -> tuple[Seen, Seen]:
    may = {
        (p.code,)
        for p in question.within(AT[question.given["level"]])
        if p.code not in THIN and sees_score(question.viewer, PLANTED.values(), p)
    }
    return {(row.area,) for row in rows}, may


def _peers(question: Question, peers: Sequence[Area]) -> tuple[Seen, Seen]:
    peer = PEERS.get(question.given["gemeente"])
    may = {(peer,)} if peer and sees_place(question.viewer, AT["gemeente"][peer]) else set()
    return {(area.code,) for area in peers}, may


def _peer_series(question: Question, rows: Sequence[PeerRate]) -> tuple[Seen, Seen]:
    code, peer = question.given["code"], PEERS.get(question.given["area"])
    for row in rows:
        assert row.smoothed == (100.0 + INDICATOR[code] * 1000 + NUMBER[peer or ""]) / 200
    may = peer and sees_figure(question.viewer, PLANTED[code], AT["gemeente"][peer])
    return {(row.period,) for row in rows}, {(p,) for p in PERIODS[1:]} if may else set()


def _evidence(question: Question, rows: list[Evidence]) -> tuple[Seen, Seen]:
    who = question.viewer
    codes = [code for code, indicator in PLANTED.items() if receives(who, indicator)]
    scored = []
    for level in LEVELS:
        offered, allowed = _scored(Question(who, "partner", "scored", {"level": level}), True)
        scored += [level] if allowed and offered else []
    pairs = combinations(codes, 2) if "gemeente" in scored else ()
    may: dict[type[Evidence], list[Any]] = {
        Moran: codes,
        Coherence: scored,
        RelatedPair: [("gemeente", *pair) for pair in pairs],
        ClassPercentile: [50.0] if reads(who) else [],
    }
    seen = {
        (astuple(row)[:3] if isinstance(row, RelatedPair) else astuple(row)[0],) for row in rows
    }
    return seen, {(own,) for own in may[question.given["kind"]]}


def _passports(question: Question, passports: dict[str, Passport]) -> tuple[Seen, Seen]:
    may = {(code,) for code, i in PLANTED.items() if receives(question.viewer, i)}
    return {(code,) for code in passports}, may


def _passport(question: Question, passport: Coded) -> tuple[Seen, Seen]:
    code, level = question.given["code"], question.given["level"]
    may = receives(question.viewer, PLANTED[code]) and level in PLANTED[code].level_names
    return {(passport.code,)}, {(code,)} if may else set()


def _areas(question: Question, areas: Sequence[Area | Outline]) -> tuple[Seen, Seen]:
    level = question.given["level"]
    shown = {(area.code,) for area in areas}
    may = {(p.code,) for p in question.within(AT[level]) if sees_place(question.viewer, p)}
    return shown, may


def _areas_exist(question: Question, exist: bool) -> tuple[Seen, Seen]:
    _, may = _areas(question, [])
    return {("some",)} if exist else set(), {("some",)} if may else set()


def _search(question: Question, found: Sequence[Found]) -> tuple[Seen, Seen]:
    """Areas with names are found where the viewer may know of them; all else is no area."""
    levels = {"Plek": ("wijk", "buurt"), "Venlo": ("gemeente",)}.get(question.given["text"], ())
    known = [p for level in levels for p in question.within(AT[level])]
    may = {
        (p.code,)
        for p in known
        if sees_place(question.viewer, p) and (p.level != "gemeente" or p.code == "GM0983")
    }
    return {(one.code,) for one in found if one.code}, may


def _area_at(question: Question, area: Area | None) -> tuple[Seen, Seen]:
    """At the middle of Rotterdam lie areas of each level; at the other point none."""
    lon, lat, level = (question.given[name] for name in ("lon", "lat", "level"))
    there: Sequence[str] = []
    if lon == PLACES["GM0599"][2]:
        there = {"nederland": ["NL"], "riec": ["rotterdam"], "gemeente": ["GM0599"]}.get(level, [])
        there = there or sorted(BELOW["GM0599"][level])[:1]
    if level.startswith("hex"):
        there = hexagons.to_text(hexagons.index_points([lon], [lat], int(level[3:])))
    known = [AT[level][code] for code in there if code in AT[level]]
    may = {(p.code,) for p in known if reads(question.viewer) and sees_place(question.viewer, p)}
    return {(area.code,)} if area else set(), may


def _area(question: Question, area: Coded) -> tuple[Seen, Seen]:
    place = AT[question.given["level"]].get(question.given["code"])
    may = {(place.code,)} if place and sees_place(question.viewer, place) else set()
    return {(area.code,)}, may


def _readable(question: Question, readable: bool) -> tuple[Seen, Seen]:
    place = AT[question.given["level"]].get(question.given["code"])
    may = place is not None and reads(question.viewer) and sees_place(question.viewer, place)
    return {("yes",)} if readable else set(), {("yes",)} if may else set()


def _neighbours(question: Question, areas: Sequence[Area]) -> tuple[Seen, Seen]:
    level = question.given["level"]
    shown = {(area.code,) for area in areas}
    may = {(area.code,) for area in areas if sees_place(question.viewer, AT[level][area.code])}
    return shown, may


def _scored(question: Question, scored: bool) -> tuple[Seen, Seen]:
    """The score is offered where some grant receives all of it, whatever its places."""
    level = question.given["level"]
    counted = [i for i in PLANTED.values() if i.weight > 0 and level in i.level_names]
    may = any(
        role in READERS and all(role in i.recipients for i in counted)
        for role, _ in grants(question.viewer)
    )
    return {("score",)} if scored else set(), {("score",)} if may and counted else set()


def _key_figures(question: Question, rows: Sequence[KeyFigure]) -> tuple[Seen, Seen]:
    """The value of a key figure shows whose it is."""
    area, level = question.given["area"], question.given["level"]
    assert all(row.value == NUMBER[area] for row in rows)
    place = AT[level].get(area)
    may = {("inhabitants",)} if place and sees_place(question.viewer, place) else set()
    return {(row.figure,) for row in rows}, may


def _levels(question: Question, levels: tuple[str, ...]) -> tuple[Seen, Seen]:
    may = {(p.level,) for p in ALL if sees_place(question.viewer, p)}
    return {(level,) for level in levels}, may


def _only_for(*roles: str) -> Judge:
    def judge(question: Question, answer: object) -> tuple[Seen, Seen]:
        held = {role for role, _ in grants(question.viewer)}
        return {("answer",)}, {("answer",)} if held & set(roles) else set()

    return judge


def _asked(question: Question, _: None) -> tuple[Seen, Seen]:
    """Who may ask for something by name: what its own grants hold, or may be read at all."""
    who, what, name = question.viewer, question.given["what"], question.given["name"]
    roles = {role for role, _ in grants(who)}
    places = [place for place in ALL if place.code == name]
    held = [
        role == "nsoc" or area in (name, place.riec)
        for (role, area), place in product(grants(who), places)
        if place.level in ("riec", "gemeente", *(["nederland"] if role == "nsoc" else []))
    ]
    scores = [
        _scored(Question(who, "partner", "scored", {"level": level}), False)[1] for level in LEVELS
    ]
    may = {
        "own": any(held),
        "area": any(sees_place(who, place) for place in places),
        "level": name in LEVELS and (name != "hex9" or bool(roles & {"riec", "gemeente"})),
        "indicator": any(scores) if name == "score" else receives_named(who, name),
    }
    return {("may",)}, {("may",)} if reads(who) and may[what] else set()


def receives_named(viewer: str, code: str) -> bool:
    """Verdicts are of what one receives, so every partner may ask for them."""
    return code == "verdicts" or (code in PLANTED and receives(viewer, PLANTED[code]))


READERS = ("nsoc", "riec", "gemeente")
OF_ALL = ("facts", "deliveries", "attributions", "sources", "protects")
"""What partners and the keeper both read."""

JUDGES: dict[str, dict[str, Judge]] = {
    "partner": {
        "figures": _figures,
        "series": _series,
        "profile": _profile,
        "profiles": _profiles,
        "standing_out": _standing_out,
        "verdicts": _verdicts,
        "indicators_at": _indicators_at,
        "scores": _scores,
        "groups": _groups,
        "pattern": _pattern,
        "stability": _stability,
        "peers": _peers,
        "peer_series": _peer_series,
        "key_figures": _key_figures,
        "evidence": _evidence,
        "asked": _asked,
        "breaks": _breaks,
        "sum_of": _sum_of,
        "map_figures": _map_figures,
        "map_counts": _map_counts,
        "readable": _readable,
        "neighbours": _neighbours,
        "map_shapes": _map_shapes,
        "map_bounds": _map_bounds,
        "map_verdicts": _map_verdicts,
        "map_mark": _only_for(*READERS),
        "ground": _only_for(*READERS),
        "streets": _only_for(*READERS),
        "street_tile": _only_for(*READERS),
        "scored": _scored,
        "passports": _passports,
        "passport": _passport,
        "areas": _areas,
        "outlines": _areas,
        "areas_exist": _areas_exist,
        "area": _area,
        "levels": _levels,
        "period": _only_for(*READERS),
        "periods": _only_for(*READERS),
        "search": _search,
        "area_at": _area_at,
        "places": _only_for(*READERS),
        "perturbation": _only_for(*READERS),
        **dict.fromkeys(OF_ALL, _only_for(*READERS)),
    },
    "keeper": dict.fromkeys((*OF_ALL, "grants"), _only_for("gegevensbeheerder")),
    "auditor": dict.fromkeys(
        ("lines", "views", "per_day", "values", "checked"), _only_for("auditor")
    ),
}
GATEWAYS: dict[str, type[Gateway]] = {
    "partner": PartnerGateway,
    "keeper": KeeperGateway,
    "auditor": AuditorGateway,
}
LOGGED = {"figures", "series", "profile", "standing_out", "scores", "grants"}
LOGGED |= {"groups", "verdicts", "pattern", "stability", "peer_series", *JUDGES["auditor"]}
LOGGED |= {"profiles", "map_counts", "map_figures", "map_shapes", "map_bounds", "map_verdicts"}
LOGGED |= {"sum_of"}
KEEPERS = ("gegevensbeheerder", "auditor")
NOT_ASKED = {"viewer", "notes", "granting", "period_named", "reaches", "ROLES", "OFFERS"}
"""What the gateways themselves need: who looks, what it may, and words for the log."""


def _values(method: str, name: str) -> Sequence[Any]:
    """Return what to ask for an argument; a new one makes the test fail here."""
    if method == "values":
        return ("actor",)
    if method == "asked":
        places = [code for codes in SAMPLE.values() for code in codes]
        names = (*places, *PLANTED, *LEVELS, NOWHERE, "score", "verdicts", "")
        return ("own", "area", "level", "indicator") if name == "what" else names
    known: dict[str, Sequence[Any]] = {
        "wanted": (Wanted(),),
        "level": LEVELS,
        "period": (None,),
        "within": WITHINS,
        "kind": ("year",),
        "focus": (None, "financial_services", "context"),
        "text": ("Plek", "Venlo", "5911"),
        "most": (50,),
        "lon": (4.48, 6.17),
        "lat": (51.92,),
        "x": (4200,),
        "y": (2706,),
        "least_population": (0,),
        "area": ("GM0983", "GM0599", NOWHERE),
        "gemeente": ("GM0983", "GM0599", NOWHERE),
        "code": tuple(PLANTED),
    }
    if method == "evidence":
        return EVIDENCE
    if method in ("breaks", "map_figures", "map_counts") and name == "code":
        return (*PLANTED, "score")
    if method in ("period",) and name == "code":
        return (None, *PERIODS)
    return known[name]


def _selections(level: str) -> list[tuple[str, ...]]:
    """Return places to take together: those of a gemeente, of a region, of both, and of nowhere."""
    parts = [
        [p.code for p in AT[level].values() if inside in (p.gemeente, p.riec)]
        for inside in (*PLACES, *RIECS)
    ]
    parts += [list(AT[level]), [*parts[0], NOWHERE], [*parts[0], *parts[1]]]
    return [tuple(part) for part in parts if len(part) >= LEAST_PLACES]


def _arguments(gateway: str, method: str) -> Iterator[dict[str, Any]]:
    names = list(signature(getattr(GATEWAYS[gateway], method)).parameters)[1:]
    place = "code" if method in ("area", "readable", "neighbours") else "area"
    whole = [None] if method in ("figures", "scores") else []
    if "areas" in names:
        others = [n for n in names if n not in ("areas", "level")]
        for level, values in product(LEVELS, product(*(_values(method, n) for n in others))):
            for areas in _selections(level):
                yield {"level": level, "areas": areas} | dict(zip(others, values, strict=True))
        return
    if place in names and "level" in names:
        others = [n for n in names if n not in (place, "level")]
        for level in LEVELS:
            for code in (*SAMPLE[level], NOWHERE, *whole):
                for values in product(*(_values(method, n) for n in others)):
                    yield {"level": level, place: code} | dict(zip(others, values, strict=True))
        return
    for values in product(*(_values(method, name) for name in names)):
        given = dict(zip(names, values, strict=True))
        if given.get("within") is None or given.get("code", "ALL1") in ("ALL1", "REG1"):
            yield given


def _public(gateway: str) -> list[str]:
    names = [name for name in dir(GATEWAYS[gateway]) if not name.startswith("_")]
    return [name for name in names if name not in NOT_ASKED]


def _every_method() -> list[tuple[str, str]]:
    return [(gateway, method) for gateway in GATEWAYS for method in _public(gateway)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("matrix"))
    plant(home.releases)
    return home


def _ask(
    gateways: Gateways,
    opened: dict[str, Any],
    question: Question,
    said: list[tuple[str, ...]],
    ledger: Ledger,
) -> None:
    """Ask one question and enter in the ledger what came of it."""
    ledger.asked += 1
    said.clear()
    gateways.notes._noted.clear()
    judge = JUDGES[question.gateway][question.method]
    try:
        gateway = opened.get(question.gateway) or getattr(gateways, question.gateway)()
        opened[question.gateway] = gateway
        answer = getattr(gateway, question.method)(**question.given)
    except AccessRefusedError:
        if [line[2] for line in said] != ["refused"]:
            ledger.unlogged.append(str(question))
        shown, may = _nothing(question)
    else:
        expected = []
        if question.method in LOGGED:
            expected = ["refused" if question.out_of_reach else "ok"]
        if [line[2] for line in said] != expected:
            ledger.unlogged.append(str(question))
        try:
            shown, may = judge(question, answer)
        except AssertionError as error:
            ledger.leaks.append(f"{question}: {error}")
            return
    ledger.leaks += [f"{question}: {item}" for item in shown - may]
    ledger.kept_back += [f"{question}: {item}" for item in may - shown]


class _Nobody:
    code = "nothing was answered"


def _nothing(question: Question) -> tuple[Seen, Seen]:
    """Return the judgement of a refusal: nothing shown."""
    empty: Any = []
    if question.method in ("passports", "profiles", "groups"):
        empty = {}
    elif question.method in ("pattern", "area_at", "sum_of"):
        empty = None
    elif question.method in ("passport", "area"):
        empty = _Nobody()
    _, may = JUDGES[question.gateway][question.method](question, empty)
    return set(), may


def test_every_method_of_each_gateway_has_a_judge() -> None:
    for gateway, judges in JUDGES.items():
        assert set(_public(gateway)) == set(judges)


def ask_everything(
    home: Home, viewers: Sequence[str], methods: Sequence[tuple[str, str]]
) -> Ledger:
    """Let each viewer ask each method of each gateway everything."""
    ledger, book = Ledger(), open_grants(home)
    release = open_release(home.releases / "planted.db")
    said: list[tuple[str, ...]] = []

    def audit(*line: str) -> None:
        said.append(line)

    for text in viewers:
        viewer = viewer_named(text) if text else Viewer()
        gateways, opened = Gateways(viewer, Notes(audit), release, book), dict[str, Any]()
        for gateway, method in methods:
            for given in _arguments(gateway, method):
                _ask(gateways, opened, Question(text, gateway, method, given), said, ledger)
    return ledger


ASKED: dict[str, int] = {}
"""How much each test asked."""


@pytest.mark.long
def test_the_gateways_answer_what_the_rule_says(home: Home) -> None:
    """Every viewer x every read x every level, place, indicator and part of the country."""
    ledger = ask_everything(home, VIEWERS, _every_method())
    ASKED["gateways"] = ledger.asked
    assert ledger.leaks == []
    assert ledger.kept_back == []
    assert ledger.unlogged == []


@pytest.mark.parametrize(
    ("fault", "viewer", "method"),
    [
        ("areas", "riec:limburg", "figures"),
        ("areas", "gemeente:GM0983", "profile"),
        ("recipients", "riec:limburg+gemeente:GM0599", "standing_out"),
        ("recipients", "riec:limburg+gemeente:GM0599", "series"),
        ("recipients", "riec:limburg+gemeente:GM0599", "verdicts"),
        ("score", "gemeente:GM0983", "scores"),
        ("score", "gemeente:GM0983", "figures"),
        ("areas", "riec:limburg", "map_shapes"),
        ("areas", "gemeente:GM0983", "map_figures"),
        ("recipients", "riec:limburg+gemeente:GM0599", "map_figures"),
        ("score", "gemeente:GM0983", "map_figures"),
        ("recipients", "riec:limburg+gemeente:GM0599", "map_bounds"),
        ("areas", "gemeente:GM0983", "map_verdicts"),
        ("recipients", "riec:limburg+gemeente:GM0599", "map_verdicts"),
        ("areas", "gemeente:GM0983", "sum_of"),
        ("recipients", "riec:limburg+gemeente:GM0599", "sum_of"),
        ("doors", "auditor", "deliveries"),
    ],
)
def test_with_a_protection_off_the_matrix_finds_leaks(
    home: Home, monkeypatch: pytest.MonkeyPatch, fault: str, viewer: str, method: str
) -> None:
    if fault == "areas":
        monkeypatch.setattr("access.granting.visible", lambda *_: true())
    elif fault == "recipients":
        monkeypatch.setattr(Granting, "as_recipient", lambda self, _: self._viewer)
    elif fault == "score":
        monkeypatch.setattr(Granting, "as_scored", lambda self, _: self._viewer)
    else:
        monkeypatch.setattr("access.gateway._refuse_others", lambda *_: None)
    gateway = "keeper" if method == "deliveries" else "partner"
    assert ask_everything(home, [viewer], [(gateway, method)]).leaks


def test_with_logging_off_the_matrix_finds_what_was_not_logged(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Notes, "note", lambda *_: None)
    assert ask_everything(home, ["nsoc"], [("partner", "scores")]).unlogged


SIGNED = VIEWERS[1:]


def _allowed_codes(viewer: str, code: str, level: str) -> set[str]:
    if code == "score":
        return {p.code for p in AT[level].values() if sees_score(viewer, PLANTED.values(), p)}
    return {p.code for p in AT[level].values() if sees_figure(viewer, PLANTED[code], p)}


def _read_back(name: str, content: bytes) -> list[dict[str, Any]]:
    return [dict(row) for _, row in EXPORTS[name].read(content).rows.iterrows()]


@pytest.mark.long
@pytest.mark.parametrize("name", list(EXPORTS))
def test_a_file_holds_what_its_reader_may_see(home: Home, name: str) -> None:
    ledger = Ledger()
    tables = [ExportRequest("figures", c, level, format=name) for c in PLANTED for level in LEVELS]
    tables += [ExportRequest("scores", "score", level, format=name) for level in LEVELS]
    viewers = SIGNED[::2] if name == "csv" else SIGNED[1::4]
    for viewer, asked in product(viewers, tables):
        ledger.asked += 1
        gateways = example_gateways(home.served, viewer, env="local")
        try:
            rows = _read_back(name, export_file(asked, gateways).content)
        except AccessRefusedError:
            rows = []
        allowed = _allowed_codes(viewer, asked.indicator, asked.level)
        shown = {row["area"] for row in rows}
        ledger.leaks += [f"{viewer} {asked}: {code}" for code in shown - allowed]
        ledger.kept_back += [f"{viewer} {asked}: {c}" for c in allowed - shown - THIN]
    for viewer, table in product(viewers, ("deliveries", "audit")):
        ledger.asked += 1
        role = {"audit": {"auditor"}, "deliveries": {"gegevensbeheerder", *READERS}}[table]
        allowed_here = bool({role for role, _ in grants(viewer)} & role)
        try:
            ExportRequest(table).read(example_gateways(home.served, viewer, env="local"))  # type: ignore[arg-type]
        except AccessRefusedError:
            assert not allowed_here, (viewer, table)
        else:
            assert allowed_here, (viewer, table)
    ASKED[f"{name} files"] = ledger.asked
    assert ledger.leaks == []
    assert ledger.kept_back == []


@pytest.mark.long
def test_the_command_line_prints_what_its_reader_may_see(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEERBEELD_HOME", str(home.root))
    ledger = Ledger()
    for viewer, code, level in product(
        VIEWERS, ("ALL1", "NAT1", "REG1", "LOW1"), ("riec", "buurt", "hex9")
    ):
        ledger.asked += 1
        words = ["show", code, "--level", level, *(["--as", viewer] if viewer else [])]
        result = CliRunner().invoke(app, words)
        rows = _read_back("csv", result.stdout.encode()) if result.exit_code == 0 else []
        if result.exit_code:
            assert isinstance(result.exception, WeerbeeldError), result.output
        allowed = _allowed_codes(viewer, code, level)
        shown = {row["area"] for row in rows}
        ledger.leaks += [f"{viewer} {words}: {c}" for c in shown - allowed]
        ledger.kept_back += [f"{viewer} {words}: {c}" for c in allowed - shown - THIN]
    ASKED["command line"] = ledger.asked
    assert ledger.leaks == []
    assert ledger.kept_back == []


def _draw(home: str, viewer: str, page: str) -> None:
    from pathlib import Path  # Streamlit runs these lines alone

    import streamlit as st
    from page_drawing import MAPS, open_tables

    from access.session import example_gateways
    from errors import WeerbeeldError
    from pages import PAGES
    from pages.kit.choices import begin
    from store.home import Home

    begin()
    open_tables(page)
    (found,) = (p for p in PAGES if p.path == page)
    gateways = example_gateways(Home(Path(home)).served, viewer, env="local")
    try:
        found.draw(gateways, "nl", maps=MAPS)
    except WeerbeeldError as error:
        st.warning(str(error))


def _everything(at: AppTest) -> str:
    """Return all that went to the browser, data of maps, charts and tables included."""
    parts = [str(element.proto) for element in at.main if hasattr(element, "proto")]
    for kind in ("bidi_component", "vega_lite_chart", "html", "markdown", "warning", "arrow"):
        parts += [str(element.proto) for element in at.get(kind)]
    parts += [table.value.to_csv() for table in at.dataframe]
    parts += [str(box.options) for box in at.selectbox]
    return " ".join(parts)


LINKS = (
    {"indicator": "NAT1", "kaart": "buurt", "gebied": "BU05990001", "binnen": "GM0599"},
    {"indicator": "REG1", "kaart": "hex8", "binnen": "rotterdam", "naast": "NAT1"},
)
PARTNERS_LOOKING = ("nsoc", "riec:limburg", "gemeente:GM0983")
LOOKERS = (*PARTNERS_LOOKING, *KEEPERS)


PAGE_ROLES = {page.path: page.roles for page in PAGES}


def _hidden(viewer: str, page: str) -> list[str]:
    """Return the words that may not be on a page: the audit log does hold codes, but no names."""
    codes = [c for c, i in PLANTED.items() if not receives(viewer, i)]
    places = [p for p in ALL if not sees_place(viewer, p) and p.level not in READ_BY_ALL]
    names = [f"Proef {code}" for code in codes] + [f"Plek {p.code}" for p in places]
    return names if page == "auditlog" else names + codes + [p.code for p in places]


@pytest.mark.long
@pytest.mark.parametrize("page", list(PAGE_ROLES))
def test_a_page_shows_what_its_reader_may_see_whatever_the_link_asks(home: Home, page: str) -> None:
    for viewer, link in product(LOOKERS, LINKS):
        at = AppTest.from_function(_draw, args=(str(home.root), viewer, page), default_timeout=120)
        for name, value in link.items():
            at.query_params[name] = value
        at.run()
        if viewer_named(viewer).roles & PAGE_ROLES[page]:
            assert not at.exception, (page, viewer, link)
        shown = _everything(at)
        found = [word for word in _hidden(viewer, page) if word in shown]
        assert found == [], (page, viewer, link)
        ASKED["pages"] = ASKED.get("pages", 0) + 1


@pytest.mark.long
@pytest.mark.parametrize("chapter", list(CHAPTERS)[1:])
def test_no_chapter_shows_what_its_reader_may_not_see(home: Home, chapter: str) -> None:
    for viewer in PARTNERS_LOOKING:
        at = AppTest.from_function(_draw, args=(str(home.root), viewer, "methode"))
        at.query_params[CHAPTER] = chapter
        at.run(timeout=120)
        assert not at.exception, (chapter, viewer)
        shown = _everything(at)
        assert [word for word in _hidden(viewer, "methode") if word in shown] == []
        ASKED["pages"] = ASKED.get("pages", 0) + 1


def test_with_a_protection_off_the_pages_are_found_to_leak(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Granting, "passports", lambda self: {p.code: p for p in self._every})
    at = AppTest.from_function(_draw, args=(str(home.root), "gemeente:GM0983", "methode"))
    at.query_params[CHAPTER] = "score"
    shown = _everything(at.run(timeout=120))
    assert [word for word in _hidden("gemeente:GM0983", "methode") if word in shown]


def _across_borders() -> list[tuple[str, str, str, str]]:
    """Return neighbouring gemeenten of different regions: gemeente and RIEC, twice."""
    from geo import areas

    frame = areas.gemeenten()
    found: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    for code, riec, shape in zip(frame["code"], frame["riec"], frame.geometry, strict=True):
        near = frame[(frame["riec"] != riec) & (frame.geometry.distance(shape) < 50)]
        for other, elsewhere in zip(near["code"], near["riec"], strict=True):
            found.setdefault((riec, elsewhere), (code, riec, other, elsewhere))
    return list(found.values())


@pytest.mark.long
def test_what_lies_just_across_a_border_stays_there(example_release: Path) -> None:
    """On the real map: neighbours in each pair of bordering regions, hexagon by hexagon."""
    release, said = open_release(current_release(example_release)), list[Any]()

    def gateway(viewer: str) -> PartnerGateway:
        notes = Notes(lambda *line: said.append(line))
        return PartnerGateway(viewer_named(viewer), notes, release, tuple)

    pairs, everyone = _across_borders(), gateway("nsoc")
    assert len({riec for _, riec, _, _ in pairs}) == 10
    asked = 0
    for own, own_riec, other, other_riec in pairs:
        theirs = [area.code for area in everyone.areas("hex8", other)]
        mine = [area.code for area in everyone.areas("hex8", own)]
        assert not set(mine) & set(theirs)
        for viewer in (f"gemeente:{own}", f"riec:{own_riec}"):
            looker = gateway(viewer)
            asked += 2
            shown = {figure.area for figure in looker.figures("BD01", "hex8")}
            assert not shown & set(theirs), (viewer, other, other_riec)
            assert set(mine) <= {area.code for area in looker.areas("hex8")}
            with pytest.raises(AccessRefusedError):
                looker.series("BD01", "hex8", theirs[0])
    ASKED["across borders"] = asked


def test_over_ten_thousand_combinations_were_asked(capsys: pytest.CaptureFixture[str]) -> None:
    if "gateways" not in ASKED:
        pytest.skip("only with the other tests of this file")
    parts = ", ".join(f"{count:,} {what}" for what, count in ASKED.items())
    with capsys.disabled():
        print(f"\nmatrix: {sum(ASKED.values()):,} combinations ({parts}), 0 leaks")
    assert sum(ASKED.values()) > 10_000
