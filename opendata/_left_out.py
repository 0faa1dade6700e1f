"""Why something is left out, in the words of ``Brought.left_out``: English, with the Dutch."""

MISSING = "without a figure at the source"
NEGATIVE = "with a negative figure"
WATER = "water areas"
FOREIGN = "in Belgium (Baarle-Hertog)"
OTHER_YEAR = "of another year"
OTHER_LEVEL = "of another kind of area"
NO_BORDER = "without a border"
TWICE = "given twice"
UNKNOWN_AREA = "of an area that does not exist"
NOT_OF_TODAY = "borders of gemeenten that are not those of today"
NOT_IMPORTED = "borders of a kind that is not taken in"
NO_COLUMN = "a column that the answer lacks"

DUTCH = {
    MISSING: "zonder cijfer bij de bron",
    NEGATIVE: "met een negatief cijfer",
    WATER: "watergebieden",
    FOREIGN: "in België (Baarle-Hertog)",
    OTHER_YEAR: "van een ander jaar",
    OTHER_LEVEL: "van een andere soort gebied",
    NO_BORDER: "zonder grens",
    TWICE: "dubbel gegeven",
    UNKNOWN_AREA: "van een gebied dat niet bestaat",
    NOT_OF_TODAY: "grenzen van gemeenten die niet die van nu zijn",
    NOT_IMPORTED: "grenzen van een soort die niet wordt overgenomen",
    NO_COLUMN: "een kolom die in het antwoord ontbreekt",
}
"""Whoever adds a reason adds its Dutch: *Bronnen* shows it."""
