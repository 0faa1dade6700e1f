"""One chapter: Markdown in which figures are filled in, and tables and charts placed, by name.

``# `` is the title, which is a finding; the paragraph below it backs that. ``{k}`` is a figure of
``pages.methode.figures``; a line ``[[noise-chart]]`` draws one of ``pages.methode.blocks``, and a line
``[[terms: teller, noemer]]`` says behind these terms what they mean.
"""

import re
from functools import cache
from itertools import groupby
from typing import Literal, NamedTuple

import streamlit as st

from bilingual import Language
from errors import WeerbeeldError
from pages.kit.blocks import draw_finding
from pages.kit.glossary import draw_terms
from pages.kit.view import PartnerView
from pages.methode.blocks import draw_block
from pages.methode.figures import figure
from pages.methode.table import draw_prose
from prose import fill, prose

FOLDER = "pages.methode.chapters"
BLOCK = re.compile(r"\[\[[a-z-]+\]\]")
TERMS = "[[terms: "

Sort = Literal["head", "question", "block", "terms", "prose"]


class Part(NamedTuple):
    """A heading, the name of a block, keys of terms, or Markdown below any of these."""

    sort: Sort
    text: str


class Chapter(NamedTuple):
    """A chapter as written: names of figures not filled in yet."""

    title: str
    lead: str
    parts: tuple[Part, ...]


@cache
def chapter(name: str, language: Language) -> Chapter:
    """Return a chapter as written; WeerbeeldError when it does not begin with title and lead."""
    top, _, rest = prose(FOLDER, name).in_(language).partition("\n\n")
    lead, _, body = rest.partition("\n\n")
    if not top.startswith("# ") or not lead or "\n" in top or lead.startswith(("#", "[[")):
        where = f"{FOLDER.replace('.', '/')}/{name}.{language}.md"
        raise WeerbeeldError(f"{where} must begin with '# ' and a title, and a paragraph below it.")
    return Chapter(top[2:], " ".join(lead.split()), tuple(_parts(body)))


def _parts(body: str) -> list[Part]:
    """Return the parts of Markdown: lines of prose that follow each other stay together."""
    found = []
    for sort, lines in groupby(body.split("\n"), _sort):
        if sort == "prose":
            text = "\n".join(lines).strip()
            found += [Part(sort, text)] if text else []
        else:
            found += [Part(sort, line.removeprefix(TERMS).strip("#[] ")) for line in lines]
    return found


def _sort(line: str) -> Sort:
    if BLOCK.fullmatch(line):
        return "block"
    if line.startswith(TERMS):
        return "terms"
    return "head" if line.startswith("## ") else "question" if line.startswith("### ") else "prose"


def draw_chapter(view: PartnerView, name: str) -> None:
    """Draw a chapter with the figures of the release at hand."""

    def filled(text: str) -> str:
        return fill(text, lambda wanted: figure(view, wanted))

    written = chapter(name, view.language)
    draw_finding(view, filled(written.title), filled(written.lead))
    for sort, text in written.parts:
        if sort == "block":
            draw_block(view, text)
        elif sort == "terms":
            draw_terms(view, text.split(", "))
        elif sort == "prose":
            draw_prose(filled(text))
        else:
            draw = st.header if sort == "head" else st.subheader
            draw(filled(text), anchor=False)
