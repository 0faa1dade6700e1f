"""Whether the indicators of the score belong together, and whether maps show any order."""

from collections.abc import Sequence

from bilingual import Text
from pages.kit.view import PartnerView
from pages.kit.words import Words
from pages.methode.table import (
    Table,
    draw_finding_table,
    in_order,
    indicator_name,
)
from store.evidence.of_maps import Moran
from store.evidence.of_score import Coherence, RelatedPair

KINDS = {
    "redundant": Text("telt bijna hetzelfde dubbel", "counts nearly the same thing twice"),
    "opposed": Text("wijst de andere kant op", "points the other way"),
}

SURE = 1.96
"""A z beyond this has a chance below 5% of being coincidence."""


def _alpha_finding(view: Words, alphas: Sequence[Coherence], pairs: Sequence[RelatedPair]) -> str:
    said = [f"**{view.number(row.alpha, 2)}** ({view.levels(row.score)})" for row in alphas]
    alpha = view.say(
        f"De alfa van Cronbach is {view.listing(said)}. Dicht bij 1 zeggen alle indicatoren hetzelfde, dicht bij 0 zegt elk "
        "iets anders, en onder 0 spreken zij elkaar tegen. De score brengt verschillende signalen bijeen, dus hoog hoeft hij "
        "niet te zijn; hoe lager, hoe meer u ook de indicatoren zelf moet lezen. ",
        f"Cronbach's alpha is {view.listing(said)}. Near 1 all indicators say the same, near 0 each says something else; "
        "below 0 they contradict each other. The score brings different signals together, so it need not be high; the lower, "
        "the more the indicators themselves must be read too. ",
    )
    if not pairs:
        return alpha + view.say(
            "Geen paar indicatoren telt hetzelfde dubbel of wijst duidelijk de andere kant op.",
            "No pair of indicators counts the same twice or clearly points the other way.",
        )
    count = view.number(len(pairs))
    return alpha + view.say(
        f"**{count}** van de paren vragen aandacht, omdat zij dubbel tellen of elkaar tegenspreken.",
        f"**{count}** of the pairs ask for a look, as they count twice or contradict each other.",
    )


def draw_coherence(view: PartnerView) -> None:
    """Draw whether the indicators of the score belong together; nothing when it is not known."""
    alphas = in_order(view, view.gateway.evidence(Coherence))
    if not alphas:
        return
    pairs = in_order(view, view.gateway.evidence(RelatedPair))
    cells = [
        (
            view.levels(row.score),
            indicator_name(view, row.first),
            indicator_name(view, row.second),
            view.text(KINDS[row.kind]),
            view.number(row.correlation, 2),
        )
        for row in pairs
    ]
    heads = [
        view.say("Plaatsen", "Places"),
        view.say("Indicator", "Indicator"),
        view.say("En", "And"),
        view.say("Waarom genoemd", "Why named"),
        view.say("Samenhang (−1 tot 1)", "Correlation (−1 to 1)"),
    ]
    head = view.say("Horen de indicatoren bij elkaar?", "Do the indicators belong together?")
    finding = _alpha_finding(view, alphas, pairs)
    draw_finding_table(view, head, finding, Table(heads, cells, text=4))


def draw_order_of_maps(view: PartnerView) -> None:
    """Draw whether high and low figures lie together on maps; nothing when it is not known."""
    maps = in_order(view, view.gateway.evidence(Moran))
    if not maps:
        return
    sure = sum(row.z > SURE for row in maps)
    finding = view.say(
        f"Bij **{sure} van {len(maps)}** kaarten liggen hoge cijfers duidelijk vaker bij hoge, en lage bij lage, dan bij "
        f"toeval (z boven {view.number(SURE, 2)}). Bij de andere kaarten kan het patroon toeval zijn: lees daar de plaats, "
        "niet de vlek.",
        f"On **{sure} of {len(maps)}** maps high figures clearly lie beside high ones, and low beside low, more than by "
        f"chance (z above {view.number(SURE, 2)}). On the other maps the pattern may be chance: read the place there, not "
        "the patch.",
    )
    cells = [
        (
            indicator_name(view, row.indicator),
            view.levels(row.level),
            view.number(row.i, 2),
            view.number(row.z, 1),
        )
        for row in maps
    ]
    heads = [
        view.say("Indicator", "Indicator"),
        view.say("Plaatsen", "Places"),
        view.say("Moran's I", "Moran's I"),
        view.say("z", "z"),
    ]
    head = view.say("Zit er een patroon in de kaart?", "Is there a pattern in the map?")
    note = view.say(
        "Moran's I is bijna 1 als buren op elkaar lijken, ongeveer 0 bij toeval en negatief als zij juist verschillen. "
        "Elke plaats krijgt een eigen afwijking; daardoor vervaagt het patroon iets.",
        "Moran's I is nearly 1 where neighbours are alike, about 0 by chance and negative where they differ. Each place "
        "gets a deviation of its own, which blurs the pattern somewhat.",
    )
    draw_finding_table(view, head, finding, Table(heads, cells, text=2), note)
