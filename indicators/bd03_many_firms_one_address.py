"""Establishments at an ordinary address that holds five or more; listed shared buildings are left out."""

from bilingual import Text
from indicators.contract import Indicator, state
from indicators.shared import AT_ONCE, EVERYONE, HIGHER, KVK_AND_BAG, NOT_PUBLIC, WGS

UNITS = "SELECT place, moment, 1 AS amount, unit, firm_id AS firm FROM business_at"
AT_ADDRESS = "count(*) OVER (PARTITION BY address_id, moment)"

INDICATOR = Indicator(
    code="BD03",
    name=Text("Veel bedrijven op een adres", "Many firms at one address"),
    focus_area="financial_services",
    theme=Text("Bedrijven", "Businesses"),
    counting="stock",
    numerator=state(
        f"{UNITS} WHERE address_kind = 'ordinary' QUALIFY {AT_ADDRESS} >= 5",
        "firm",
        together="address_id",
    ),
    denominator=state(UNITS, "firm"),
    numerator_text=Text(
        "vestigingen op een adres met 5 of meer vestigingen",
        "establishments at an address with 5 or more",
    ),
    denominator_text=Text("alle vestigingen", "all establishments"),
    unit=Text("% van de vestigingen", "% of establishments"),
    per=100,
    least_denominator=10,
    levels="NRGWBH",
    finding=("address",),
    recipients=EVERYONE,
    partners=("kvk",),
    source=KVK_AND_BAG,
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=AT_ONCE,
    direction=HIGHER,
    weight=1.0,
    weight_reason=Text("Eenvoudig te toetsen signaal", "A signal that is easy to check"),
    evidence="expert",
    innocent=Text(
        "Bedrijfsverzamelgebouwen, accountants en vergunde trustkantoren staan op een lijst en tellen niet mee, maar de lijst is nooit af. Een groep van bv's van een eigenaar is gewoon.",
        "Shared buildings, accountants and licensed trust offices are on a list and left out, but the list is never complete. A group of companies of one owner is normal.",
    ),
    action=Text(
        "Controleer of het adres een verzamelgebouw is en vul de lijst aan; zo niet: adrescontrole met de KvK.",
        "Check whether the address is a shared building and complete the list; if not: an address check with the KvK.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
