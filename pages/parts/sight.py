"""An indicator or the score on a map, with its finding and the panel of the chosen place."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from access.map_counts import MapCounts
from access.partner_figures import SCORE
from pages.kit.blocks import draw_sources, offer_place
from pages.kit.choices import AREA, choose_or_none, keep, kept, take
from pages.kit.leading import lead_to
from pages.kit.view import PartnerView
from pages.kit.words import plain
from pages.parts.chosen_place import settle_place
from pages.parts.map import MapRequest, draw_map
from pages.parts.map_sentence import map_sentence
from pages.parts.other_day import other_day_words
from pages.parts.own_area import lies_in
from pages.parts.panel import draw_panel
from pages.parts.picking import MAP_KEY
from pages.parts.place_words import place_name
from pages.parts.rows import shown_rows
from pages.parts.scale import Scale, scale_of
from pages.parts.trend import rate_at

MOST_NAMED = 12


@dataclass(frozen=True)
class Sight:
    """What a map is asked to show, in which scale, and how many places show what."""

    request: MapRequest
    scale: Scale
    counts: MapCounts


def sight_of(view: PartnerView, request: MapRequest) -> Sight:
    """Return what there is to say of a map before any of its places is looked at."""
    code, level = request.code, request.level
    counts = view.gateway.map_counts(code, level, request.period, request.within)
    return Sight(request, scale_of(view, code, level), counts)


def decide_place(view: PartnerView, level: str, within: str | None) -> None:
    """Forget the chosen place where a map does not have it, nor the larger one around it."""
    settle_place(view.gateway, level)
    code = kept(AREA)
    if code and not lies_in(view.gateway.area(level, code), within):
        keep(AREA, None)


def borders_at(level: str, within: str | None) -> str | None:
    """Return the level whose borders help to read a map, None when the map draws them itself."""
    if not level.startswith("hex"):
        return None if level == "gemeente" else "riec"
    return "gemeente" if within else "riec"


def sight_name(view: PartnerView, sight: Sight) -> str:
    """Return the name of what a map shows."""
    passport = sight.scale.passport
    return view.name(passport) if passport else view.say("Score", "Score")


def sight_finding(view: PartnerView, sight: Sight) -> tuple[str, str]:
    """Return the title and the sentence of a page about what a map shows."""
    passport, request, marked = sight.scale.passport, sight.request, sight.counts.marked
    places = view.places(marked, request.level)
    stand = view.say(
        f"{places} {'steekt' if marked == 1 else 'steken'} eruit",
        f"{places} {'stands' if marked == 1 else 'stand'} out",
    )
    if not marked:
        stand = view.say("geen plaats steekt eruit", "no place stands out")
    title = sight_name(view, sight)
    if passport:
        country = rate_at(view, passport, "nederland", "NL", request.period)
        amount = view.amount(country, passport)
        land = view.say(f"{amount} in het land, ", f"{amount} in the country, ")
        title += f": {land if country is not None else ''}{stand}"
    when = view.gateway.period(request.period, request.level)
    days = view.number((date.today() - when.end).days)  # noqa: DTZ011
    age = view.say(
        f"Cijfers over {view.period(when)}, {days} dagen oud.",
        f"Figures for {view.period(when)}, {days} days old.",
    )
    return title, f"{map_sentence(view, request.level, sight.scale, sight.counts)} {age}"


def draw_figures_map(view: PartnerView, sight: Sight) -> None:
    """Draw the map, its note and its sources."""
    request, name = sight.request, sight_name(view, sight)
    said = map_sentence(view, request.level, sight.scale, sight.counts)
    title = view.say(f"Kaart: {name}. {said}", f"Map: {name}. {said}")
    draw_map(view, replace(request, title=title, chosen=kept(AREA)), f"{view.page}{MAP_KEY}sight")
    if note := other_day_words(view, request.code, request.level, [request.period]):
        st.caption(note)
    draw_sources(view)


def draw_beside_map(view: PartnerView, sight: Sight) -> str | None:
    """Draw the choice of a place and its panel, or what to do; return the place that is chosen."""
    request, code = sight.request, kept(AREA)
    choose_place(view, request.level, request.within)
    if code is None:
        _hint(view, sight)
        return None
    area = view.gateway.area(request.level, code)
    place = place_name(view, area.level, area.name)
    lead_to(view, "plaats", view.say(f"Alles over {plain(place)}", f"All about {plain(place)}"))
    shown = shown_rows(view, request.code, request.level, request.period, request.within, code)
    draw_panel(view, shown, code, request.period)
    return place


def choose_place(view: PartnerView, level: str, within: str | None) -> None:
    """Draw the select box of places; of hexagons, without a name of their own, there is none."""
    if level.startswith("hex"):
        if kept(AREA):
            words = view.say("Geen zeshoek meer kiezen", "Choose no hexagon any more")
            st.button(words, type="tertiary", on_click=take, args=(AREA, None), key="no-area")
        return
    names = {area.code: area.name for area in view.gateway.areas(level, within)}
    choose_or_none(
        view,
        AREA,
        view.say(f"Kies een {view.level(level)}", f"Choose a {view.level(level)}"),
        list(names),
        labels_of(names).__getitem__,
        view.say("Typ of klik op de kaart", "Type, or click on the map"),
    )


def labels_of(names: Mapping[str, str]) -> dict[str, str]:
    """Return the label of each place by its code: two of one name have their code in it."""
    called = Counter(names.values())
    return {c: name if called[name] == 1 else f"{name} · {c}" for c, name in names.items()}


def _hint(view: PartnerView, sight: Sight) -> None:
    """Say what to do while nothing is chosen, and name what stands out in neutral order."""
    st.caption(
        view.say(
            "Kies een plaats om te zien hoe zeker het cijfer is, wat het kan verklaren en wat u "
            "kunt doen.",
            "Choose a place to see how sure its figure is, what may explain it and what you can do.",
        )
    )
    request = sight.request
    if request.code == SCORE:
        return
    every = view.gateway.standing_out(request.level, request.period, request.within)
    marked = [figure for figure in every if figure.indicator == request.code]
    if marked:
        since = view.say("sinds", "since")
        head = view.say("Steken eruit (op naam)", "Stand out (by name)")
        st.markdown(f"**{head}**")
        with st.container(gap=None):
            for figure in marked[:MOST_NAMED]:
                name = plain(place_name(view, request.level, figure.name))
                words = f"{view.rate(figure.smoothed)}, {since} {view.since(figure.since)}"
                offer_place(f"{name}: {words}", figure.area)
