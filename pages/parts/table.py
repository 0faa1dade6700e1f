"""The table beside every map or chart: the same rows, and the same rows as a file."""

import pandas as pd
import streamlit as st

from exports import Sheaf, export_named
from pages.parts.view import View


def draw_table(
    view: View, rows: pd.DataFrame, columns: dict[str, str], title: str, file_name: str
) -> None:
    """Draw the rows as a table with headings ``columns`` and offer all of them as CSV.

    ``columns`` maps the columns of ``rows`` to their headings; the file has every column.
    """
    label = view.say(f"Tabel: {title}", f"Table: {title}")
    with st.expander(f"{label} ({view.number(len(rows))})"):
        st.dataframe(
            rows[list(columns)].rename(columns=columns), hide_index=True, alt=label, height=320
        )
        offer_csv(view, rows, file_name)


def offer_csv(view: View, rows: pd.DataFrame, file_name: str) -> None:
    """Offer the rows as a CSV file that says so when they are invented."""
    export = export_named("csv")
    sheaf = Sheaf(rows, view.gateway.facts().invented, tuple(view.gateway.attributions()))
    st.download_button(
        view.say("Download deze tabel (CSV)", "Download this table (CSV)"),
        export.write(sheaf),
        f"weerbeeld-{file_name}.csv",
        export.media_type,
        key=f"csv-{file_name}",
        on_click="ignore",
    )
