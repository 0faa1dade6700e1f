"""How much the audit log grew per day, as a chart with a sentence."""

from datetime import date, timedelta

import altair as alt
import pandas as pd
import streamlit as st

from pages.kit import palette
from pages.kit.view import View

RESULTS = {
    "ok": ("gedaan", "done", palette.LINE_REGION),
    "refused": ("geweigerd", "refused", palette.LINE_AREA),
    "failed": ("mislukt", "failed", palette.css(palette.CHOSEN)),
}


def result_words(view: View, result: str) -> str:
    """Return a result in words."""
    nl, en, _ = RESULTS.get(result, (result, result, ""))
    return view.say(nl, en)


def trend_words(view: View, days: pd.DataFrame) -> str:
    """Return a sentence about rows of day, result, lines: how many, the busiest day, refusals."""
    if days.empty:
        return view.say("Er zijn geen regels in deze keuze.", "There are no lines in this choice.")
    totals = days.groupby("day")["lines"].sum()
    busiest, most = date.fromisoformat(str(totals.idxmax())), view.number(totals.max())
    refused = days.loc[days["result"] == "refused", "lines"].sum()
    count, dates = view.number(totals.sum()), view.number(len(totals))
    none = view.say("niets geweigerd", "nothing refused")
    some = view.say(f"{view.number(refused)} geweigerd", f"{view.number(refused)} refused")
    one = len(totals) == 1
    return view.say(
        f"{count} regels op {dates} {'dag' if one else 'dagen'}, de meeste op {view.day(busiest)} "
        f"({most}); {some if refused else none}.",
        f"{count} lines on {dates} {'day' if one else 'days'}, most on {view.day(busiest)} ({most}); "
        f"{some if refused else none}.",
    )


def draw_audit_trend(view: View, days: pd.DataFrame) -> None:
    """Draw bars per day from rows of day, result, lines, with the sentence below."""
    sentence = trend_words(view, days)
    if days.empty:
        st.caption(sentence)
        return
    rows = days.assign(
        day=pd.to_datetime(days["day"]), result=[result_words(view, r) for r in days["result"]]
    )
    first, last = rows["day"].min(), rows["day"].max() + timedelta(days=1)
    shown = [result_words(view, result) for result in RESULTS]
    colours = [colour for _, _, colour in RESULTS.values()]
    chart = (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            x=alt.X(
                "yearmonthdate(day):T",
                title=None,
                scale=alt.Scale(domain=[first.isoformat(), last.isoformat()]),
                axis=alt.Axis(format="%d-%m", tickCount=6, labelFlush=True),
            ),
            y=alt.Y("lines:Q", title=view.say("regels per dag", "lines per day")),
            color=alt.Color(
                "result:N",
                scale=alt.Scale(domain=shown, range=colours),
                legend=alt.Legend(title=None, orient="top"),
            ),
            tooltip=[alt.Tooltip("result:N"), alt.Tooltip("lines:Q")],
        )
    )
    st.altair_chart(chart.properties(height=170), key=f"{view.page}-days", alt=sentence)
    st.caption(sentence)
