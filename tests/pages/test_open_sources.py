"""What *Bronnen* says of the open sources: how many are up to date, what failed and since when."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import pytest
from page_drawing import accusing_words, draw, foreign_words, gateway_of, words
from planted_release import plant

from bilingual import Language, Text
from opendata import SOURCES
from opendata.contract import Fault
from pages.kit.view import PartnerView, View
from pages.parts.open_sources import FAULTS, finding, is_current
from store.home import Home
from store.source_status import SourceStatus
from store.source_status_writing import write_statuses

TODAY = date(2026, 11, 24)
THEN = datetime(2026, 11, 3, 4, 30, tzinfo=UTC)
WELL = SourceStatus(
    "key_figures",
    Text("CBS-kerncijfers", "CBS key figures"),
    "CC BY 4.0",
    "Centraal Bureau voor de Statistiek, 2025",
    "https://example.nl",
    800,
    outcome="ok",
    tried_at=THEN,
    fetched_at=THEN,
    until=date(2025, 1, 1),
    figures=12,
    left_out=((Text("geen cijfer bij de bron", "no figure at the source"), 1234),),
)
OTHER = replace(WELL, name="crime", title=Text("Politiecijfers", "Police figures"))
FAILED = replace(WELL, outcome="failed", fault="refused", words="x answered 500.")
OLD = replace(WELL, until=date(2020, 1, 1))
NEVER = replace(WELL, outcome="never", tried_at=None, fetched_at=None, until=None, left_out=())


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    plant(home.releases)
    return home


def view_of(home: Home, language: Language = "nl") -> PartnerView:
    return View(language, gateway_of(home.releases), "bronnen")


@pytest.mark.parametrize(
    ("sources", "nl", "en"),
    [
        ((WELL, OTHER), "Open data: 2 van 2 bronnen bij", "Open data: 2 of 2 sources up to date"),
        (
            (FAILED, OTHER),
            "Open data: 1 van 2 bronnen bij; CBS-kerncijfers niet opgehaald sinds 3 november 2026: "
            "de dienst gaf een fout",
            "Open data: 1 of 2 sources up to date; CBS key figures not fetched since 3 November "
            "2026: the service gave an error",
        ),
        (
            (OLD, OTHER),
            "Open data: 1 van 2 bronnen bij; CBS-kerncijfers loopt maar tot 1 januari 2020",
            "Open data: 1 of 2 sources up to date; CBS key figures runs until 1 January 2020 only",
        ),
        (
            (replace(FAILED, fetched_at=None, fault="slow"), OTHER),
            "Open data: 1 van 2 bronnen bij; CBS-kerncijfers nooit opgehaald: de dienst antwoordde "
            "niet op tijd",
            "Open data: 1 of 2 sources up to date; CBS key figures never fetched: the service did "
            "not answer in time",
        ),
        (
            (FAILED, NEVER, OTHER),
            "Open data: 1 van 3 bronnen bij; CBS-kerncijfers niet opgehaald sinds 3 november 2026: "
            "de dienst gaf een fout",
            "Open data: 1 of 3 sources up to date; CBS key figures not fetched since 3 November "
            "2026: the service gave an error",
        ),
    ],
)
def test_the_finding_says_what_is_behind_and_why(
    home: Home, sources: tuple[SourceStatus, ...], nl: str, en: str
) -> None:
    assert finding(view_of(home), sources, TODAY) == nl
    assert finding(view_of(home, "en"), sources, TODAY) == en


def test_a_source_is_current_until_it_is_too_old() -> None:
    assert is_current(WELL, date(2025, 1, 1))
    assert is_current(WELL, date(2027, 3, 12))
    assert not is_current(WELL, date(2027, 3, 13))
    assert is_current(replace(WELL, until=None, outcome="unchanged"), TODAY)


def test_every_fault_has_its_words() -> None:
    assert set(FAULTS) == set(get_args(Fault))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_shows_each_source_at_once(home: Home, language: Language) -> None:
    write_statuses(home, (FAILED, OTHER, replace(NEVER, by_name=True)))
    at = draw("bronnen", home.releases, "nsoc", language)
    text = words(at)
    for said in (OTHER.licence, OTHER.attribution):
        assert text.count(said) >= 3
    nl = language == "nl"
    assert ("1 van 2 bronnen bij" if nl else "1 of 2 sources up to date") in text
    assert ("1.234 geen cijfer bij de bron" if nl else "1,234 no figure at the source") in text
    assert ("niet in gebruik" if nl else "not in use") in text
    assert "answered 500" not in text
    assert foreign_words(at, language, (WELL.attribution,)) == []
    assert accusing_words(at) == []
    write_statuses(home, (WELL, OTHER))
    again = words(draw("bronnen", home.releases, "nsoc", language))
    assert ("2 van 2 bronnen bij" if nl else "2 of 2 sources up to date") in again


def test_before_the_first_update_it_says_so(home: Home) -> None:
    assert "Open data: nog niet opgehaald" in words(draw("bronnen", home.releases))
    write_statuses(home, (NEVER,))
    assert "Open data: nog niet opgehaald" in words(draw("bronnen", home.releases))


@pytest.mark.sqlite
def test_a_status_that_cannot_be_read_is_said_to_be_so(home: Home) -> None:
    from errors import WeerbeeldError

    (home.releases / "sources.json").write_text("[{}]")
    with pytest.raises(WeerbeeldError, match="weerbeeld update"):
        gateway_of(home.releases).sources()


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_says_what_it_is_in_both_languages(name: str) -> None:
    source = SOURCES[name]
    assert source.name == name
    assert source.title.nl != source.title.en
    assert source.page.startswith("https://")
    assert source.licence.nl
    assert source.licence.en
    assert "{year}" in source.attribution
    assert source.fresh_days > 0
    assert source.brings
