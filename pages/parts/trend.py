"""A line through time for a place, beside its region and the country."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

import pandas as pd
import streamlit as st

from access.figures import Figure
from access.findings import PeerRate
from access.passport import Passport
from pages.kit.chart import draw_spec
from pages.kit.view import PartnerView
from pages.kit.words import Words, plain
from pages.parts.other_day import other_day_words
from pages.parts.trend_spec import trend_spec

HEIGHT, SMALL_HEIGHT = 230, 170

PEERS = "peers"
"""Stands where a level would, for the middle of the gemeenten most like one."""


Rate = Figure | PeerRate
"""The rate of a place with its 90% interval, or that of its peers with their quartiles."""


class Point(NamedTuple):
    """The rate of a place over the 12 months up to ``end``; ``place`` is its label."""

    end: date
    rate: float | None
    low: float | None
    high: float | None
    place: str


def rates_of(view: PartnerView, passport: Passport, level: str, code: str) -> Sequence[Rate]:
    """Return the 12-month rates of a place or of a gemeente's peers, oldest first."""
    if (level if level != PEERS else "gemeente") not in passport.levels:
        return ()
    asked = (passport.code, level, code)
    if asked not in view.read:
        view.read[asked] = (
            view.gateway.peer_series(passport.code, code)
            if level == PEERS
            else view.gateway.series(passport.code, level, code)
        )
    rates: Sequence[Rate] = view.read[asked]
    return rates


def read_all(view: PartnerView, level: str, code: str) -> None:
    """Read the rates of a place of all indicators at once, for all that is drawn after it."""
    found = view.gateway.profiles(level, code)
    for passport in view.gateway.passports().values():
        view.read.setdefault((passport.code, level, code), found.get(passport.code, []))


def rate_with_interval(
    view: PartnerView, passport: Passport, level: str, code: str, period: str
) -> Rate | None:
    """Return what is known of a place or of peers in a 12-month window, None where nothing is."""
    rates = rates_of(view, passport, level, code)
    return next((rate for rate in rates if rate.period == period), None)


def rate_at(
    view: PartnerView, passport: Passport, level: str, code: str, period: str
) -> float | None:
    """Return the rate of a place or of peers in a 12-month window, None where there is none."""
    rate = rate_with_interval(view, passport, level, code, period)
    return rate.smoothed if rate else None


def points_of(
    view: PartnerView, passport: Passport, places: Sequence[tuple[str, str, str]]
) -> list[Point]:
    """Return the 12-month rates of several places (level, code, label), oldest first for each.

    Places at a level that the indicator is not published for are left out.
    """
    ends = {period.code: period.end for period in view.gateway.periods("year")}
    return [
        Point(ends[rate.period], rate.smoothed, rate.low, rate.high, label)
        for level, code, label in places
        for rate in rates_of(view, passport, level, code)
    ]


def exceeds(value: float | None, other: float | None) -> bool:
    """Return whether a value lies above another; False where either is not known."""
    return value is not None and other is not None and value > other


class Interval(Protocol):
    """A rate with the ends of its interval."""

    @property
    def low(self) -> float | None:
        """Its lower end; None where it is not known."""

    @property
    def high(self) -> float | None:
        """Its upper end."""


def surely_moved(then: Interval, now: Interval) -> int:
    """Return 1 where a rate surely rose, -1 where it fell, 0 where the intervals overlap."""
    return int(exceeds(now.low, then.high)) - int(exceeds(then.low, now.high))


def surely_beside(own: Interval, other: float | None) -> int:
    """Return 1 where a rate surely lies above another, -1 where below, 0 where neither."""
    return int(exceeds(own.low, other)) - int(exceeds(other, own.high))


def trend_sentence(view: Words, passport: Passport, points: Sequence[Point], place: str) -> str:
    """Return one sentence on how a place changed between the first and the last window."""
    own = [point for point in points if point.place == place and point.rate is not None]
    if len(own) < 2:
        return view.say("Te weinig perioden voor een trend.", "Too few periods for a trend.")
    first, last = own[0], own[-1]
    then, now, unit = view.rate(first.rate), view.rate(last.rate), view.unit(passport)
    moved = surely_moved(first, last)
    if not moved:
        return view.say(
            f"{place}: {then} toen, {now} nu ({unit}); het verschil past binnen de onzekerheid.",
            f"{place}: {then} then, {now} now ({unit}); the difference is within the uncertainty.",
        )
    up = moved > 0
    direction = view.say("gestegen" if up else "gedaald", "risen" if up else "fallen")
    return view.say(
        f"{place} is duidelijk {direction}: van {then} naar {now} {unit}.",
        f"{place} has clearly {direction}: from {then} to {now} {unit}.",
    )


def draw_trend(
    view: PartnerView,
    passport: Passport,
    places: Sequence[tuple[str, str, str]],
    key: str,
    height: int = HEIGHT,
) -> None:
    """Draw the trend of places with a sentence; the first place is the one that it is about."""
    points = points_of(view, passport, places)
    if all(point.rate is None for point in points):
        st.caption(view.say("Nog geen trend bekend.", "No trend known yet."))
        return
    labels = [label for _, _, label in places]
    sentence = trend_sentence(view, passport, points, labels[0])
    spec = trend_spec(labels, view.unit(passport), height)
    draw_spec(view, _frame(points), spec, key, sentence)
    note = view.say(
        "Elk punt is de 12 maanden tot dan, gesmoothd; de band is het 90%-interval.",
        "Each point is the 12 months up to then, smoothed; the band is the 90% interval.",
    )
    level = places[0][0] if places[0][0] != PEERS else "gemeente"
    drawn = {rate.period for rate in rates_of(view, passport, places[0][0], places[0][1])}
    other = other_day_words(view, passport.code, level, drawn)
    st.caption(plain(" ".join(filter(None, (sentence, note, other)))))


def _frame(points: Sequence[Point]) -> pd.DataFrame:
    """Return points as the chart takes them: a column per field, NaN for what is not known."""
    numbers = dict.fromkeys(("rate", "low", "high"), "float64")
    return pd.DataFrame(points).astype({"end": "datetime64[ns]", **numbers})
