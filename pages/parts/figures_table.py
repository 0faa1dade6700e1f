"""The table beside a map of an indicator or the score: a row for each place, by name."""

from dataclasses import replace

from access.partner_figures import SCORE
from access.passport import Passport
from exports import ExportRequest
from pages.kit.table import draw_table
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.parts.rows import Shown, ShownPlace, shown_rows
from pages.parts.sight import Sight, sight_name


def draw_figures_table(view: PartnerView, sight: Sight) -> None:
    """Draw the table of what the map draws, closed; its rows are read once it is opened.

    A marked row chooses its place.
    """
    request = sight.request
    what = view.say("alle signalen samen", "all signals together")
    name = sight_name(view, sight) if sight.scale.passport else what
    where = (request.level, request.period, request.within or "")
    figures = ExportRequest("figures", request.code, *where)

    def shown() -> Shown:
        every = shown_rows(view, request.code, request.level, request.period, request.within)
        return replace(every, places=[p for p in every.places if p.stands or not request.only])

    draw_table(
        view,
        lambda: figures_table(view, shown()),
        sight.counts.marked if request.only else sight.counts.places,
        f"{name}, {view.levels(request.level)}",
        ExportRequest("scores", "", *where) if request.code == SCORE else figures,
        lambda: [place.area for place in shown().by_name],
        part=request.only,
    )


def figures_table(words: Words, shown: Shown) -> dict[str, list[object]]:
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
