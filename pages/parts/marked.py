"""Which municipalities stand out and for what: by name, never by rank, and context apart."""

import pandas as pd
import streamlit as st

from pages.parts.blocks import draw_plain_table
from pages.parts.view import View

MOST = 14


def split_context(view: View, marked: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of the four focus areas, which are signals, and those that are context."""
    scored = marked["indicator"].map({c: s.scored for c, s in view.gateway.passports().items()})
    signals = scored.astype(bool)
    return marked[signals], marked[~signals]


def context_words(view: View, context: pd.DataFrame) -> str:
    """Return what is remarkable beside the signals, by indicator; empty when nothing is."""
    sheets = view.gateway.passports()
    names = [view.name(sheets[code]).lower() for code in sorted(context["indicator"].unique())]
    if not names:
        return ""
    return view.say(
        f" Niet meegeteld, want context: {view.listing(names)}.",
        f" Not counted, as it is context: {view.listing(names)}.",
    )


def draw_marked(view: View, marked: pd.DataFrame) -> None:
    """Draw the municipalities with the most signals that stand out, by name.

    ``marked`` is what ``Gateway.standing_out`` returns for municipalities; context is left out.
    """
    marked, _ = split_context(view, marked)
    if marked.empty:
        return
    sheets = view.gateway.passports()
    counts = marked.groupby("area")["indicator"].nunique().sort_values(ascending=False)
    chosen = marked[marked["area"].isin(counts.index[:MOST])]
    rows = [
        (
            str(name),
            view.listing([view.name(sheets[code]).lower() for code in group["indicator"]]),
        )
        for name, group in chosen.groupby("name")
    ]
    left_out = len(counts) - len(rows)
    st.header(view.say("Hier steekt een signaal eruit", "Here a signal stands out"), anchor=False)
    draw_plain_table([view.say("Gemeente", "Municipality"), view.say("Signaal", "Signal")], rows)
    if left_out > 0:
        st.caption(
            view.say(
                f"Op naam; nog {left_out} gemeenten met een signaal staan in de tabel per indicator.",
                f"By name; {left_out} more municipalities are in the table of each indicator.",
            )
        )
