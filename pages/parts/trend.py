"""A line through time for a place, beside its region and the country."""

import altair as alt
import pandas as pd
import streamlit as st

from access.facts import Period
from access.passport import Passport
from pages.parts import palette
from pages.parts.view import View

HEIGHT, SMALL_HEIGHT = 230, 170
WIDEST = 3
"""So many names fit beside each other."""
DASHES = ([8, 3, 2, 3], [6, 3], [2, 2])
"""Of the peers, the region and the country, so that colour never speaks alone."""

PEERS = "peers"
"""Stands where a level would, for the middle of the gemeenten most like one."""


def rates_of(view: View, sheet: Passport, level: str, code: str) -> pd.DataFrame | None:
    """Return the 12-month rates of a place or of a gemeente's peers, None where there are none."""
    if (level if level != PEERS else "gemeente") not in sheet.levels:
        return None
    asked = (sheet.code, level, code)
    if asked not in view.read:
        view.read[asked] = (
            view.gateway.peer_series(sheet.code, code)
            if level == PEERS
            else view.gateway.series(sheet.code, level, code)
        )
    series: pd.DataFrame = view.read[asked]
    return series


def rate_at(view: View, sheet: Passport, level: str, code: str, period: str) -> float | None:
    """Return the rate of a place or of peers in a 12-month window, None where there is none."""
    series = rates_of(view, sheet, level, code)
    if series is None:
        return None
    now = series.loc[series["period"] == period, "smoothed"]
    return float(now.iloc[0]) if len(now) else None


def series_of(view: View, sheet: Passport, places: list[tuple[str, str, str]]) -> pd.DataFrame:
    """Return the 12-month rates of several places (level, code, label): end, rate, place.

    Places at a level that the indicator is not published for are left out.
    """
    ends = {period.code: period.end for period in view.gateway.periods("year")}
    frames = []
    for level, code, label in places:
        series = rates_of(view, sheet, level, code)
        if series is not None and len(series):
            frames.append(
                pd.DataFrame(
                    {
                        "end": pd.to_datetime(series["period"].map(ends)),
                        "rate": series["smoothed"].astype(float),
                        "low": series["low"].astype(float),
                        "high": series["high"].astype(float),
                        "place": label,
                    }
                )
            )
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def trend_sentence(view: View, sheet: Passport, series: pd.DataFrame, place: str) -> str:
    """Return one sentence on how a place changed between the first and the last window."""
    own = series[series["place"] == place].dropna(subset=["rate"])
    if len(own) < 2:
        return view.say("Te weinig perioden voor een trend.", "Too few periods for a trend.")
    first, last = own.iloc[0], own.iloc[-1]
    then, now = view.rate(first["rate"]), view.rate(last["rate"])
    unit = view.unit(sheet)
    sure = last["low"] > first["high"] or last["high"] < first["low"]
    up = last["rate"] > first["rate"]
    if not sure:
        return view.say(
            f"{place}: {then} toen, {now} nu ({unit}); het verschil past binnen de onzekerheid.",
            f"{place}: {then} then, {now} now ({unit}); the difference is within the uncertainty.",
        )
    direction = view.say("gestegen" if up else "gedaald", "risen" if up else "fallen")
    return view.say(
        f"{place} is duidelijk {direction}: van {then} naar {now} {unit}.",
        f"{place} has clearly {direction}: from {then} to {now} {unit}.",
    )


def draw_trend(
    view: View, sheet: Passport, places: list[tuple[str, str, str]], key: str, height: int = HEIGHT
) -> None:
    """Draw the trend of places with a sentence; the first place is the one that it is about."""
    series = series_of(view, sheet, places)
    if series.empty or series["rate"].isna().all():
        st.caption(view.say("Nog geen trend bekend.", "No trend known yet."))
        return
    labels = [label for _, _, label in places]
    sentence = trend_sentence(view, sheet, series, labels[0])
    colours = [palette.LINE_AREA, *palette.LINES[-len(labels) + 1 :]][: len(labels)]
    dashes = [[1, 0], *DASHES[-len(labels) + 1 :]][: len(labels)]
    colour = alt.Color(
        "place:N",
        scale=alt.Scale(domain=labels, range=colours),
        legend=alt.Legend(
            title=None,
            orient="top",
            labelLimit=220,
            symbolType="stroke",
            columns=2 if len(labels) > WIDEST else 0,
        ),
    )
    base = alt.Chart(series).encode(
        x=alt.X("end:T", title=None, axis=alt.Axis(format="%m-%Y", tickCount=5, labelFlush=True))
    )
    band = (
        base.transform_filter(alt.datum.place == labels[0])
        .mark_area(opacity=0.13, color=palette.LINE_AREA)
        .encode(y=alt.Y("low:Q", title=None), y2="high:Q")
    )
    lines = base.mark_line(strokeWidth=2.2, point=alt.OverlayMarkDef(size=28)).encode(
        y=alt.Y("rate:Q", title=view.unit(sheet), scale=alt.Scale(zero=True)),
        color=colour,
        strokeDash=alt.StrokeDash(
            "place:N", scale=alt.Scale(domain=labels, range=dashes), legend=None
        ),
        tooltip=[alt.Tooltip("place:N"), alt.Tooltip("rate:Q", format=".3g")],
    )
    st.altair_chart((band + lines).properties(height=height), key=key, alt=sentence)
    note = view.say(
        "Elk punt is de 12 maanden tot dan, gesmoothd; de band is het 90%-interval.",
        "Each point is the 12 months up to then, smoothed; the band is the 90% interval.",
    )
    st.caption(f"{sentence} {note}")


def draw_trends(view: View, places: list[tuple[str, str, str]], key: str) -> None:
    """Draw the trend of every indicator for the same places, two beside each other."""
    sheets = list(view.gateway.passports().values())
    for start in range(0, len(sheets), 2):
        pair = sheets[start : start + 2]
        for column, sheet in zip(st.columns(2, gap="large"), pair, strict=False):
            with column:
                st.markdown(f"**{view.name(sheet)}**")
                draw_trend(view, sheet, places, f"{key}-{sheet.code}", SMALL_HEIGHT)


def window_before(periods: list[Period], code: str) -> Period | None:
    """Return the 12-month window that ended a quarter before the window ``code``, or None."""
    ends = {_months(window): window for window in periods if window.kind == "year"}
    (own,) = (window for window in ends.values() if window.code == code)
    return ends.get(_months(own) - 3)


def _months(period: Period) -> int:
    """Return the month in which a period ends, counted from the year 0."""
    return period.end.year * 12 + period.end.month
