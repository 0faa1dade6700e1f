"""What protection does to a small count: a chart and the table that the build draws from."""

import altair as alt
import pandas as pd
import streamlit as st

from pages.kit import palette
from pages.kit.chart import draw_chart
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.methode.table import READING_WIDTH, Table, draw_table
from pages.parts.noise import chance_within, usual_deviation

SHOWN_ROWS, SHOWN_STEPS = 11, 6


def draw_noise_chart(view: PartnerView) -> None:
    """Draw the chances of each deviation for the larger counts, with a sentence."""
    table = view.gateway.perturbation()
    most, row = SHOWN_STEPS, _middle(table[-1])
    least = len(table) - 1
    usual = usual_deviation(table)
    frame = pd.DataFrame(
        {
            "deviation": [_signed(step) for step in range(-most, most + 1)],
            "chance": [value * 100 for value in row],
        }
    )
    same, near = chance_within(row, 0) * 100, chance_within(row, 2) * 100
    sentence = view.say(
        f"Een aantal van {least} of meer blijft in {view.number(same)}% van de gevallen gelijk en "
        f"wijkt in {view.number(near)}% hoogstens 2 af, en in 99% hoogstens {usual}.",
        f"A count of {least} or more stays the same in {view.number(same)}% of cases and deviates by "
        f"at most 2 in {view.number(near)}%, and by at most {usual} in 99%.",
    )
    chart = (
        alt.Chart(frame)
        .mark_bar(color=palette.LINE_REGION)
        .encode(
            x=alt.X(
                "deviation:N",
                sort=None,
                title=view.say("afwijking van het aantal", "deviation of the count"),
                axis=alt.Axis(labelAngle=0),
            ),
            y=alt.Y("chance:Q", title=view.say("kans in %", "chance in %")),
            tooltip=[alt.Tooltip("deviation:N"), alt.Tooltip("chance:Q", format=".1f")],
        )
    )
    with st.container(width=READING_WIDTH):
        draw_chart(view, chart.properties(height=230), f"{view.page}-noise", sentence)
    st.caption(sentence)


def draw_noise_table(view: PartnerView) -> None:
    """Draw the table: a row per real count, a column per deviation, chances in percent."""
    table = view.gateway.perturbation()
    most, last = SHOWN_STEPS, len(table) - 1
    heads = [view.say("Echt aantal", "Real count")]
    heads += [_signed(step) for step in range(-most, most + 1)]
    heads += [view.say("verder", "further")]
    rows = [
        (
            view.say(f"{count} of meer", f"{count} or more") if count == last else str(count),
            *(_percent(view, chance) for chance in _middle(table[count])),
            _percent(view, max(1 - sum(_middle(table[count])), 0)),
        )
        for count in [*range(SHOWN_ROWS), last]
    ]
    gone = table[1][len(table[1]) // 2 - 1] * 100
    note = view.say(
        f"De kans dat een echt aantal met zoveel omhoog of omlaag gaat. Nul blijft altijd nul, en "
        f"een echt aantal van 1 wordt in {view.number(gone)}% van de gevallen als 0 getoond: een 0 "
        "betekent dus geen of weinig. Gemiddeld is de afwijking nul. 'Verder' is nooit "
        "onmogelijk maar steeds zeldzamer; een streep is minder dan 0,05%.",
        f"The chance that a real count goes up or down by that much. Zero always stays zero, and a "
        f"real count of 1 is shown as 0 in {view.number(gone)}% of cases, so a 0 means none "
        "or few. On average the deviation is zero. 'Further' is never impossible but ever "
        "rarer; a dash is less than 0.05%.",
    )
    title = view.say("kans op elke afwijking", "chance of each deviation")
    draw_table(view, title, Table(heads, rows), note)


def _middle(row: list[float]) -> list[float]:
    """Return the chances of the deviations that are shown one by one."""
    middle = len(row) // 2
    return row[middle - SHOWN_STEPS : middle + SHOWN_STEPS + 1]


def _percent(view: Words, chance: float) -> str:
    return f"{view.number(chance * 100, 1)}%" if chance >= 0.0005 else "–"


def _signed(step: int) -> str:
    return f"+{step}" if step > 0 else f"−{-step}" if step else "0"
