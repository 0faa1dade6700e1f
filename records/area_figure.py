"""Figures about areas that a source delivers already counted."""

from records._contract import Column, RecordKind
from records._retention import STATISTIC

FIGURES = ("addresses", "firms", "inhabitants", "suspicious_transactions")
FIGURE_LEVELS = ("hex9", "buurt", "wijk", "gemeente", "riec", "nederland")

KIND = RecordKind(
    name="area_figure",
    meaning="one figure of one area from one day until the next figure of that area",
    columns=(
        Column("figure", "text", "what is counted", codes=FIGURES),
        Column("level", "text", "kind of area", codes=FIGURE_LEVELS),
        Column("area", "text", "code of the area, e.g. GM0599 or an H3 index"),
        Column(
            "date",
            "date",
            "reference day of a state (addresses), first day of the month of a flow",
        ),
        Column("value", "decimal", "the figure", unit="number", minimum=0),
        Column("source", "text", "who published the figure"),
    ),
    key=("figure", "level", "area", "date"),
    subject=None,
    dated="date",
    mark="source",
    retention=STATISTIC,
    located=False,
)
