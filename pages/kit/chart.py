"""Draws a chart in the reader's numbers: a decimal comma in Dutch."""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from pages.kit.words import Words

DUTCH = {"number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]}}


def draw_spec(
    words: Words, rows: pd.DataFrame, spec: dict[str, Any], key: str, sentence: str
) -> None:
    """Draw rows as Vega-Lite describes; ``sentence`` as in ``draw_chart``.

    For charts of which a page has many: Altair checks each against the whole standard.
    """
    config = {"config": {"locale": DUTCH}} if words.language == "nl" else {}
    st.vega_lite_chart(rows, {**spec, **config}, key=key, alt=sentence)


def draw_chart(words: Words, chart: alt.Chart | alt.LayerChart, key: str, sentence: str) -> None:
    """Draw a chart; ``sentence`` says what is in it, for who does not see it."""
    if words.language == "nl":
        chart = chart.configure(locale=DUTCH)
    st.altair_chart(chart, key=key, alt=sentence)
