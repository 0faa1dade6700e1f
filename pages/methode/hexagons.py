"""The hexagons of the map: how large they are, and who sees them."""

from bilingual import Text
from pages.kit.blocks import draw_plain_table
from pages.kit.words import Words

EVERYWHERE = Text(
    "NSOC in het hele land; RIEC's en gemeenten in het eigen gebied",
    "NSOC in the whole country; RIECs and municipalities in their own area",
)
OWN_AREA = Text(
    "RIEC's en gemeenten in het eigen gebied", "RIECs and municipalities in their own area"
)

HEXAGONS = (
    ("hex7", 4.4, 1300, EVERYWHERE),
    ("hex8", 0.62, 490, EVERYWHERE),
    ("hex9", 0.09, 185, OWN_AREA),
)
"""Level, mean surface in km2 and mean side in metres of its hexagons in the Netherlands, readers."""


def draw_hexagons(view: Words) -> None:
    """Draw a row for each size of hexagon."""
    rows = [
        (
            view.levels(level).capitalize(),
            level.removeprefix("hex"),
            view.text(readers),
            f"{view.number(km2, 2 if km2 < 1 else 1)} km²",
            f"{view.number(side)} m",
        )
        for level, km2, side, readers in HEXAGONS
    ]
    heads = [
        view.say("Op de kaart", "On the map"),
        view.say("H3-resolutie", "H3 resolution"),
        view.say("Wie ziet ze", "Who sees them"),
        view.say("Oppervlakte", "Surface"),
        view.say("Zijde", "Side"),
    ]
    draw_plain_table(heads, rows, frozenset({3, 4}))
