"""The panel beside a map: the chosen place, how sure its figure is, and what may explain it."""

from html import escape

import streamlit as st

from access.facts import Area
from access.figures import Figure
from access.passport import Passport
from pages.kit.blocks import draw_bars
from pages.kit.view import PartnerView
from pages.kit.words import Words, plain
from pages.parts.explained import explained
from pages.parts.key_figures import key_line
from pages.parts.other_day import other_day_words
from pages.parts.own_area import own_name
from pages.parts.pattern_words import pattern_lines
from pages.parts.place_words import higher_than, place_name
from pages.parts.rows import Shown, ShownPlace
from pages.parts.trend import PEERS, draw_trend, rate_at
from store.evidence.of_records import Completeness


def compared_places(view: PartnerView, area: Area) -> list[tuple[str, str, str]]:
    """Return the place, its peers, its region and the country as (level, code, label)."""
    wide = area.level in ("nederland", "riec")
    name = own_name(view, area) if wide else place_name(view, area.level, area.name)
    own = (area.level, area.code, name)
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


def comparison_words(view: PartnerView, passport: Passport, area: Area, period: str) -> str:
    """Return the rates of a place's peers, its region and the country, as a line."""
    parts = []
    for level, code, label in compared_places(view, area)[1:]:
        rate = rate_at(view, passport, level, code, period)
        if rate is not None:
            parts.append(f"{label}: {view.rate(rate)}")
    return " · ".join(parts)


def count_words(view: PartnerView, passport: Passport, figure: Figure, whose: str) -> str:
    """Return what was counted in words, or why a larger area speaks for this place.

    ``whose`` says of which larger area the figure is; empty when it is the place's own.
    """
    if whose and passport.open:
        return view.say(
            f"De bron geeft hier geen eigen cijfer; dit is het {whose}.",
            f"The source gives no figure of its own here; this is the {whose}.",
        )
    if whose:
        return view.say(
            f"Hier is te weinig geteld voor een eigen cijfer; dit is het {whose}.",
            f"Too little was counted here for a figure of its own; this is the {whose}.",
        )
    return (
        f"{view.counted(figure.numerator, passport)} "
        f"{passport.text('numerator_text', view.language)}, "
        f"{view.counted(figure.denominator, passport)} "
        f"{passport.text('denominator_text', view.language)}"
        f"{_mix(view, passport, figure.mix)}"
    )


def _mix(words: Words, passport: Passport, mix: float | None) -> str:
    """Return what the make-up of the place leads one to expect; empty where nothing is corrected."""
    if not passport.corrected or mix is None:
        return ""
    strata, times = passport.text("strata", words.language), words.number(mix, 2)
    return words.say(
        f". Door {strata} hier is {times} keer zoveel te verwachten als gemiddeld; daarvoor is gecorrigeerd.",
        f". From {strata} here {times} times as much is to be expected as on average; that is corrected for.",
    )


def open_words(words: Words, passport: Passport) -> str:
    """Return that the figure of an open indicator is as its source publishes it."""
    source = passport.text("source", words.language)
    return words.say(
        f"Open cijfer, zoals gepubliceerd: {source}", f"Open figure, as published: {source}"
    )


def _complete(view: PartnerView, code: str, period: str) -> str:
    """Return the period of a figure, and how much of it is registered by now."""
    (when,) = (known for known in view.gateway.periods() if known.code == period)
    found = [
        row
        for row in view.gateway.evidence(Completeness)
        if (row.indicator, row.period, row.partner) == (code, period, None)
    ]
    if not found:
        return view.period(when)
    part = view.number(found[0].share * 100)
    so = (
        view.say("het cijfer is daarvoor aangevuld", "the figure is completed for that")
        if found[0].completed
        else view.say("teller en noemer even laat", "numerator and denominator equally late")
    )
    return f"{view.period(when)}; {part}% {view.say('geregistreerd', 'registered')}, {so}"


def _draw_figure(
    view: PartnerView, shown: Shown, place: ShownPlace, figure: Figure, lines: list[str]
) -> None:
    """Draw a figure with how sure it is and, below that, the ``lines`` of what backs it."""
    interval = view.say(
        f"90%-interval {view.rate(figure.low)} tot {view.rate(figure.high)}",
        f"90% interval {view.rate(figure.low)} to {view.rate(figure.high)}",
    )
    if shown.counts and shown.passport:
        interval = f"{view.rate(figure.smoothed)} {view.unit(shown.passport)}, {interval}"
    plain_count = shown.counts and shown.passport
    value = view.counted(place.value, plain_count) if plain_count else view.rate(place.value)
    since = view.since(place.since)
    mark = view.say(f"▲ Steekt eruit, sinds {since}.", f"▲ Stands out, since {since}.")
    st.html(
        f'<div class="wb-big">{value} <span class="wb-small">{escape(shown.unit)}</span></div>'
        f'<div class="wb-small">{escape(interval)}; {escape(higher_than(view, figure.percentile))}'
        + "".join(f"<br>{escape(line)}" for line in lines)
        + (f'<br><span class="wb-mark">{escape(mark)}</span>' if since else "")
        + "</div>"
    )


