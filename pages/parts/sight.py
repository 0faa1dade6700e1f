"""One subject on a map, with its legend, the panel of the chosen place, and the table."""

from collections import Counter
from collections.abc import Callable

import streamlit as st

from access.partner_figures import SCORE
from access.passport import Passport
from exports import ExportRequest
from pages.kit.blocks import draw_sources, offer_place
from pages.kit.choices import AREA, INDICATOR, choose_or_none, decide_or_none, kept, take
from pages.kit.table import draw_table
from pages.kit.view import PartnerView
from pages.kit.words import Words, plain
from pages.parts.chosen_place import settle_place
from pages.parts.map import MapRequest, draw_map
from pages.parts.other_day import other_day_words
from pages.parts.own_area import carry_place
from pages.parts.panel import draw_panel
from pages.parts.picking import MAP_KEY
from pages.parts.rows import Shown, ShownPlace, map_sentence

MOST_NAMED = 12

Focus = tuple[float, float] | None


def draw_sight(
    view: PartnerView,
    shown: Shown,
    period: str,
    within: str | None,
    focus: Focus = None,
    idle: Callable[[], None] | None = None,
) -> None:
    """Draw the map of ``shown`` with its panel and table.

    ``within`` is the region or gemeente that the map is about, ``focus`` a place to look at;
    ``idle`` draws what stands beside the map while neither a place nor an indicator is chosen.
    """
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        settle_place(view.gateway, shown.level)
        area = decide_or_none(AREA, [place.area for place in shown.places])
        carry_place(view.gateway, shown.level)
        _draw_map(view, shown, period, within, focus)
    with right:
        _choose_area(view, shown)
        if area:
            draw_panel(view, shown, area, period)
        elif idle and kept(INDICATOR) is None:
            idle()
        else:
            _hint(view, shown)
    what = view.say("alle signalen samen", "all signals together")
    title = f"{view.name(shown.passport) if shown.passport else what}, {view.levels(shown.level)}"
    draw_table(
        view,
        lambda: _table(view, shown),
        len(shown.places),
        title,
        _request(shown, period, within),
        lambda: [place.area for place in shown.by_name],
    )
    name_sight(view, shown, area)


def name_sight(view: PartnerView, shown: Shown, area: str | None) -> None:
    """Name the browser's tab after the place that is chosen, and after what the map shows."""
    place = next((place.name for place in shown.places if place.area == area), None)
    subject = view.name(shown.passport) if shown.passport else view.say("score", "score")
    view.tab.extend(part for part in (place, subject, view.levels(shown.level)) if part)


def _request(shown: Shown, period: str, within: str | None) -> ExportRequest:
    """Return the table beside the map as the gateway knows it."""
    if shown.code == SCORE:
        return ExportRequest("scores", "", shown.level, period, within or "")
    return ExportRequest("figures", shown.code, shown.level, period, within or "")


def _draw_map(
    view: PartnerView, shown: Shown, period: str, within: str | None, focus: Focus
) -> None:
    """Draw the sentence, the map and the sources."""
    sentence = map_sentence(view, shown)
    title = view.name(shown.passport) if shown.passport else view.say("Score", "Score")
    request = MapRequest(
        code=shown.code,
        level=shown.level,
        period=period,
        title=view.say(f"Kaart: {title}. {sentence}", f"Map: {title}. {sentence}"),
        within=within,
        chosen=kept(AREA),
        focus=focus,
        borders=_borders(shown.level, within),
    )
    st.markdown(plain(sentence))
    draw_map(view, request, f"{view.page}{MAP_KEY}sight")
    if note := other_day_words(view, shown.code, shown.level, [period]):
        st.caption(note)
    draw_sources(view)


def _borders(level: str, within: str | None) -> str | None:
    """Return the level whose borders help to read a map, None when the map draws them itself."""
    if not level.startswith("hex"):
        return None if level == "gemeente" else "riec"
    return "gemeente" if within else "riec"


def _choose_area(view: PartnerView, shown: Shown) -> None:
    """Draw the select box of places; of thousands of hexagons without a name there is none."""
    if shown.level.startswith("hex"):
        if kept(AREA):
            words = view.say("Geen zeshoek meer kiezen", "Choose no hexagon any more")
            st.button(words, type="tertiary", on_click=take, args=(AREA, None), key="no-area")
        return
    places = shown.by_name
    called = Counter(place.name for place in places)
    labels = {
        place.area: place.name if called[place.name] == 1 else f"{place.name} · {place.area}"
        for place in places
    }
    choose_or_none(
        view,
        AREA,
        view.say(f"Kies een {view.level(shown.level)}", f"Choose a {view.level(shown.level)}"),
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
        for place in marked:
            words = f"{view.rate(place.value)}, {since} {view.since(place.since)}"
            offer_place(f"{plain(place.name)}: {words}", place.area)
