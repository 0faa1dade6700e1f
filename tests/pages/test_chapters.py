"""Chapters and terms are complete in both languages, and name only what exists."""

import ast
import re
from pathlib import Path

import pytest
from chapters_drawn import drawn_chapter
from page_drawing import draw, gateway_of, plain, view_of, words
from setuptools import Distribution
from setuptools.command.build_py import build_py
from streamlit.testing.v1 import AppTest

from bilingual import Language
from errors import WeerbeeldError
from indicators import CATALOGUE
from pages import PAGES
from pages.kit.chapters import CHAPTER, CHAPTERS, PATH, chapter_link
from pages.kit.glossary import MARK, explain, term, terms
from pages.methode import PAGE
from pages.methode.blocks import BLOCKS, draw_block
from pages.methode.chapter import FOLDER, chapter
from pages.methode.figures import FIGURES, figure
from prose import FIGURE, fill, prose

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
SENTENCE = re.compile(r"[.?](?= |$)")


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_is_built_alike_in_both_languages(name: str) -> None:
    dutch, english = (chapter(name, language) for language in LANGUAGES)
    assert [part.sort for part in dutch.parts] == [part.sort for part in english.parts]
    for sort in ("block", "terms"):
        own = [[p.text for p in found.parts if p.sort == sort] for found in (dutch, english)]
        assert own[0] == own[1]
    for nl, en in zip((dutch.title, *dutch.parts), (english.title, *english.parts), strict=True):
        assert set(FIGURE.findall(str(nl))) == set(FIGURE.findall(str(en)))


def test_chapters_name_all_blocks_and_figures_and_no_others() -> None:
    written = [chapter(name, language) for name in CHAPTERS for language in LANGUAGES]
    parts = [part for found in written for part in found.parts]
    assert {part.text for part in parts if part.sort == "block"} == set(BLOCKS)
    texts = [text for found in written for text in (found.title, found.lead)]
    texts += [part.text for part in parts if part.sort in ("prose", "head", "question")]
    assert {name for text in texts for name in FIGURE.findall(text)} == set(FIGURES)
    assert [text for text in texts if "[[" in text or "]]" in text] == []


def test_the_folder_holds_the_chapters_and_nothing_else() -> None:
    files = {path.name for path in (ROOT / "pages/methode/chapters").iterdir()}
    assert files == {f"{name}.{language}.md" for name in CHAPTERS for language in LANGUAGES}


def test_a_figure_or_block_that_does_not_exist_is_one_clear_error(example_release: Path) -> None:
    view = view_of(example_release)
    with pytest.raises(WeerbeeldError, match=r"'kk', which pages/methode/figures.py lacks.*last"):
        fill("Nooit {kk}.", lambda name: figure(view, name))
    with pytest.raises(WeerbeeldError, match=r"'chart', which pages/methode/blocks.py lacks"):
        draw_block(view, "chart")
    with pytest.raises(WeerbeeldError, match=r"no pages/methode/chapters/geen\.nl\.md"):
        prose(FOLDER, "geen")


@pytest.mark.parametrize("name", ["../methode/chapters/wat", "/etc/hosts", "Wat", "", "wat.nl"])
def test_a_text_lies_in_its_package_and_nowhere_else(name: str) -> None:
    with pytest.raises(WeerbeeldError, match="names no text"):
        prose(FOLDER, name)


def test_an_installation_carries_every_text() -> None:
    """What a wheel would hold: data files by the same rules as ``pip install``."""
    found = Distribution({"name": "weerbeeld"})
    found.parse_config_files([str(ROOT / "pyproject.toml")])
    command = build_py(found)
    command.ensure_finalized()
    command.manifest_files = {}
    carried = {str(Path(name)) for name in command.find_data_files("pages", str(ROOT / "pages"))}
    texts = {str(path) for path in (ROOT / "pages").rglob("*.md")}
    assert len(texts) > 2 * len(CHAPTERS)
    assert texts <= carried


def test_a_package_is_a_page_and_what_lies_in_it_is_not() -> None:
    assert PAGE in PAGES
    assert [page.path for page in PAGES].count(PATH) == 1
    assert len({page.path for page in PAGES}) == len(PAGES)


def test_a_link_opens_a_chapter(example_release: Path) -> None:
    assert chapter_link("bescherming") == "/methode?hoofdstuk=bescherming"
    with pytest.raises(WeerbeeldError, match=r"no chapter 'bescherm'.*bescherming"):
        chapter_link("bescherm")
    at = draw("methode", example_release, hoofdstuk="bescherming")
    assert at.title[0].value == "Een aantal van 1 tot en met 4 wordt nooit getoond"
    assert at.query_params[CHAPTER] == "bescherming"


def test_without_a_choice_the_first_chapter_opens_and_one_that_is_none_is_forgotten(
    example_release: Path,
) -> None:
    first = drawn_chapter("wat", example_release).title[0].value
    for at in (draw("methode", example_release), draw("methode", example_release, hoofdstuk="x")):
        assert at.title[0].value == first
        assert CHAPTER not in at.query_params


