"""The panel beside a map: the chosen place, how sure its figure is, and what may explain it."""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from access.facts import Area
from access.passport import Passport
from pages.parts.blocks import draw_bars
from pages.parts.key_figures import key_line
from pages.parts.pattern_words import pattern_lines
from pages.parts.rows import SCORE, Shown, higher_than, place_name
from pages.parts.trend import PEERS, draw_trend, rate_at
from pages.parts.view import View


def compared_places(view: View, area: Area) -> list[tuple[str, str, str]]:
    """Return the place, its peers, its region and the country as (level, code, label)."""
    own = (area.level, area.code, place_name(view, area.level, area.name))
    country = ("nederland", "NL", view.say("Nederland", "the Netherlands"))
    if area.level == "nederland":
        return [own]
    if area.level == "riec" or not area.riec:
        return [own, country]
    region = view.gateway.area("riec", area.riec)
    wider = [("riec", region.code, f"RIEC {region.name}"), country]
    peers = view.gateway.peers(area.code) if area.level == "gemeente" else []
    if not peers:
        return [own, *wider]
    alike = view.say(
        f"{len(peers)} vergelijkbare gemeenten", f"{len(peers)} similar municipalities"
    )
    return [own, (PEERS, area.code, alike), *wider]


def _comparison(view: View, sheet: Passport, area: Area, period: str) -> list[str]:
    parts = []
    for level, code, label in compared_places(view, area)[1:]:
        rate = rate_at(view, sheet, level, code, period)
        if rate is not None:
            parts.append(f"{label}: {view.rate(rate)}")
    return parts


def _counts(view: View, sheet: Passport, row: "pd.Series[Any]") -> str:
    """Return what was counted in words, or why a larger area speaks for this place."""
    if row["whose"] and sheet.open:
        return view.say(
            f"De bron geeft hier geen eigen cijfer; dit is het {row['whose']}.",
            f"The source gives no figure of its own here; this is the {row['whose']}.",
        )
    if row["whose"]:
        return view.say(
            f"Hier is te weinig geteld voor een eigen cijfer; dit is het {row['whose']}.",
            f"Too little was counted here for a figure of its own; this is the {row['whose']}.",
        )
    k = view.gateway.protects()
    small = sheet.counting != "value" and row["numerator"] == 0 and not sheet.open
    few = view.say(f"ongeveer 0 – {k - 1}", f"about 0 – {k - 1}")
    numerator = few if small else view.number(row["numerator"])
    return (
        f"{numerator} {sheet.text('numerator_text', view.language)}, "
        f"{view.number(row['denominator'])} {sheet.text('denominator_text', view.language)}"
        f"{_mix(view, sheet, row['mix'])}"
    )


def _mix(view: View, sheet: Passport, mix: float) -> str:
    """Return what the place is made of lets expect, empty where nothing is corrected for."""
    if not sheet.corrected or pd.isna(mix):
        return ""
    strata, times = sheet.text("strata", view.language), view.number(mix, 2)
    return view.say(
        f". Door {strata} hier is {times} keer zoveel te verwachten als gemiddeld; daarvoor is gecorrigeerd.",
        f". From {strata} here {times} times as much is to be expected as on average; that is corrected for.",
    )


def open_words(view: View, sheet: Passport) -> str:
    """Return that the figure of an open indicator is as its source publishes it."""
    source = sheet.text("source", view.language)
    return view.say(
        f"Open cijfer, zoals gepubliceerd: {source}", f"Open figure, as published: {source}"
    )


def _complete(view: View, sheet: Passport, period: str) -> str:
    """Return which period a figure is of, and how much of it is registered by now."""
    (fact,) = (known for known in view.gateway.periods() if known.code == period)
    rows = view.gateway.evidence("completeness")
    told = [
        row
        for row in rows
        if (row["indicator"], row["period"]) == (sheet.code, period) and not row.get("partner")
    ]
    if not told:
        return view.period(fact)
    part = view.number(told[0]["share"] * 100)
    so = (
        view.say("het cijfer is daarvoor aangevuld", "the figure is completed for that")
        if told[0].get("completed", True)
        else view.say("teller en noemer even laat", "numerator and denominator equally late")
    )
    return f"{view.period(fact)}; {part}% {view.say('geregistreerd', 'registered')}, {so}"


