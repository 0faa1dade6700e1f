"""How a place changes: the ends of the interval run from small to large, as numbers do."""

from pathlib import Path

import pytest
from page_drawing import view_of
from planted_release import PLANTED, plant

from access.findings import Pattern
from pages.parts.pattern_words import change_words
from store.home import Home


@pytest.mark.long
@pytest.mark.parametrize(
    ("slopes", "words"),
    [
        ((9.8, 9.2, 10.5), "Stijgt met ongeveer 9,8 per jaar (9,2 tot 10,5;"),
        ((-9.8, -10.5, -9.2), "Daalt met ongeveer 9,8 per jaar (9,2 tot 10,5;"),
    ],
)
def test_the_ends_run_from_small_to_large(
    slopes: tuple[float, float, float], words: str, tmp_path: Path
) -> None:
    home, code = Home(tmp_path), next(iter(PLANTED))
    plant(home.releases)
    view = view_of(home.releases)
    pattern = Pattern("GM0983", "Venlo", "GM0983", "limburg", None, 0, 0, *slopes, 0.01, None, None)
    assert change_words(view, view.gateway.passport(code), pattern).startswith(words)
