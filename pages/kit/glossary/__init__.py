"""What the terms of the field mean, and how a page says so behind the term itself.

``words.nl.md`` and ``words.en.md`` hold an entry for each: ``## name {#key}``, one or two sentences,
and a line ``Bron:`` or ``Source:`` where there is one. A page marks a term as ``[[key]]``, or as
``[[other words|key]]``; it becomes a button that opens the meaning, without a script of ours.
"""

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from typing import NamedTuple

import streamlit as st

from access.gateway import Gateway
from bilingual import Language
from errors import WeerbeeldError
from pages.kit.view import View
from pages.kit.words import Words
from prose import prose

HEAD = re.compile(r"^## (.+) \{#([a-z0-9-]+)\}$", re.M)
SOURCE = re.compile(r"^(?:Bron|Source): (.+)$", re.M)
MARK = re.compile(r"\[\[(?:([^\[\]|]+)\|)?([a-z0-9-]+)\]\]")


class Term(NamedTuple):
    """A term of the field: its name as written within a sentence, and what it means."""

    name: str
    meaning: str
    source: str
    """Where the meaning comes from; empty for what is ours."""


@cache
def terms(language: Language) -> dict[str, Term]:
    """Return all terms by key, in the order of the alphabet of their names.

    WeerbeeldError when two entries have one key, or one has no meaning.
    """
    found: dict[str, Term] = {}
    _, *pieces = HEAD.split(prose(__name__, "words").in_(language))
    for name, key, text in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        source = SOURCE.search(text)
        meaning = " ".join(SOURCE.sub("", text).split())
        if key in found or not meaning:
            where = f"pages/kit/glossary/words.{language}.md"
            raise WeerbeeldError(f"{where}: give the key {key!r} one entry, with a meaning.")
        found[key] = Term(name, meaning, source[1] if source else "")
    return dict(sorted(found.items(), key=lambda item: item[1].name.casefold()))


def term(key: str, language: Language) -> Term:
    """Return a term by its key; WeerbeeldError when there is none."""
    known = terms(language)
    if key not in known:
        raise WeerbeeldError(
            f"No term has the key {key!r}. Add it to pages/kit/glossary/words.nl.md and words.en.md, "
            f"or mark one of: {', '.join(sorted(known))}."
        )
    return known[key]


def explain(view: View[Gateway], text: str) -> str:
    """Return a text as HTML in which each marked term opens its meaning; the rest is plain text."""
    parts, end = [], 0
    for mark in MARK.finditer(text):
        parts += [escape(text[end : mark.start()]), _opening(view, mark[2], mark[1])]
        end = mark.end()
    return "".join([*parts, escape(text[end:])])


def draw_terms(view: View[Gateway], keys: Sequence[str]) -> None:
    """Draw a line of terms, each of which opens its meaning."""
    label = escape(view.say("Wat betekent", "What means"))
    line = " · ".join(_opening(view, key) for key in keys)
    st.html(f'<p class="wb-source">{label}: {line}</p>')


def draw_glossary(view: Words) -> None:
    """Draw all terms with their meaning, by name."""
    entries = "".join(
        f"<div><dt>{escape(_capital(one.name))}</dt><dd>{_meaning(view, one)}</dd></div>"
        for one in terms(view.language).values()
    )
    st.html(f'<dl class="wb-glossary">{entries}</dl>')


def _opening(view: View[Gateway], key: str, shown: str | None = None) -> str:
    """Return the button of a term and the meaning that it opens; both have their own id on a page."""
    one = term(key, view.language)
    count = view.read.setdefault(("term", key), [0])
    count[0] += 1
    mark = f"wb-term-{key}-{count[0]}"
    return (
        f'<button type="button" class="wb-term" popovertarget="{mark}">'
        f"{escape(shown or one.name)}</button>"
        f'<span popover class="wb-meaning" id="{mark}"><strong>{escape(_capital(one.name))}</strong> '
        f"{_meaning(view, one)}</span>"
    )


def _meaning(view: Words, one: Term) -> str:
    """Return what a term means, with its source, as HTML."""
    source = f"{view.say('Bron', 'Source')}: {one.source}"
    return escape(one.meaning) + (
        f' <span class="wb-small">{escape(source)}</span>' if one.source else ""
    )


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
