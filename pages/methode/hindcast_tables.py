"""The tables of hindcasts: one row for each map, and every question about one indicator."""

from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.methode.predictions import (
    PLAIN,
    SHARE,
    Answers,
    Cut,
    Maps,
    figure,
    method_name,
    part_of,
)
from pages.methode.table import Table, indicator_name
from store.evidence.of_maps import MapChoice

OTHERS = ("earlier", "neighbours")
"""Maps that are not shown, for comparison."""


def _why(view: Words, row: MapChoice) -> str:
    """Return why a map shows what it shows."""
    if row.pei_shown is None:
        return view.say("niet getoetst", "not tested")
    plain, shown = view.number(row.pei_plain, 2), view.number(row.pei_shown, 2)
    if row.method == PLAIN:
        return view.say("niets wijst duidelijk beter", "nothing clearly points better")
    return view.say(
        f"wijst duidelijk beter: PEI {shown} tegen {plain}",
        f"clearly points better: PEI {shown} against {plain}",
    )


def hindcast_overview(view: PartnerView, found: Answers, shown: Maps) -> Table:
    """Return a row per map: what it shows and why, and how well that foretold the last year."""
    rows = []
    for (code, level), row in shown.items():
        results = found.get(Cut(code, level, "area", SHARE), {})
        hits = [
            figure(results, source, row.method, "hit_rate") for source in ("published", "exact")
        ]
        pei = [figure(results, "published", method, "pei") for method in (row.method, PLAIN)]
        rows.append(
            (
                indicator_name(view, code),
                view.levels(level),
                method_name(view, row.method),
                _why(view, row),
                *(view.percent(hit) for hit in hits),
                *(view.number(value, 2) for value in pei),
            )
        )
    heads = [
        view.say("Indicator", "Indicator"),
        view.say("Plaatsen", "Places"),
        view.say("Op de kaart", "On the map"),
        view.say("Waarom", "Why"),
        view.say(f"Gevonden in {SHARE:.0%} oppervlakte", f"Found in {SHARE:.0%} of the surface"),
        view.say("Met echte aantallen, ongeveer", "With real counts, about"),
        view.say("PEI van de kaart", "PEI of the map"),
        view.say("PEI van aantallen", "PEI of counts"),
    ]
    return Table(heads, rows, text=4)


def hindcast_details(view: PartnerView, found: Answers, shown: Maps, code: str) -> Table:
    """Return a row for each question about the maps of one indicator."""
    rows = []
    for cut, results in found.items():
        if cut.whose != code:
            continue
        method = shown[code, cut.level].method
        asked = (("published", method), ("published", PLAIN), ("exact", method))
        hits, pai, pei = (
            [figure(results, source, who, name) for source, who in asked]
            for name in ("hit_rate", "pai", "pei")
        )
        hits += [figure(results, "published", who, "hit_rate") for who in OTHERS]
        events, best = (
            figure(results, "published", method, name) for name in ("events", "best_pai")
        )
        rows.append(
            (
                view.levels(cut.level),
                part_of(view, cut),
                view.number(events),
                *(view.percent(hit) for hit in hits),
                *(view.number(value, 1) for value in (*pai, best)),
                *(view.number(value, 2) for value in pei),
            )
        )
    three = [
        view.say("getoond", "shown"),
        view.say("aantallen", "counts"),
        view.say("echte aantallen", "real counts"),
    ]
    heads = [
        view.say("Plaatsen", "Places"),
        view.say("Gekozen", "Chosen"),
        view.say("Gebeurd", "Happened"),
        *(
            view.say(f"Gevonden: {who}", f"Found: {who}")
            for who in (*three, *(method_name(view, other) for other in OTHERS))
        ),
        *(f"PAI: {who}" for who in (*three, view.say("best mogelijk", "best possible"))),
        *(f"PEI: {who}" for who in three),
    ]
    return Table(heads, rows, text=2)
