"""Dumpings of drug waste, over surface: most lie outside built-up areas."""

from bilingual import Text
from indicators.contract import Indicator, events, fixed
from indicators.shared import CONTEXT, EVERYONE, HIGHER, NOT_PUBLIC, WGS
from indicators.subjects import SPOT

INDICATOR = Indicator(
    code="DR03",
    name=Text("Drugsafvaldumpingen", "Drug-waste dumpings"),
    focus_area="context",
    theme=Text("Drugs", "Drugs"),
    counting="flow",
    numerator=events(
        f"SELECT place, date, registered, partner, 1 AS amount, unit, {SPOT}"
        " FROM incident WHERE type = 'drug_waste_dumping'",
        "spot",
    ),
    denominator=fixed("SELECT place, km2 AS amount FROM land"),
    numerator_text=Text("gemelde dumpingen van drugsafval", "reported dumpings of drug waste"),
    denominator_text=Text("km2 oppervlakte", "km2 of surface"),
    unit=Text("per 100 km2", "per 100 km2"),
    per=100,
    least_denominator=1,
    share=False,
    levels="NRGH",
    finest_hexagon=7,
    recipients=EVERYONE,
    partners=("politie", "gemeente"),
    source=Text("Politie, gemeenten en provincies", "Police, municipalities and provinces"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text("Maandelijks", "Monthly"),
    direction=HIGHER,
    weight=0.0,
    weight_reason=CONTEXT,
    evidence="literature",
    innocent=Text(
        "De vindplaats is zelden de productieplaats; bossen en buitenwegen trekken dumpingen van elders. Partners registreren ongelijk.",
        "Where it is found is seldom where it was made; woods and country roads attract dumpings from elsewhere. Partners register unevenly.",
    ),
    action=Text(
        "Deel vindplaatsen met buurgemeenten en terreinbeheerders; gebruik de opruimregeling van de provincie.",
        "Share finds with neighbouring municipalities and land managers; use the province's clean-up scheme.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
