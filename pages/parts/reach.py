"""A chart of how far deliveries reach: a bar per partner and kind, from first to last record."""

from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from pages.kit import palette
from pages.kit.view import View
from pages.parts.deliveries import kind_words, partner_words
from records.partners import PARTNERS

ROW_HEIGHT = 22


def reach_rows(view: View, found: pd.DataFrame, start: date) -> pd.DataFrame:
    """Return label, start, end and partners of each bar, from rows of ``streams``.

    Partners of a kind that has many (gemeenten, RIECs) share a bar, from the earliest record to
    the latest; bars begin at ``start`` at the earliest.
    """
    organisation = found["partner"].str.split(":").str[0]
    rows = []
    for (code, kind), group in found.groupby([organisation, "kind"]):
        dated = group.dropna(subset=["first", "last"])
        if dated.empty:
            continue
        name = partner_words(view, str(code), {})
        shared = PARTNERS[str(code)].with_area is not None if str(code) in PARTNERS else False
        label = f"{name} ({len(group)})" if shared else name
        last = max(dated["last"])
        rows.append(
            {
                "label": f"{label}: {kind_words(view, str(kind))}",
                "start": pd.Timestamp(max(min(dated["first"]), min(start, last))),
                "end": pd.Timestamp(last),
                "partners": len(group),
            }
        )
    return pd.DataFrame(rows)


def draw_reach(view: View, found: pd.DataFrame, start: date, until: date) -> None:
    """Draw the bars with a line at the last day of the release, and a sentence."""
    rows = reach_rows(view, found, start)
    if rows.empty:
        return
    short = rows[rows["end"] < pd.Timestamp(until) - pd.Timedelta(days=31)]
    sentence = view.say(
        f"{len(rows) - len(short)} van {len(rows)} stromen reiken tot in de laatste maand van deze "
        f"uitgave (tot en met {view.day(until)}).",
        f"{len(rows) - len(short)} of {len(rows)} streams reach into the last month of this release "
        f"(up to {view.day(until)}).",
    )
    if len(short):
        names = view.listing(sorted(short["label"]))
        sentence += view.say(f" Niet zo ver: {names}.", f" Not as far: {names}.")
    bars = (
        alt.Chart(rows)
        .mark_bar(color=palette.LINE_REGION, height=12)
        .encode(
            x=alt.X(
                "start:T",
                title=None,
                axis=alt.Axis(format="%m-%Y", tickCount="month", labelOverlap=True),
            ),
            x2="end:T",
            y=alt.Y("label:N", title=None, sort=None, axis=alt.Axis(labelLimit=330)),
            tooltip=[alt.Tooltip("label:N"), alt.Tooltip("end:T", format="%d-%m-%Y")],
        )
    )
    line = (
        alt.Chart(pd.DataFrame({"until": [pd.Timestamp(until)]}))
        .mark_rule(color=palette.LINE_AREA, strokeWidth=2)
        .encode(x="until:T")
    )
    chart = (bars + line).properties(height=40 + ROW_HEIGHT * len(rows))
    st.altair_chart(chart, key=f"{view.page}-reach", alt=sentence)
    st.caption(
        sentence
        + view.say(
            " Elke staaf gaat van het eerste tot het laatste gegeven; de oranje lijn is het eind van de "
            "uitgave. Maanden zonder gegevens staan in de tabellen.",
            " Each bar runs from the first to the last record; the orange line is the end of the release. "
            "Months without data are in the tables.",
        )
    )
