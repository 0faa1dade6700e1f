"""Bankruptcies, over establishments."""

from indicators._contract import Both, Indicator
from indicators._shared import CBS, CC_BY, EVERYONE, FIRMS, HIGHER, OPEN_DATA, flow_of

INDICATOR = Indicator(
    code="BD06",
    name=Both("Faillissementen", "Bankruptcies"),
    focus_area="financial_services",
    theme=Both("Bedrijven", "Businesses"),
    counting="flow",
    numerator=flow_of("bankruptcies"),
    denominator=FIRMS,
    numerator_text=Both("uitgesproken faillissementen", "bankruptcies declared"),
    denominator_text=Both("bedrijfsvestigingen", "establishments"),
    unit=Both("per 1.000 vestigingen", "per 1,000 establishments"),
    per=1_000,
    share=False,
    levels="NRG",
    recipients=EVERYONE,
    source=CBS,
    legal_basis=OPEN_DATA,
    licence=CC_BY,
    delivery=Both("Maandelijks; 2 maanden voorlopig", "Monthly; provisional for 2 months"),
    direction=HIGHER,
    weight=0.25,
    weight_reason=Both(
        "Volgt vooral de economie: kwart gewicht", "Mostly follows the economy: a quarter"
    ),
    evidence="expert",
    innocent=Both(
        "Faillissementen volgen de economie en een enkele grote keten; de plaats is die van de vestiging, niet van de schade.",
        "Bankruptcies follow the economy and a single large chain; the place is that of registration, not of the damage.",
    ),
    action=Both(
        "Vraag de curatoren of het RIEC of er fraude gemeld is; kijk of dezelfde bestuurders terugkomen.",
        "Ask the trustees or the RIEC whether fraud was reported; see whether the same directors return.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
