"""One subject on a map, with its legend, the panel of the chosen place, and the table."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from access.partner_figures import SCORE
from access.passport import Passport
from exports import ExportRequest
from pages.kit.blocks import draw_sources, offer_place
from pages.kit.choices import AREA, choose_or_none, kept, take
from pages.kit.leading import lead_to
from pages.kit.table import draw_table
from pages.kit.view import PartnerView
from pages.kit.words import Words, plain
from pages.parts.map import MapRequest, draw_map
from pages.parts.other_day import other_day_words
from pages.parts.panel import draw_panel
from pages.parts.picking import MAP_KEY
from pages.parts.rows import Shown, ShownPlace, map_sentence
from pages.parts.trend import rate_at

MOST_NAMED = 12


def borders_at(level: str, within: str | None) -> str | None:
    """Return the level whose borders help to read a map, None when the map draws them itself."""
    if not level.startswith("hex"):
        return None if level == "gemeente" else "riec"
    return "gemeente" if within else "riec"


def sight_finding(view: PartnerView, shown: Shown, period: str) -> tuple[str, str]:
    """Return the title and the sentence of a page about what a map shows."""
    name = view.name(shown.passport) if shown.passport else view.say("Score", "Score")
    marked = sum(place.stands for place in shown.places)
    places = view.places(marked, shown.level)
    stand = view.say(
        f"{places} {'steekt' if marked == 1 else 'steken'} eruit",
        f"{places} {'stands' if marked == 1 else 'stand'} out",
    )
    if not marked:
        stand = view.say("geen plaats steekt eruit", "no place stands out")
    title = f"{name}: {stand}"
    if shown.passport:
        country = rate_at(view, shown.passport, "nederland", "NL", period)
        amount = view.amount(country, shown.passport)
        land = view.say(f"{amount} in het land", f"{amount} in the country")
        title = f"{name}: {land}, {stand}" if country is not None else title
    when = view.gateway.period(period, shown.level)
    days = view.number((date.today() - when.end).days)  # noqa: DTZ011
    age = view.say(
        f"Cijfers over {view.period(when)}, {days} dagen oud.",
        f"Figures for {view.period(when)}, {days} days old.",
    )
    return title, f"{map_sentence(view, shown)} {age}"


def draw_figures_map(view: PartnerView, shown: Shown, request: MapRequest) -> None:
    """Draw the map of ``shown``, its note and its sources."""
    name = view.name(shown.passport) if shown.passport else view.say("Score", "Score")
    said = map_sentence(view, shown)
    title = view.say(f"Kaart: {name}. {said}", f"Map: {name}. {said}")
    draw_map(view, replace(request, title=title, chosen=kept(AREA)), f"{view.page}{MAP_KEY}sight")
    if note := other_day_words(view, shown.code, shown.level, [request.period]):
        st.caption(note)
    draw_sources(view)


def draw_beside_map(view: PartnerView, shown: Shown, period: str) -> str | None:
    """Draw the choice of a place and its panel, or what to do; return the place that is chosen."""
    choose_place(view, shown.level, {place.area: place.name for place in shown.by_name})
    area = kept(AREA)
    if area is None:
        _hint(view, shown)
        return None
    place = next(place.name for place in shown.places if place.area == area)
    lead_to(view, "plaats", view.say(f"Alles over {plain(place)}", f"All about {plain(place)}"))
    draw_panel(view, shown, area, period)
    return place


def draw_figures_table(view: PartnerView, shown: Shown, request: MapRequest) -> None:
    """Draw the table of the places of ``shown``; a row that is marked chooses its place."""
    what = view.say("alle signalen samen", "all signals together")
    title = f"{view.name(shown.passport) if shown.passport else what}, {view.levels(shown.level)}"
    where = (shown.level, request.period, request.within or "")
    figures = ExportRequest("figures", shown.code, *where)
    asked = ExportRequest("scores", "", *where) if shown.code == SCORE else figures
    draw_table(
        view,
        lambda: _table(view, shown),
        len(shown.places),
        title,
        asked,
        lambda: [place.area for place in shown.by_name],
    )


def choose_place(view: PartnerView, level: str, names: Mapping[str, str]) -> None:
    """Draw the select box of places, by their code; of hexagons, without a name, there is none."""
    if level.startswith("hex"):
        if kept(AREA):
            words = view.say("Geen zeshoek meer kiezen", "Choose no hexagon any more")
            st.button(words, type="tertiary", on_click=take, args=(AREA, None), key="no-area")
        return
    called = Counter(names.values())
    labels = {c: name if called[name] == 1 else f"{name} · {c}" for c, name in names.items()}
    choose_or_none(
        view,
        AREA,
        view.say(f"Kies een {view.level(level)}", f"Choose a {view.level(level)}"),
        list(labels),
        labels.__getitem__,
        view.say("Typ of klik op de kaart", "Type, or click on the map"),
    )


def _table(words: Words, shown: Shown) -> dict[str, list[object]]:
    """Return the columns of the table beside a map by heading; its rows are the places by name."""
    places = shown.by_name
    columns: dict[str, list[object]] = {
        words.level(shown.level).capitalize(): [place.name for place in places],
        shown.unit: [place.value for place in places],
    }
    if shown.passport:
        columns |= _figure_columns(words, places, shown.passport)
    elif shown.ranked:
        columns |= _rank_columns(words, places)
    if any(place.whose for place in places):
        head = words.say("waar geen eigen cijfer is", "where it has no figure")
        columns[head] = [place.whose for place in places]
    return columns | {
        words.say("percentiel", "percentile"): [place.row.percentile for place in places],
        "code": [place.area for place in places],
    }


def _figure_columns(
    words: Words, places: list[ShownPlace], passport: Passport
) -> dict[str, list[object]]:
    """Return the columns of figures, and what they are corrected for, if they are."""
    figures = [place.figure for place in places if place.figure]
    by_its_mix = words.say("door de mix", "by its mix")
    return {
        words.say("vanaf (90%)", "from (90%)"): [figure.low for figure in figures],
        words.say("tot (90%)", "to (90%)"): [figure.high for figure in figures],
        words.counts_of("teller", "numerator", passport): [f.numerator for f in figures],
        words.say("noemer", "denominator"): [figure.denominator for figure in figures],
        **({by_its_mix: [figure.mix for figure in figures]} if passport.corrected else {}),
        words.say("steekt eruit sinds", "stands out since"): [
            words.since(figure.since) for figure in figures
        ],
        words.say("zekerheid", "sureness"): [place.surely for place in places],
        words.say("met de buren", "with its neighbours"): [place.beside for place in places],
    }


def _rank_columns(words: Words, places: list[ShownPlace]) -> dict[str, list[object]]:
    """Return the columns that say between which percentiles the ranks of scores keep."""
    ranks = [place.rank for place in places]
    low = words.say("percentiel vanaf (90%)", "percentile from (90%)")
    high = words.say("percentiel tot (90%)", "percentile to (90%)")
    return {
        low: [rank.low if rank else None for rank in ranks],
        high: [rank.high if rank else None for rank in ranks],
        words.say("zekerheid", "sureness"): [place.surely for place in places],
    }


def _hint(view: Words, shown: Shown) -> None:
    """Say what to do while nothing is chosen, and name what stands out in neutral order."""
    st.caption(
        view.say(
            "Kies een plaats om te zien hoe zeker het cijfer is, wat het kan verklaren en wat u "
            "kunt doen.",
            "Choose a place to see how sure its figure is, what may explain it and what you can do.",
        )
    )
    marked = [place for place in shown.by_name if place.stands][:MOST_NAMED]
    if marked:
        since = view.say("sinds", "since")
        head = view.say("Steken eruit (op naam)", "Stand out (by name)")
        st.markdown(f"**{head}**")
        with st.container(gap=None):
            for place in marked:
                words = f"{view.rate(place.value)}, {since} {view.since(place.since)}"
                offer_place(f"{plain(place.name)}: {words}", place.area)
