"""The development of every indicator of a place, those that changed most first, the rest held back."""

import math
from collections.abc import Sequence
from functools import partial

import streamlit as st

from access.passport import Passport
from pages.kit.behind import draw_behind
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.parts.trend import SMALL_HEIGHT, Rate, draw_trend, rates_of, read_all, surely_moved

MOST = 4
"""So many charts are drawn at once."""

YEAR = 4
"""Windows between two that share no month."""

Place = tuple[str, str, str]
"""Level, code and label."""


def change_of(rates: Sequence[Rate]) -> tuple[bool, float]:
    """Return whether the last rate surely differs from that of a year earlier, and how much.

    How much is the logarithm of their ratio, 0 where there are not both.
    """
    if len(rates) <= YEAR:
        return False, 0.0
    then, now = rates[-1 - YEAR], rates[-1]
    sure = surely_moved(then, now) != 0
    if not then.smoothed or not now.smoothed:
        return sure, 0.0
    return sure, math.log(now.smoothed / then.smoothed)


def by_change(view: PartnerView, place: Place) -> list[tuple[Passport, bool]]:
    """Return the indicators of a place, with whether each surely changed, the most changed first."""
    level, code, _ = place
    read_all(view, level, code)
    found = []
    for passport in view.gateway.passports().values():
        rates = rates_of(view, passport, level, code)
        if any(rate.smoothed is not None for rate in rates):
            sure, size = change_of(rates)
            found.append((not sure, -abs(size), passport.code, passport))
    return [(passport, not still) for still, _, _, passport in sorted(found, key=lambda f: f[:3])]


def draw_multiples(view: PartnerView, places: Sequence[Place]) -> None:
    """Draw what changed at the first of ``places``, each indicator beside the other places."""
    ranked = by_change(view, places[0])
    if not ranked:
        return
    changed = sum(sure for _, sure in ranked)
    name, count = plain(places[0][2]), view.number(changed)
    st.header(
        view.say(
            f"{name}: {count} van {len(ranked)} indicatoren veranderden duidelijk in een jaar",
            f"{name}: {count} of {len(ranked)} indicators clearly changed in a year",
        ),
        anchor=False,
    )
    first = [passport for passport, sure in ranked if sure][:MOST]
    rest = [passport for passport, _ in ranked if passport not in first]
    _draw_pairs(view, first, places)
    if rest:
        label = view.say(
            f"Ontwikkeling van {len(rest)} {'andere ' if first else ''}indicatoren",
            f"Development of {len(rest)} {'other ' if first else ''}indicators",
        )
        draw_behind(view, "multiples", label, partial(_draw_pairs, view, rest, places))


def _draw_pairs(view: PartnerView, passports: Sequence[Passport], places: Sequence[Place]) -> None:
    """Draw a small chart for each indicator, two beside each other."""
    for start in range(0, len(passports), 2):
        pair = passports[start : start + 2]
        for column, passport in zip(st.columns(2, gap="large"), pair, strict=False):
            with column:
                st.markdown(f"**{view.name(passport)}**")
                draw_trend(
                    view, passport, places, f"{view.page}-small-{passport.code}", SMALL_HEIGHT
                )