def rank_words(words: Words, place: ShownPlace) -> str:
    """Return how well the rank of a place's score holds; empty when that is not known."""
    if place.rank is None or place.whose:
        return ""
    low, high = words.number(place.rank.low), words.number(place.rank.high)
    return words.say(
        f"{place.surely.capitalize()}: met andere keuzes en binnen de onzekerheid van de cijfers ligt de plek "
        f"in 90% van de berekeningen tussen {low} en {high} (100 is de hoogste).",
        f"{place.surely.capitalize()}: with other choices, and within the uncertainty of the figures, the rank "
        f"lies between {low} and {high} in 90% of the runs (100 is the highest).",
    )


def _draw_pattern(view: PartnerView, passport: Passport, level: str, area: str) -> None:
    """Draw what neighbours and history say of the place."""
    pattern = view.gateway.pattern(passport.code, level, area)
    lines = pattern_lines(view, passport, pattern) if pattern else []
    if lines:
        head = view.say("Buren en geschiedenis", "Neighbours and history")
        st.markdown(f"**{head}**\n\n" + "\n".join(f"- {plain(line)}" for line in lines))


def draw_contributions(view: PartnerView, level: str, area: str, period: str) -> None:
    """Draw what each indicator adds to a place's score; the bars add up to the score."""
    passports = view.gateway.passports()
    profile = view.gateway.profile(level, area, period)
    parts = [(f.indicator, f.contribution) for f in profile if f.contribution is not None]
    if not parts:
        st.caption(
            view.say("Voor deze plaats is er geen score.", "There is no score for this place.")
        )
        return
    total = sum(points for _, points in parts)
    rows = [
        (view.name(passports[code]), points, view.number(points, 1))
        for code, points in sorted(parts, key=lambda part: part[1], reverse=True)
    ]
    draw_bars(rows, top=max(points for _, points in parts))
    st.caption(
        view.say(
            f"De bijdragen tellen op tot de score: {view.number(total, 1)} van 100.",
            f"The contributions add up to the score: {view.number(total, 1)} of 100.",
        )
    )


def draw_head(view: PartnerView, level: str, area: Area) -> None:
    """Draw the name of a place, where it lies, and its key figures on a line."""
    st.header(plain(place_name(view, level, area.name)), anchor=False)
    if level not in ("nederland", "riec", "gemeente") and area.gemeente:
        owner = view.gateway.area("gemeente", area.gemeente).name
        st.caption(f"{view.say('Gemeente', 'Municipality')} {plain(owner)} · {plain(area.code)}")
    if line := key_line(view, level, area.code):
        st.caption(plain(line))


def _draw_score(view: PartnerView, place: ShownPlace, period: str) -> None:
    st.html(
        f'<div class="wb-big">{view.number(place.value)} '
        f'<span class="wb-small">{view.say("van 100", "of 100")}; '
        f"{escape(higher_than(view, place.row.percentile))}</span></div>"
        f'<div class="wb-small">{escape(rank_words(view, place))}</div>'
    )
    draw_contributions(view, place.row.figure_level, place.row.figure_of, period)


def draw_panel(view: PartnerView, shown: Shown, code: str, period: str) -> None:
    """Draw the panel of the place with this code, for what the map shows."""
    place = next((place for place in shown.places if place.area == code), None)
    if place is None:
        st.caption(view.say("Voor deze plaats is er geen cijfer.", "No figure for this place."))
        return
    area = view.gateway.area(shown.level, code)
    draw_head(view, shown.level, area)
    passport, figure = shown.passport, place.figure
    if passport is None or figure is None:
        _draw_score(view, place, period)
        return
    lines = [
        comparison_words(view, passport, area, period),
        count_words(view, passport, figure, place.whose),
        other_day_words(view, passport.code, figure.figure_level, [period]),
        _complete(view, passport.code, period),
        *([open_words(view, passport)] if passport.open else []),
    ]
    _draw_figure(view, shown, place, figure, [line for line in lines if line])
    if not place.whose and period == view.gateway.period(None, shown.level).code:
        _draw_pattern(view, passport, shown.level, code)
    speaks = view.gateway.area(figure.figure_level, figure.figure_of)
    draw_trend(view, passport, compared_places(view, speaks), f"{view.page}-trend", height=190)
    for name, text in explained(view, passport):
        st.markdown(f"**{name}**  \n{text}")
