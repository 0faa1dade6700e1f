"""What a page says of places together: the sum, its rate, the country, and what is withheld."""

from dataclasses import replace

import pytest
from page_drawing import accusing_words, foreign_words, words
from planted_release import BELOW, PLACES, plant
from streamlit.testing.v1 import AppTest

from access.passport import Passport, passport_of
from access.together import Together
from bilingual import Language
from indicators import CATALOGUE
from pages.kit.words import Words
from pages.parts.together import together_lines, what_it_is, why_not
from release.contents import passport
from store.home import Home

LANGUAGES: tuple[Language, ...] = ("nl", "en")
REAL = {code: CATALOGUE[code] for code in ("BD04", "CV01", "KR01", "TB03", "VG01")}


def told(code: str) -> Passport:
    return passport_of(1, passport(CATALOGUE[code]))


SUM = Together("VG01", "gemeente", "2026-06-12m", 4, 4, 0, 1234.0, 5678.0, None, 21.7, 20.6, 23.1)


def test_the_sum_its_rate_and_the_country() -> None:
    head, rate, country = together_lines(Words("nl"), told("VG01"), SUM, 12.1)
    assert head.startswith("4 gemeenten samen: 1.234 ")
    assert ", 5.678 " in head
    assert rate.startswith("21,7 ")
    assert rate.endswith("90%-interval 20,6 tot 23,1.")
    assert country == "Nederland: 12,1. Zeker boven het landelijk cijfer."
    assert together_lines(Words("en"), told("VG01"), SUM, 21.0)[2] == (
        "The Netherlands: 21.0. Not surely unlike the country."
    )
    assert together_lines(Words("en"), told("VG01"), SUM, 30.0)[2].endswith(
        "Surely below the national rate."
    )


def test_what_is_withheld_makes_it_at_least() -> None:
    found = replace(SUM, shown=3, few=2)
    head, *_, withheld = together_lines(Words("nl"), told("VG01"), found, None)
    assert "samen: ten minste 1.234 " in head
    assert withheld == (
        "Het kan meer zijn: 1 zonder eigen cijfer, niet meegeteld; "
        "2 met geen of weinig, als 0 meegeteld."
    )
    none = replace(found, numerator=0.0)
    assert "together: none or few " in together_lines(Words("en"), told("VG01"), none, None)[0]


def test_nothing_shown_is_said() -> None:
    nothing = Together("VG01", "gemeente", "2026-06-12m", 4)
    assert together_lines(Words("nl"), told("VG01"), nothing, 12.1) == [
        "4 gemeenten samen",
        "Van geen van deze plaatsen is een eigen cijfer te tonen.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_is_and_what_it_is_corrected_for(language: Language) -> None:
    said = what_it_is(Words(language), told("VG01"), SUM)
    assert said in (
        "Som van getoonde cijfers; geen nieuwe telling.",
        "Sum of shown figures; no new count.",
    )
    corrected = what_it_is(Words(language), told("BD04"), replace(SUM, mix=1.2))
    assert corrected.startswith(said)
    assert CATALOGUE["BD04"].strata
    assert corrected.endswith(f"{CATALOGUE['BD04'].strata.in_(language)}.")


@pytest.mark.parametrize(("code", "places"), [("VG01", 2), ("VG01", 61), ("TB03", 4), ("KR01", 4)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_why_not(code: str, places: int, language: Language) -> None:
    reason = why_not(Words(language), told(code), "gemeente", places)
    known = {"nl": ("Kies 3 tot 60", "niet op te tellen"), "en": ("Choose 3 to 60", "cannot be")}
    assert any(text in reason for text in known[language])
    assert why_not(Words(language), told("VG01"), "gemeente", 3) == ""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("together"))
    plant(home.releases, REAL)
    return home


def _draw(root: str, language: str, code: str, level: str, areas: list[str]) -> None:
    from pathlib import Path  # Streamlit runs these lines alone
    from typing import cast

    from page_drawing import view_of

    from bilingual import Language
    from pages.parts.together import draw_together

    view = view_of(Path(root) / "releases", "nsoc", cast(Language, language))
    draw_together(view, code, level, areas)


def drawn(home: Home, language: str, code: str, level: str, areas: list[str]) -> AppTest:
    at = AppTest.from_function(_draw, args=(str(home.root), language, code, level, areas))
    at.run(timeout=120)
    assert not at.exception
    return at


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["CV01", "BD04"])
def test_it_is_drawn_in_one_language(home: Home, language: Language, code: str) -> None:
    at = drawn(home, language, code, "gemeente", list(PLACES))
    said = words(at)
    own = {"nl": "5 gemeenten samen: ", "en": "5 municipalities together: "}
    assert own[language] in said
    assert {"nl": "Nederland: ", "en": "The Netherlands: "}[language] in said
    assert {"nl": "geen nieuwe telling", "en": "no new count"}[language] in said
    assert not foreign_words(at, language)
    assert not accusing_words(at)


def test_thin_places_and_refusals_are_drawn(home: Home) -> None:
    buurten = [code for levels in BELOW.values() for code in levels["buurt"]]
    assert "ten minste" in words(drawn(home, "nl", "VG01", "buurt", buurten))
    refused = words(drawn(home, "nl", "TB03", "gemeente", list(PLACES)))
    assert "niet op te tellen" in refused
    assert "samen:" not in refused
