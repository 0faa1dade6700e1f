"""Whether places keep their class when hexagons begin and end elsewhere."""

from collections.abc import Sequence

from pages.kit.view import PartnerView
from pages.kit.words import LEVEL_WORDS, Words
from pages.methode.table import Table, draw_finding_table
from store.evidence.of_score import GridAgreement


def _grid(view: Words, row: GridAgreement) -> str:
    """Return what the other grid is called."""
    words = view.levels(row.against)
    if not row.shifted:
        return words
    return view.say(f"{words}, een halve opgeschoven", f"{words}, moved by half of one")


def _grids_finding(view: Words, rows: Sequence[GridAgreement]) -> str:
    moved = [row for row in rows if row.shifted] or rows
    said = [
        view.say(
            f"**{view.percent(row.same)}** van de {view.levels(row.score)} (bij toeval {view.percent(row.chance)})",
            f"**{view.percent(row.same)}** of the {view.levels(row.score)} (by chance {view.percent(row.chance)})",
        )
        for row in moved
    ]
    return view.say(
        f"Waar zeshoeken beginnen en eindigen is een keuze. Op een ander rooster houdt {view.listing(said)} dezelfde klasse.",
        f"Where hexagons begin and end is a choice. On another grid the same class is kept by {view.listing(said)}.",
    )


def draw_grids(view: PartnerView) -> None:
    """Draw whether places keep their class on other grids; nothing when there were none."""
    levels = list(LEVEL_WORDS)
    rows = sorted(
        view.gateway.evidence(GridAgreement),
        key=lambda row: (levels.index(row.score), levels.index(row.against), row.shifted),
    )
    if not rows:
        return
    heads = [
        view.say("Zeshoeken", "Hexagons"),
        view.say("Vergeleken met", "Compared with"),
        view.say("Aantal", "Number"),
        view.say("Zelfde klasse", "Same class"),
        view.say("Bij toeval", "By chance"),
        view.say("Hoogstens een klasse anders", "One class apart at most"),
        view.say("Hoogste blijft hoogste", "Highest stays highest"),
    ]
    cells = [
        (
            view.levels(row.score),
            _grid(view, row),
            view.number(row.places),
            *(view.percent(part) for part in (row.same, row.chance, row.near, row.highest)),
        )
        for row in rows
    ]
    note = view.say(
        "Lees 'zelfde klasse' naast 'bij toeval': de helft van de plaatsen zit in de laagste klasse, dus veel plaatsen "
        "houden hun klasse ook als de andere klassen worden geloot. Een grotere zeshoek en haar delen rusten op dezelfde "
        "gegevens: daar blijft dus altijd veel gelijk, ook zonder dat de kaart iets betekent. Het strengst is het "
        "opgeschoven rooster.",
        "Read 'same class' beside 'by chance': half of the places are in the lowest class, so that many keep their class "
        "even if the other classes are dealt by lot. A larger hexagon and its parts rest on the same data, so that much "
        "stays the same there always, even where the map means nothing. The moved grid is the strictest.",
    )
    head = view.say("Andere zeshoeken, dezelfde kaart?", "Other hexagons, the same map?")
    draw_finding_table(view, head, _grids_finding(view, rows), Table(heads, cells, text=2), note)
