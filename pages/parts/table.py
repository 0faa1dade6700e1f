"""The table beside every map or chart: the same rows, and the same rows as a file."""

from datetime import timedelta
from html import escape

import pandas as pd
import streamlit as st

from exports import Asked
from pages.parts.view import View

RENEWED = timedelta(minutes=5)
"""How often a page that stays open gets a new link, as each works for a short time only."""


def draw_table(
    view: View, rows: pd.DataFrame, columns: dict[str, str], title: str, asked: Asked
) -> None:
    """Draw the rows as a table with headings ``columns`` and offer all of them as CSV.

    ``columns`` maps the columns of ``rows`` to their headings; ``asked`` names the same rows to
    the gateway, and the file has every column of them.
    """
    label = view.say(f"Tabel: {title}", f"Table: {title}")
    with st.expander(f"{label} ({view.number(len(rows))})"):
        st.dataframe(
            rows[list(columns)].rename(columns=columns), hide_index=True, alt=label, height=320
        )
        offer_file(view, asked)


@st.fragment(run_every=RENEWED)
def offer_file(view: View, asked: Asked) -> None:
    """Offer the rows as a CSV file, where the server made links for this reader."""
    if view.export_link is None:
        return
    words = view.say("Download deze tabel (CSV)", "Download this table (CSV)")
    link = escape(view.export_link(asked), quote=True)
    st.html(f'<a class="wb-button" href="{link}">{escape(words)}</a>')
