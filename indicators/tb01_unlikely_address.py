"""Wholesalers of bulk goods at a dwelling or a crowded address. A web shop at home is normal: left out."""

from bilingual import Text
from indicators.contract import Indicator, state
from indicators.fatf import STRUCTURE, by_fatf
from indicators.shared import AT_ONCE, EVERYONE, HIGHER, KVK_AND_BAG, NOT_PUBLIC, WGS
from indicators.subjects import ESTABLISHMENT, EVERY_ESTABLISHMENT

BULK = "regexp_matches(sbi, '^46(2|71|72|73|75|77)')"
"""Raw materials of farms, fuels, metals, building materials, chemicals and scrap (SBI 2008)."""

CROWDED = "address_kind = 'ordinary' AND count(*) OVER (PARTITION BY address_id, moment) >= 5"

INDICATOR = Indicator(
    code="TB01",
    name=Text("Handelsbedrijf op onwaarschijnlijk adres", "Trading firm at an unlikely address"),
    focus_area="tbml",
    theme=Text("Handel", "Trade"),
    counting="stock",
    numerator=state(
        f"{EVERY_ESTABLISHMENT} QUALIFY {BULK} AND (premises_use = 'dwelling' OR ({CROWDED}))",
        *ESTABLISHMENT,
        together="address_id",
    ),
    denominator=state(f"{EVERY_ESTABLISHMENT} WHERE {BULK}", *ESTABLISHMENT),
    numerator_text=Text(
        "groothandels in bulkgoederen in een woning of op een adres met 5 of meer vestigingen",
        "wholesalers of bulk goods at a dwelling or at an address with 5 or more establishments",
    ),
    denominator_text=Text("groothandels in bulkgoederen", "wholesalers of bulk goods"),
    unit=Text("% van de groothandels", "% of wholesalers"),
    per=100,
    least_denominator=10,
    levels="NRGWBH",
    finest_hexagon=7,
    recipients=EVERYONE,
    partners=("kvk",),
    source=KVK_AND_BAG,
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=AT_ONCE,
    direction=HIGHER,
    weight=0.25,
    weight_reason=by_fatf(
        STRUCTURE,
        Text(
            "Wie bulk verhandelt heeft ruimte nodig, maar niet altijd op dit adres: kwart gewicht",
            "Who trades in bulk needs room, but not always at this address: a quarter of the weight",
        ),
    ),
    evidence="literature",
    innocent=Text(
        "Een groothandel met de opslag elders of bij een expediteur kan vanuit huis werken. Een boer of sloper woont vaak bij zijn bedrijf. Webwinkels, handelsagenten en bekende verzamelgebouwen tellen niet mee.",
        "A wholesaler with its storage elsewhere or at a forwarder can work from home. Farmers and dismantlers often live at their firm. Web shops, agents and listed shared buildings do not count.",
    ),
    action=Text(
        "Vraag de ondernemer waar de goederen liggen; leg het naast aangiften bij de Douane; zo nodig adrescontrole met de KvK.",
        "Ask the owner where the goods are; put it beside declarations at Customs; if need be an address check with the KvK.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
