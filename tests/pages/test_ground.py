"""Bronnen says what maps show beside figures, and which streets are installed."""

from pathlib import Path

import pytest
from page_drawing import draw, words
from planted_release import plant
from street_files import road_file

from access.session import example_gateways
from bilingual import Language
from geo.streets.importing import Wanted, import_streets
from pages.kit.view import View
from pages.parts.ground import ground_lines
from store.home import Home


@pytest.mark.parametrize("language", ["nl", "en"])
def test_whose_the_ground_and_the_streets_are_is_said(language: Language, tmp_path: Path) -> None:
    plant(tmp_path / "releases")
    home = Home(tmp_path)

    def told() -> list[str]:
        gateway = example_gateways(home.served, "nsoc", env="local").partner()
        return ground_lines(View(language, gateway, "bronnen"))

    before = told()
    assert "OpenStreetMap" in before[0]
    assert "weerbeeld update ground" in before[-1]
    import_streets(
        road_file(tmp_path / "nwb.gpkg"), home.served.streets, Wanted(credit="*Ik* & <b>jij</b>")
    )
    after = told()
    assert after[:-1] == before[:-1]
    assert r"\*Ik\*" in after[-1]
    assert "<b>" not in after[-1].replace(r"\<b\>", "")
    assert "CC0 1.0" in after[-1]


@pytest.mark.example
def test_it_stands_on_bronnen(example_home: Home) -> None:
    text = words(draw("bronnen", example_home.releases, "nsoc"))
    assert "Wegen en straten op de kaart" in text
    assert "© OpenStreetMap contributors" in text
