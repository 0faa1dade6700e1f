"""Draws the chapters of *Methode*, and finds what is written below one of their headings."""

from collections.abc import Iterable
from functools import cache
from itertools import takewhile
from pathlib import Path

from page_drawing import draw, words
from streamlit.testing.v1 import AppTest

from bilingual import Language, Text
from pages.kit.chapters import CHAPTER, CHAPTERS
from pages.methode.chapter import chapter


@cache
def drawn_chapter(
    name: str, releases: Path, viewer: str = "nsoc", language: Language = "nl"
) -> AppTest:
    """Return a chapter to read only: drawn once for all tests that look at the same sight."""
    return draw("methode", releases, viewer, language, **{CHAPTER: name})


def said_in(name: str, releases: Path, viewer: str = "nsoc", language: Language = "nl") -> str:
    """Return all that a chapter says."""
    return words(drawn_chapter(name, releases, viewer, language))


def all_chapters(releases: Path, viewer: str, language: Language) -> Iterable[AppTest]:
    """Return every chapter as drawn for a viewer."""
    return [drawn_chapter(name, releases, viewer, language) for name in CHAPTERS]


def below(name: str, head: str) -> Text:
    """Return the prose of a chapter below a heading, which is given in Dutch, in both languages."""
    (place,) = (n for n, part in enumerate(chapter(name, "nl").parts) if part.text == head)

    def prose(language: Language) -> str:
        rest = chapter(name, language).parts[place + 1 :]
        own = takewhile(lambda part: part.sort != "head", rest)
        return " ".join(" ".join(part.text.split()) for part in own if part.sort == "prose")

    return Text(prose("nl"), prose("en"))
