"""Pages with open data only: what is there leads, and nothing real is called invented."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from page_drawing import accusing_words, chosen, draw, foreign_words, gateway_of, map_message, words
from small_home import deliver, shrink

import operations.build as build_module
from access.facts import ReleaseFacts
from access.session import example_gateways
from bilingual import Language
from exports import ExportRequest
from geo.areas import gemeenten
from indicators import CATALOGUE
from operations.build import build
from pages.kit.words import Words
from pages.start import content_words
from store.home import Home

INVENTED = ReleaseFacts("a", "b", date(2025, 12, 31), date(2026, 1, 1), invented=True, public=True)
OWN = replace(INVENTED, invented=False)
ROTTERDAM = "GM0599"


def rows(
    figure: str, level: str, areas: list[str], day: str, months: int, source: str
) -> pd.DataFrame:
    values = [1_000 + 37 * number % 900 for number in range(len(areas))]
    row = {"figure": figure, "level": level, "area": areas, "date": pd.Timestamp(day)}
    return pd.DataFrame({**row, "months": months, "value": values, "source": source})


def open_figures() -> pd.DataFrame:
    """Offences of 2021 to 2023 over inhabitants of 2024, of two sources."""
    towns = list(gemeenten()["code"])
    parts = [
        rows("inhabitants", "gemeente", towns, "2024-01-01", 0, "Bron: CBS, 2024, kerncijfers")
    ]
    for year in (2021, 2022, 2023):
        source = f"Bron: Politie / CBS, {year}, tabel 47018NED"
        parts.append(rows("offences", "gemeente", towns, f"{year}-01-01", 12, source))
    return pd.concat(parts)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home of open data only: no partner delivered anything, and nothing is invented."""
    folder = tmp_path_factory.mktemp("open")
    with pytest.MonkeyPatch.context() as patch:
        shrink(patch.setattr)
        patch.setattr(build_module, "CATALOGUE", {c: CATALOGUE[c] for c in ("MS01", "VG01")})
        made = Home(folder)
        deliver(made, "area_figure", open_figures(), folder)
        build(made)
    return made


def test_the_release_says_that_it_is_open(home: Home) -> None:
    facts = gateway_of(home.releases).facts()
    assert (facts.invented, facts.public, facts.open, facts.only_open) == (False, True, True, True)


SAID: dict[str, tuple[ReleaseFacts | None, str, str]] = {
    "none": (None, "nog geen uitgave", "no release to show yet"),
    "invented": (INVENTED, "voorbeeld met verzonnen gegevens.", "invented data."),
    "both": (replace(INVENTED, open=True), "naast echte openbare cijfers", "beside real public"),
    "open": (replace(INVENTED, invented=False, open=True), "cijfers zijn echt", "figures are real"),
    "real": (
        replace(INVENTED, invented=False, public=False),
        "echte leveringen",
        "real deliveries",
    ),
}


@pytest.mark.parametrize("kind", SAID)
def test_the_start_page_says_what_is_real(kind: str) -> None:
    facts, nl, en = SAID[kind]
    said = {language: content_words(Words(language), facts) for language in ("nl", "en")}
    assert nl in said["nl"]
    assert en in said["en"]
    assert ("verzonnen" in said["nl"]) == bool(facts and facts.invented)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_national_page_leads_with_what_there_is(home: Home, language: Language) -> None:
    at = draw("beeld", home.releases, language=language)
    (title,) = (element.value for element in at.title)
    name = CATALOGUE["MS01"].name.in_(language).lower()
    assert name in title
    (country,) = gateway_of(home.releases).figures("MS01", "nederland")
    assert Words(language).rate(country.smoothed) in words(at)
    assert "0 gemeenten" not in words(at)
    assert "0 municipalities" not in words(at)
    wait = "Nog zonder cijfers, want wacht op leveringen" if language == "nl" else "waits for"
    assert wait in words(at)
    assert accusing_words(at) == []
    assert foreign_words(at, language, tuple(gateway_of(home.releases).attributions())) == []


@pytest.mark.parametrize("page", ["beeld", "kaart", "indicatoren"])
def test_a_rate_over_inhabitants_of_later_says_so(home: Home, page: str) -> None:
    text = words(draw(page, home.releases, indicator="MS01"))
    assert "berekend met inwoners van 1 januari 2024, bij gebrek aan een cijfer van toen" in text


def test_an_export_says_so_as_well(home: Home) -> None:
    gateways = example_gateways(home.served, "nsoc", env="local")
    table = ExportRequest("figures", "MS01", "gemeente", "2021-12-12m").read(gateways)
    assert table.about["note"] == "MS01: inwoners / inhabitants, 2024-01-01"


def test_every_source_is_credited_once_with_its_years(home: Home) -> None:
    lines = gateway_of(home.releases).attributions()
    assert "Bron: Politie / CBS, 2021-2023, tabel 47018NED" in lines
    assert "Bron: CBS, 2024, kerncijfers" in lines


def test_the_picture_of_a_gemeente_opens_with_itself_among_others(
    home: Home,
) -> None:
    at = draw("beeld", home.releases, f"gemeente:{ROTTERDAM}")
    assert chosen(at, "kaart") == "gemeente"
    drawn = map_message(at)
    assert drawn["level"] == "gemeente"
    assert drawn["frame"] == {"within": "rotterdam", "focus": None}
    assert drawn["chosen"] == ROTTERDAM


def test_a_score_that_nobody_can_have_is_not_missed(home: Home) -> None:
    text = words(draw("beeld", home.releases, f"gemeente:{ROTTERDAM}"))
    assert "Waar de score van de gemeente uit bestaat" not in text
    assert "signalen van partners" in text
