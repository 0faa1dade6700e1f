"""Arsons of vehicles and premises, over dwellings: open data by neighbourhood has no addresses."""

from bilingual import Text
from indicators.contract import Indicator
from indicators.shared import (
    CBS_POLICE,
    CC_BY,
    DWELLINGS,
    EVERYONE,
    HIGHER,
    OPEN_DATA,
    POLICE_DELIVERY,
    flow_of,
)

INDICATOR = Indicator(
    code="CV09",
    name=Text("Brandstichting", "Arson"),
    focus_area="corruption_violence",
    theme=Text("Geweld", "Violence"),
    counting="flow",
    numerator=flow_of("arson"),
    denominator=DWELLINGS,
    numerator_text=Text("geregistreerde brandstichtingen", "registered arsons"),
    denominator_text=Text("woningen", "dwellings"),
    unit=Text("per 10.000 woningen", "per 10,000 dwellings"),
    per=10_000,
    least_denominator=200,
    share=False,
    levels="NRGW",
    recipients=EVERYONE,
    partners=("politie",),
    source=CBS_POLICE,
    legal_basis=OPEN_DATA,
    licence=CC_BY,
    delivery=POLICE_DELIVERY,
    direction=HIGHER,
    weight=0.25,
    weight_reason=Text(
        "Maar een klein deel is intimidatie; de rest is vernieling: kwart gewicht",
        "Only a small part is intimidation; the rest is vandalism: a quarter of the weight",
    ),
    evidence="expert",
    innocent=Text(
        "Rond oud en nieuw en bij vandalisme onder jongeren branden vaker voertuigen en containers, zonder enig verband met ondermijning.",
        "Around New Year and with vandalism vehicles and containers burn more often, without any link to undermining crime.",
    ),
    action=Text(
        "Vraag de politie welke branden bij een bedrijf of woning waren en of er eerder dreiging was.",
        "Ask the police which fires were at a business or dwelling and whether there were threats before.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