def _button(at: AppTest, words_of_it: str) -> AppTest:
    (found,) = (b for b in at.button if words_of_it in b.label)
    return found.click().run()


def test_each_chapter_leads_to_the_next_and_back(example_release: Path) -> None:
    at, seen = draw("methode", example_release), []
    for _ in range(len(CHAPTERS) - 1):
        seen.append(at.title[0].value)
        at = _button(at, "Volgende: ")
    seen.append(at.title[0].value)
    assert len(set(seen)) == len(CHAPTERS)
    assert at.query_params[CHAPTER] == list(CHAPTERS)[-1]
    assert not [b for b in at.button if "Volgende" in b.label]
    assert _button(at, "Vorige: ").title[0].value == seen[-2]


def test_the_first_chapter_lists_the_others_and_leads_to_each(example_release: Path) -> None:
    first = draw("methode", example_release)
    listed = {str(b.key): b.label for b in first.button if str(b.key).startswith("to-all-")}
    assert list(listed) == [f"to-all-{name}" for name in list(CHAPTERS)[1:]]
    for number, (name, text) in enumerate(list(CHAPTERS.items())[1:], 2):
        assert listed[f"to-all-{name}"] == f"{number}. {text.nl} ›"
    there = first.button(key="to-all-score").click().run()
    assert there.query_params[CHAPTER] == "score"


def _marked() -> set[str]:
    """Return the keys of all terms that the code and the chapters of pages mark."""
    found = set()
    for path in (ROOT / "pages").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [n for argument in node.args for n in ast.walk(argument)]
            strings = [n.value for n in given if isinstance(n, ast.Constant)]
            if called == "explain":
                found |= {m[2] for text in strings for m in MARK.finditer(str(text))}
            elif called == "draw_terms" and path.name != "chapter.py":
                found |= {str(text) for text in strings}
    for name in CHAPTERS:
        parts = chapter(name, "nl").parts
        found |= {key for p in parts if p.sort == "terms" for key in p.text.split(", ")}
    return found


def test_each_term_that_a_page_marks_is_explained_in_both_languages() -> None:
    marked = _marked()
    assert {"noemer", "interval", "onafhankelijke-partner"} <= marked
    for language in LANGUAGES:
        assert marked <= set(terms(language))
    with pytest.raises(WeerbeeldError, match="No term has the key 'niets'"):
        term("niets", "nl")


def test_terms_are_the_same_in_both_languages_and_short() -> None:
    dutch, english = (terms(language) for language in LANGUAGES)
    assert set(dutch) == set(english)
    for key, one in dutch.items():
        assert bool(one.source) == bool(english[key].source), key
        for said in (one, english[key]):
            assert 1 <= len(SENTENCE.findall(said.meaning)) <= 3, key
            assert len(said.meaning) < 260, key


def test_terms_occur_on_pages_and_passports() -> None:
    """A glossary of words that nobody meets would be noise."""
    screen = " ".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "pages").rglob("*.*")
        if path.suffix in (".py", ".md") and "glossary" not in path.parts
    )
    screen += " ".join(str(indicator) for indicator in CATALOGUE.values())
    screen = " ".join(screen.split()).casefold()
    for key, one in terms("nl").items():
        name = one.name.split(" (")[0].casefold()
        for word in name.split():
            assert (word if len(word) < 6 else word[:-3]) in screen, key


def test_a_marked_term_opens_its_meaning_without_a_script(example_release: Path) -> None:
    view = view_of(example_release)
    html = explain(view, "Deel door de [[noemer]], <b> of [[noemers|noemer]].")
    assert html.startswith("Deel door de <button")
    assert "&lt;b&gt; of " in html
    assert html.count("<button") == html.count("<span popover") == 2
    assert ">noemers</button>" in html
    opened, held = re.findall(r'popovertarget="([^"]+)"', html), re.findall(r' id="([^"]+)"', html)
    assert opened == held
    assert len(set(held)) == 2
    assert "script" not in html
    assert "onclick" not in html
    assert plain(html).count("Waar het aantal door wordt gedeeld") == 2


def test_the_glossary_lists_every_term_with_its_source(example_release: Path) -> None:
    for language in LANGUAGES:
        said = words(drawn_chapter("woorden", example_release, language=language))
        for one in terms(language).values():
            assert plain(one.meaning) in said
            assert one.source in said


def test_gateways_give_what_figures_need(example_release: Path) -> None:
    """Each figure for each recipient: a viewer who receives less still reads every chapter."""
    for viewer in ("nsoc", "riec:limburg", "gemeente:GM0599"):
        view = view_of(example_release, viewer)
        assert view.gateway.protects() == gateway_of(example_release, viewer).protects()
        assert all(figure(view, name) for name in FIGURES)
