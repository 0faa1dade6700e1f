"""Bankruptcies, over establishments."""

from bilingual import Text
from indicators.contract import Indicator
from indicators.shared import CBS, CC_BY, EVERYONE, FIRMS, HIGHER, OPEN_DATA, flow_of

INDICATOR = Indicator(
    code="BD06",
    name=Text("Faillissementen", "Bankruptcies"),
    focus_area="financial_services",
    theme=Text("Bedrijven", "Businesses"),
    counting="flow",
    numerator=flow_of("bankruptcies"),
    denominator=FIRMS,
    numerator_text=Text("uitgesproken faillissementen", "bankruptcies declared"),
    denominator_text=Text("bedrijfsvestigingen", "establishments"),
    unit=Text("per 1.000 vestigingen", "per 1,000 establishments"),
    per=1_000,
    least_denominator=20,
    share=False,
    levels="NRG",
    recipients=EVERYONE,
    partners=("cbs",),
    source=CBS,
    legal_basis=OPEN_DATA,
    licence=CC_BY,
    delivery=Text("Maandelijks; 2 maanden voorlopig", "Monthly; provisional for 2 months"),
    direction=HIGHER,
    weight=0.25,
    weight_reason=Text(
        "Volgt vooral de economie: kwart gewicht", "Mostly follows the economy: a quarter"
    ),
    evidence="expert",
    innocent=Text(
        "Faillissementen volgen de economie en een enkele grote keten; de plaats is die van de vestiging, niet van de schade.",
        "Bankruptcies follow the economy and a single large chain; the place is that of registration, not of the damage.",
    ),
    action=Text(
        "Vraag de curatoren of het RIEC of er fraude gemeld is; kijk of dezelfde bestuurders terugkomen.",
        "Ask the trustees or the RIEC whether fraud was reported; see whether the same directors return.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