def _figure(view: View, shown: Shown, row: "pd.Series[Any]", area: Area, period: str) -> None:
    sheet = shown.sheet
    if sheet is None:
        return
    interval = view.say(
        f"90%-interval {view.rate(row['low'])} tot {view.rate(row['high'])}",
        f"90% interval {view.rate(row['low'])} to {view.rate(row['high'])}",
    )
    if shown.counts:
        interval = f"{view.rate(row['smoothed'])} {view.unit(sheet)}, {interval}"
    value = view.number(row["value"]) if shown.counts else view.rate(row["value"])
    counts = _counts(view, sheet, row)
    since = view.since(row["since"])
    mark = view.say(f"▲ Steekt eruit, sinds {since}.", f"▲ Stands out, since {since}.")
    st.html(
        f'<div class="wb-big">{value} <span class="wb-small">{escape(shown.unit)}</span></div>'
        f'<div class="wb-small">{escape(interval)}; {escape(higher_than(view, row["percentile"]))}'
        f"<br>{escape(' · '.join(_comparison(view, sheet, area, period)))}<br>{escape(counts)}"
        f"<br>{escape(_complete(view, sheet, period))}"
        + (f"<br>{escape(open_words(view, sheet))}" if sheet.open else "")
        + (f'<br><span class="wb-mark">{escape(mark)}</span>' if since else "")
        + "</div>"
    )


def rank_words(view: View, row: "pd.Series[Any]") -> str:
    """Return how well the rank of a place's score holds; empty when that is not known."""
    if "rank_low" not in row or pd.isna(row["rank_low"]) or row["whose"]:
        return ""
    low, high = view.number(row["rank_low"]), view.number(row["rank_high"])
    return view.say(
        f"{row['surely'].capitalize()}: met andere keuzes en binnen de onzekerheid van de cijfers ligt de plek "
        f"in 90% van de berekeningen tussen {low} en {high} (100 is de hoogste).",
        f"{row['surely'].capitalize()}: with other choices, and within the uncertainty of the figures, the rank "
        f"lies between {low} and {high} in 90% of the runs (100 is the highest).",
    )


def _draw_pattern(view: View, sheet: Passport, level: str, area: str) -> None:
    """Draw what neighbours and history say of the place."""
    found = view.gateway.pattern(sheet.code, level, area)
    lines = pattern_lines(view, sheet, found.iloc[0]) if len(found) else []
    if lines:
        head = view.say("Buren en geschiedenis", "Neighbours and history")
        st.markdown(f"**{head}**\n\n" + "\n".join(f"- {line}" for line in lines))


def draw_contributions(view: View, level: str, area: str, period: str) -> None:
    """Draw what each indicator adds to a place's score; the bars add up to the score."""
    sheets = view.gateway.passports()
    profile = view.gateway.profile(level, area, period)
    parts = profile[profile["contribution"].notna()].sort_values("contribution", ascending=False)
    if parts.empty:
        st.caption(
            view.say("Voor deze plaats is er geen score.", "There is no score for this place.")
        )
        return
    total = float(parts["contribution"].sum())
    rows = [
        (view.name(sheets[code]), value, view.number(value, 1))
        for code, value in zip(parts["indicator"], parts["contribution"], strict=True)
    ]
    draw_bars(rows, top=max(value for _, value, _ in rows))
    st.caption(
        view.say(
            f"De bijdragen tellen op tot de score: {view.number(total, 1)} van 100.",
            f"The contributions add up to the score: {view.number(total, 1)} of 100.",
        )
    )


def draw_panel(view: View, shown: Shown, area: str, period: str) -> None:
    """Draw the panel of the place ``area`` for what the map shows."""
    found = shown.rows[shown.rows["area"] == area]
    if found.empty:
        st.caption(view.say("Voor deze plaats is er geen cijfer.", "No figure for this place."))
        return
    row = found.iloc[0]
    fact = view.gateway.area(shown.level, area)
    st.header(place_name(view, shown.level, fact.name), anchor=False)
    if shown.level not in ("nederland", "riec", "gemeente") and fact.gemeente:
        owner = view.gateway.area("gemeente", fact.gemeente).name
        st.caption(f"{view.say('Gemeente', 'Municipality')} {owner} · {area}")
    if told := key_line(view, shown.level, area):
        st.caption(told)
    if shown.code == SCORE or shown.sheet is None:
        st.html(
            f'<div class="wb-big">{view.number(row["value"])} '
            f'<span class="wb-small">{view.say("van 100", "of 100")}; '
            f"{escape(higher_than(view, row['percentile']))}</span></div>"
            f'<div class="wb-small">{escape(rank_words(view, row))}</div>'
        )
        draw_contributions(view, row["figure_level"], row["figure_of"], period)
        return
    sheet = shown.sheet
    _figure(view, shown, row, fact, period)
    if not row["whose"] and period == view.gateway.period(None, shown.level).code:
        _draw_pattern(view, sheet, shown.level, area)
    speaks = view.gateway.area(row["figure_level"], row["figure_of"])
    draw_trend(view, sheet, compared_places(view, speaks), f"{view.page}-trend", height=190)
    innocent = sheet.text("innocent", view.language)
    action = sheet.text("action", view.language)
    st.markdown(f"**{view.say('Kan ook onschuldig zijn', 'May be innocent')}**  \n{innocent}")
    st.markdown(f"**{view.say('Wat u kunt doen', 'What you can do')}**  \n{action}")
