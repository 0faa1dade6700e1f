"""Figures about areas that a source delivers already counted."""

import numpy as np

from bilingual import Text
from records.codes import MONTHS, NUMBER
from records.contract import INVENTED_SOURCE, Booleans, Column, RecordKind, Rule, Values
from records.figures import PUBLIC, TEST_ONLY
from records.retention import STATISTIC
from records.rhythm import YEARLY

FIGURES = (*PUBLIC, *TEST_ONLY)
FLOWS = tuple(name for name, figure in PUBLIC.items() if figure.measure == "flow")
FIGURE_LEVELS = ("hex9", "buurt", "wijk", "gemeente", "riec", "nederland")
TEST_LEVELS = ("buurt", "wijk", "gemeente")
"""Levels with areas enough for a correlation, and with a border that needs no land of its own."""


def _percentage(values: Values) -> Booleans:
    return ~np.isin(values["figure"], TEST_ONLY) | (values["value"] <= 100)


def _months_of_a_flow(values: Values) -> Booleans:
    counts: Booleans = (values["months"] > 0) == np.isin(values["figure"], FLOWS)
    return counts


def _first_day(values: Values) -> Booleans:
    first: Booleans = values["date"] == values["date"].astype("datetime64[M]")
    return first | ~np.isin(values["figure"], FLOWS)


def _tested_level(values: Values) -> Booleans:
    return ~np.isin(values["figure"], TEST_ONLY) | np.isin(values["level"], TEST_LEVELS)


KIND = RecordKind(
    name="area_figure",
    words=Text("cijfers over gebieden", "figures about areas"),
    meaning=Text(
        "een openbaar cijfer van een gebied vanaf een dag, tot het volgende cijfer van dat gebied; "
        "het wordt gepubliceerd zoals het is",
        "one public figure of one area from one day until the next figure of that area; "
        "it is published as it is",
    ),
    deliverers=Text("open data", "open data"),
    columns=(
        Column(
            "figure",
            "text",
            Text("wat er is geteld", "what is counted"),
            "inhabitants",
            codes=FIGURES,
        ),
        Column(
            "level",
            "text",
            Text("soort gebied", "kind of area"),
            "gemeente",
            codes=FIGURE_LEVELS,
        ),
        Column(
            "area",
            "text",
            Text(
                "code van het gebied, zoals GM0599 of een H3-index; ook van gebieden die "
                "er sinds 2020 waren",
                "code of the area, e.g. GM0599 or an H3 index; also of areas that "
                "existed since 2020",
            ),
            "GM0599",
            listed=True,
        ),
        Column(
            "date",
            "date",
            Text(
                "peildag van een stand (adressen), of de eerste dag van de maand bij een aantal "
                "per maand",
                "reference day of a state (addresses), first day of the month of a flow",
            ),
            "2024-01-01",
        ),
        Column(
            "months",
            "integer",
            Text(
                "hoeveel maanden een aantal telt, vanaf date; 0 bij een stand, gemiddelde of "
                "percentage",
                "how many months a flow counts from its date on; 0 for what is no flow",
            ),
            "0",
            unit=MONTHS,
            minimum=0,
            maximum=12,
        ),
        Column(
            "value", "decimal", Text("het cijfer", "the figure"), "664311", unit=NUMBER, minimum=0
        ),
        Column(
            "source",
            "text",
            Text("wie het cijfer heeft gepubliceerd", "who published the figure"),
            INVENTED_SOURCE,
        ),
    ),
    key=("figure", "level", "area", "date", "months"),
    subject=None,
    dated="date",
    mark="source",
    retention=STATISTIC,
    located=False,
    standing=True,
    rhythm=YEARLY,
    rules=(
        Rule(
            "months",
            ("figure", "months"),
            Text(
                "1 tot 12 bij een aantal per maand, 0 bij elk ander cijfer",
                "1 to 12 for a flow, 0 for any other figure",
            ),
            _months_of_a_flow,
        ),
        Rule(
            "date",
            ("figure", "date"),
            Text(
                "de eerste dag van een maand bij een aantal per maand",
                "the first day of a month where the figure is a flow",
            ),
            _first_day,
        ),
        Rule(
            "value",
            ("figure", "value"),
            Text(
                "een percentage, ten hoogste 100, bij een cijfer dat met share_ begint",
                "a percentage, at most 100, where the figure is a share",
            ),
            _percentage,
        ),
        Rule(
            "level",
            ("figure", "level"),
            Text(
                f"een van {', '.join(TEST_LEVELS)} bij een cijfer dat met share_ begint",
                f"one of {', '.join(TEST_LEVELS)} where it is a share",
            ),
            _tested_level,
        ),
    ),
)
