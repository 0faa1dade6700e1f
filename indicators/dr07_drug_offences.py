"""Registered drug offences, over inhabitants. Finding drugs depends on searching for them."""

from bilingual import Text
from indicators.contract import Indicator
from indicators.shared import (
    CBS_POLICE,
    CC_BY,
    CONTEXT,
    EVERYONE,
    INHABITANTS,
    OPEN_DATA,
    POLICE_DELIVERY,
    flow_of,
)

INDICATOR = Indicator(
    code="DR07",
    name=Text("Drugsmisdrijven", "Drug offences"),
    focus_area="context",
    theme=Text("Drugs", "Drugs"),
    counting="flow",
    numerator=flow_of("drug_offences"),
    denominator=INHABITANTS,
    numerator_text=Text("geregistreerde drugsmisdrijven", "registered drug offences"),
    denominator_text=Text("inwoners", "inhabitants"),
    unit=Text("per 1.000 inwoners", "per 1,000 inhabitants"),
    per=1_000,
    least_denominator=200,
    share=False,
    levels="NRGWB",
    recipients=EVERYONE,
    partners=("politie",),
    source=CBS_POLICE,
    legal_basis=OPEN_DATA,
    licence=CC_BY,
    delivery=POLICE_DELIVERY,
    direction=CONTEXT,
    weight=0.0,
    weight_reason=Text(
        "Wie zoekt, vindt: het cijfer volgt de inzet van de politie",
        "Who searches, finds: the figure follows the effort of the police",
    ),
    evidence="expert",
    innocent=Text(
        "Meer controles of een festival geven meer registraties, ook waar niet meer drugs is.",
        "More checks or a festival give more registrations, also where there are not more drugs.",
    ),
    action=Text(
        "Vraag de politie of het om handel, bezit of een actie gaat, en of de inzet veranderde.",
        "Ask the police whether it is about dealing, possession or an operation, and whether their effort changed.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
