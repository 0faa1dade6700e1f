"""Whether incidents repeat nearby and soon after, more often than by chance."""

from collections.abc import Sequence

from pages.kit.view import PartnerView
from pages.methode.table import Table, draw_finding_table, indicator_name
from pages.parts.pattern_words import SURE
from store.evidence.of_records import NearRepeat


def _finding(view: PartnerView, rows: Sequence[NearRepeat]) -> str:
    sure = [row for row in rows if row.p <= SURE and row.ratio > 1]
    if not sure:
        return view.say(
            "Incidenten herhalen zich **niet vaker** dichtbij en kort erna dan toeval verklaart.",
            "Incidents do **not** come again nearby and soon after more often than chance explains.",
        )
    most = max(sure, key=lambda row: row.ratio)
    name, times = indicator_name(view, most.indicator), view.number(most.ratio, 1)
    metres, days = view.number(most.metres), view.number(most.days)
    return view.say(
        f"{name} herhalen zich binnen {metres} meter en {days} dagen **{times} keer** zo vaak als bij toeval.",
        f"{name} come again within {metres} metres and {days} days **{times} times** as often as by chance.",
    )


def draw_near_repeats(view: PartnerView) -> None:
    """Draw how often incidents repeat nearby; nothing when it is not known."""
    rows = view.gateway.evidence(NearRepeat)
    if not rows:
        return
    cells = [
        (
            indicator_name(view, row.indicator),
            view.say(f"tot {view.number(row.metres)} m", f"to {view.number(row.metres)} m"),
            view.say(f"tot {view.number(row.days)} dagen", f"to {view.number(row.days)} days"),
            view.number(row.ratio, 1),
            view.say("ja", "yes") if row.p <= SURE else view.say("nee", "no"),
        )
        for row in rows
    ]
    heads = (
        view.say("Indicator", "Indicator"),
        view.say("Afstand", "Distance"),
        view.say("Tijd", "Time"),
        view.say("Keer zo vaak", "Times as often"),
        view.say("Zeker", "Sure"),
    )
    head = view.say("Komt het dichtbij terug?", "Does it come again nearby?")
    note = view.say(
        "Paren van incidenten vergeleken met willekeurige volgordes van de datums (Knox 1964), over het hele land en alle "
        "maanden; van meer dan 50.000 incidenten een willekeurig deel. De banden sluiten aan: 'tot 400 m' begint bij 200 m.",
        "Pairs of incidents compared with random orders of the dates (Knox 1964), over the whole country and all months; "
        "of more than 50,000 incidents a random part. Bands follow each other: 'to 400 m' begins at 200 m.",
    )
    draw_finding_table(view, head, _finding(view, rows), Table(heads, cells, text=3), note)
