"""Tours are complete in both languages, short, and call the pages by their names."""

import re
from typing import get_args

import pytest
from page_drawing import accusing_words, foreign_words
from streamlit.testing.v1 import AppTest

from access.viewer import Role
from bilingual import Language
from pages import PAGES
from pages.kit.tour import PAGE_NAMES, tour
from prose import FIGURE, prose

LANGUAGES: tuple[Language, ...] = ("nl", "en")
ROLES: tuple[Role, ...] = get_args(Role)
SENTENCE = re.compile(r"[.?](?= |$)")


@pytest.mark.parametrize("role", ROLES)
def test_a_tour_has_five_to_seven_steps_of_two_sentences(role: Role) -> None:
    dutch, english = (tour(role, language)[1] for language in LANGUAGES)
    assert len(dutch) == len(english)
    assert 5 <= len(dutch) <= 7
    for language in LANGUAGES:
        text = prose("pages.kit.tour", role).in_(language)
        assert FIGURE.findall(text) == FIGURE.findall(prose("pages.kit.tour", role).nl)
    for step in (*dutch, *english):
        assert len(SENTENCE.findall(step.text)) == 2, step


def test_a_tour_calls_pages_by_their_names() -> None:
    known = {page.path: page.title for page in PAGES}
    assert {"methode", "bronnen", "beheer", "auditlog"} <= set(known) & set(PAGE_NAMES)
    for path in set(known) & set(PAGE_NAMES):
        assert PAGE_NAMES[path] == known[path]
    named = {page for role in ROLES for page in FIGURE.findall(prose("pages.kit.tour", role).nl)}
    assert named == set(PAGE_NAMES)


def _toured(role: str, language: str) -> None:
    from typing import cast

    from access.viewer import Role
    from bilingual import Language
    from pages.kit.tour import draw_step, tour
    from pages.kit.words import Words

    words, asked = Words(cast(Language, language)), cast(Role, role)
    draw_step(words, tour(asked, words.language)[1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_a_tour_goes_step_by_step(role: Role, language: Language) -> None:
    at = AppTest.from_function(_toured, args=(role, language)).run()
    _, steps = tour(role, language)
    assert at.button(key="tour-back").disabled
    for number, step in enumerate(steps, 1):
        assert not at.exception
        assert at.subheader[0].value == step.head
        assert at.markdown[0].value == step.text
        assert re.findall(r"\d+", at.caption[0].value) == [str(number), str(len(steps))]
        assert foreign_words(at, language) == []
        assert accusing_words(at) == []
        if number < len(steps):
            at = at.button(key="tour-on").click().run()
    assert at.button(key="tour-done").label in ("Klaar", "Done")
    assert at.button(key="tour-back").click().run().subheader[0].value == steps[-2].head
