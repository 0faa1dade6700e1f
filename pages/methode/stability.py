"""Whether a rank of the score would hold under other choices and within the figures' sureness."""

from bilingual import Text
from pages.kit.view import PartnerView
from pages.methode.table import Table, draw_finding_table, in_order
from store.evidence.of_score import RankDriver, RankStability

INPUTS = {
    "normalisation": Text("hoe cijfers vergelijkbaar worden", "how figures are made comparable"),
    "weights": Text(
        "de gewichten (een kwart meer of minder)", "the weights (a quarter more or less)"
    ),
    "aggregation": Text("hoe cijfers worden samengevoegd", "how figures are put together"),
    "left out": Text("een indicator weglaten", "leaving an indicator out"),
    "data": Text("de onzekerheid van de cijfers", "the uncertainty of the figures"),
}

MOST = 0.5
"""Where a larger share of places is unsure at every level, the page says that ranks do not hold."""


def draw_stability(view: PartnerView) -> None:
    """Draw how many places keep their rank under other choices; nothing when it is not known."""
    rows = in_order(view, view.gateway.evidence(RankStability))
    if not rows:
        return
    said = view.listing([f"{view.percent(r.stable)} ({view.levels(r.score)})" for r in rows])
    finding = view.say(
        f"Een **stabiele plek** in de score heeft {said}. ",
        f"A **stable rank** in the score is held by {said}. ",
    )
    if all(row.unsure > MOST for row in rows):
        finding += view.say(
            "De plek van de meeste plaatsen is **onzeker**: met andere keuzes komen zij elders uit. Lees de score dus niet "
            "als rangorde; kijk naar de indicatoren eronder.",
            "The rank of most places is **unsure**: under other choices they end up elsewhere. So do not read the score as "
            "a ranking; look at the indicators under it.",
        )
    else:
        finding += view.say(
            "Van de andere plaatsen zegt de plek minder: die kan ook aan een keuze of aan toeval liggen.",
            "The rank of other places says less: it may be due to a choice or to chance.",
        )
    heads = [
        view.say("Plaatsen", "Places"),
        view.say("Aantal", "Number"),
        view.say("Stabiel", "Stable"),
        view.say("Bewegend", "Moving"),
        view.say("Onzeker", "Unsure"),
    ]
    cells = [
        (
            view.levels(row.score),
            view.number(row.places),
            *(view.percent(share) for share in (row.stable, row.moving, row.unsure)),
        )
        for row in rows
    ]
    head = view.say("Houdt de plek in de score stand?", "Does the rank in the score hold?")
    draw_finding_table(view, head, finding, Table(heads, cells))
    _draw_drivers(view)


def _draw_drivers(view: PartnerView) -> None:
    """Draw which choice moves ranks most; nothing when it is not known."""
    rows = view.gateway.evidence(RankDriver)
    if not rows:
        return
    most = max(rows, key=lambda row: row.total)
    what = view.text(INPUTS[most.input])
    share, low, high = (view.percent(part) for part in (most.total, most.low, most.high))
    finding = view.say(
        f"Het meest verschuift de plek door **{what}**: goed voor {share} van de verschillen ({low} tot {high}).",
        f"Ranks are moved most by **{what}**: it accounts for {share} of the differences ({low} to {high}).",
    )
    heads = [
        view.say("Keuze", "Choice"),
        view.say("Plaatsen", "Places"),
        view.say("Alleen", "By itself"),
        view.say("Met de andere samen", "Together with others"),
        view.say("90%-interval", "90% interval"),
    ]
    cells = [
        (
            view.text(INPUTS[row.input]).capitalize(),
            view.levels(row.score),
            view.percent(row.first),
            view.percent(row.total),
            f"{view.percent(row.low)} {view.say('tot', 'to')} {view.percent(row.high)}",
        )
        for row in rows
    ]
    note = view.say(
        "Deel van de variantie van de gemiddelde verschuiving in rang (Sobol; Saltelli e.a. 2010). 'Met de andere samen' "
        "telt op tot meer dan 100% als keuzes elkaar versterken; iets onder 0 is toeval van de schatting.",
        "Share of the variance of the mean shift in rank (Sobol; Saltelli et al. 2010). 'Together with others' "
        "adds up to more than 100% where choices reinforce each other; just below 0 is chance of the estimate.",
    )
    head = view.say("Wat de plek doet verschuiven", "What moves the rank")
    draw_finding_table(view, head, finding, Table(heads, cells, text=2), note)
