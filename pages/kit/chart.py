"""Draws a chart in the reader's numbers: a decimal comma in Dutch."""

import altair as alt
import streamlit as st

from pages.kit.words import Words

DUTCH = {"number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]}}


def draw_chart(words: Words, chart: alt.Chart | alt.LayerChart, key: str, sentence: str) -> None:
    """Draw a chart; ``sentence`` says what is in it, for who does not see it."""
    if words.language == "nl":
        chart = chart.configure(locale=DUTCH)
    st.altair_chart(chart, key=key, alt=sentence)
