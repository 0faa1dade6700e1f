"""Why something is left out, in the words of ``SourceData.left_out``: English, with the Dutch."""

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
NO_NUMBER = "no number, or one that cannot be"
FORMER = "of a gemeente that ended before 2020, is unknown or lies abroad"
NOT_TESTED = "a share of the whole country, where no fairness test reads it"
NOT_SAID = "no figure: the police do not say whether none was registered"
NO_CLASS = "no class from 1 to 9"

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
    NO_NUMBER: "geen getal, of een dat niet kan",
    FORMER: "van een gemeente die voor 2020 ophield, onbekend is of in het buitenland ligt",
    NOT_TESTED: "een aandeel van heel het land, dat geen toets op eerlijkheid leest",
    NOT_SAID: "geen cijfer: de politie zegt niet of er niets is geregistreerd",
    NO_CLASS: "geen klasse van 1 tot 9",
}
"""Whoever adds a reason adds its Dutch: *Bronnen* shows it."""
