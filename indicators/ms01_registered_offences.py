"""All registered offences, over inhabitants: the background of every other figure."""

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
    code="MS01",
    name=Text("Geregistreerde misdrijven", "Registered offences"),
    focus_area="context",
    theme=Text("Misdrijven", "Offences"),
    counting="flow",
    numerator=flow_of("offences"),
    denominator=INHABITANTS,
    numerator_text=Text("geregistreerde misdrijven", "registered offences"),
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
        "Achtergrond: zegt iets over alle misdrijven samen, niet over ondermijning",
        "Background: about all offences together, not undermining crime",
    ),
    evidence="expert",
    innocent=Text(
        "Binnensteden, stations en winkelgebieden tellen veel bezoekers die niet als inwoner meetellen. Meer aangiften kan ook meer vertrouwen in de politie zijn.",
        "City centres, stations and shopping areas have many visitors who do not count as inhabitants. More reports may also be more trust in the police.",
    ),
    action=Text(
        "Gebruik het als achtergrond bij de andere signalen; vraag de wijkagent welk soort misdrijf overheerst.",
        "Use it as background to the other signals; ask the neighbourhood officer which kind of offence prevails.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
