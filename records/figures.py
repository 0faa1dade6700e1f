"""The figures about areas that there are: public statistics, each as its source publishes it."""

from dataclasses import dataclass
from typing import Literal

from bilingual import Text
from records.branches import GROUPS

Measure = Literal["state", "flow", "average"]


@dataclass(frozen=True)
class Figure:
    """One figure about areas: its name, its unit, and how it behaves.

    ``measure``: a state holds from its day until the next one, and areas add up; a flow counts
    the months from its day on, and both areas and months add up; an average is a state that does
    not add up (a price, a class).
    """

    name: Text
    measure: Measure
    unit: Text


NUMBER = Text("aantal", "number")
EURO = Text("€", "€")


def _state(nl: str, en: str, unit: Text = NUMBER) -> Figure:
    return Figure(Text(nl, en), "state", unit)


def _flow(nl: str, en: str) -> Figure:
    return Figure(Text(nl, en), "flow", NUMBER)


FIRMS_IN = {name: f"firms_{name}" for name in GROUPS}
"""The figure of establishments in each group of branches."""

PUBLIC: dict[str, Figure] = {
    "addresses": _state("adressen", "addresses"),
    "dwellings": _state("woningen", "dwellings"),
    "dwellings_vacant": _state("leegstaande woningen", "vacant dwellings"),
    "firms": _state("bedrijfsvestigingen", "establishments"),
    "firms_cash_intensive": _state(
        "vestigingen in branches waar veel contant wordt betaald",
        "establishments in branches with many cash payments",
    ),
    **{
        FIRMS_IN[name]: _state(
            f"vestigingen in {group.name.nl}", f"establishments in {group.name.en}"
        )
        for name, group in GROUPS.items()
    },
    "inhabitants": _state("inwoners", "inhabitants"),
    "land_km2": _state("land", "land", Text("km²", "km²")),
    "premises": _state("panden voor winkel of bedrijf", "premises for shops and business"),
    "premises_vacant": _state("leegstaande winkels en bedrijfspanden", "vacant premises"),
    "road_km": _state("wegen", "roads", Text("km", "km")),
    "arson": _flow("brandstichtingen en vernielingen door brand", "arsons"),
    "bankruptcies": _flow("faillissementen", "bankruptcies"),
    "drug_offences": _flow("geregistreerde drugsmisdrijven", "registered drug offences"),
    "firms_closed": _flow("opgeheven vestigingen", "establishments closed"),
    "firms_founded": _flow("opgerichte vestigingen", "establishments founded"),
    "offences": _flow("geregistreerde misdrijven", "registered offences"),
    "suspicious_transactions": _flow("verdachte transacties", "suspicious transactions"),
    "house_price": Figure(
        Text("gemiddelde verkoopprijs van woningen", "average price of dwellings"), "average", EURO
    ),
    "livability": Figure(
        Text("leefbaarheid (Leefbaarometer)", "livability (Leefbaarometer)"),
        "average",
        Text("klasse 1-9", "class 1-9"),
    ),
}
"""What indicators and key figures may read. Whoever delivers a figure says that it is public."""

TEST_ONLY = (
    "share_low_income",
    "share_origin_outside_nl",
    "share_age_15_to_24",
    "share_single_parent_households",
)
"""Percentages of inhabitants or households, read only to test whether scores follow them (P1).

Every name holds a word of ``indicators.forbidden``, so that an indicator cannot name one.
"""
