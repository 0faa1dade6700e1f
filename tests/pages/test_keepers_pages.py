"""The pages of the auditor and the gegevensbeheerder: what they say, and to whom."""

import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from granting import FOR, give
from page_drawing import draw, foreign_words, words
from planted_release import plant
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from access.audit_lines import LinesOfDay, Wanted, wanted_named
from access.auditor import AuditorGateway
from access.door import Notes
from access.grants import today_utc
from access.scope import AccessRefusedError
from access.session import example_gateways
from access.viewer import viewer_named
from bilingual import Language
from errors import WeerbeeldError
from exports import ExportRequest
from pages.kit.page import Page
from pages.kit.words import Words
from pages.parts.audit_trend import trend_words
from store.access import open_access
from store.append_only import trigger_names
from store.carrying import open_grants
from store.home import Home
from store.logs import Result, audit

KEEPERS = ("auditor", "gegevensbeheerder")
PAGE_OF = {"auditor": "audit", "gegevensbeheerder": "beheer"}
LANGUAGES: tuple[Language, ...] = ("nl", "en")
COLUMN_MONTHS = ("months hoeveel maanden", "date, months.")
"""Where a Dutch page names the column ``months``: deliverers write that very word."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("home"))
    plant(home.releases)
    return home


@pytest.fixture
def home(made: Home, tmp_path: Path) -> Home:
    """A home with ten lines in the audit log and two grants."""
    shutil.copytree(made.releases, tmp_path / "releases")
    home = Home(tmp_path)
    engine = open_access(home)
    for number in range(8):
        who, result = ("anna", "ok") if number % 2 else ("bob", "refused")
        what = f"figures VG01 gemeente nr{number}"
        audit(engine, action="read", object=what, result=result, origin="test", actor=who)  # type: ignore[arg-type]
    engine.dispose()
    book = open_grants(home)
    give(book, "anna-sub", "riec:limburg", today_utc() + timedelta(days=9))
    give(book, "carla-sub", "auditor")
    book.dispose()
    return home


def page_named(module: str) -> Page[Any]:
    page: Page[Any] = import_module(f"pages.{module}").PAGE
    return page


def reader(home: Home) -> AuditorGateway:
    """Return a gateway to the audit log that writes no line about its own reading."""
    return AuditorGateway(viewer_named("auditor"), Notes(lambda *_: None), open_access(home))


def by_line(at: AppTest) -> AppTest:
    """Return the audit log with a row for every line, in place of one for each look."""
    at.session_state["auditlog-by"] = "lines"
    return at.run()


def shown(at: AppTest) -> pd.DataFrame:
    (table,) = at.dataframe
    return table.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_auditor_sees_who_did_what_and_that_the_log_holds(
    home: Home, language: Language
) -> None:
    at = draw("audit", home.releases, "auditor", language)
    said = words(at)
    assert re.search(r"1[0-2] (regels is gewijzigd|lines was changed)", said)
    expected = "12 regels op 1 dag" if language == "nl" else "12 lines on 1 day"
    assert expected in said
    assert re.search(r"4 (geweigerd|refused)", said)
    assert not foreign_words(at, language)
    table = shown(by_line(at))
    assert len(table) >= 12, "ten lines, and those about this look"
    assert list(table.iloc[-12:, 0]) == list(range(12, 0, -1))
    assert table.iloc[0, 2] == "example auditor"
    assert set(table.iloc[:, 2]) == {"example auditor", "anna", "bob", "beheerder"}


def test_the_auditor_narrows_the_lines_down(home: Home) -> None:
    at = by_line(draw("audit", home.releases, "auditor"))
    boxes = {str(box.key): box for box in at.selectbox}
    boxes["auditlog-actor"].select("bob").run()
    assert set(shown(at).iloc[:, 2]) == {"bob"}
    assert "4 regels op 1 dag" in words(at)
    at.text_input[0].set_value("nr4").run()
    assert list(shown(at).iloc[:, 4]) == ["figures VG01 gemeente nr4"]
    at.text_input[0].set_value("%").run()
    assert len(shown(at)) == 0
    assert "geen regels" in words(at)


def _looked(home: Home, who: str, *reads: str, page: str = "kaart", refused: str = "") -> None:
    engine = open_access(home)
    for action, what in (("view", page), *(("read", read) for read in reads)):
        result: Result = "refused" if what == refused else "ok"
        origin = "dashboard 10.0.0.1" if action == "view" else "map 10.0.0.1"
        audit(engine, action=action, object=what, result=result, origin=origin, actor=who)
    engine.dispose()


def test_each_look_at_a_page_is_one_line_with_what_was_read_in_it(home: Home) -> None:
    _looked(home, "dirk", "profile gemeente GM0983 2026-06-12m", "figures VG01 hex8 within GM0983")
    _looked(home, "dirk", "figures VG01 gemeente", "figures VG01 hex9", refused="figures VG01 hex9")
    _looked(home, "eva", "scores riec", page="beeld binnen limburg")
    looks = [(v.actor, v.what, v.reads, v.refused) for v in reader(home).views(Wanted())[:3]]
    assert looks == [
        ("eva", "beeld binnen limburg", 1, 0),
        ("dirk", "kaart", 1, 1),
        ("dirk", "kaart", 2, 0),
    ]
    at = draw("audit", home.releases, "auditor")
    assert list(shown(at).iloc[1:4, 2]) == [
        "Beeld: in Limburg", "Kaart", "Kaart",
    ]  # fmt: skip


READS_OF_VENLO = (
    "profile gemeente GM0983 2026-06-12m",
    "series BD01 wijk WK098301",
    "figures VG01 gemeente 2026-06-12m",
    "figures VG01 hex8 2026-06-12m within GM0983",
    "figures VG01 buurt 2026-06-12m within limburg",
    "standing_out gemeente 2026-06-12m",
    "sum_of VG01 gemeente 3 places 2026-06-12m GM0599 GM0946 GM0983",
    "sum_of BD01 wijk 3 places 2026-06-12m WK094600 WK098300 WK098301",
)
READS_OF_OTHERS = (
    "profile gemeente GM0599 2026-06-12m",
    "figures VG01 gemeente 2026-06-12m within rotterdam",
    "series VG01 nederland NL",
    "scores riec 2026-06-12m",
    "figures VG01 hex8 2026-06-12m within GM0599",
    "series BD01 hex9 89196b3aac3ffff",
    "sum_of VG01 gemeente 3 places 2026-06-12m GM0502 GM0599 GM0946",
    "sum_of VG01 riec 3 places 2026-06-12m limburg oost-brabant rotterdam",
)


@pytest.mark.both
@pytest.mark.parametrize("sought", [Wanted(place="GM0983"), Wanted(text="venlo")])
def test_who_saw_venlo_is_found_by_its_name(home: Home, sought: Wanted) -> None:
    """Reads of the place, of parts of it, and of whole lists that have it; no others."""
    _looked(home, "yes", *READS_OF_VENLO)
    _looked(home, "no", *READS_OF_OTHERS)
    found = reader(home).lines(replace(sought, first=today_utc()))
    assert {line.object for line in found if line.actor == "yes"} == set(READS_OF_VENLO)
    assert [line for line in found if line.actor == "no"] == []
    assert [view.reads for view in reader(home).views(sought) if view.actor == "yes"] == [
        len(READS_OF_VENLO)
    ]


def test_the_auditor_asks_who_saw_venlo_yesterday(home: Home) -> None:
    _looked(home, "dirk", *READS_OF_VENLO[:2])
    at = draw("audit", home.releases, "auditor")
    boxes = {str(box.key): box for box in at.selectbox}
    boxes["auditlog-place"].select("GM0983").run()
    assert "dirk" in set(shown(at).iloc[:, 1])
    {str(box.key): box for box in at.selectbox}["auditlog-span"].select("yesterday").run()
    assert len(shown(at)) == 0
    {str(box.key): box for box in at.selectbox}["auditlog-span"].select("today").run()
    assert "dirk" in set(shown(at).iloc[:, 1])


@pytest.mark.sqlite
def test_a_damaged_log_is_reported_with_its_first_wrong_line(home: Home) -> None:
    engine = open_access(home)
    with engine.begin() as connection:
        for name in trigger_names(engine.dialect.name, "audit_line"):
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE audit_line SET actor = 'carla' WHERE sequence = 5"))
    engine.dispose()
    said = words(draw("audit", home.releases, "auditor"))
    assert "beschadigd vanaf regel 5" in said
    assert "de 4 regels ervoor zijn ongewijzigd" in said


def test_the_same_choice_comes_along_as_a_file(home: Home) -> None:
    gateways = example_gateways(home.served, "auditor", env="local")
    wanted = Wanted(actor="anna", first=today_utc(), text="nr")
    table = ExportRequest("audit", lines=wanted.written).read(gateways)
    assert not table.invented
    assert set(table.rows["actor"]) == {"anna"}
    assert len(table.rows) == 4
    with pytest.raises(WeerbeeldError):
        ExportRequest("audit").read(
            example_gateways(home.served, "nsoc+gegevensbeheerder", env="local")
        )


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(actor="an&na=", text="ü ' %"),
        Wanted(date(2026, 1, 1), date(2026, 2, 3), None, "read", "refused", "x"),
    ],
)
def test_a_choice_of_lines_is_read_as_it_was_written(wanted: Wanted) -> None:
    assert wanted_named(wanted.written) == wanted


@pytest.mark.parametrize("written", ["first=soon", "colour=red", "actor", "&", "first=%00"])
def test_any_other_choice_is_refused(written: str) -> None:
    with pytest.raises(WeerbeeldError):
        wanted_named(written)


def test_days_are_whole_and_both_ends_count(home: Home) -> None:
    found, today = reader(home), today_utc()
    assert len(found.lines(Wanted(today, today))) == 10
    assert found.lines(Wanted(today + timedelta(days=1))) == []
    assert found.lines(Wanted(None, today - timedelta(days=1))) == []
    assert found.values("actor") == ["anna", "beheerder", "bob"]
    assert sum(of_day.lines for of_day in found.per_day(Wanted())) == 10


def test_the_trend_names_the_busiest_day() -> None:
    rows = [("2026-03-01", "ok", 3), ("2026-03-02", "ok", 5), ("2026-03-02", "refused", 2)]
    said = trend_words(Words("nl"), [LinesOfDay(*row) for row in rows])
    assert said == "10 regels op 2 dagen, de meeste op 2 maart 2026 (7); 2 geweigerd."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gegevensbeheerder_sees_deliveries_and_grants(home: Home, language: Language) -> None:
    at = draw("beheer", home.releases, "gegevensbeheerder", language)
    said = words(at)
    assert re.search(r"(toegang voor|access for) 2 accounts", said)
    for word in ("anna-sub", "limburg", "carla-sub", "beheerder", FOR.organisation, FOR.purpose):
        assert word in said
    assert re.search(r"1 (toekenning eindigt|grant ends)", said)
    assert not foreign_words(at, language, COLUMN_MONTHS)


@pytest.mark.parametrize("keeper", KEEPERS)
def test_a_keepers_page_is_refused_to_others(home: Home, keeper: str) -> None:
    page = PAGE_OF[keeper]
    for viewer in ("nsoc", "riec:limburg", "gemeente:GM0983", *set(KEEPERS) - {keeper}):
        gateways = example_gateways(home.served, viewer, env="local")
        with pytest.raises(AccessRefusedError, match="may not read"):
            page_named(page).draw(gateways, "nl")
    refused = len(reader(home).lines(Wanted(result="refused", text="example")))
    assert refused == 4
