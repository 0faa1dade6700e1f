"""What partners can deliver: a table of the kinds of record, and one of the columns of each."""

from collections.abc import Sequence

import streamlit as st

from bilingual import Text
from pages.kit.blocks import draw_plain_table
from pages.kit.words import Words
from records import KINDS
from records.describing import COLUMN_HEADS, KIND_HEADS, Row, column_rows, key_words, kind_rows


def _draw_table(view: Words, heads: Sequence[Text], rows: Sequence[Row]) -> None:
    draw_plain_table(
        [view.text(head).capitalize() for head in heads],
        [[view.text(cell) for cell in row] for row in rows],
    )


def draw_kinds(view: Words) -> None:
    """Draw which kinds there are and, folded away, what a delivery of each looks like."""
    st.header(view.say("Soorten gegevens", "Kinds of data"), anchor=False)
    st.markdown(
        view.say(
            "Een voorbeeld om mee te beginnen maakt `weerbeeld kinds SOORT --example bestand.csv`.",
            "An example to begin from is made by `weerbeeld kinds KIND --example file.csv`.",
        )
    )
    _draw_table(view, KIND_HEADS, kind_rows(KINDS.values()))
    for kind in KINDS.values():
        with st.expander(f"{kind.name}: {view.text(kind.words)}"):
            _draw_table(view, COLUMN_HEADS, column_rows(kind))
            st.caption(view.text(key_words(kind)))
