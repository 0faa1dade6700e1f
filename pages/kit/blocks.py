"""Small pieces of page: the finding, cards, bars, plain tables, the line of sources."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from access.gateway import ReleaseGateway
from pages.kit.choices import AREA, take
from pages.kit.view import View
from pages.kit.words import Words, plain


def draw_finding(view: Words, title: str, lead: str) -> None:
    """Draw the title of a page, which is a finding, and the sentence that backs it."""
    st.title(plain(title), anchor=False)
    st.html(f'<p class="wb-lead">{escape(lead)}</p>')


def draw_warning(text: str) -> None:
    """Draw what went wrong. It may repeat what somebody asked, so it is text and nothing else."""
    st.html(f'<div class="wb-invented" role="alert">{escape(text)}</div>')


def offer_place(label: str, area: str, where: str = "", **choices: str) -> None:
    """Draw a line that leads to its place, with the other ``choices`` that show it there.

    ``label`` is Markdown: what is not ours in it has passed ``plain``. ``where`` names the list, as
    a place may stand in several.
    """

    def go() -> None:
        for name, value in {AREA: area, **choices}.items():
            take(name, value)

    key = "-".join(["to", where, area, *choices.values()])
    st.button(f"{label} ›", type="tertiary", key=key, on_click=go)


def draw_cards(cards: Sequence[tuple[str, str, str]]) -> None:
    """Draw cards of (heading, figure, explanation)."""
    parts = [
        f'<div class="wb-card"><h2>{escape(head)}</h2><div class="wb-big">{escape(figure)}</div>'
        f'<div class="wb-small">{escape(text)}</div></div>'
        for head, figure, text in cards
    ]
    st.html(f'<div class="wb-cards">{"".join(parts)}</div>')


def draw_bars(
    rows: Sequence[tuple[str, float, str]], top: float, tick: float | None = None
) -> None:
    """Draw bars of (label, value, value in words) from 0 to ``top``; ``tick`` marks a value."""
    mark = (
        f'<span class="wb-tick" style="left:{tick / top * 100:.1f}%"></span>'
        if tick is not None and top > 0
        else ""
    )
    parts = [
        f'<div class="wb-bar-row"><span>{escape(label)}</span><span class="wb-track">'
        f'<span class="wb-fill" style="display:block;width:{min(value / top, 1) * 100:.1f}%"></span>'
        f'{mark}</span><span class="wb-num">{escape(text)}</span></div>'
        for label, value, text in rows
        if top > 0
    ]
    st.html("".join(parts))


def draw_plain_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], numeric: frozenset[int] = frozenset()
) -> None:
    """Draw a small table; ``numeric`` columns are set to the right. Cells are plain text."""

    def cell(tag: str, column: int, text: str) -> str:
        return f"<{tag}{' class=n' if column in numeric else ''}>{escape(text)}</{tag}>"

    head = "".join(cell("th", column, text) for column, text in enumerate(heads))
    body = "".join(
        f"<tr>{''.join(cell('td', column, text) for column, text in enumerate(row))}</tr>"
        for row in rows
    )
    st.html(
        '<div class="wb-scroll" tabindex="0"><table class="wb-table">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def draw_long_table(
    words: Words,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: frozenset[int] = frozenset(),
    most: int = 12,
) -> None:
    """Draw a table as ``draw_plain_table``; rows beyond ``most`` are behind one click."""
    draw_plain_table(heads, rows[:most], numeric)
    if rest := rows[most:]:
        with st.expander(words.say(f"Nog {len(rest)} regels", f"{len(rest)} more rows")):
            draw_plain_table(heads, rest, numeric)


def draw_sources(view: View[ReleaseGateway]) -> None:
    """Draw the attributions that stand under every map."""
    lines = " · ".join(view.gateway.attributions())
    st.html(f'<p class="wb-source">{escape(lines)}</p>')
