"""The files of the tutorial work as it says: found, held to the contract, counted and drawn."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import small_home
from page_drawing import draw, words

import indicators
import pages
from indicators import CATALOGUE
from operations.build import build
from pages import Page
from plugs import plugs
from store.home import Home

ROOT = next(folder for folder in Path(__file__).parents if (folder / "VERSION").exists())
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^Make the file `(.+?)`:\n\n```python\n(.*?)^```", TUTORIAL, re.M | re.S))
INDICATOR, PAGE = "indicators/tu01_means_do_not_fit.py", "pages/controles.py"

PLUGIN = """
import indicators

indicators.__path__.append({folder!r})
new = indicators._discover()["TU01"]
indicators.CATALOGUE.clear()
indicators.CATALOGUE["TU01"] = new
"""
"""Lets the contract test of all indicators see the new one only."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files of the tutorial, each below the room that it is for."""
    made = tmp_path_factory.mktemp("tutorial")
    for name, text in FILES.items():
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def plugged(folder: Path) -> Iterator[None]:
    """Plug the files in, as if they lay in the folders of the project."""
    with pytest.MonkeyPatch.context() as patch:
        for room in (indicators, pages):
            name = room.__name__
            patch.setattr(room, "__path__", [*room.__path__, str(folder / name)])
        yield


@pytest.fixture(scope="module")
def home(plugged: None, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a small installation with a release of the new indicator."""
    found = Home(tmp_path_factory.mktemp("home"))
    small_home.fix_keys(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(small_home, "CATALOGUE", {**CATALOGUE, **indicators._discover()})
        patch.setattr(small_home, "INDICATORS", ("TU01", "CV01"))
        small_home.shrink(patch.setattr)
        small_home.furnish(found, tmp_path_factory.mktemp("deliveries"), count=400)
        build(found)
    return found


def test_the_tutorial_has_one_indicator_and_one_page() -> None:
    assert list(FILES) == [INDICATOR, PAGE]
    for name in re.findall(r"\btests/\S+\.py\b", TUTORIAL):
        assert (ROOT / name).exists(), f"the tutorial runs {name}, which is not there"


def test_its_indicator_is_found_beside_the_others(plugged: None) -> None:
    assert set(indicators._discover()) == {*CATALOGUE, "TU01"}


@pytest.mark.long
def test_its_indicator_keeps_the_contract_of_all_indicators(folder: Path) -> None:
    (folder / "tutorial_plugin.py").write_text(
        PLUGIN.format(folder=str(folder / "indicators")), encoding="utf-8"
    )
    (contract,) = (ROOT / "tests").rglob("test_indicators.py")
    ran = subprocess.run(
        [
            *(
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-p",
                "tutorial_plugin",
                "-p",
                "no:cacheprovider",
            ),
            *(str(contract), "-k", "TU01"),
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    assert int(re.search(r"(\d+) passed", ran.stdout)[1]) >= 8  # type: ignore[index]


@pytest.mark.parametrize(("language", "title"), [("nl", "Middelen"), ("en", "Means")])
def test_its_page_draws_each_region(home: Home, language: str, title: str) -> None:
    assert "controles" in {page.path for page in plugs("pages", pages.__path__, "PAGE", Page)}
    text = words(draw("controles", home.releases, language=language))  # type: ignore[arg-type]
    assert text.startswith(title)
    assert text.count(" – ") >= 10
    assert re.search(r"Limburg \d", text)


def test_its_indicator_is_on_the_page_of_every_indicator(home: Home) -> None:
    text = words(draw("indicatoren", home.releases, indicator="TU01"))
    assert "middelen niet bij de omzet" in text
