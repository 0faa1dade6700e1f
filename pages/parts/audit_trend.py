"""How much the audit log grew per day, as a chart with a sentence."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import altair as alt
import pandas as pd
import streamlit as st

from access.audit_lines import LinesOfDay
from bilingual import Text
from pages.kit import palette
from pages.kit.chart import draw_chart
from pages.kit.view import AuditorView
from pages.kit.words import Words

RESULT_WORDS = {
    "ok": Text("gedaan", "done"),
    "refused": Text("geweigerd", "refused"),
    "failed": Text("mislukt", "failed"),
}
COLOURS = (palette.LINE_REGION, palette.LINE_AREA, palette.css(palette.CHOSEN))
"""The colour of each result, in the order of RESULT_WORDS."""


def result_words(view: Words, result: str) -> str:
    """Return a result in words; one that has none as it is."""
    return view.text(RESULT_WORDS[result]) if result in RESULT_WORDS else result


def trend_words(view: Words, days: Sequence[LinesOfDay]) -> str:
    """Return a sentence about the lines per day: how many, the busiest day, how many refused."""
    if not days:
        return view.say("Er zijn geen regels in deze keuze.", "There are no lines in this choice.")
    totals: Counter[str] = Counter()
    for of_day in days:
        totals[of_day.day] += of_day.lines
    ((busiest, most),) = totals.most_common(1)
    on, at_most = view.day(date.fromisoformat(busiest)), view.number(most)
    refused = sum(of_day.lines for of_day in days if of_day.result == "refused")
    count, dates = view.number(totals.total()), view.number(len(totals))
    none = view.say("niets geweigerd", "nothing refused")
    some = view.say(f"{view.number(refused)} geweigerd", f"{view.number(refused)} refused")
    one = len(totals) == 1
    return view.say(
        f"{count} regels op {dates} {'dag' if one else 'dagen'}, de meeste op {on} ({at_most}); "
        f"{some if refused else none}.",
        f"{count} lines on {dates} {'day' if one else 'days'}, most on {on} ({at_most}); "
        f"{some if refused else none}.",
    )


def draw_audit_trend(view: AuditorView, days: Sequence[LinesOfDay]) -> None:
    """Draw a bar for each day, divided by result, with the sentence below."""
    sentence = trend_words(view, days)
    if not days:
        st.caption(sentence)
        return
    rows = pd.DataFrame(
        {
            "day": pd.to_datetime([of_day.day for of_day in days]),
            "result": [result_words(view, of_day.result) for of_day in days],
            "lines": [of_day.lines for of_day in days],
        }
    )
    first, last = rows["day"].min(), rows["day"].max() + timedelta(days=1)
    shown = [view.text(words) for words in RESULT_WORDS.values()]
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
                scale=alt.Scale(domain=shown, range=list(COLOURS)),
                legend=alt.Legend(title=None, orient="top"),
            ),
            tooltip=[alt.Tooltip("result:N"), alt.Tooltip("lines:Q")],
        )
    )
    draw_chart(view, chart.properties(height=170), f"{view.page}-days", sentence)
    st.caption(sentence)
