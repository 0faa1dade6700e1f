"""What hindcasts found, in sentences: the hits, the price of protection, what maps now show."""

from collections.abc import Iterable, Mapping
from statistics import median

from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.methode.predictions import (
    PLAIN,
    SHARE,
    SOURCES,
    Answers,
    Cut,
    Maps,
    Results,
    figure,
)
from pages.methode.table import indicator_name


def _middle(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def hindcast_finding(view: PartnerView, found: Answers, shown: Maps) -> str:
    """Return what the median map found, what protection cost it, and what maps now show."""
    asked = {key: found[cut] for key in shown if (cut := Cut(*key, "area", SHARE)) in found}
    if not asked:
        return _choice(view, shown)

    def middle(source: str, name: str) -> float | None:
        methods = {key: shown[key].method for key in asked}
        return _middle(
            figure(results, source, methods[key], name) for key, results in asked.items()
        )

    hits, exact = (view.percent(middle(source, "hit_rate")) for source in SOURCES)
    times, pei = (
        view.number(middle("published", "pai"), 1),
        view.number(middle("published", "pei"), 2),
    )
    maps = view.number(len(asked))
    return view.say(
        f"Wie een jaar eerder met deze kaarten **{view.percent(SHARE)} van de oppervlakte** had gekozen, had daar bij de "
        f"middelste van {maps} kaarten **{hits}** gevonden van wat in het jaar daarna gebeurde: {times} keer zoveel als "
        f"op goed geluk, en {pei} van wat met kennis achteraf kon (PEI). Met echte aantallen gekozen was het ongeveer {exact}: het "
        f"verschil is de prijs van bescherming. ",
        f"Who had chosen **{view.percent(SHARE)} of the surface** with these maps a year before would have found, on the "
        f"middle one of {maps} maps, **{hits}** of what happened in the year after: {times} times as much as at random, "
        f"and {pei} of what hindsight could (PEI). Chosen by real counts it was about {exact}: the difference is the price of "
        f"protection. ",
    ) + " ".join(filter(None, (_dearest(view, asked, shown), _choice(view, shown))))


def _dearest(
    view: PartnerView,
    asked: Mapping[tuple[str, str], Results],
    shown: Maps,
) -> str:
    """Return on which map protection costs most; '' where it costs none anything."""
    prices = []
    for key, results in asked.items():
        with_it, without = (
            figure(results, source, shown[key].method, "hit_rate") for source in SOURCES
        )
        if with_it is not None and without is not None and without > with_it:
            prices.append((without - with_it, key, with_it, without))
    if not prices:
        return ""
    _, (code, level), with_it, without = max(prices)
    name = f"{indicator_name(view, code)}, {view.levels(level)}"
    return view.say(
        f"Het meest kost zij bij {name}: {view.percent(with_it)} in plaats van {view.percent(without)}.",
        f"It costs most for {name}: {view.percent(with_it)} in place of {view.percent(without)}.",
    )


def _choice(view: Words, shown: Maps) -> str:
    """Return on how many tested maps careful figures beat plain counts; '' when none was tested."""
    tested = [row for row in shown.values() if row.pei_shown is not None]
    if not tested:
        return ""
    better, of = (view.number(n) for n in (sum(r.method != PLAIN for r in tested), len(tested)))
    return view.say(
        f"Van kaarten van incidenten is getoetst of het voorzichtige cijfer duidelijk beter wees dan gewone aantallen (kans "
        f"op toeval onder 5%): bij {better} van {of} is dat zo. De andere tonen op zeshoeken gewone aantallen.",
        f"Of maps of incidents it was tested whether the careful figure pointed clearly better than plain counts (chance of "
        f"coincidence below 5%): it did on {better} of {of}. The others show plain counts on hexagons.",
    )
