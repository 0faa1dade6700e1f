"""Beheer shows its keeper what each kind of record asks for."""

from pathlib import Path

import pytest
from page_drawing import draw, plain, words
from planted_release import plant

from bilingual import Language
from records import KINDS
from records.describing import column_rows, key_words, kind_rows
from store.home import Home


@pytest.mark.parametrize("language", ["nl", "en"])
def test_beheer_shows_the_table_of_each_kind(tmp_path: Path, language: Language) -> None:
    home = Home(tmp_path)
    plant(home.releases)
    at = draw("beheer", home.releases, "gegevensbeheerder", language)
    said = words(at)
    for row in kind_rows(KINDS.values()):
        assert plain(" ".join(cell.in_(language) for cell in row)) in said
    for kind in KINDS.values():
        for row in column_rows(kind):
            assert plain(" ".join(cell.in_(language) for cell in row)) in said
        assert key_words(kind).in_(language) in said
    assert [box.label.split(":")[0] for box in at.expander] == list(KINDS)
