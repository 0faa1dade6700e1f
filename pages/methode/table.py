"""How a finding of a chapter is drawn: a sentence, its table, and a note."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.kit.blocks import draw_plain_table
from pages.kit.view import PartnerView
from pages.kit.words import LEVEL_WORDS, Words
from store.evidence.keeping import Kind

READING_WIDTH = 860
"""Pixels that a line of prose may take: about 100 characters."""

LONG = 8
"""A table with more rows is folded up, so that a chapter reads as one text."""


@dataclass(frozen=True)
class Table:
    """Headings and rows of cells; the first ``text`` columns hold words, the others figures."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    text: int = 1


def draw_prose(prose: str) -> None:
    """Draw Markdown no wider than reads well."""
    with st.container(width=READING_WIDTH):
        st.markdown(prose)


def draw_table(view: Words, title: str, table: Table, note: str = "") -> None:
    """Draw a table with a note under it, folded up under its title when it is long.

    Nothing without rows.
    """
    if not table.rows:
        return
    numeric = frozenset(range(table.text, len(table.heads)))
    if len(table.rows) > LONG:
        count = view.number(len(table.rows))
        label = view.say(f"Tabel: {title} ({count} rijen)", f"Table: {title} ({count} rows)")
        with st.expander(label):
            draw_plain_table(table.heads, table.rows, numeric)
    else:
        draw_plain_table(table.heads, table.rows, numeric)
    if note:
        st.caption(note)


def draw_finding_table(view: Words, head: str, finding: str, table: Table, note: str = "") -> None:
    """Draw a heading, the sentence that is the finding, and the table that it rests on."""
    st.header(head, anchor=False)
    draw_prose(finding)
    draw_table(view, head.rstrip("?"), table, note)


def indicator_name(view: PartnerView, code: str) -> str:
    """Return the name and code of an indicator that this viewer receives."""
    return f"{view.name(view.gateway.passports()[code])} ({code})"


def in_order(view: PartnerView, rows: Iterable[Kind]) -> list[Kind]:
    """Return rows in neutral order: by indicator as in the catalogue, then from large to small."""
    codes, levels = list(view.gateway.passports()), list(LEVEL_WORDS)

    def place(row: Kind) -> tuple[int, int]:
        code, level = getattr(row, "indicator", None), getattr(row, "level", None)
        score = getattr(row, "score", None)
        return codes.index(code) if code else 0, levels.index(str(level or score))

    return sorted(rows, key=place)


def weighted_mean(pairs: Iterable[tuple[float | None, float]]) -> float | None:
    """Return the mean of (value, weight), leaving out what is not known; None when nothing is."""
    known = [(value, weight) for value, weight in pairs if value is not None and weight > 0]
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if total else None
