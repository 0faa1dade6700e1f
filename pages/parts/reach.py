"""A chart of how far deliveries reach: a bar per partner and kind, from first to last record."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import altair as alt
import pandas as pd
import streamlit as st

from pages.kit import palette
from pages.kit.chart import draw_chart
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.parts.deliveries import Stream, kind_words, month_end, month_start, partner_words
from records.partners import PARTNERS

ROW_HEIGHT = 22


@dataclass(frozen=True)
class Bar:
    """The bar of one kind of record by one partner, or by all partners of one sort together."""

    label: str
    start: date
    end: date


def reach_bars(view: Words, streams: Iterable[Stream], start: date) -> list[Bar]:
    """Return the bars of streams, by partner and kind.

    Partners of a sort that has many (gemeenten, RIECs) share a bar, from the earliest record to
    the latest; bars begin at ``start`` at the earliest.
    """
    grouped: defaultdict[tuple[str, str], list[Stream]] = defaultdict(list)
    for stream in streams:
        grouped[stream.organisation, stream.kind].append(stream)
    bars = []
    for (code, kind), group in sorted(grouped.items()):
        ends = [month_end(stream.last) for stream in group if stream.last]
        starts = [month_start(stream.first) for stream in group if stream.first]
        if not starts or not ends:
            continue
        name = partner_words(view, code, {})
        shared = code in PARTNERS and PARTNERS[code].with_area is not None
        label = f"{name} ({len(group)})" if shared else name
        last = max(ends)
        first = max(min(starts), min(start, last))
        bars.append(Bar(f"{label}: {kind_words(view, kind)}", first, last))
    return bars


def draw_reach(view: PartnerView, streams: Iterable[Stream], start: date, until: date) -> None:
    """Draw the bars with a line at the last day of the release, and a sentence."""
    bars = reach_bars(view, streams, start)
    if not bars:
        return
    short = [bar for bar in bars if bar.end < until - timedelta(days=31)]
    sentence = view.say(
        f"{len(bars) - len(short)} van {len(bars)} stromen reiken tot in de laatste maand van deze "
        f"uitgave (tot en met {view.day(until)}).",
        f"{len(bars) - len(short)} of {len(bars)} streams reach into the last month of this release "
        f"(up to {view.day(until)}).",
    )
    if short:
        names = view.listing(sorted(bar.label for bar in short))
        sentence += view.say(f" Niet zo ver: {names}.", f" Not as far: {names}.")
    rows = pd.DataFrame(
        {
            "label": [bar.label for bar in bars],
            "start": pd.to_datetime([bar.start for bar in bars]),
            "end": pd.to_datetime([bar.end for bar in bars]),
        }
    )
    reach = (
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
            tooltip=[alt.Tooltip("label:N"), alt.Tooltip("end:T", format="%m-%Y")],
        )
    )
    line = (
        alt.Chart(pd.DataFrame({"until": [pd.Timestamp(until)]}))
        .mark_rule(color=palette.LINE_AREA, strokeWidth=2)
        .encode(x="until:T")
    )
    chart = (reach + line).properties(height=40 + ROW_HEIGHT * len(bars))
    draw_chart(view, chart, f"{view.page}-reach", sentence)
    st.caption(
        sentence
        + view.say(
            " Elke staaf gaat van de eerste tot de laatste maand met gegevens; de oranje lijn is het eind van "
            "de uitgave. Maanden zonder gegevens staan in de tabellen.",
            " Each bar runs from the first to the last month with data; the orange line is the end of the "
            "release. Months without data are in the tables.",
        )
    )
