"""What is left out of what a source gives: counted by reason, so that *Bronnen* can say it.

Whoever adds a source uses a reason of these, or adds one.
"""

from dataclasses import dataclass, field

import pandas as pd

from bilingual import Text

MISSING = Text("zonder cijfer bij de bron", "without a figure at the source")
NEGATIVE = Text("met een negatief cijfer", "with a negative figure")
WATER = Text("watergebieden", "water areas")
FOREIGN = Text("in België (Baarle-Hertog)", "in Belgium (Baarle-Hertog)")
OTHER_YEAR = Text("van een ander jaar", "of another year")
OTHER_LEVEL = Text("van een andere soort gebied", "of another kind of area")
NO_BORDER = Text("zonder grens", "without a border")
TWICE = Text("dubbel gegeven", "given twice")
UNKNOWN_AREA = Text("van een gebied dat niet bestaat", "of an area that does not exist")
NOT_OF_TODAY = Text(
    "grenzen van gemeenten die niet die van nu zijn",
    "borders of gemeenten that are not those of today",
)
NOT_IMPORTED = Text(
    "grenzen van een soort die niet wordt overgenomen", "borders of a kind that is not taken in"
)
NO_COLUMN = Text("een kolom die in het antwoord ontbreekt", "a column that the answer lacks")
NO_NUMBER = Text("geen getal, of een dat niet kan", "no number, or one that cannot be")
FORMER = Text(
    "van een gemeente die voor 2020 ophield, onbekend is of in het buitenland ligt",
    "of a gemeente that ended before 2020, is unknown or lies abroad",
)
NOWHERE = Text(
    "zonder gemeente bij de bron, of uit het buitenland",
    "without a gemeente at the source, or from abroad",
)
NOT_TESTED = Text(
    "een aandeel van heel het land, dat geen toets op eerlijkheid leest",
    "a share of the whole country, where no fairness test reads it",
)
NOT_SAID = Text(
    "geen cijfer: de politie zegt niet of er niets is geregistreerd",
    "no figure: the police do not say whether none was registered",
)
NO_CLASS = Text("geen klasse van 1 tot 9", "no class from 1 to 9")


@dataclass
class LeftOut:
    """Counts what is left out, by reason."""

    counts: dict[Text, int] = field(default_factory=dict)

    def add(self, reason: Text, count: int) -> None:
        """Count ``count`` more for a reason."""
        if count:
            self.counts[reason] = self.counts.get(reason, 0) + int(count)

    def drop(self, frame: pd.DataFrame, which: "pd.Series[bool]", reason: Text) -> pd.DataFrame:
        """Return ``frame`` without the rows of ``which``, and count them."""
        self.add(reason, int(which.sum()))
        return frame[~which]

    @property
    def by_reason(self) -> tuple[tuple[Text, int], ...]:
        """The counts in the order of their English reasons, as ``SourceData.left_out`` has them."""
        return tuple(sorted(self.counts.items(), key=lambda counted: counted[0].en))
