"""A shown zero says "none or few", on pages and in files, unless the figure is open."""

from pathlib import Path

import pytest
from page_drawing import gateway_of, view_of
from planted_release import PERIODS, PLANTED, plant

from access.partner import PartnerGateway
from access.session import example_gateways
from bilingual import Language
from exports import ExportRequest
from indicators import CATALOGUE
from pages.parts.figures_table import figures_table
from pages.parts.panel import count_words
from pages.parts.rows import shown_rows
from store.home import Home, Served

SAID = {"nl": "geen of weinig", "en": "none or few"}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with the open MS01 beside an indicator on records."""
    home = Home(tmp_path_factory.mktemp("none"))
    records = next(iter(PLANTED.values()))
    plant(home.releases, {"MS01": CATALOGUE["MS01"], records.code: records})
    return home.releases


@pytest.fixture
def code(release: Path) -> str:
    """The protected indicator."""
    passports = gateway_of(release).passports().values()
    return next(passport.code for passport in passports if not passport.open)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_only_an_open_figure_claims_that_there_was_nothing(
    release: Path, code: str, language: Language
) -> None:
    view = view_of(release, language=language)
    passports = view.gateway.passports()
    some = view.gateway.figures(code, "gemeente")[0]
    none = some._replace(numerator=0.0, denominator=0.0)
    said = count_words(view, passports[code], none, "")
    assert said.count(SAID[language]) == 2
    assert "0" not in said
    assert count_words(view, passports["MS01"], none, "").count("0 ") == 2
    five = some._replace(numerator=5.0, denominator=2_000.0, mix=None)
    assert count_words(view, passports[code], five, "").startswith("5 ")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_table_says_it_in_its_heading_and_sorts_as_numbers(
    release: Path, code: str, language: Language
) -> None:
    view = view_of(release, language=language)
    found = {
        name: figures_table(view, shown_rows(view, name, "gemeente", PERIODS[-1]))
        for name in (code, "MS01")
    }
    head = {"nl": "teller", "en": "numerator"}[language]
    assert f"{head} (0: {SAID[language]})" in found[code]
    assert head in found["MS01"]
    assert not any(SAID[language] in name for name in found["MS01"])
    numbers = found[code][f"{head} (0: {SAID[language]})"]
    assert all(isinstance(number, float) for number in numbers)


def test_a_map_of_counts_says_it_where_it_is_pointed_at(
    release: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = PartnerGateway.figures

    def empty(self: PartnerGateway, *asked: str) -> object:
        return [figure._replace(numerator=0.0) for figure in whole(self, *asked)]

    monkeypatch.setattr(PartnerGateway, "figures", empty)
    monkeypatch.setattr(PartnerGateway, "breaks", lambda *_: [5.0])
    view = view_of(release)
    shown = shown_rows(view, code, "hex8", PERIODS[-1])
    assert shown.counts
    assert all(place.text.startswith("geen of weinig ") for place in shown.places)


def test_a_file_keeps_the_zero_and_says_what_it_means(release: Path, code: str) -> None:
    served = Served(release, release.parent / "access")
    gateways = example_gateways(served, "nsoc", env="local")
    protected = ExportRequest("figures", code, "gemeente").read(gateways)
    assert protected.note.endswith("0: geen of weinig / numerator and denominator 0: none or few")
    assert ExportRequest("figures", "MS01", "gemeente").read(gateways).note == ""
    told = ExportRequest("deliveries").read(gateways)
    assert list(told.rows) == ["kind", "partner", "received", "size", "first", "last"]
    assert "0: fewer than 100" in told.note
